"""`map` of pools with a bar."""
import os

from ..std import tqdm

__all__ = ["thread_map", "process_map"]


def _map(pool_class, fn, iterables, tqdm_kwargs):
    kwargs = dict(tqdm_kwargs)
    if "total" not in kwargs:
        lengths = [len(i) for i in iterables if hasattr(i, "__len__")]
        kwargs["total"] = min(lengths) if len(lengths) == len(iterables) else None
    tqdm_class = kwargs.pop("tqdm_class", tqdm)
    workers = kwargs.pop("max_workers", min(32, os.cpu_count() + 4))
    chunksize = kwargs.pop("chunksize", 1)
    kwargs.pop("lock_name", None)
    timeout = kwargs.pop("timeout", None)
    with pool_class(max_workers=workers) as pool:
        return list(tqdm_class(pool.map(fn, *iterables, timeout=timeout, chunksize=chunksize), **kwargs))


def thread_map(fn, *iterables, **tqdm_kwargs):
    from concurrent.futures import ThreadPoolExecutor

    return _map(ThreadPoolExecutor, fn, iterables, tqdm_kwargs)


def process_map(fn, *iterables, **tqdm_kwargs):
    from concurrent.futures import ProcessPoolExecutor

    return _map(ProcessPoolExecutor, fn, iterables, tqdm_kwargs)
