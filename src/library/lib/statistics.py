"""Averages and spreads, exact inside: sums are made of fractions."""
import _cost
from math import sqrt


class StatisticsError(ValueError):
    pass


def _ratio(x):
    """A number as numerator and denominator."""
    if isinstance(x, int):
        return int(x), 1
    return x.as_integer_ratio()


def _is_exact(x):
    return x == x and x not in (float("inf"), float("-inf"))


def _sum(values):
    """The exact sum as (numerator, denominator), or None with a float where one is not finite."""
    n, d = 0, 1
    for x in values:
        if not _is_exact(x):
            return None, sum(values)
        xn, xd = _ratio(x)
        if xd == d:
            n += xn
        else:
            n, d = n * xd + xn * d, d * xd
            if d > 1 << 4096:
                from math import gcd

                g = gcd(n, d)
                n, d = n // g, d // g
    return n, d


def _kind(values):
    """What a result is made of: the type of the numbers, `float` for integers that do not divide."""
    kinds = {type(x) for x in values}
    kinds.discard(bool)
    if kinds <= {int}:
        return int
    others = kinds - {int, float}
    return others.pop() if others and float not in kinds else float


def _converted(n, d, kind):
    if kind in (int, float):
        from math import gcd

        g = gcd(n, d)
        n, d = n // g, d // g
        return n if kind is int and d == 1 else n / d
    return kind(n) / kind(d)


def mean(data):
    data = list(data)
    if not data:
        raise StatisticsError("mean requires at least one data point")
    _cost.charge("statistics.mean.value", len(data))
    n, d = _sum(data)
    if n is None:
        return d / len(data)
    return _converted(n, d * len(data), _kind(data))


def fmean(data, weights=None):
    from math import fsum

    data = list(data)
    if not data:
        raise StatisticsError("fmean requires at least one data point")
    if weights is not None:
        weights = list(weights)
        if len(weights) != len(data):
            raise StatisticsError("data and weights must be the same length")
        total = fsum(weights)
        if not total:
            raise StatisticsError("sum of weights must be non-zero")
        return fsum([x * w for x, w in zip(data, weights)]) / total
    return fsum(data) / len(data)


def geometric_mean(data):
    from math import exp, log

    try:
        return exp(fmean([log(x) for x in data]))
    except (ValueError, StatisticsError):
        raise StatisticsError("geometric mean requires a non-empty dataset containing positive numbers") from None


def harmonic_mean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if any(x < 0 for x in data):
        raise StatisticsError("harmonic mean does not support negative values")
    if 0 in data:
        return 0
    if len(data) == 1 and weights is None:
        return data[0]
    weights = [1] * len(data) if weights is None else list(weights)
    # As in CPython each quotient is a float, or what the numbers make of it; only their sum is exact.
    quotients = [w / x for x, w in zip(data, weights)]
    n, d = _sum(quotients)
    wn, wd = _sum(weights)
    return _converted(wn * d, wd * n, _kind(quotients))


def _sorted(data):
    data = sorted(data)
    _cost.charge("statistics.sort.value", len(data))
    return data


