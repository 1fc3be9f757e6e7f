"""Random numbers as CPython makes them: the same seed gives the same numbers."""
import _cost
import _random
import math as _math
import sys
from math import acos, ceil, cos, e, exp, floor, isfinite, log, pi, sin, sqrt, tau

_VERSION = sys.version_info[:2]
NV_MAGICCONST = 4 * exp(-0.5) / sqrt(2.0)
LOG4 = log(4.0)
SG_MAGICCONST = 1.0 + log(4.5)
BPF = 53


def _index(value, what):
    if isinstance(value, int):
        return int(value)
    index = getattr(type(value), "__index__", None)
    if index is None:
        if _VERSION < (3, 12):
            import warnings

            whole = int(value)
            if whole != value:
                warnings.warn("randrange() will raise TypeError in the future", DeprecationWarning, stacklevel=3)
                place = {"start": "arg 1", "stop": "stop", "step": "step"}[what]
                raise ValueError(f"non-integer {place} for randrange()")
            warnings.warn(
                "non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in a "
                "subsequent version",
                DeprecationWarning,
                stacklevel=3,
            )
            return whole
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    return index(value)


_ONE = 1


class Random(_random.Random):
    """One stream of random numbers."""

    VERSION = 3

    def __init__(self, x=None):
        self.seed(x)
        self.gauss_next = None

    def seed(self, a=None, version=2):
        if version == 1 and isinstance(a, (str, bytes)):
            a = a.decode("latin-1") if isinstance(a, bytes) else a
            x = ord(a[0]) << 7 if a else 0
            for c in map(ord, a):
                x = ((1000003 * x) ^ c) & 0xFFFFFFFFFFFFFFFF
            x ^= len(a)
            a = -2 if x == -1 else x
        elif isinstance(a, (str, bytes, bytearray)):
            import _hashlib

            if isinstance(a, str):
                a = a.encode()
            a = int.from_bytes(bytes(a) + _hashlib.new("sha512", bytes(a)), "big")
        elif not isinstance(a, (type(None), int, float)):
            raise TypeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
        elif isinstance(a, float):
            a = hash(a) & 0xFFFFFFFFFFFFFFFF
        if a is None:
            super().seed()
        else:
            super().seed(a)
        self.gauss_next = None

    def getstate(self):
        return self.VERSION, super().getstate(), self.gauss_next

    def setstate(self, state):
        version, internal, self.gauss_next = state
        super().setstate(internal)

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __reduce__(self):
        return self.__class__, (), self.getstate()

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, "little")

    def _randbelow(self, n):
        getrandbits = self.getrandbits
        k = n.bit_length()
        r = getrandbits(k)
        while r >= n:
            r = getrandbits(k)
        return r

    def _randbelow_without_getrandbits(self, n, maxsize=1 << 53):
        random = self.random
        if n >= maxsize:
            import warnings

            warnings.warn(
                "Underlying random() generator does not supply \n"
                "enough bits to choose from a population range this large.\n"
                "To remove the range limitation, add a getrandbits() method."
            )
            return floor(random() * n)
        limit = (maxsize - maxsize % n) / maxsize
        while (r := random()) >= limit:
            pass
        return floor(r * maxsize) % n

    def __init_subclass__(cls, /, **kwargs):
        # Whichever of the two a class defines last is what the others are made of.
        for each in cls.__mro__:
            if "_randbelow" in each.__dict__:
                break
            if "getrandbits" in each.__dict__:
                cls._randbelow = Random._randbelow
                break
            if "random" in each.__dict__:
                cls._randbelow = cls._randbelow_without_getrandbits
                break

    def randrange(self, start, stop=None, step=_ONE):
        _cost.charge("random.randrange")
        istart = _index(start, "start")
        if stop is None:
            if step is not _ONE and _VERSION >= (3, 10):
                raise TypeError("Missing a non-None stop argument")
            if istart > 0:
                return self._randbelow(istart)
            raise ValueError("empty range for randrange()")
        istop = _index(stop, "stop")
        width = istop - istart
        istep = _index(step, "step")
        if istep == 1:
            if width > 0:
                return istart + self._randbelow(width)
            if _VERSION >= (3, 12):
                raise ValueError(f"empty range in randrange({start}, {stop})")
            raise ValueError(f"empty range for randrange() ({istart}, {istop}, {width})")
        if istep > 0:
            n = (width + istep - 1) // istep
        elif istep < 0:
            n = (width + istep + 1) // istep
        else:
            raise ValueError("zero step for randrange()")
        if n <= 0:
            if _VERSION >= (3, 12):
                raise ValueError(f"empty range in randrange({start}, {stop}, {step})")
            raise ValueError("empty range for randrange()")
        return istart + istep * self._randbelow(n)

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, seq):
        _cost.charge("random.choice")
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._randbelow(len(seq))]

    def shuffle(self, x):
        _cost.charge("random.choice", len(x))
        randbelow = self._randbelow
        for i in reversed(range(1, len(x))):
            j = randbelow(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        n = len(population) if hasattr(population, "__len__") else None
        if n is None or not hasattr(population, "__getitem__") or isinstance(population, dict):
            raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        if counts is not None:
            cum_counts = []
            total = 0
            for c in counts:
                total += c
                cum_counts.append(total)
            if len(cum_counts) != n:
                raise ValueError("The number of counts does not match the population")
            if not isinstance(total, int):
                raise TypeError("Counts must be integers")
            if total < 0:
                raise ValueError("Counts must be non-negative")
            from bisect import bisect

            return [population[bisect(cum_counts, s)] for s in self.sample(range(total), k=k)]
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        _cost.charge("random.choice", k)
        randbelow = self._randbelow
        result = [None] * k
        setsize = 21
        if k > 5:
            setsize += 4 ** ceil(log(k * 3, 4))
        if n <= setsize:
            pool = list(population)
            for i in range(k):
                j = randbelow(n - i)
                result[i] = pool[j]
                pool[j] = pool[n - i - 1]
        else:
            selected = set()
            for i in range(k):
                j = randbelow(n)
                while j in selected:
                    j = randbelow(n)
                selected.add(j)
                result[i] = population[j]
        return result

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        _cost.charge("random.choice", k)
        random = self.random
        n = len(population)
        if cum_weights is None:
            if weights is None:
                n += 0.0
                return [population[floor(random() * n)] for _ in range(k)]
            cum_weights = []
            total = 0
            for i, w in enumerate(weights):
                total = total + w if i else w
                cum_weights.append(total)
        elif weights is not None:
            raise TypeError("Cannot specify both weights and cumulative weights")
        if len(cum_weights) != n:
            raise ValueError("The number of weights does not match the population")
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError("Total of weights must be greater than zero")
        if not isfinite(total):
            raise ValueError("Total of weights must be finite")
        from bisect import bisect

        return [population[bisect(cum_weights, random() * total, 0, n - 1)] for _ in range(k)]

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    if _VERSION >= (3, 12):

        def binomialvariate(self, n=1, p=0.5):
            """How often of n times something happens that has the probability p."""
            if n < 0:
                raise ValueError("n must be non-negative")
            if p <= 0.0 or p >= 1.0:
                if p == 0.0 or p == 1.0:
                    return n if p else 0
                raise ValueError("p must be in the range 0.0 <= p <= 1.0")
            if n == 1:
                return int(self.random() < p)
            if p > 0.5:
                return n - self.binomialvariate(n, 1.0 - p)
            return self._few(n, p) if n * p < 10.0 else self._many(n, p)

        def _few(self, n, p):
            # The times between two events are geometric (Devroye 1986, X.4.3).
            x = y = 0
            c = _math.log2(1.0 - p)
            if not c:
                return x
            while True:
                y += _math.floor(_math.log2(self.random()) / c) + 1
                if y > n:
                    return x
                x += 1

        def _many(self, n, p):
            # Transformed rejection with squeeze (Hörmann 1993, BTRS).
            spq = _math.sqrt(n * p * (1.0 - p))
            b = 1.15 + 2.53 * spq
            a = -0.0873 + 0.0248 * b + 0.01 * p
            c = n * p + 0.5
            vr = 0.92 - 4.2 / b
            alpha = (2.83 + 5.1 / b) * spq
            lpq = _math.log(p / (1.0 - p))
            m = _math.floor((n + 1) * p)
            h = _math.lgamma(m + 1) + _math.lgamma(n - m + 1)
            while True:
                u = self.random() - 0.5
                us = 0.5 - abs(u)
                k = _math.floor((2.0 * a / us + b) * u + c)
                if k < 0 or k > n:
                    continue
                v = self.random()
                if us >= 0.07 and v <= vr:
                    return k
                v *= alpha / (a / (us * us) + b)
                if _math.log(v) <= h - _math.lgamma(k + 1) - _math.lgamma(n - k + 1) + (k - m) * lpq:
                    return k

    def triangular(self, low=0.0, high=1.0, mode=None):
        u = self.random()
        try:
            c = 0.5 if mode is None else (mode - low) / (high - low)
        except ZeroDivisionError:
            return low
        if u > c:
            u = 1.0 - u
            c = 1.0 - c
            low, high = high, low
        return low + (high - low) * sqrt(u * c)

    def normalvariate(self, mu=0.0, sigma=1.0):
        random = self.random
        while True:
            u1 = random()
            u2 = 1.0 - random()
            z = NV_MAGICCONST * (u1 - 0.5) / u2
            if z * z / 4.0 <= -log(u2):
                return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        z = self.gauss_next
        self.gauss_next = None
        if z is None:
            x2pi = self.random() * tau
            g2rad = sqrt(-2.0 * log(1.0 - self.random()))
            z = cos(x2pi) * g2rad
            self.gauss_next = sin(x2pi) * g2rad
        return mu + z * sigma

    def lognormvariate(self, mu=0.0, sigma=1.0):
        return exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd=1.0):
        return -log(1.0 - self.random()) / lambd

    def gammavariate(self, alpha, beta):
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        draw = self.random
        if alpha == 1.0:
            return -log(1.0 - draw()) * beta
        if alpha > 1.0:
            # Cheng's rejection of 1977.
            spread = sqrt(2.0 * alpha - 1.0)
            while True:
                first = draw()
                if not 1e-7 < first < 0.9999999:
                    continue
                second = 1.0 - draw()
                v = log(first / (1.0 - first)) / spread
                x = alpha * exp(v)
                z = first * first * second
                r = (alpha - LOG4) + (alpha + spread) * v - x
                if r + SG_MAGICCONST - 4.5 * z >= 0.0 or r >= log(z):
                    return x * beta
        # Algorithm GS of Ahrens and Dieter.
        b = (e + alpha) / e
        while True:
            p = b * draw()
            if p <= 1.0:
                x = p ** (1.0 / alpha)
                accepted = draw() <= exp(-x)
            else:
                x = -log((b - p) / alpha)
                accepted = draw() <= x ** (alpha - 1.0)
            if accepted:
                return x * beta

    def betavariate(self, alpha, beta):
        y = self.gammavariate(alpha, 1.0)
        return y / (y + self.gammavariate(beta, 1.0)) if y else 0.0

    def vonmisesvariate(self, mu, kappa):
        draw = self.random
        if kappa <= 1e-6:
            return tau * draw()
        # Fisher, Statistical Analysis of Circular Data, 1993.
        s = 0.5 / kappa
        r = s + sqrt(1.0 + s * s)
        while True:
            z = cos(pi * draw())
            d = z / (r + z)
            u2 = draw()
            if u2 < 1.0 - d * d or u2 <= (1.0 - d) * exp(d):
                break
        q = 1.0 / r
        f = (q + z) / (1.0 + q * z)
        if draw() > 0.5:
            return (mu + acos(f)) % tau
        return (mu - acos(f)) % tau

    def paretovariate(self, alpha):
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * (-log(1.0 - self.random())) ** (1.0 / beta)


class SystemRandom(Random):
    """In a simulation the operating system's randomness is the run's own: this is an ordinary stream."""

    def seed(self, *args, **kwds):
        if not args:
            super().seed()

    def getstate(self, *args, **kwds):
        raise NotImplementedError("System entropy source does not have state.")

    setstate = getstate


_inst = Random()
seed = _inst.seed
random = _inst.random
uniform = _inst.uniform
triangular = _inst.triangular
if _VERSION >= (3, 12):
    binomialvariate = _inst.binomialvariate
randint = _inst.randint
choice = _inst.choice
randrange = _inst.randrange
sample = _inst.sample
shuffle = _inst.shuffle
choices = _inst.choices
normalvariate = _inst.normalvariate
lognormvariate = _inst.lognormvariate
expovariate = _inst.expovariate
gammavariate = _inst.gammavariate
vonmisesvariate = _inst.vonmisesvariate
gauss = _inst.gauss
betavariate = _inst.betavariate
paretovariate = _inst.paretovariate
weibullvariate = _inst.weibullvariate
getstate = _inst.getstate
setstate = _inst.setstate
getrandbits = _inst.getrandbits
randbytes = _inst.randbytes
