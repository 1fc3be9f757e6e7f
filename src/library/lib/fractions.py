"""Rational numbers in lowest terms."""
import math
import numbers
import operator
import re
import sys

__all__ = ["Fraction"]
_HASH_MODULUS = sys.hash_info.modulus if hasattr(sys, "hash_info") else (1 << 61) - 1
_NEWER = sys.version_info >= (3, 12)
_TEXT = re.compile(
    r"""\A\s*(?P<sign>[-+]?)(?=\d|\.\d)(?P<num>\d*|\d+(_\d+)*)
    (?:(?:\s*/\s*(?P<denom>\d+(_\d+)*))?|(?:\.(?P<decimal>\d*|\d+(_\d+)*))?(?:E(?P<exp>[-+]?\d+(_\d+)*))?)\s*\Z"""
    if _NEWER
    else r"""\A\s*(?P<sign>[-+]?)(?=\d|\.\d)(?P<num>\d*|\d+(_\d+)*)
    (?:(?:/(?P<denom>\d+(_\d+)*))?|(?:\.(?P<decimal>\d*|\d+(_\d+)*))?(?:E(?P<exp>[-+]?\d+(_\d+)*))?)\s*\Z""",
    re.VERBOSE | re.IGNORECASE,
)


def _is_decimal(x):
    return type(x).__name__ == "Decimal" and hasattr(x, "as_integer_ratio")


