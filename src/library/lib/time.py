"""The clocks (S-SIM-01), and calendar time in UTC."""
from _time import (
    monotonic,
    monotonic_ns,
    perf_counter,
    perf_counter_ns,
    process_time,
    process_time_ns,
    sleep,
    thread_time,
    thread_time_ns,
    time,
    time_ns,
)

timezone = 0
altzone = 0
daylight = 0
tzname = ("UTC", "UTC")

CLOCK_REALTIME = 0
CLOCK_MONOTONIC = 1
CLOCK_PROCESS_CPUTIME_ID = 2
CLOCK_THREAD_CPUTIME_ID = 3

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_FIELDS = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")


def clock_gettime(clock):
    return (time, monotonic, process_time, thread_time)[clock]()


def clock_gettime_ns(clock):
    return (time_ns, monotonic_ns, process_time_ns, thread_time_ns)[clock]()


def _field(index):
    return property(lambda self: self[index])


class struct_time(tuple):
    """Year to second, day of the week and of the year, and a flag for daylight saving."""

    def __new__(cls, values, /):
        values = tuple(values)
        if len(values) < 9:
            raise TypeError(f"time.struct_time() takes an at least 9-sequence ({len(values)}-sequence given)")
        return tuple.__new__(cls, values[:9])

    def __repr__(self):
        return f"time.struct_time({', '.join(f'{n}={v!r}' for n, v in zip(_FIELDS, self))})"

    tm_zone = property(lambda self: "UTC")
    tm_gmtoff = property(lambda self: 0)


for _index, _name in enumerate(_FIELDS):
    setattr(struct_time, _name, _field(_index))


def _days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


_DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def _ordinal(year, month, day):
    """Days since the year 1, which began with day 1."""
    return _days_before_year(year) + _DAYS_BEFORE_MONTH[month - 1] + (month > 2 and _is_leap(year)) + day


def _date_of(ordinal):
    year = ordinal // 366 + 1
    while _days_before_year(year + 1) < ordinal:
        year += 1
    yday = ordinal - _days_before_year(year)
    month = 12
    while yday <= _DAYS_BEFORE_MONTH[month - 1] + (month > 2 and _is_leap(year)):
        month -= 1
    return year, month, yday - _DAYS_BEFORE_MONTH[month - 1] - (month > 2 and _is_leap(year)), yday


_EPOCH = 719163


