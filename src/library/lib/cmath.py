"""Functions of complex numbers, out of those of real ones. Branch cuts lie as in C."""
import math

__frameless__ = ("*",)

pi, e, tau, inf, nan = math.pi, math.e, math.tau, math.inf, math.nan
infj = complex(0.0, inf)
nanj = complex(0.0, nan)


def phase(z, /):
    z = complex(z)
    return math.atan2(z.imag, z.real)


def polar(z, /):
    z = complex(z)
    return math.hypot(z.real, z.imag), phase(z)


def rect(r, phi, /):
    return complex(r * math.cos(phi), r * math.sin(phi)) if phi else complex(r, r * phi)


def exp(z, /):
    z = complex(z)
    try:
        scale = math.exp(z.real)
    except OverflowError:
        raise OverflowError("math range error") from None
    return complex(scale * math.cos(z.imag), scale * math.sin(z.imag))


def log(z, base=None, /):
    z = complex(z)
    if z == 0:
        raise ValueError("math domain error")
    size = math.hypot(z.real, z.imag)
    if 0.71 <= size <= 1.73:
        # Near the unit circle the logarithm of the size loses digits.
        big, small = max(abs(z.real), abs(z.imag)), min(abs(z.real), abs(z.imag))
        real = math.log1p((big - 1) * (big + 1) + small * small) / 2.0
    else:
        real = math.log(size)
    result = complex(real, phase(z))
    return result if base is None else result / log(base)


def log10(z, /):
    found = log(z)
    return complex(found.real / math.log(10.0), found.imag / math.log(10.0))


def sqrt(z, /):
    z = complex(z)
    a, b = z.real, z.imag
    if a == 0 and b == 0:
        return complex(0.0, b)
    if math.isinf(b):
        return complex(inf, b)
    ax, ay = abs(a) / 8.0, abs(b)
    s = 2.0 * math.sqrt(ax + math.hypot(ax, ay / 8.0))
    d = ay / (2.0 * s)
    if a >= 0.0:
        return complex(s, math.copysign(d, b))
    return complex(d, math.copysign(s, b))


def sin(z, /):
    z = complex(z)
    found = sinh(complex(-z.imag, z.real))
    return complex(found.imag, -found.real)


def cos(z, /):
    z = complex(z)
    return cosh(complex(-z.imag, z.real))


def sinh(z, /):
    z = complex(z)
    return complex(math.cos(z.imag) * math.sinh(z.real), math.sin(z.imag) * math.cosh(z.real))


def cosh(z, /):
    z = complex(z)
    return complex(math.cos(z.imag) * math.cosh(z.real), math.sin(z.imag) * math.sinh(z.real))


def tanh(z, /):
    z = complex(z)
    x, y = z.real, z.imag
    if abs(x) > 350:
        return complex(math.copysign(1.0, x), 4.0 * math.sin(y) * math.cos(y) * math.exp(-2.0 * abs(x)))
    tx, ty = math.tanh(x), math.tan(y)
    cx = 1.0 / math.cosh(x)
    txty = tx * ty
    denominator = 1.0 + txty * txty
    return complex(tx * (1.0 + ty * ty) / denominator, ((ty / denominator) * cx) * cx)


def tan(z, /):
    z = complex(z)
    found = tanh(complex(-z.imag, z.real))
    return complex(found.imag, -found.real)


def asinh(z, /):
    z = complex(z)
    s1, s2 = sqrt(complex(1.0 + z.imag, -z.real)), sqrt(complex(1.0 - z.imag, z.real))
    real = math.asinh(s1.real * s2.imag - s2.real * s1.imag)
    return complex(real, math.atan2(z.imag, s1.real * s2.real - s1.imag * s2.imag))


def asin(z, /):
    z = complex(z)
    found = asinh(complex(-z.imag, z.real))
    return complex(found.imag, -found.real)


def acos(z, /):
    z = complex(z)
    s1, s2 = sqrt(complex(1.0 - z.real, -z.imag)), sqrt(complex(1.0 + z.real, z.imag))
    return complex(2.0 * math.atan2(s1.real, s2.real), math.asinh(s2.real * s1.imag - s2.imag * s1.real))


def acosh(z, /):
    z = complex(z)
    s1, s2 = sqrt(complex(z.real - 1.0, z.imag)), sqrt(complex(z.real + 1.0, z.imag))
    return complex(math.asinh(s1.real * s2.real + s1.imag * s2.imag), 2.0 * math.atan2(s1.imag, s2.real))


def atanh(z, /):
    z = complex(z)
    if z.real < 0.0 or (z.real == 0.0 and math.copysign(1.0, z.real) < 0.0):
        return -atanh(-z)
    x, ay = z.real, abs(z.imag)
    if x == 1.0 and ay == 0.0:
        raise ValueError("math domain error")
    real = math.log1p(4.0 * x / ((1 - x) * (1 - x) + ay * ay)) / 4.0
    return complex(real, -math.atan2(-2.0 * z.imag, (1 - x) * (1 + x) - ay * ay) / 2.0)


def atan(z, /):
    z = complex(z)
    found = atanh(complex(-z.imag, z.real))
    return complex(found.imag, -found.real)


def isfinite(z, /):
    z = complex(z)
    return math.isfinite(z.real) and math.isfinite(z.imag)


def isnan(z, /):
    z = complex(z)
    return math.isnan(z.real) or math.isnan(z.imag)


def isinf(z, /):
    z = complex(z)
    return math.isinf(z.real) or math.isinf(z.imag)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    if rel_tol < 0 or abs_tol < 0:
        raise ValueError("tolerances must be non-negative")
    a, b = complex(a), complex(b)
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    return abs(a - b) <= max(rel_tol * max(abs(a), abs(b)), abs_tol)
