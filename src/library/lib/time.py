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


CLOCK_MONOTONIC_RAW = 4
CLOCK_BOOTTIME = 7
CLOCK_TAI = 11


def clock_getres(clock, /):
    return 1e-09


def get_clock_info(name):
    """What a clock is made of; here all of them are the run's."""
    import types

    known = {
        "time": ("clock_gettime(CLOCK_REALTIME)", False, True),
        "monotonic": ("clock_gettime(CLOCK_MONOTONIC)", True, False),
        "perf_counter": ("clock_gettime(CLOCK_MONOTONIC)", True, False),
        "process_time": ("clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", True, False),
        "thread_time": ("clock_gettime(CLOCK_THREAD_CPUTIME_ID)", True, False),
    }
    if name not in known:
        raise ValueError("unknown clock")
    implementation, monotonic, adjustable = known[name]
    return types.SimpleNamespace(
        implementation=implementation, monotonic=monotonic, adjustable=adjustable, resolution=1e-09
    )


def tzset():
    """The simulated machine is in UTC."""


def clock_gettime(clock):
    return _CLOCKS[clock][0]()


def clock_gettime_ns(clock):
    return _CLOCKS[clock][1]()


_CLOCKS = {
    CLOCK_REALTIME: (time, time_ns),
    CLOCK_MONOTONIC: (monotonic, monotonic_ns),
    CLOCK_PROCESS_CPUTIME_ID: (process_time, process_time_ns),
    CLOCK_THREAD_CPUTIME_ID: (thread_time, thread_time_ns),
    CLOCK_MONOTONIC_RAW: (monotonic, monotonic_ns),
    CLOCK_BOOTTIME: (monotonic, monotonic_ns),
    CLOCK_TAI: (time, time_ns),
}


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


def _flagged(flag, text):
    """What the C library's flags make of a directive: no zeros in front, blanks, capitals."""
    if flag == "-":
        return text.lstrip("0 ") or "0"
    if flag == "_":
        return text.lstrip("0").rjust(len(text)) if text.strip("0") else "0".rjust(len(text))
    if flag == "^":
        return text.upper()
    return text.swapcase() if flag == "#" and text.isalpha() else text


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
        if part[0] in "-_^#0" and part[1:2] in _DIRECTIVES:
            out.append(_flagged(part[0], _DIRECTIVES[part[1]](t)) + part[2:])
            i += 1
            continue
        directive = _DIRECTIVES.get(part[0])
        out.append("%" + part if directive is None else directive(t) + part[1:])
        i += 1
    return "".join(out)


def strptime(string, format="%a %b %d %H:%M:%S %Y", /):
    from _strptime import parse

    found = parse(string, format)
    return struct_time((*found[:8], -1 if found[10] is None else 0))
