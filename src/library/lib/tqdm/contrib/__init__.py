"""Bars around what iterates."""
from ..std import tqdm


def tenumerate(iterable, start=0, total=None, tqdm_class=tqdm, **tqdm_kwargs):
    return enumerate(tqdm_class(iterable, total=total, **tqdm_kwargs), start)


def tzip(iter1, *iter2plus, **tqdm_kwargs):
    kwargs = dict(tqdm_kwargs)
    tqdm_class = kwargs.pop("tqdm_class", tqdm)
    for item in zip(tqdm_class(iter1, **kwargs), *iter2plus):
        yield item


def tmap(function, *sequences, **tqdm_kwargs):
    for item in tzip(*sequences, **tqdm_kwargs):
        yield function(*item)
