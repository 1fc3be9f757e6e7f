"""Times from text: a format becomes a pattern whose groups are the directives."""
import re

_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october"]
_MONTHS += ["november", "december"]


def _names(names):
    return "|".join(sorted(names, key=len, reverse=True))


_DIRECTIVES = {
    "d": r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]", "f": r"[0-9]{1,6}", "H": r"2[0-3]|[0-1]\d|\d", "I": r"1[0-2]|0[1-9]|[1-9]",
    "G": r"\d\d\d\d", "j": r"36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]", "m": r"1[0-2]|0[1-9]|[1-9]",
    "M": r"[0-5]\d|\d", "S": r"6[0-1]|[0-5]\d|\d", "U": r"5[0-3]|[0-4]\d|\d", "W": r"5[0-3]|[0-4]\d|\d", "w": r"[0-6]",
    "u": r"[1-7]", "V": r"5[0-3]|0[1-9]|[1-4]\d|\d", "y": r"\d\d", "Y": r"\d\d\d\d",
    "z": r"[+-]\d\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,6})?)?|(?-i:Z)", "A": _names(_WEEKDAYS),
    "a": "|".join([name[:3] for name in _WEEKDAYS]), "B": _names(_MONTHS), "b": "|".join([name[:3] for name in _MONTHS]),
    "p": "am|pm", "Z": "utc|gmt",
}  # fmt: skip
_COMPOSED = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}
_patterns = {}


def _pattern(format):
    found = _patterns.get(format)
    if found is not None:
        return found
    text = re.sub(r"([\\.^$*+?\(\){}\[\]|])", r"\\\1", format)
    text = re.sub(r"\s+", r"\\s+", text)

    def directive(match):
        c = match[1]
        if c == "%":
            return "%"
        if c in _COMPOSED:
            return re.sub("%(.)", directive, _COMPOSED[c].replace(" ", r"\s+"))
        if c not in _DIRECTIVES:
            if c == "\\":
                c = match[2] or c
            raise ValueError(f"{c!r} is a bad directive in format {format!r}")
        return f"(?P<{c}>{_DIRECTIVES[c]})"

    if re.search(r"(?<!%)(?:%%)*%\Z", text):
        raise ValueError(f"stray % in format {format!r}")
    found = _patterns[format] = re.compile(re.sub(r"%(\\(.)?|.)", directive, text), re.IGNORECASE)
    return found


def _weekday_name(text, names):
    text = text.lower()
    return [i for i, name in enumerate(names) if name == text or name[:3] == text][0]


def parse(string, format):
    """Year, month, day, hour, minute, second, weekday, day of the year, microsecond, offset [s] and name of the zone."""
    from datetime import date

    for i, x in enumerate((string, format)):
        if not isinstance(x, str):
            raise TypeError(f"strptime() argument {i} must be str, not {type(x)!r}")
    found = _pattern(format).match(string)
    if not found:
        raise ValueError(f"time data {string!r} does not match format {format!r}")
    if len(string) != found.end():
        raise ValueError(f"unconverted data remains: {string[found.end():]}")
    f = found.groupdict()
    year = iso_year = weekday = yday = None
    month = day = 1
    hour = minute = second = micro = 0
    offset = zone = None
    if "y" in f:
        year = int(f["y"])
        year += 2000 if year <= 68 else 1900
    if "Y" in f:
        year = int(f["Y"])
    if "G" in f:
        iso_year = int(f["G"])
    if "m" in f:
        month = int(f["m"])
    for letter in "Bb":
        if letter in f:
            month = _weekday_name(f[letter], _MONTHS) + 1
    if "d" in f:
        day = int(f["d"])
    if "H" in f:
        hour = int(f["H"])
    if "I" in f:
        hour = int(f["I"]) % 12 + (12 if (f.get("p") or "").lower() == "pm" else 0)
    minute = int(f.get("M", 0))
    second = int(f.get("S", 0))
    if "f" in f:
        micro = int(f["f"].ljust(6, "0"))
    for letter in "Aa":
        if letter in f:
            weekday = _weekday_name(f[letter], _WEEKDAYS)
    if "w" in f:
        weekday = (int(f["w"]) - 1) % 7
    if "u" in f:
        weekday = int(f["u"]) - 1
    if "j" in f:
        yday = int(f["j"])
    week = iso_week = None
    sunday_first = False
    for letter in "UW":
        if letter in f:
            week = int(f[letter])
            sunday_first = letter == "U"
    if "V" in f:
        iso_week = int(f["V"])
    if "z" in f:
        offset = _offset(f["z"])
    if "Z" in f:
        zone = f["Z"]
    if iso_year is not None:
        if yday is not None:
            raise ValueError(
                "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead."
            )
        if iso_week is None or weekday is None:
            raise ValueError(
                "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive "
                "('%A', '%a', '%w', or '%u')."
            )
    elif iso_week is not None:
        if year is None or weekday is None:
            raise ValueError(
                "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive "
                "('%A', '%a', '%w', or '%u')."
            )
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.")
    leap_day = False
    if year is None:
        if month == 2 and day == 29:
            year, leap_day = 1904, True
        else:
            year = 1900
    if yday is None and weekday is not None:
        if week is not None:
            first = date(year, 1, 1).weekday()
            wanted = weekday
            if sunday_first:
                first, wanted = (first + 1) % 7, (weekday + 1) % 7
            yday = wanted - first + 1 if week == 0 else (7 - first) % 7 + 7 * (week - 1) + wanted + 1
        elif iso_year is not None and iso_week is not None:
            found_day = date.fromisocalendar(iso_year, iso_week, weekday + 1)
            year, month, day = found_day.year, found_day.month, found_day.day
            yday = found_day.toordinal() - date(year, 1, 1).toordinal() + 1
        if yday is not None and yday <= 0:
            year -= 1
            yday += date(year + 1, 1, 1).toordinal() - date(year, 1, 1).toordinal()
    if yday is None:
        yday = date(year, month, day).toordinal() - date(year, 1, 1).toordinal() + 1
    else:
        place = date.fromordinal(yday - 1 + date(year, 1, 1).toordinal())
        year, month, day = place.year, place.month, place.day
    if weekday is None:
        weekday = date(year, month, day).weekday()
    if leap_day:
        year = 1900
    return year, month, day, hour, minute, second, weekday, yday, micro, offset, zone


def _offset(text):
    """Seconds east of Greenwich, as a number with a fraction where there is one."""
    if text == "Z":
        return 0
    digits = text[1:].replace(":", "")
    if text.count(":") == 1 and len(digits) > 4:
        raise ValueError(f"Inconsistent use of : in {text}")
    whole, _, fraction = digits.partition(".")
    seconds = int(whole[:2]) * 3600 + int(whole[2:4]) * 60 + int(whole[4:6] or 0)
    if fraction:
        seconds += int(fraction.ljust(6, "0")) / 10**6
    return -seconds if text[0] == "-" else seconds
