"""Signals, rounding and contexts of decimal arithmetic."""
import contextvars
import sys

__frameless__ = ("*",)

ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP = (
    "ROUND_DOWN", "ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_UP", "ROUND_HALF_DOWN",
    "ROUND_05UP",
)  # fmt: skip
ROUNDINGS = (
    ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP,
)  # fmt: skip
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)


class DecimalException(ArithmeticError):
    __module__ = "decimal"


class Clamped(DecimalException):
    __module__ = "decimal"


class InvalidOperation(DecimalException):
    __module__ = "decimal"


class ConversionSyntax(InvalidOperation):
    __module__ = "decimal"


class DivisionByZero(DecimalException, ZeroDivisionError):
    __module__ = "decimal"


class DivisionImpossible(InvalidOperation):
    __module__ = "decimal"


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    __module__ = "decimal"


class Inexact(DecimalException):
    __module__ = "decimal"


class InvalidContext(InvalidOperation):
    __module__ = "decimal"


class Rounded(DecimalException):
    __module__ = "decimal"


class Subnormal(DecimalException):
    __module__ = "decimal"


class Overflow(Inexact, Rounded):
    __module__ = "decimal"


class Underflow(Inexact, Rounded, Subnormal):
    __module__ = "decimal"


class FloatOperation(DecimalException, TypeError):
    __module__ = "decimal"


# In the order in which a context lists them, and in which they are raised.
SIGNALS = (
    InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped,
)  # fmt: skip
_SHOWN = (
    Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow,
)  # fmt: skip
_CONDITIONS = (ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext)


def _signals(given):
    if isinstance(given, dict):
        return {signal: bool(given.get(signal)) for signal in SIGNALS}
    return {signal: signal in given for signal in SIGNALS}


def _checked(name, value, low, high, message=None):
    if not isinstance(value, int):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if not low <= value <= high:
        raise ValueError(message or f"valid range for {name} is [{_LIMITS.get(low, low)}, {_LIMITS.get(high, high)}]")
    return value


_LIMITS = {MAX_PREC: "MAX_PREC", MIN_EMIN: "MIN_EMIN"}


