"""The bar that suits where the program runs: the one of a terminal, also for coroutines."""
from .asyncio import tqdm, trange

__all__ = ["tqdm", "trange"]
