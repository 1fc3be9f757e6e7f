"""`format(Decimal, spec)`."""
import re

from decimal._context import getcontext

__frameless__ = ("*",)

_SPEC = re.compile(
    r"""\A(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ])?(?P<nozero>z)?(?P<zero>0)?(?P<width>(?!0)\d+)?
    (?P<comma>,)?(?:\.(?P<precision>0|(?!0)\d+))?(?P<type>[eEfFgGn%])?\Z""",
    re.VERBOSE | re.DOTALL,
)


def format_decimal(number, text, context):
    from decimal._number import rescaled, rounded_to

    context = context or getcontext()
    found = _SPEC.match(text)
    if found is None:
        raise ValueError("invalid format string")
    spec = found.groupdict()
    kind = spec["type"]
    if kind == "n":
        kind = "g"
    fill, align = spec["fill"] or " ", spec["align"] or ">"
    if spec["zero"] and not spec["align"]:
        fill, align = "0", "="
    width = int(spec["width"] or 0)
    precision = None if spec["precision"] is None else int(spec["precision"])
    sign = "-" if number._sign else spec["sign"] if spec["sign"] in ("+", " ") else ""
    if number._kind:
        body = number.copy_abs().__str__() + ("%" if kind == "%" else "")
        return _aligned(sign, body, fill if align != "=" or fill != "0" else " ", ">" if fill == "0" else align, width)
    if kind is None:
        kind = "g" if context.capitals == 0 else "G"
    coefficient, exponent = number._int, number._exp
    if kind == "%":
        exponent += 2
    if precision is not None:
        if kind in "eE":
            coefficient, exponent = rounded_to(number._sign, coefficient, exponent, precision + 1, context.rounding)
        elif kind in "fF%":
            coefficient, exponent = rescaled(number._sign, coefficient, exponent, -precision, context.rounding)
        elif kind in "gG" and len(str(coefficient)) > (precision or 1):
            coefficient, exponent = rounded_to(number._sign, coefficient, exponent, precision or 1, context.rounding)
    if not coefficient and exponent > 0 and kind in "fF%":
        coefficient, exponent = 0, 0
    digits = str(coefficient)
    left = exponent + len(digits)
    if kind in "eE":
        point = 1 - precision if not coefficient and precision is not None else 1
    elif kind in "fF%":
        point = left
    else:
        point = left if exponent <= 0 and left > -6 else 1
    if point < 0:
        whole, fraction = "0", "0" * -point + digits
    elif point > len(digits):
        whole, fraction = digits + "0" * (point - len(digits)), ""
    else:
        whole, fraction = digits[:point] or "0", digits[point:]
    power = left - point
    if spec["nozero"] and not int(whole + fraction or "0"):
        sign = spec["sign"] if spec["sign"] in ("+", " ") else ""
    tail = "." + fraction if fraction else ""
    if kind in "eE" or kind in "gG" and power != 0:
        tail += f"{'e' if kind in 'eg' else 'E'}{power:+}"
    if kind == "%":
        tail += "%"
    if spec["comma"]:
        room = max(0, width - len(sign) - len(tail)) if fill == "0" and align == "=" else 0
        whole = _grouped(whole, room)
    return _aligned(sign, whole + tail, fill, align, width)


def _grouped(digits, width):
    """Commas between thousands; zeros in front up to the width."""
    parts = []
    while True:
        n = min(max(len(digits), width, 1), 3)
        parts.append("0" * (n - len(digits)) + digits[-n:])
        digits = digits[:-n]
        width -= n
        if not digits and width <= 0:
            break
        width -= 1
    return ",".join(reversed(parts))


def _aligned(sign, body, fill, align, width):
    padding = fill * (width - len(sign) - len(body))
    if align == "<":
        return sign + body + padding
    if align == ">":
        return padding + sign + body
    if align == "=":
        return sign + padding + body
    half = len(padding) // 2
    return padding[:half] + sign + body + padding[half:]
