"""What CPython has in C leaves no entries in tracebacks, wherever it is written here."""

import collections
import csv
import datetime
import decimal
import functools
import io
import itertools
import operator
import os
import pickle
import struct
import traceback


def entries(function, *args):
    try:
        function(*args)
    except Exception as error:
        names = [entry.name for entry in traceback.extract_tb(error.__traceback__)]
        print(type(error).__name__, names)


@functools.lru_cache
def inverse(x):
    return 1 / x


def divide(a, b):
    return a / b


entries(inverse, 0)
entries(inverse, [])
entries(functools.partial(divide, 1), 0)
entries(functools.reduce, divide, [1, 0])
entries(sorted, [1, 2], functools.cmp_to_key(divide))
entries(lambda: sorted([2, 0], key=functools.cmp_to_key(divide)))
entries(lambda: list(itertools.starmap(divide, [(1, 0)])))
entries(lambda: list(itertools.accumulate([1, 0], divide)))
entries(datetime.date, 2024, 13, 1)
entries(datetime.datetime.fromisoformat, "soon")
entries(decimal.Decimal, "much")
entries(operator.itemgetter(5), [1])
entries(struct.pack, "b", 1000)
entries(open, "/nowhere")
entries(os.remove, "/nowhere")
entries(io.StringIO().write, b"bytes")
entries(pickle.dumps, lambda: 0)
entries(csv.reader, 5)
entries(collections.Counter, 5)
