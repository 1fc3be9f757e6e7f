"""Averages and spreads, exact inside: sums are made of fractions."""
import _cost
import random as _random
import sys
from bisect import bisect_left, bisect_right
from math import erf, exp, fabs, hypot, log, sqrt, tau

__all__ = [
    "NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean",
    "linear_regression", "mean", "median", "median_grouped", "median_high", "median_low", "mode", "multimode", "pstdev",
    "pvariance", "quantiles", "stdev", "variance",
]  # fmt: skip

class StatisticsError(ValueError):
    pass


def _ratio(x):
    """A number as numerator and denominator."""
    if isinstance(x, int):
        return int(x), 1
    try:
        return x.as_integer_ratio()
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator") from None


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


def median_grouped(data, interval=1 if sys.version_info < (3, 11) else 1.0):
    """The median of classes of this width, taken to be spread evenly in its class."""
    data = _sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    if n == 1 and sys.version_info < (3, 11):
        return data[0]
    x = data[n // 2]
    below = bisect_left(data, x)
    inside = bisect_right(data, x, lo=below) - below
    try:
        interval = float(interval)
        x = float(x)
    except ValueError:
        raise TypeError("Value cannot be converted to a float") from None
    return (x - interval / 2.0) + interval * (n / 2 - below) / inside


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


def _polynomial(r, *coefficients):
    total = coefficients[0]
    for coefficient in coefficients[1:]:
        total = total * r + coefficient
    return total


def _standard_quantile(p, mu, sigma):
    """Wichura's algorithm AS 241 (Applied Statistics 37, 1988)."""
    q = p - 0.5
    if fabs(q) <= 0.425:
        r = 0.180625 - q * q
        top = _polynomial(
            r, 2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
            13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080,
        )  # fmt: skip
        bottom = _polynomial(
            r, 5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
            5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1.0,
        )  # fmt: skip
        return mu + (top * q / bottom) * sigma
    r = sqrt(-log(p if q <= 0.0 else 1.0 - p))
    if r <= 5.0:
        r = r - 1.6
        top = _polynomial(
            r, 7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
            1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0,
            1.42343711074968357734e0,
        )  # fmt: skip
        bottom = _polynomial(
            r, 1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
            1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0,
            1.0,
        )  # fmt: skip
    else:
        r = r - 5.0
        top = _polynomial(
            r, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
            2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0,
            6.65790464350110377720e0,
        )  # fmt: skip
        bottom = _polynomial(
            r, 2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
            7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1,
            1.0,
        )  # fmt: skip
    x = top / bottom
    return mu + (-x if q < 0.0 else x) * sigma


class NormalDist:
    """A normal distribution; sums and multiples of such are again."""

    __slots__ = {"_mu": "Arithmetic mean of a normal distribution", "_sigma": "Standard deviation of a normal distribution"}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        data = list(data)
        xbar = fmean(data) if sys.version_info < (3, 11) else mean(data)
        return cls(xbar, stdev(data, xbar) if sys.version_info < (3, 11) else stdev(data))

    def samples(self, n, *, seed=None):
        gauss = _random.gauss if seed is None else _random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        variance = self._sigma * self._sigma
        if not variance:
            raise StatisticsError("pdf() not defined when sigma is zero")
        diff = x - self._mu
        return exp(diff * diff / (-2.0 * variance)) / sqrt(tau * variance)

    def cdf(self, x):
        if not self._sigma:
            raise StatisticsError("cdf() not defined when sigma is zero")
        return 0.5 * (1.0 + erf((x - self._mu) / (self._sigma * sqrt(2.0))))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        return _standard_quantile(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        x, y = sorted((self, other), key=lambda d: (d._sigma, d._mu))
        x_variance, y_variance = x.variance, y.variance
        if not x_variance or not y_variance:
            raise StatisticsError("overlap() not defined when sigma is zero")
        dv = y_variance - x_variance
        dm = fabs(y._mu - x._mu)
        if not dv:
            return 1.0 - erf(dm / (2.0 * x._sigma * sqrt(2.0)))
        a = x._mu * y_variance - y._mu * x_variance
        b = x._sigma * y._sigma * sqrt(dm * dm + dv * log(y_variance / x_variance))
        x1, x2 = (a + b) / dv, (a - b) / dv
        return 1.0 - (fabs(y.cdf(x1) - x.cdf(x1)) + fabs(y.cdf(x2) - x.cdf(x2)))

    def zscore(self, x):
        if not self._sigma:
            raise StatisticsError("zscore() not defined when sigma is zero")
        return (x - self._mu) / self._sigma

    @property
    def mean(self):
        return self._mu

    median = mode = mean

    @property
    def stdev(self):
        return self._sigma

    @property
    def variance(self):
        return self._sigma * self._sigma

    def __add__(x1, x2):
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu + x2._mu, hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu + x2, x1._sigma)

    def __sub__(x1, x2):
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu - x2._mu, hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu - x2, x1._sigma)

    def __mul__(x1, x2):
        return NormalDist(x1._mu * x2, x1._sigma * fabs(x2))

    def __truediv__(x1, x2):
        return NormalDist(x1._mu / x2, x1._sigma / fabs(x2))

    def __pos__(x1):
        return NormalDist(x1._mu, x1._sigma)

    def __neg__(x1):
        return NormalDist(-x1._mu, x1._sigma)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(x1, x2):
        return -(x1 - x2)

    def __eq__(x1, x2):
        return x1._mu == x2._mu and x1._sigma == x2._sigma if isinstance(x2, NormalDist) else NotImplemented

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"
