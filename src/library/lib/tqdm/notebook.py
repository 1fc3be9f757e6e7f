"""There are no notebooks here: the bar is the one of a terminal."""
from .std import tqdm, trange

__all__ = ["tqdm_notebook", "tnrange", "tqdm", "trange"]
tqdm_notebook, tnrange = tqdm, trange