class Context:
    """Precision, rounding, limits of exponents, and what happens with signals."""

    __module__ = "decimal"
    _is_static = True

    def __init__(
        self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None
    ):
        base = DefaultContext
        self.prec = base.prec if prec is None else prec
        self.rounding = base.rounding if rounding is None else rounding
        self.Emin = base.Emin if Emin is None else Emin
        self.Emax = base.Emax if Emax is None else Emax
        self.capitals = base.capitals if capitals is None else capitals
        self.clamp = base.clamp if clamp is None else clamp
        self.flags = _signals(() if flags is None else flags)
        self.traps = _signals(base.traps if traps is None else traps)

    def __setattr__(self, name, value):
        if name == "prec":
            _checked(name, value, 1, MAX_PREC)
        elif name == "Emin":
            _checked(name, value, MIN_EMIN, 0, "valid range for Emin is [MIN_EMIN, 0]")
        elif name == "Emax":
            _checked(name, value, 0, MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]")
        elif name == "capitals":
            _checked(name, value, 0, 1, "valid values for capitals are 0 or 1")
        elif name == "clamp":
            _checked(name, value, 0, 1, "valid values for clamp are 0 or 1")
        elif name == "rounding":
            if value not in ROUNDINGS:
                raise TypeError(
                    "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                    "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]"
                )
        elif name not in ("flags", "traps"):
            raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")
        object.__setattr__(self, name, value)

    def __repr__(self):
        flags = ", ".join([signal.__name__ for signal in _SHOWN if self.flags[signal]])
        traps = ", ".join([signal.__name__ for signal in _SHOWN if self.traps[signal]])
        return (
            f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, "
            f"capitals={self.capitals}, clamp={self.clamp}, flags=[{flags}], traps=[{traps}])"
        )

    def report(self, conditions):
        """Notes what happened; raises the first signal that is trapped."""
        trapped = []
        for condition in conditions:
            signal = InvalidOperation if condition in _CONDITIONS else condition
            self.flags[signal] = True
            if self.traps[signal] and signal not in trapped:
                trapped.append(signal)
        if trapped:
            listed = [c for c in _CONDITIONS if c in conditions]
            listed += [s for s in SIGNALS if s in trapped and (s in conditions)]
            raise min(trapped, key=SIGNALS.index)(listed)

    def clear_flags(self):
        self.flags = _signals(())

    def clear_traps(self):
        self.traps = _signals(())

    def copy(self):
        return Context(
            self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, self.flags, self.traps
        )

    __copy__ = copy

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def create_decimal(self, num="0"):
        from decimal._number import Decimal

        return Decimal(num, self)._fixed(self)

    def create_decimal_from_float(self, f):
        from decimal._number import Decimal

        return Decimal.from_float(f)._fixed(self)

    def _of(self, value):
        from decimal._number import Decimal

        if isinstance(value, int):
            return Decimal(value)
        if not isinstance(value, Decimal):
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        return value

    def add(self, a, b):
        return self._of(a).__add__(self._of(b), self)

    def subtract(self, a, b):
        return self._of(a).__sub__(self._of(b), self)

    def multiply(self, a, b):
        return self._of(a).__mul__(self._of(b), self)

    def divide(self, a, b):
        return self._of(a).__truediv__(self._of(b), self)

    def divide_int(self, a, b):
        return self._of(a).__floordiv__(self._of(b), self)

    def remainder(self, a, b):
        return self._of(a).__mod__(self._of(b), self)

    def divmod(self, a, b):
        return self._of(a).__divmod__(self._of(b), self)

    def power(self, a, b, modulo=None):
        return self._of(a).__pow__(self._of(b), modulo, self)

    def minus(self, a):
        return self._of(a).__neg__(self)

    def plus(self, a):
        return self._of(a).__pos__(self)

    def abs(self, a):
        return self._of(a).__abs__(self)

    def to_sci_string(self, a):
        return self._of(a).__str__(context=self)

    def to_eng_string(self, a):
        return self._of(a).to_eng_string(self)

    def to_integral(self, a):
        return self._of(a).to_integral_value(context=self)

    to_integral_value = to_integral

    def __getattr__(self, name):
        # The other methods are those of numbers, with this context.
        from decimal._number import Decimal

        if name not in _DELEGATED:
            raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")

        def method(a, *others):
            return getattr(Decimal, name)(self._of(a), *[self._of(b) for b in others], context=self)

        return method


_DELEGATED = frozenset(
    "sqrt exp ln log10 quantize normalize compare max min fma to_integral_exact remainder_near scaleb logb "
    "next_plus next_minus is_normal is_subnormal compare_signal".split()
)

DefaultContext = object.__new__(Context)
for _name, _value in (
    ("prec", 28), ("rounding", ROUND_HALF_EVEN), ("Emin", -999999), ("Emax", 999999), ("capitals", 1), ("clamp", 0),
    ("flags", _signals(())), ("traps", _signals((DivisionByZero, Overflow, InvalidOperation))),
):  # fmt: skip
    setattr(DefaultContext, _name, _value)
BasicContext = Context(9, ROUND_HALF_UP, traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(9, ROUND_HALF_EVEN, traps=[])
_current = contextvars.ContextVar("decimal_context")


def getcontext():
    found = _current.get(None)
    if found is None:
        found = DefaultContext.copy()
        _current.set(found)
    return found


def setcontext(context, /):
    if not isinstance(context, Context):
        raise TypeError("optional argument must be a context")
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class _Local:
    def __init__(self, context):
        self._context = context

    def __enter__(self):
        self._saved = getcontext()
        setcontext(self._context)
        return self._context

    def __exit__(self, *exc):
        setcontext(self._saved)
        return False


def localcontext(ctx=None, **kwargs):
    if kwargs and sys.version_info < (3, 11):
        raise TypeError(f"'{next(iter(kwargs))}' is an invalid keyword argument for localcontext()")
    if ctx is not None and not isinstance(ctx, Context):
        raise TypeError("optional argument must be a context")
    local = (getcontext() if ctx is None else ctx).copy()
    for name, value in kwargs.items():
        if name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"):
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        setattr(local, name, _signals(value) if name in ("flags", "traps") else value)
    return _Local(local)
