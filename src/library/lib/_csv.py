"""The part of `csv` that CPython has in C, by the name that pickles call it."""
from csv import Dialect, Error, reader, writer
