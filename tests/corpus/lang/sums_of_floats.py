# python: 3.12
"""From 3.12 on `sum()` keeps what rounding takes from floats."""

print(sum([0.1] * 10), sum(0.1 for _ in range(10)), sum([1e16, 1, -1e16]), sum([1, 0.5, True, 2**60]))
print(sum([1e308, 1e308, -1e308]), sum([float("inf"), 1.0]), sum([], 0.5), sum([0.1, 0.2, 0.3], 1j))
