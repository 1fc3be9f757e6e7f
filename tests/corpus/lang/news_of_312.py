# python: 3.12
"""What 3.12 has and earlier versions have not."""

import random
import sys
import traceback
import warnings
from datetime import datetime

random.seed(7)
print([random.binomialvariate(20, 0.3) for _ in range(5)], [random.binomialvariate(1000, 0.4) for _ in range(8)])
print(random.binomialvariate(50, 0.9), random.binomialvariate(), random.binomialvariate(5, 1.0))
by_slice = {slice(1, 2): "s"}
print(by_slice[slice(1, 2)], hash(slice(1, 2)) == hash(slice(1, 2)), (5).is_integer())
print("json" in sys.stdlib_module_names, "imp" in sys.stdlib_module_names, type(sys.stdlib_module_names).__name__)
type Pair[T] = tuple[T, T]
print(Pair, Pair[int])


class Counter:
    def __init__(self):
        self.total = 0

    def show(self):
        return total


for function in (Counter().show, lambda: jsonn, lambda: collections.deque, lambda: undefined):
    try:
        function()
    except NameError as error:
        print(traceback.format_exception_only(error)[-1].strip())
        print(traceback.format_exception(error)[-1].strip())
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    datetime.utcnow()
    datetime.utcfromtimestamp(0)
for warning in caught:
    print(warning.category.__name__, warning.message)
