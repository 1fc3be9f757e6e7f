"""`Decimal`: a sign, an integer and an exponent of ten; infinities and NaNs."""
import math
import numbers
import re
from collections import namedtuple
from fractions import Fraction

from decimal import _functions
from decimal._context import (
    Clamped, ConversionSyntax, DivisionByZero, DivisionImpossible, DivisionUndefined, FloatOperation, Inexact,
    InvalidOperation, Overflow, Rounded, Subnormal, Underflow, ROUND_HALF_EVEN, ROUNDINGS, getcontext,
)  # fmt: skip

__frameless__ = ("*",)

DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent", module="decimal")
_TEXT = re.compile(
    r"""\A\s*(?P<sign>[-+])?(?:(?=\d|\.\d)(?P<int>\d*)(?:\.(?P<frac>\d*))?(?:E(?P<exp>[-+]?\d+))?
    |Inf(?P<inf>inity)?|(?P<signal>s)?(?P<nan>NaN)(?P<diag>\d*))\s*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_MODULUS = (1 << 61) - 1


def _make(sign, coefficient, exponent, kind=""):
    self = object.__new__(Decimal)
    self._sign = sign
    self._int = coefficient
    self._exp = exponent
    self._kind = kind
    return self


def _ups(sign, whole, rest, half, rounding):
    """Whether what is left of a number makes it one larger: `rest` of twice `half`."""
    if not rest:
        return False
    if rounding == "ROUND_HALF_EVEN":
        return rest > half or (rest == half and whole & 1 == 1)
    if rounding == "ROUND_HALF_UP":
        return rest >= half
    if rounding == "ROUND_HALF_DOWN":
        return rest > half
    if rounding == "ROUND_DOWN":
        return False
    if rounding == "ROUND_UP":
        return True
    if rounding == "ROUND_CEILING":
        return not sign
    if rounding == "ROUND_FLOOR":
        return bool(sign)
    return whole % 10 in (0, 5)


def rescaled(sign, coefficient, exponent, wanted, rounding):
    """Coefficient and exponent with the exponent wanted."""
    if exponent >= wanted:
        return coefficient * 10 ** (exponent - wanted), wanted
    drop = wanted - exponent
    if drop > len(str(coefficient)) + 1:
        # Nothing is left of it but that it was there.
        coefficient, drop = 1 if coefficient else 0, 2
    unit = 10**drop
    whole, rest = divmod(coefficient, unit)
    # Twice the rest, so that the half of an odd unit is exact.
    return whole + _ups(sign, whole, 2 * rest, unit, rounding), wanted


def rounded_to(sign, coefficient, exponent, places, rounding):
    """So many significant digits."""
    if not coefficient:
        return 0, exponent
    coefficient, exponent = rescaled(sign, coefficient, exponent, exponent + len(str(coefficient)) - places, rounding)
    if len(str(coefficient)) > places:
        coefficient, exponent = coefficient // 10, exponent + 1
    return coefficient, exponent


def _finish(context, sign, coefficient, exponent, conditions=()):
    """A result within the precision and exponents of the context."""
    happened = list(conditions)
    result = _finished(context, sign, coefficient, exponent, happened)
    if happened:
        context.report(happened)
    return result


def _finished(context, sign, coefficient, exponent, happened):
    prec, top = context.prec, context.Emax
    tiny = context.Emin - prec + 1
    limit = top - prec + 1 if context.clamp else top
    if not coefficient:
        kept = min(max(exponent, tiny), limit)
        if kept != exponent:
            happened.append(Clamped)
        return _make(sign, 0, kept)
    digits = len(str(coefficient))
    adjusted = exponent + digits - 1
    if adjusted > top:
        return _overflown(context, sign, happened)
    least = max(exponent, exponent + digits - prec)
    subnormal = adjusted < context.Emin
    if subnormal:
        least = max(least, tiny)
    if exponent < least:
        exact = coefficient % 10 ** (least - exponent) == 0 if least - exponent <= digits else False
        coefficient, exponent = rescaled(sign, coefficient, exponent, least, context.rounding)
        happened.append(Rounded)
        if not exact:
            happened.append(Inexact)
        if len(str(coefficient)) > prec:
            coefficient //= 10
            exponent += 1
        if coefficient and exponent + len(str(coefficient)) - 1 > top:
            return _overflown(context, sign, happened)
        if subnormal:
            happened.append(Subnormal)
            if not exact:
                happened.append(Underflow)
            if not coefficient:
                happened.append(Clamped)
    else:
        if subnormal:
            happened.append(Subnormal)
        if context.clamp and exponent > limit:
            happened.append(Clamped)
            coefficient *= 10 ** (exponent - limit)
            exponent = limit
    return _make(sign, coefficient, exponent)


def _overflown(context, sign, happened):
    happened += [Overflow, Inexact, Rounded]
    rounding = context.rounding
    if rounding in ("ROUND_DOWN", "ROUND_05UP", "ROUND_FLOOR" if not sign else "ROUND_CEILING"):
        return _make(sign, 10**context.prec - 1, context.Emax - context.prec + 1)
    return _make(sign, 0, 0, "F")


def _invalid(context, condition=InvalidOperation):
    context.report([condition])
    return _make(0, 0, 0, "n")


def _nan(context, *numbers):
    """The NaN that comes out of an operation on these, if any of them is one."""
    for number in numbers:
        if number._kind == "N":
            context.report([InvalidOperation])
            return _make(number._sign, number._int, 0, "n")
    for number in numbers:
        if number._kind == "n":
            return _make(number._sign, number._int, 0, "n")
    return None


def _operand(value):
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return None


# Its methods call each other by the class, so that what a subclass overrides does not change the others.
class Decimal:
    __module__ = "decimal"
    _is_static = True
    __slots__ = ("_sign", "_int", "_exp", "_kind")

    def __new__(cls, value="0", context=None):
        self = object.__new__(cls)
        self._kind = ""
        if isinstance(value, int):
            self._sign, self._int, self._exp = int(value < 0), abs(int(value)), 0
        elif isinstance(value, Decimal):
            self._sign, self._int, self._exp, self._kind = value._sign, value._int, value._exp, value._kind
        elif isinstance(value, str):
            self._read(value, context)
        elif isinstance(value, float):
            context = context or getcontext()
            context.report([FloatOperation])
            value = Decimal.from_float(value)
            self._sign, self._int, self._exp, self._kind = value._sign, value._int, value._exp, value._kind
        elif isinstance(value, (tuple, list)):
            self._take(value)
        else:
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        return self

    def _read(self, text, context):
        found = _TEXT.match(text.replace("_", ""))
        if found is None:
            (context or getcontext()).report([ConversionSyntax])
            self._sign, self._int, self._exp, self._kind = 0, 0, 0, "n"
            return
        self._sign = int(found["sign"] == "-")
        digits = found["int"]
        self._exp = 0
        if digits is not None:
            fraction = found["frac"] or ""
            self._int = int(digits + fraction)
            self._exp = int(found["exp"] or "0") - len(fraction)
        elif found["nan"]:
            self._int = int(found["diag"] or "0")
            self._kind = "N" if found["signal"] else "n"
        else:
            self._int = 0
            self._kind = "F"

    def _take(self, parts):
        if len(parts) != 3:
            raise ValueError("argument must be a sequence of length 3")
        sign, digits, exponent = parts
        if sign not in (0, 1):
            raise ValueError("sign must be an integer with the value 0 or 1")
        self._sign = sign
        self._exp = 0
        for digit in digits:
            if not isinstance(digit, int) or not 0 <= digit <= 9:
                raise ValueError("coefficient must be a tuple of digits")
        self._int = int("".join([str(digit) for digit in digits]) or "0")
        if isinstance(exponent, int):
            self._exp = exponent
        elif exponent in ("F", "n", "N"):
            self._kind = exponent
            if exponent == "F":
                self._int = 0
        else:
            raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")

    @classmethod
    def from_float(cls, f):
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("argument must be int or float")
        if math.isinf(f) or math.isnan(f):
            return cls(repr(f))
        n, d = abs(f).as_integer_ratio()
        twos = d.bit_length() - 1
        made = _make(int(math.copysign(1.0, f) < 0), n * 5**twos, -twos)
        return made if cls is Decimal else cls(made)

    # Text.

    def as_tuple(self):
        digits = tuple(map(int, str(self._int)))
        if self._kind:
            digits = (0,) if self._kind == "F" else digits if self._int else ()
        return DecimalTuple(self._sign, digits, self._kind or self._exp)

    def __repr__(self):
        return f"Decimal('{Decimal.__str__(self)}')"

    def __str__(self, eng=False, context=None):
        sign = "-" if self._sign else ""
        if self._kind:
            if self._kind == "F":
                return sign + "Infinity"
            return sign + ("NaN" if self._kind == "n" else "sNaN") + (str(self._int) if self._int else "")
        digits = str(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            point = left
        elif not eng:
            point = 1
        elif not self._int:
            point = (left + 1) % 3 - 1
        else:
            point = (left - 1) % 3 + 1
        if point <= 0:
            whole, fraction = "0", "." + "0" * -point + digits
        elif point >= len(digits):
            whole, fraction = digits + "0" * (point - len(digits)), ""
        else:
            whole, fraction = digits[:point], "." + digits[point:]
        power = ""
        if left != point:
            power = f"{'E' if (context or getcontext()).capitals else 'e'}{left - point:+}"
        return sign + whole + fraction + power

    def to_eng_string(self, context=None):
        return Decimal.__str__(self, True, context)

    def __format__(self, spec, context=None):
        from decimal._format import format_decimal

        return format_decimal(self, spec, context)

    # Conversions.

    def __bool__(self):
        return bool(self._kind) or self._int != 0

    def __int__(self):
        if self._kind:
            if self._kind == "F":
                raise OverflowError("cannot convert Infinity to integer")
            raise ValueError("cannot convert NaN to integer")
        n = self._int * 10**self._exp if self._exp >= 0 else self._int // 10**-self._exp
        return -n if self._sign else n

    __trunc__ = __int__

    def __float__(self):
        if self._kind == "N":
            raise ValueError("cannot convert signaling NaN to float")
        return float("-nan" if self._kind == "n" and self._sign else "nan" if self._kind == "n" else Decimal.__str__(self))

    def __complex__(self):
        return complex(Decimal.__float__(self))

    def as_integer_ratio(self):
        if self._kind:
            if self._kind == "F":
                raise OverflowError("cannot convert Infinity to integer ratio")
            raise ValueError("cannot convert NaN to integer ratio")
        exact = Fraction(self._int) * (Fraction(10) ** self._exp)
        return -exact.numerator if self._sign else exact.numerator, exact.denominator

    def __hash__(self):
        if self._kind:
            if self._kind == "N":
                raise TypeError("Cannot hash a signaling NaN value")
            return object.__hash__(self) if self._kind == "n" else -314159 if self._sign else 314159
        power = pow(10, self._exp, _MODULUS) if self._exp >= 0 else pow(pow(10, _MODULUS - 2, _MODULUS), -self._exp, _MODULUS)
        value = self._int * power % _MODULUS
        value = -value if self._sign else value
        return -2 if value == -1 else value

    def __round__(self, n=None):
        if n is not None:
            if not isinstance(n, int):
                raise TypeError("optional arg must be an integer")
            return Decimal.quantize(self, _make(0, 1, -n))
        return self._to_int(ROUND_HALF_EVEN)

    def _to_int(self, rounding):
        if self._kind:
            if self._kind == "F":
                raise OverflowError("cannot convert Infinity to integer")
            raise ValueError("cannot convert NaN to integer")
        n = rescaled(self._sign, self._int, self._exp, 0, rounding)[0]
        return -n if self._sign else n

    def __floor__(self):
        return self._to_int("ROUND_FLOOR")

    def __ceil__(self):
        return self._to_int("ROUND_CEILING")

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return Decimal(0)

    def conjugate(self):
        return self

    # Comparison.

    def _order(self, other):
        """-1, 0 or 1; neither is a NaN."""
        if self._kind or other._kind:
            a = (-1 if self._sign else 1) if self._kind else 0
            b = (-1 if other._sign else 1) if other._kind else 0
            return (a > b) - (a < b)
        a, b = self._signed(), other._signed()
        if not a or not b or self._sign != other._sign:
            return (a > b) - (a < b)
        magnitude, of_other = Decimal.adjusted(self), Decimal.adjusted(other)
        if magnitude != of_other:
            return (1 if magnitude > of_other else -1) * (-1 if self._sign else 1)
        low = min(self._exp, other._exp)
        a, b = a * 10 ** (self._exp - low), b * 10 ** (other._exp - low)
        return (a > b) - (a < b)

    def _signed(self):
        return -self._int if self._sign else self._int

    def _compared(self, other, equality):
        """The order, or `None` for what cannot be ordered; `NotImplemented` for other types."""
        if isinstance(other, float):
            getcontext().flags[FloatOperation] = True
            if not equality and getcontext().traps[FloatOperation]:
                getcontext().report([FloatOperation])
            other = Decimal.from_float(other)
        elif isinstance(other, Fraction) and not self._kind:
            mine = Fraction(*Decimal.as_integer_ratio(self))
            return (mine > other) - (mine < other)
        elif equality and isinstance(other, complex) and other.imag == 0:
            other = Decimal.from_float(other.real)
        else:
            other = _operand(other)
            if other is None:
                return NotImplemented
        kinds = (self._kind, other._kind)
        if "n" in kinds or "N" in kinds:
            if not equality or "N" in kinds:
                getcontext().report([InvalidOperation])
            return None
        return self._order(other)

    def __eq__(self, other):
        order = self._compared(other, True)
        return order if order is NotImplemented else order == 0

    def __lt__(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order < 0

    def __le__(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order <= 0

    def __gt__(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order > 0

    def __ge__(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order >= 0

    def compare(self, other, context=None):
        other = _converted(other)
        found = _nan(context or getcontext(), self, other)
        return Decimal(self._order(other)) if found is None else found

    def compare_signal(self, other, context=None):
        other = _converted(other)
        if Decimal.is_nan(self) or Decimal.is_nan(other):
            return _invalid(context or getcontext())
        return Decimal(self._order(other))

    def compare_total(self, other, context=None):
        return Decimal((self._total() > other._total()) - (self._total() < other._total()))

    def _total(self):
        rank = {"": 0, "F": 1, "N": 2, "n": 3}[self._kind]
        value = Fraction(*Decimal.as_integer_ratio(self)) if not self._kind else self._int
        return (-1, -rank, value if not self._kind else -value, -self._exp) if self._sign else (1, rank, value, self._exp)

    def _extreme(self, other, context, wanted):
        context = context or getcontext()
        other = _converted(other)
        if self._kind in ("n", "N") or other._kind in ("n", "N"):
            if self._kind == "n" and other._kind in ("", "F"):
                return other._fixed(context)
            if other._kind == "n" and self._kind in ("", "F"):
                return self._fixed(context)
            return _nan(context, self, other)
        order = self._order(other) or (1 if self._total() > other._total() else -1)
        return (self if order == wanted else other)._fixed(context)

    def max(self, other, context=None):
        return self._extreme(other, context, 1)

    def min(self, other, context=None):
        return self._extreme(other, context, -1)

    # Arithmetic.

    def _fixed(self, context):
        if self._kind:
            return _nan(context, self) or self
        return _finish(context, self._sign, self._int, self._exp)

    def __pos__(self, context=None):
        context = context or getcontext()
        if not self._kind and not self._int and context.rounding != "ROUND_FLOOR":
            return Decimal.copy_abs(self)._fixed(context)
        return self._fixed(context)

    def __neg__(self, context=None):
        context = context or getcontext()
        if not self._kind and not self._int and context.rounding != "ROUND_FLOOR":
            return Decimal.copy_abs(self)._fixed(context)
        return (_nan(context, self) if Decimal.is_nan(self) else None) or Decimal.copy_negate(self)._fixed(context)

    def __abs__(self, context=None):
        return Decimal.__neg__(self, context) if self._sign and not Decimal.is_nan(self) else Decimal.__pos__(self, context)

    def __add__(self, other, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        context = context or getcontext()
        if self._kind or other._kind:
            found = _nan(context, self, other)
            if found is not None:
                return found
            if self._kind and other._kind and self._sign != other._sign:
                return _invalid(context)
            return self if self._kind else other
        low = min(self._exp, other._exp)
        a, b = self, other
        if a._int and b._int:
            # Far below the last digit of the result only the sign of a number matters.
            big, small = (a, b) if Decimal.adjusted(a) >= Decimal.adjusted(b) else (b, a)
            cut = min(big._exp, Decimal.adjusted(big) - context.prec - 2)
            if Decimal.adjusted(small) < cut - 1:
                small = _make(small._sign, 1, cut - 2)
                a, b = big, small
                low = min(a._exp, b._exp)
        elif not a._int and b._int and a._exp < b._exp:
            low = max(low, min(b._exp, Decimal.adjusted(b) - context.prec - 1))
        elif not b._int and a._int and b._exp < a._exp:
            low = max(low, min(a._exp, Decimal.adjusted(a) - context.prec - 1))
        x = a._signed() * 10 ** max(a._exp - low, 0)
        y = b._signed() * 10 ** max(b._exp - low, 0)
        total = x + y
        sign = int(total < 0)
        if not total:
            sign = self._sign & other._sign
            if self._sign != other._sign and context.rounding == "ROUND_FLOOR":
                sign = 1
        return _finish(context, sign, abs(total), low)

    def __radd__(self, other):
        return Decimal.__add__(self, other)

    def __sub__(self, other, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        if Decimal.is_nan(self) or Decimal.is_nan(other):
            return _nan(context or getcontext(), self, other)
        return Decimal.__add__(self, Decimal.copy_negate(other), context)

    def __rsub__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else Decimal.__sub__(other, self)

    def __mul__(self, other, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._kind or other._kind:
            found = _nan(context, self, other)
            if found is not None:
                return found
            if Decimal.is_zero(self) or Decimal.is_zero(other):
                return _invalid(context)
            return _make(sign, 0, 0, "F")
        return _finish(context, sign, self._int * other._int, self._exp + other._exp)

    def __rmul__(self, other):
        return Decimal.__mul__(self, other)

    def __truediv__(self, other, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._kind or other._kind:
            found = _nan(context, self, other)
            if found is not None:
                return found
            if self._kind and other._kind:
                return _invalid(context)
            if self._kind:
                return _make(sign, 0, 0, "F")
            context.report([Clamped])
            return _make(sign, 0, context.Etiny())
        if not other._int:
            if not self._int:
                return _invalid(context, DivisionUndefined)
            context.report([DivisionByZero])
            return _make(sign, 0, 0, "F")
        ideal = self._exp - other._exp
        if not self._int:
            return _finish(context, sign, 0, ideal)
        shift = len(str(other._int)) - len(str(self._int)) + context.prec + 1
        if shift >= 0:
            whole, rest = divmod(self._int * 10**shift, other._int)
        else:
            whole, rest = divmod(self._int, other._int * 10**-shift)
        exponent = ideal - shift
        if rest:
            # An inexact quotient must not look like a half or a whole one.
            whole = whole * 10 + 1
            exponent -= 1
        else:
            while exponent < ideal and whole % 10 == 0:
                whole //= 10
                exponent += 1
        return _finish(context, sign, whole, exponent)

    def __rtruediv__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else Decimal.__truediv__(other, self)

    def _divided(self, other, context):
        """Whole quotient and remainder of two finite numbers."""
        low = min(self._exp, other._exp)
        if Decimal.adjusted(self) - Decimal.adjusted(other) > context.prec:
            return None
        a = self._int * 10 ** (self._exp - low)
        if other._exp - low > context.prec + 2 + len(str(a)):
            return 0, self._int, self._exp
        whole, rest = divmod(a, other._int * 10 ** (other._exp - low))
        if len(str(whole)) > context.prec:
            return None
        return whole, rest, low

    def _division(self, other, context, want):
        other = _operand(other)
        if other is None:
            return NotImplemented
        context = context or getcontext()
        found = _nan(context, self, other)
        if found is not None:
            return (found, found) if want == 2 else found
        sign = self._sign ^ other._sign
        if self._kind:
            if want == 0:
                return _invalid(context) if other._kind else _make(sign, 0, 0, "F")
            if want == 1 or other._kind:
                bad = _invalid(context)
                return (bad, bad) if want == 2 else bad
            return _make(sign, 0, 0, "F"), _invalid(context)
        if other._kind:
            whole, rest = _make(sign, 0, 0), self._fixed(context)
            return (whole, rest) if want == 2 else rest if want else whole
        if not other._int:
            if not self._int:
                bad = _invalid(context, DivisionUndefined)
                return (bad, bad) if want == 2 else bad
            if want == 0:
                context.report([DivisionByZero])
                return _make(sign, 0, 0, "F")
            if want == 1:
                return _invalid(context)
            context.report([DivisionByZero, InvalidOperation])
            return _make(sign, 0, 0, "F"), _make(0, 0, 0, "n")
        parts = self._divided(other, context) if self._int else (0, 0, min(self._exp, other._exp))
        if parts is None:
            bad = _invalid(context, DivisionImpossible)
            return (bad, bad) if want == 2 else bad
        whole = _make(sign, parts[0], 0)
        if want == 0:
            return whole
        rest = _finish(context, self._sign, parts[1], parts[2])
        return (whole, rest) if want == 2 else rest

    def __floordiv__(self, other, context=None):
        return self._division(other, context, 0)

    def __mod__(self, other, context=None):
        return self._division(other, context, 1)

    def __divmod__(self, other, context=None):
        return self._division(other, context, 2)

    def __rfloordiv__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else Decimal.__floordiv__(other, self)

    def __rmod__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else Decimal.__mod__(other, self)

    def __rdivmod__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else Decimal.__divmod__(other, self)

    def remainder_near(self, other, context=None):
        context = context or getcontext()
        other = _converted(other)
        found = _nan(context, self, other)
        if found is not None:
            return found
        if self._kind or not other._int and not other._kind:
            return _invalid(context, DivisionUndefined if not (self._int or self._kind) and not other._kind else InvalidOperation)
        if other._kind:
            return self._fixed(context)
        low = min(self._exp, other._exp)
        a, b = self._int * 10 ** (self._exp - low), other._int * 10 ** (other._exp - low)
        whole, rest = divmod(a, b)
        sign = self._sign
        if 2 * rest + (whole & 1) > b:
            rest -= b
            whole += 1
        if len(str(whole)) > context.prec:
            return _invalid(context, DivisionImpossible)
        if rest < 0:
            sign, rest = 1 - sign, -rest
        return _finish(context, sign, rest, low)

    def fma(self, other, third, context=None):
        other, third = _converted(other), _converted(third)
        context = context or getcontext()
        found = _nan(context, self, other, third)
        if found is not None:
            return found
        if self._kind or other._kind:
            return Decimal.__mul__(self, other, context).__add__(third, context)
        exact = _make(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp)
        return exact.__add__(third, context)

    def __pow__(self, other, modulo=None, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        context = context or getcontext()
        if modulo is not None:
            modulo = _operand(modulo)
            if modulo is None:
                return NotImplemented
            whole = [x for x in (self, other, modulo) if not x._kind and Decimal.__eq__(x, Decimal.to_integral_value(x))]
            if len(whole) < 3 or other._sign or Decimal.is_zero(modulo):
                return _invalid(context)
            n = Decimal.__int__(other)
            return Decimal(pow(abs(Decimal.__int__(self)), n, abs(Decimal.__int__(modulo))) * (-1 if self._sign and n & 1 else 1))
        return _power(self, other, context)

    def __rpow__(self, other, modulo=None):
        other = _operand(other)
        return NotImplemented if other is None else Decimal.__pow__(other, self)

    # Roots, exponentials, logarithms.

    def sqrt(self, context=None):
        context = context or getcontext()
        if self._kind:
            found = _nan(context, self)
            if found is not None:
                return found
            return _invalid(context) if self._sign else self
        if not self._int:
            return _finish(context, self._sign, 0, self._exp // 2)
        if self._sign:
            return _invalid(context)
        ideal = self._exp // 2
        coefficient, exponent = self._int, self._exp
        if exponent & 1:
            coefficient *= 10
            exponent -= 1
        shift = context.prec + 1 - (len(str(coefficient)) + 1) // 2
        square = coefficient * 100**shift if shift >= 0 else coefficient // 100**-shift
        exact = shift >= 0 or coefficient % 100**-shift == 0
        root = math.isqrt(square)
        exact = exact and root * root == square
        exponent = exponent // 2 - shift
        if exact:
            while exponent < ideal and root % 10 == 0:
                root //= 10
                exponent += 1
        else:
            root = root * 10 + 1
            exponent -= 1
        return _rounded_half_even(context, 0, root, exponent)

    def exp(self, context=None):
        context = context or getcontext()
        if self._kind:
            found = _nan(context, self)
            if found is not None:
                return found
            return Decimal(0) if self._sign else self
        if not self._int:
            return Decimal(1)
        if Decimal.adjusted(self) > 20:
            return _finish(context, 0, 1, -(10**20) if self._sign else 10**20, [Inexact, Rounded])
        return _settled(context, lambda digits: (0, *_functions.exp(self._signed(), self._exp, digits)))

    def ln(self, context=None):
        return self._logarithm(context, _functions.ln)

    def log10(self, context=None):
        if not self._kind and not self._sign and str(self._int).strip("0") == "1":
            return _finish(context or getcontext(), int(Decimal.adjusted(self) < 0), abs(Decimal.adjusted(self)), 0)
        return self._logarithm(context, _functions.log10)

    def _logarithm(self, context, function):
        context = context or getcontext()
        found = _nan(context, self)
        if found is not None:
            return found
        if Decimal.is_zero(self):
            return _make(1, 0, 0, "F")
        if self._sign:
            return _invalid(context)
        if self._kind:
            return self
        if Decimal.__eq__(self, 1):
            return Decimal(0)

        def at(digits):
            # Near 1 the logarithm begins with zeros.
            lost = 0
            while True:
                value = function(self._int, self._exp, digits + lost)
                if len(str(abs(value))) >= digits:
                    return int(value < 0), abs(value), -(digits + lost)
                lost += digits - len(str(abs(value))) + 2

        return _settled(context, at)

    # Exponents and digits.

    def adjusted(self):
        return 0 if self._kind else self._exp + len(str(self._int)) - 1

    def quantize(self, exp, rounding=None, context=None):
        context = context or getcontext()
        exp = _converted(exp)
        rounding = context.rounding if rounding is None else rounding
        if rounding not in ROUNDINGS:
            raise TypeError(
                "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]"
            )
        found = _nan(context, self, exp)
        if found is not None:
            return found
        if self._kind or exp._kind:
            return self if self._kind and exp._kind else _invalid(context)
        wanted = exp._exp
        if not context.Etiny() <= wanted <= context.Emax:
            return _invalid(context)
        if self._int and Decimal.adjusted(self) - wanted >= context.prec + 1:
            return _invalid(context)
        coefficient, _ = rescaled(self._sign, self._int, self._exp, wanted, rounding)
        if len(str(coefficient)) > context.prec or wanted + len(str(coefficient)) - 1 > context.Emax:
            return _invalid(context)
        happened = []
        if self._exp < wanted and self._int:
            happened.append(Rounded)
            if coefficient * 10 ** (wanted - self._exp) != self._int:
                happened.append(Inexact)
        if coefficient and wanted + len(str(coefficient)) - 1 < context.Emin:
            happened.append(Subnormal)
        context.report(happened)
        return _make(self._sign, coefficient, wanted)

    def to_integral_value(self, rounding=None, context=None):
        context = context or getcontext()
        if self._kind:
            return _nan(context, self) or self
        if self._exp >= 0:
            return self
        return _make(self._sign, rescaled(self._sign, self._int, self._exp, 0, rounding or context.rounding)[0], 0)

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        context = context or getcontext()
        result = Decimal.to_integral_value(self, rounding, context)
        if not self._kind and self._exp < 0:
            context.report([Rounded] + ([Inexact] if result != self else []))
        return result

    def normalize(self, context=None):
        context = context or getcontext()
        result = self._fixed(context)
        if result._kind:
            return result
        if not result._int:
            return _make(result._sign, 0, 0)
        coefficient, exponent = result._int, result._exp
        while coefficient % 10 == 0 and exponent < context.Emax:
            coefficient //= 10
            exponent += 1
        return _make(result._sign, coefficient, exponent)

    def scaleb(self, other, context=None):
        context = context or getcontext()
        other = _converted(other)
        found = _nan(context, self, other)
        if found is not None:
            return found
        if other._kind or other._exp != 0:
            return _invalid(context)
        return self if self._kind else _finish(context, self._sign, self._int, self._exp + Decimal.__int__(other))

    def logb(self, context=None):
        context = context or getcontext()
        if self._kind:
            return _nan(context, self) or Decimal.copy_abs(self)
        if not self._int:
            context.report([DivisionByZero])
            return _make(1, 0, 0, "F")
        return Decimal(Decimal.adjusted(self))

    def next_plus(self, context=None):
        return self._next(context, 1)

    def next_minus(self, context=None):
        return self._next(context, -1)

    def _next(self, context, direction):
        context = (context or getcontext()).copy()
        context.clear_traps()
        if self._kind:
            found = _nan(context, self)
            if found is not None:
                return found
            if self._sign == (direction < 0):
                return self
            return _make(self._sign, 10**context.prec - 1, context.Etop())
        context.rounding = "ROUND_CEILING" if direction > 0 else "ROUND_FLOOR"
        rounded = self._fixed(context)
        if rounded != self:
            return rounded
        return Decimal.__add__(self, _make(int(direction < 0), 1, context.Etiny() - 1), context)

    def same_quantum(self, other, context=None):
        other = _converted(other)
        if self._kind or other._kind:
            return Decimal.is_nan(self) == Decimal.is_nan(other) and Decimal.is_infinite(self) == Decimal.is_infinite(other)
        return self._exp == other._exp

    def radix(self):
        return Decimal(10)

    def canonical(self):
        return self

    def number_class(self, context=None):
        if self._kind in ("n", "N"):
            return "NaN" if self._kind == "n" else "sNaN"
        if self._kind:
            what = "Infinity"
        elif not self._int:
            what = "Zero"
        else:
            what = "Subnormal" if Decimal.is_subnormal(self, context) else "Normal"
        return ("-" if self._sign else "+") + what

    def copy_abs(self):
        return _make(0, self._int, self._exp, self._kind)

    def copy_negate(self):
        return _make(1 - self._sign, self._int, self._exp, self._kind)

    def copy_sign(self, other, context=None):
        return _make(_converted(other)._sign, self._int, self._exp, self._kind)

    def is_signed(self):
        return self._sign == 1

    def is_zero(self):
        return not self._kind and self._int == 0

    def is_finite(self):
        return not self._kind

    def is_infinite(self):
        return self._kind == "F"

    def is_nan(self):
        return self._kind in ("n", "N")

    def is_qnan(self):
        return self._kind == "n"

    def is_snan(self):
        return self._kind == "N"

    def is_canonical(self):
        return True

    def is_normal(self, context=None):
        return not self._kind and self._int != 0 and Decimal.adjusted(self) >= (context or getcontext()).Emin

    def is_subnormal(self, context=None):
        return not self._kind and self._int != 0 and Decimal.adjusted(self) < (context or getcontext()).Emin

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return self.__class__, (str(self),)


numbers.Number.register(Decimal)


def _converted(value):
    found = _operand(value)
    if found is None:
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
    return found


def _rounded_half_even(context, sign, coefficient, exponent):
    """Roots, exponentials and logarithms round half to even whatever the context says."""
    saved = context.rounding
    context.rounding = ROUND_HALF_EVEN
    try:
        return _finish(context, sign, coefficient, exponent)
    finally:
        context.rounding = saved


def _settled(context, function):
    """Rounds an irrational number: with more digits for as long as those at hand lie in the middle."""
    digits = context.prec + 4
    while True:
        sign, coefficient, exponent = function(digits)
        tail = coefficient % 10 ** max(len(str(coefficient)) - context.prec, 1)
        unit = 10 ** max(len(str(coefficient)) - context.prec, 1)
        if abs(2 * tail - unit) > 200 or digits > 10 * context.prec + 100:
            return _rounded_half_even(context, sign, coefficient * 10 + 1, exponent - 1)
        digits += 6


def _plain(number):
    """The number as a `Decimal` without what a subclass overrides."""
    return number if type(number) is Decimal else _make(number._sign, number._int, number._exp, number._kind)


def _power(base, power, context):
    base, power = _plain(base), _plain(power)
    found = _nan(context, base, power)
    if found is not None:
        return found
    if not power:
        return _invalid(context) if not base else Decimal(1)
    is_whole = not power._kind and (power._exp >= 0 or power._int % 10**-power._exp == 0)
    sign = int(base._sign and is_whole and int(power) & 1)
    if base._sign and not is_whole and (base or base._kind):
        if not power._kind or base:
            return _invalid(context) if not power._kind or base._order(Decimal(-1)) else _invalid(context)
    if not base:
        return _make(sign, 0, 0) if not power._sign else _make(sign, 0, 0, "F")
    if base._kind:
        return _make(sign, 0, 0) if power._sign else _make(sign, 0, 0, "F")
    if power._kind:
        order = base.copy_abs()._order(Decimal(1))
        if order == 0:
            return _finish(context, 0, 10 ** (context.prec - 1), 1 - context.prec, [Inexact, Rounded])
        return _make(0, 0, 0) if (order > 0) == bool(power._sign) else _make(0, 0, 0, "F")
    if base.copy_abs() == 1 and not is_whole:
        return _finish(context, 0, 10 ** (context.prec - 1), 1 - context.prec, [Inexact, Rounded])
    if is_whole:
        n = abs(int(power))
        # The logarithm of the result says whether it is within reach at all.
        size = base.adjusted() * n
        if abs(size) > 3 * (context.Emax + context.prec):
            up = (size > 0) != bool(power._sign)
            return _finish(context, sign, 1, context.Emax + 1 if up else context.Etiny() - 2, [Inexact, Rounded])
        if len(str(base._int)) * n < 20000:
            exact = base._int**n
            if not power._sign:
                return _finish(context, sign, exact, base._exp * n)
            return _make(0, 1, 0).__truediv__(_make(sign, exact, base._exp * n), context)

    def at(digits):
        extra = abs(Decimal.adjusted(power)) + len(str(abs(base.adjusted()))) + 5
        ln = _functions.ln(base._int, base._exp, digits + extra)
        return sign, *_functions.exp(ln * power._signed(), power._exp - digits - extra, digits)

    result = _settled(context, at)
    if not result._kind and result._int and not is_whole:
        # A root that comes out even still has all its digits.
        missing = context.prec - len(str(result._int))
        if missing > 0:
            return _make(result._sign, result._int * 10**missing, result._exp - missing)
    return result
