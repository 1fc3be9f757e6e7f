"""Exponential and logarithm on scaled integers, with digits to spare."""

__frameless__ = ("*",)


def _atanh_inverse(n, scale):
    """atanh(1/n)."""
    power = total = scale // n
    square = n * n
    k = 3
    while power:
        power //= square
        total += power // k
        k += 2
    return total


def _ln2(scale):
    return 2 * _atanh_inverse(3, scale)


def _ln10(scale):
    return 3 * _ln2(scale) + 2 * _atanh_inverse(9, scale)


def exp(coefficient, exponent, digits):
    """Integer and exponent of e**(coefficient * 10**exponent), to so many digits and some more."""
    size = max(0, len(str(abs(coefficient))) + exponent)
    p = digits + size + 10
    scale = 10**p
    shift = exponent + p
    x = coefficient * 10**shift if shift >= 0 else _nearest(coefficient, 10**-shift)
    ln10 = _ln10(scale * 10**size) // 10**size
    tens = x // ln10
    rest = x - tens * ln10
    # Halved so often that the series is short.
    halvings = 8 + digits.bit_length()
    work = scale << halvings * 2
    rest = (rest << halvings * 2) >> halvings
    term = total = work
    k = 1
    while term:
        term = term * rest // (work * k)
        total += term
        k += 1
    for _ in range(halvings):
        total = total * total // work
    return total >> halvings * 2, tens - p


def ln(coefficient, exponent, digits):
    """Integer of ln(coefficient * 10**exponent) times 10**digits."""
    p = digits + len(str(abs(exponent))) + 10
    scale = 10**p
    n = len(str(coefficient))
    y = coefficient * scale // 10 ** (n - 1) if n > p else coefficient * 10 ** (p - n + 1)
    twos = 0
    while y > scale * 4 // 3:
        y >>= 1
        twos += 1
    z = (y - scale) * scale // (y + scale)
    square = z * z // scale
    power = total = z
    k = 3
    while power:
        power = power * square // scale if power > 0 else -(-power * square // scale)
        total += power // k if power > 0 else -(-power // k)
        k += 2
    if twos:
        # The halvings dropped bits of y; do it again from the exact value.
        exact = coefficient * 10 ** (p + 5) // 10 ** (n - 1) if n > p else coefficient * 10 ** (p - n + 6)
        big = scale * 10**5
        z = (exact - (big << twos)) * big // (exact + (big << twos))
        square = z * z // big
        power = total = z
        k = 3
        while power:
            power = power * square // big if power > 0 else -(-power * square // big)
            total += power // k if power > 0 else -(-power // k)
            k += 2
        total //= 10**5
    result = 2 * total + twos * _ln2(scale) + (exponent + n - 1) * _ln10(scale)
    return _nearest(result, 10 ** (p - digits))


def log10(coefficient, exponent, digits):
    """Integer of log10 times 10**digits."""
    p = digits + 8
    return _nearest(ln(coefficient, exponent, p) * 10**p, _ln10(10**p) * 10 ** (p - digits))


def _nearest(a, b):
    return (2 * a + b) // (2 * b)