def median(data):
    data = _sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    data = _sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = _sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def _counted(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    return counts


def mode(data):
    counts = _counted(data)
    if not counts:
        raise StatisticsError("no mode for empty data")
    return max(counts, key=counts.__getitem__)


def multimode(data):
    counts = _counted(data)
    most = max(counts.values(), default=0)
    return [x for x, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = _sorted(data)
    ld = len(data)
    if ld < 2:
        raise StatisticsError("must have at least two data points")
    if method not in ("exclusive", "inclusive"):
        raise ValueError(f"Unknown method: {method!r}")
    result = []
    m = ld - 1 if method == "inclusive" else ld + 1
    for i in range(1, n):
        j = i * m // n
        if method == "inclusive":
            delta = i * m - j * n
            low, high = data[j], data[min(j + 1, ld - 1)]
        else:
            j = min(max(j, 1), ld - 1)
            delta = i * m - j * n
            low, high = data[j - 1], data[j]
        result.append((low * (n - delta) + high * delta) / n)
    return result


def _spread(data, center):
    """The exact sum of squared distances from the mean (or `center`): (numerator, denominator, count, kind)."""
    data = list(data)
    _cost.charge("statistics.variance.value", len(data))
    if not data:
        return 0, 1, 0, int
    kind = _kind(data)
    if center is None:
        # The sum of squares less the square of the sum over the count.
        n, d = _sum(data)
        if n is None:
            return None, float("nan"), len(data), kind
        squares = [0, 1]
        for x in data:
            xn, xd = _ratio(x)
            squares[0], squares[1] = squares[0] * xd * xd + xn * xn * squares[1], squares[1] * xd * xd
            squares = _reduced(*squares)
        n, d = _reduced(n, d)
        count = len(data)
        return *_reduced(squares[0] * d * d * count - n * n * squares[1], squares[1] * d * d * count), count, kind
    cn, cd = _ratio(center)
    total = [0, 1]
    for x in data:
        xn, xd = _ratio(x)
        distance, scale = xn * cd - cn * xd, xd * cd
        total[0], total[1] = total[0] * scale * scale + distance * distance * total[1], total[1] * scale * scale
        total = _reduced(*total)
    return total[0], total[1], len(data), kind


def _reduced(n, d):
    from math import gcd

    g = gcd(n, d)
    return [n // g, d // g]


def _variance(data, center, less, name, least):
    n, d, count, kind = _spread(data, center)
    if count < least:
        plural = "one data point" if least == 1 else "two data points"
        raise StatisticsError(f"{name} requires at least {plural}")
    if n is None:
        return d, None, kind
    return n, d * (count - less), kind


def variance(data, xbar=None):
    n, d, kind = _variance(data, xbar, 1, "variance", 2)
    return n if d is None else _converted(n, d, kind)


def pvariance(data, mu=None):
    n, d, kind = _variance(data, mu, 0, "pvariance", 1)
    return n if d is None else _converted(n, d, kind)


def _root(n, d):
    """The float nearest to the square root of n / d."""
    from math import isqrt

    if n == 0:
        return 0.0
    # Scaled so that the integer root has more bits than a float; a last odd bit stands for the rest.
    shift = max(0, 110 - (n.bit_length() - d.bit_length()))
    shift += shift % 2
    scaled = (n << shift) // d
    root = isqrt(scaled)
    if root * root * d != n << shift:
        root |= 1
    return root / (1 << shift // 2)


def stdev(data, xbar=None):
    n, d, kind = _variance(data, xbar, 1, "stdev", 2)
    return sqrt(n) if d is None else _root(n, d)


def pstdev(data, mu=None):
    n, d, kind = _variance(data, mu, 0, "pstdev", 1)
    return sqrt(n) if d is None else _root(n, d)


def _deviations(x, y, what):
    from math import fsum

    n = len(x)
    if len(y) != n:
        raise StatisticsError(f"{what} requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError(f"{what} requires at least two data points")
    xbar = fsum(x) / n
    ybar = fsum(y) / n
    sxy = fsum([(a - xbar) * (b - ybar) for a, b in zip(x, y)])
    sxx = fsum([(a - xbar) ** 2 for a in x])
    syy = fsum([(b - ybar) ** 2 for b in y])
    return xbar, ybar, sxy, sxx, syy


def covariance(x, y, /):
    return _deviations(x, y, "covariance")[2] / (len(x) - 1)


def correlation(x, y, /):
    _, _, sxy, sxx, syy = _deviations(x, y, "correlation")
    try:
        return sxy / sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None


class LinearRegression(tuple):
    slope = property(lambda self: self[0])
    intercept = property(lambda self: self[1])

    def __repr__(self):
        return f"LinearRegression(slope={self[0]!r}, intercept={self[1]!r})"


def linear_regression(x, y, /, *, proportional=False):
    xbar, ybar, sxy, sxx, _ = _deviations(x, y, "linear regression")
    if proportional:
        from math import fsum

        return LinearRegression((fsum([a * b for a, b in zip(x, y)]) / fsum([a * a for a in x]), 0.0))
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError("x is constant") from None
    return LinearRegression((slope, ybar - slope * xbar))