def gmtime(secs=None, /):
    secs = int((time() if secs is None else secs) // 1)
    days, rest = divmod(secs, 86400)
    year, month, day, yday = _date_of(days + _EPOCH)
    return struct_time((year, month, day, rest // 3600, rest // 60 % 60, rest % 60, (days + 3) % 7, yday, 0))


localtime = gmtime


def mktime(t, /):
    days = _ordinal(t[0], t[1], 1) + t[2] - 1 - _EPOCH
    return float(days * 86400 + t[3] * 3600 + t[4] * 60 + t[5])


def asctime(t=None, /):
    t = localtime() if t is None else t
    return f"{_WEEKDAYS[t[6]][:3]} {_MONTHS[t[1] - 1][:3]} {t[2]:2d} {t[3]:02d}:{t[4]:02d}:{t[5]:02d} {t[0]}"


def ctime(secs=None, /):
    return asctime(localtime(secs))


def _iso_week(t):
    # The week belongs to the year in which its Thursday lies.
    ordinal = _ordinal(t[0], t[1], t[2])
    year, _, _, yday = _date_of(ordinal - t[6] + 3)
    return year, (yday - 1) // 7 + 1


_DIRECTIVES = {
    "Y": lambda t: str(t[0]),
    "y": lambda t: f"{t[0] % 100:02d}",
    "C": lambda t: f"{t[0] // 100:02d}",
    "m": lambda t: f"{t[1]:02d}",
    "d": lambda t: f"{t[2]:02d}",
    "e": lambda t: f"{t[2]:2d}",
    "H": lambda t: f"{t[3]:02d}",
    "I": lambda t: f"{(t[3] + 11) % 12 + 1:02d}",
    "M": lambda t: f"{t[4]:02d}",
    "S": lambda t: f"{t[5]:02d}",
    "p": lambda t: "AM" if t[3] < 12 else "PM",
    "j": lambda t: f"{t[7]:03d}",
    "w": lambda t: str((t[6] + 1) % 7),
    "u": lambda t: str(t[6] + 1),
    "a": lambda t: _WEEKDAYS[t[6]][:3],
    "A": lambda t: _WEEKDAYS[t[6]],
    "b": lambda t: _MONTHS[t[1] - 1][:3],
    "h": lambda t: _MONTHS[t[1] - 1][:3],
    "B": lambda t: _MONTHS[t[1] - 1],
    "U": lambda t: f"{(t[7] + 6 - (t[6] + 1) % 7) // 7:02d}",
    "W": lambda t: f"{(t[7] + 6 - t[6]) // 7:02d}",
    "G": lambda t: str(_iso_week(t)[0]),
    "V": lambda t: f"{_iso_week(t)[1]:02d}",
    "s": lambda t: str(int(mktime(t))),
    "c": lambda t: asctime(t),
    "x": lambda t: strftime("%m/%d/%y", t),
    "X": lambda t: strftime("%H:%M:%S", t),
    "D": lambda t: strftime("%m/%d/%y", t),
    "F": lambda t: strftime("%Y-%m-%d", t),
    "T": lambda t: strftime("%H:%M:%S", t),
    "R": lambda t: strftime("%H:%M", t),
    "r": lambda t: strftime("%I:%M:%S %p", t),
    "z": lambda t: "+0000",
    "Z": lambda t: "UTC",
    "n": lambda t: "\n",
    "t": lambda t: "\t",
    "%": lambda t: "%",
}


def strftime(format, t=None, /):
    t = localtime() if t is None else t
    parts = format.split("%")
    out = [parts[0]]
    i = 1
    while i < len(parts):
        part = parts[i]
        if not part:
            # Two percent signs in a row stand for one.
            out.append("%")
            if i + 1 < len(parts):
                out.append(parts[i + 1])
            i += 2
            continue
        directive = _DIRECTIVES.get(part[0])
        out.append("%" + part if directive is None else directive(t) + part[1:])
        i += 1
    return "".join(out)


def _number(string, at, width):
    end = at
    while end < len(string) and end - at < width and string[end].isdigit():
        end += 1
    return (int(string[at:end]) if end > at else None), end


def _parse(string, format):
    """The fields that `format` finds in `string`, by directive letter."""

    def mismatch():
        return ValueError(f"time data {string!r} does not match format {format!r}")

    for short, long in (("%F", "%Y-%m-%d"), ("%T", "%H:%M:%S"), ("%R", "%H:%M"), ("%D", "%m/%d/%y")):
        pattern = format.replace(short, long) if short == "%F" else pattern.replace(short, long)
    found = {}
    at = i = 0
    while i < len(pattern):
        c = pattern[i]
        i += 1
        if c.isspace():
            while at < len(string) and string[at].isspace():
                at += 1
            continue
        if c != "%":
            if at >= len(string) or string[at] != c:
                raise mismatch()
            at += 1
            continue
        d = pattern[i] if i < len(pattern) else ""
        i += 1
        if d in ("Y", "m", "d", "H", "I", "M", "S", "y", "j", "f"):
            width = {"Y": 4, "j": 3, "f": 6}.get(d, 2)
            start = at
            found[d], at = _number(string, at, width)
            if found[d] is None or (d == "Y" and at - start != 4):
                raise mismatch()
            if d == "f":
                found[d] *= 10 ** (6 - (at - start))
        elif d in ("a", "A", "b", "B", "p"):
            names = {"a": _WEEKDAYS, "A": _WEEKDAYS, "b": _MONTHS, "B": _MONTHS, "p": ("AM", "PM")}[d]
            for n, name in enumerate(names):
                name = name[:3] if d in "ab" else name
                if string[at : at + len(name)].lower() == name.lower():
                    found[d.lower()] = n
                    at += len(name)
                    break
            else:
                raise mismatch()
        elif d == "z":
            if string[at : at + 1] == "Z":
                found["z"] = 0
                at += 1
            else:
                sign = string[at : at + 1]
                hours, at = _number(string, at + 1, 2)
                at += string[at : at + 1] == ":"
                minutes, at = _number(string, at, 2)
                if sign not in ("+", "-") or hours is None or minutes is None:
                    raise mismatch()
                found["z"] = (hours * 60 + minutes) * (-60 if sign == "-" else 60)
        elif d == "Z":
            if string[at : at + 3].upper() not in ("UTC", "GMT"):
                raise mismatch()
            at += 3
        elif d == "%":
            if string[at : at + 1] != "%":
                raise mismatch()
            at += 1
        else:
            raise ValueError(f"{d!r} is a bad directive in format {format!r}")
    if at != len(string):
        raise ValueError(f"unconverted data remains: {string[at:]}")
    if "y" in found:
        found["Y"] = found["y"] + (2000 if found["y"] < 69 else 1900)
    if "b" in found:
        found["m"] = found["b"] + 1
    if "I" in found:
        found["H"] = found["I"] % 12 + 12 * found.get("p", 0)
    limits = (("m", 1, 12), ("d", 1, 31), ("H", 0, 23), ("M", 0, 59), ("S", 0, 61))
    if any(d in found and not low <= found[d] <= high for d, low, high in limits):
        raise mismatch()
    return found


def strptime(string, format="%a %b %d %H:%M:%S %Y", /):
    f = _parse(string, format)
    year, month, day = f.get("Y", 1900), f.get("m", 1), f.get("d", 1)
    ordinal = _ordinal(year, month, day)
    yday = ordinal - _days_before_year(year)
    return struct_time((year, month, day, f.get("H", 0), f.get("M", 0), f.get("S", 0), (ordinal + 6) % 7, yday, -1))
