"""The classes of `queue` that CPython has in C, by the name that pickles call them."""
from queue import Empty, SimpleQueue