class Fraction(numbers.Rational):
    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None):
        self = object.__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                self._numerator, self._denominator = numerator, 1
                return self
            if isinstance(numerator, numbers.Rational):
                self._numerator, self._denominator = numerator.numerator, numerator.denominator
                return self
            if isinstance(numerator, float) or _is_decimal(numerator):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if not isinstance(numerator, str):
                raise TypeError("argument should be a string or a Rational instance")
            found = _TEXT.match(numerator)
            if found is None:
                raise ValueError(f"Invalid literal for Fraction: {numerator!r}")
            numerator = int(found["num"] or "0")
            if found["denom"]:
                denominator = int(found["denom"])
            else:
                denominator = 1
                if found["decimal"]:
                    digits = found["decimal"].replace("_", "")
                    denominator = 10 ** len(digits)
                    numerator = numerator * denominator + int(digits)
                if found["exp"]:
                    exponent = int(found["exp"])
                    if exponent >= 0:
                        numerator *= 10**exponent
                    else:
                        denominator *= 10**-exponent
            if found["sign"] == "-":
                numerator = -numerator
        elif type(numerator) is int is type(denominator):
            pass
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            numerator, denominator = (
                numerator.numerator * denominator.denominator,
                denominator.numerator * numerator.denominator,
            )
        else:
            raise TypeError("both arguments should be Rational instances")
        if denominator == 0:
            raise ZeroDivisionError(f"Fraction({numerator}, 0)")
        common = math.gcd(numerator, denominator)
        if denominator < 0:
            common = -common
        self._numerator, self._denominator = numerator // common, denominator // common
        return self

    @classmethod
    def from_float(cls, f):
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError(f"{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})")
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        if isinstance(dec, numbers.Integral):
            return cls(int(dec))
        return cls(*dec.as_integer_ratio())

    def is_integer(self):
        return self._denominator == 1

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        lower = Fraction(p0 + k * p1, q0 + k * q1)
        upper = Fraction(p1, q1)
        return upper if abs(upper - self) <= abs(lower - self) else lower

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    def __repr__(self):
        return f"{self.__class__.__name__}({self._numerator}, {self._denominator})"

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f"{self._numerator}/{self._denominator}"

    def __format__(self, spec):
        if not spec:
            return str(self)
        if not _NEWER:
            return object.__format__(self, spec)
        from decimal import Context, Decimal

        # Enough digits for the format; the rest is Decimal's.
        digits = [part for part in re.findall(r"\.(\d+)", spec)]
        precision = int(digits[0]) if digits else 6
        whole = len(str(abs(self._numerator) // self._denominator))
        context = Context(prec=precision + whole + 30)
        value = context.divide(Decimal(self._numerator), Decimal(self._denominator))
        return format(value, spec)

    def __hash__(self):
        try:
            inverse = pow(self._denominator, -1, _HASH_MODULUS)
        except ValueError:
            value = sys.hash_info.inf if hasattr(sys, "hash_info") else 314159
        else:
            value = hash(hash(abs(self._numerator)) * inverse)
        value = value if self._numerator >= 0 else -value
        return -2 if value == -1 else value

    def __eq__(self, other):
        if type(other) is int:
            return self._numerator == other and self._denominator == 1
        if isinstance(other, numbers.Rational):
            return self._numerator == other.numerator and self._denominator == other.denominator
        if isinstance(other, complex) and other.imag == 0:
            other = other.real
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return 0.0 == other
            return self == Fraction.from_float(other)
        return NotImplemented

    def _order(self, other, op):
        if isinstance(other, numbers.Rational):
            return op(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return op(0.0, other)
            return op(self, Fraction.from_float(other))
        return NotImplemented

    def __lt__(self, other):
        return self._order(other, operator.lt)

    def __gt__(self, other):
        return self._order(other, operator.gt)

    def __le__(self, other):
        return self._order(other, operator.le)

    def __ge__(self, other):
        return self._order(other, operator.ge)

    def __bool__(self):
        return self._numerator != 0

    def __add__(a, b):
        return _forward(a, b, _add, operator.add)

    def __radd__(b, a):
        return _reverse(b, a, _add, operator.add)

    def __sub__(a, b):
        return _forward(a, b, _sub, operator.sub)

    def __rsub__(b, a):
        return _reverse(b, a, _sub, operator.sub)

    def __mul__(a, b):
        return _forward(a, b, _mul, operator.mul)

    def __rmul__(b, a):
        return _reverse(b, a, _mul, operator.mul)

    def __truediv__(a, b):
        return _forward(a, b, _div, operator.truediv)

    def __rtruediv__(b, a):
        return _reverse(b, a, _div, operator.truediv)

    def __floordiv__(a, b):
        return _forward(a, b, _floordiv, operator.floordiv)

    def __rfloordiv__(b, a):
        return _reverse(b, a, _floordiv, operator.floordiv)

    def __mod__(a, b):
        return _forward(a, b, _mod, operator.mod)

    def __rmod__(b, a):
        return _reverse(b, a, _mod, operator.mod)

    def __divmod__(a, b):
        return _forward(a, b, _divmod, divmod)

    def __rdivmod__(b, a):
        return _reverse(b, a, _divmod, divmod)

    def __pow__(a, b, modulo=None):
        if not isinstance(b, numbers.Rational):
            return float(a) ** b if isinstance(b, (float, complex)) else NotImplemented
        if b.denominator != 1:
            return float(a) ** float(b)
        power = b.numerator
        if power >= 0:
            return Fraction(a._numerator**power, a._denominator**power)
        if a._numerator == 0:
            # What 3.12 says, older versions fail the same way.
            raise ZeroDivisionError(f"Fraction({a._denominator ** -power}, 0)")
        return Fraction(a._denominator**-power, a._numerator**-power)

    def __rpow__(b, a):
        if b._denominator == 1 and b._numerator >= 0:
            return a**b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        return a ** float(b)

    def __pos__(a):
        return Fraction(a)

    def __neg__(a):
        return Fraction(-a._numerator, a._denominator)

    def __abs__(a):
        return Fraction(abs(a._numerator), a._denominator)

    def __int__(a):
        return a.__trunc__()

    def __float__(a):
        return a._numerator / a._denominator

    def __trunc__(a):
        return -(-a._numerator // a._denominator) if a._numerator < 0 else a._numerator // a._denominator

    def __floor__(a):
        return a._numerator // a._denominator

    def __ceil__(a):
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            whole, rest = divmod(self._numerator, self._denominator)
            if rest * 2 == self._denominator:
                return whole + whole % 2
            return whole if rest * 2 < self._denominator else whole + 1
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    def __reduce__(self):
        return self.__class__, (self._numerator, self._denominator)

    def __copy__(self):
        return self if type(self) is Fraction else self.__class__(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()


def _forward(a, b, exact, inexact):
    if isinstance(b, (int, Fraction)):
        return exact(a, b)
    if isinstance(b, float):
        return inexact(float(a), b)
    if isinstance(b, complex):
        return inexact(complex(a), b)
    return NotImplemented


def _reverse(b, a, exact, inexact):
    if isinstance(a, numbers.Rational):
        return exact(a, b)
    if isinstance(a, numbers.Real):
        return inexact(float(a), float(b))
    if isinstance(a, numbers.Complex):
        return inexact(complex(a), complex(b))
    return NotImplemented


def _add(a, b):
    return Fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)


def _sub(a, b):
    return Fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)


def _mul(a, b):
    return Fraction(a.numerator * b.numerator, a.denominator * b.denominator)


def _div(a, b):
    if b.numerator == 0:
        shown = b.denominator
        if not _NEWER and a.numerator:
            shown = (shown if a.numerator > 0 else -shown) // math.gcd(shown, a.denominator)
        raise ZeroDivisionError(f"Fraction({shown if _NEWER or a.numerator else 0}, 0)")
    return Fraction(a.numerator * b.denominator, a.denominator * b.numerator)


def _floordiv(a, b):
    return (a.numerator * b.denominator) // (a.denominator * b.numerator)


def _divmod(a, b):
    whole, rest = divmod(a.numerator * b.denominator, a.denominator * b.numerator)
    return whole, Fraction(rest, a.denominator * b.denominator)


def _mod(a, b):
    return Fraction((a.numerator * b.denominator) % (b.numerator * a.denominator), a.denominator * b.denominator)
