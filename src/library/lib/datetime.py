"""Dates, times of day, and the spans between them."""
import time as _time

__frameless__ = ("*",)

MINYEAR, MAXYEAR = 1, 9999
_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTH_NAMES = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _warn_of_utc(name, better):
    import sys
    import warnings

    if sys.version_info >= (3, 12):
        text = (
            f"datetime.datetime.{name}() is deprecated and scheduled for removal in a future version. Use "
            f"timezone-aware objects to represent datetimes in UTC: datetime.datetime.{better}datetime.UTC)."
        )
        warnings.warn(text, DeprecationWarning, stacklevel=1)


def _days_in_month(year, month):
    return 29 if month == 2 and _time._is_leap(year) else _DAYS_IN_MONTH[month]


def _check_date(year, month, day):
    for value in (year, month, day):
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError("day is out of range for month")


def _check_time(hour, minute, second, microsecond):
    for value, name, limit in (
        (hour, "hour", 24),
        (minute, "minute", 60),
        (second, "second", 60),
        (microsecond, "microsecond", 1000000),
    ):
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        if not 0 <= value < limit:
            raise ValueError(f"{name} must be in 0..{limit - 1}")


def _clock(hour, minute, second, microsecond, timespec):
    if timespec == "auto":
        timespec = "microseconds" if microsecond else "seconds"
    text = f"{hour:02d}"
    if timespec in ("minutes", "seconds", "milliseconds", "microseconds"):
        text += f":{minute:02d}"
    if timespec in ("seconds", "milliseconds", "microseconds"):
        text += f":{second:02d}"
    if timespec == "milliseconds":
        text += f".{microsecond // 1000:03d}"
    elif timespec == "microseconds":
        text += f".{microsecond:06d}"
    elif timespec not in ("hours", "minutes", "seconds"):
        raise ValueError("Unknown timespec value")
    return text


def _offset_text(offset, colon=":"):
    if offset is None:
        return ""
    seconds = offset.days * 86400 + offset.seconds
    sign = "-" if seconds < 0 else "+"
    seconds = abs(seconds)
    text = f"{sign}{seconds // 3600:02d}{colon}{seconds // 60 % 60:02d}"
    return text + (f"{colon}{seconds % 60:02d}" if seconds % 60 else "")


def _format(self, format, fields):
    """`strftime` with the directives that `time` does not know: %f, %z, %Z, %:z."""
    offset = self.utcoffset() if hasattr(self, "utcoffset") else None
    name = self.tzname() if hasattr(self, "tzname") else None
    out = []
    at = 0
    while at < len(format):
        c = format[at]
        if c == "%" and at + 1 < len(format):
            d = format[at + 1]
            at += 2
            if d == "f":
                out.append(f"{getattr(self, 'microsecond', 0):06d}")
            elif d == "z":
                out.append(_offset_text(offset, ""))
            elif d == "Z":
                out.append((name or "").replace("%", "%%"))
            elif d == ":" and format[at : at + 1] == "z":
                out.append(_offset_text(offset))
                at += 1
            elif d in "-_^#0":
                out.append("%" + d + format[at : at + 1])
                at += 1
            else:
                out.append("%" + d)
        else:
            out.append(c)
            at += 1
    return _time.strftime("".join(out), fields)


class timedelta:
    """A span of time, in days, seconds and microseconds."""
    _is_static = True

    __slots__ = ("_us",)

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = 0
        rest = 0.0
        for name, value, unit in (
            ("days", days, 86400000000),
            ("seconds", seconds, 1000000),
            ("microseconds", microseconds, 1),
            ("milliseconds", milliseconds, 1000),
            ("minutes", minutes, 60000000),
            ("hours", hours, 3600000000),
            ("weeks", weeks, 604800000000),
        ):
            if isinstance(value, int):
                total += value * unit
            elif isinstance(value, float):
                whole = int(value)
                total += whole * unit
                part = (value - whole) * unit
                total += int(part)
                rest += part - int(part)
            else:
                raise TypeError(f"unsupported type for timedelta {name} component: {type(value).__name__}")
        return cls._of(total + round(rest))

    @classmethod
    def _of(cls, us):
        if abs(us // 86400000000) > 999999999:
            raise OverflowError(f"days={us // 86400000000}; must have magnitude <= 999999999")
        self = object.__new__(cls)
        self._us = us
        return self

    days = property(lambda self: self._us // 86400000000)
    seconds = property(lambda self: self._us // 1000000 % 86400)
    microseconds = property(lambda self: self._us % 1000000)

    def total_seconds(self):
        return self._us / 10**6

    def __repr__(self):
        parts = [f"{n}={getattr(self, n)}" for n in ("days", "seconds", "microseconds") if getattr(self, n)]
        return f"{_shown(self)}({', '.join(parts) or '0'})"

    def __str__(self):
        s = self.seconds
        text = f"{s // 3600}:{s // 60 % 60:02d}:{s % 60:02d}"
        if self.days:
            text = f"{self.days} day{'' if abs(self.days) == 1 else 's'}, {text}"
        return text + (f".{self.microseconds:06d}" if self.microseconds else "")

    def __add__(self, other):
        return timedelta._of(self._us + other._us) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return timedelta._of(self._us - other._us) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta._of(-self._us)

    def __pos__(self):
        return self

    def __abs__(self):
        return timedelta._of(abs(self._us))

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._us * other)
        if isinstance(other, float):
            n, d = other.as_integer_ratio()
            return timedelta._of(_divided(self._us * n, d))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us // other._us
        return timedelta._of(self._us // other) if isinstance(other, int) else NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us / other._us
        if isinstance(other, int):
            return timedelta._of(_divided(self._us, other))
        if isinstance(other, float):
            n, d = other.as_integer_ratio()
            return timedelta._of(_divided(self._us * d, n))
        return NotImplemented

    def __mod__(self, other):
        return timedelta._of(self._us % other._us) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._us // other._us, timedelta._of(self._us % other._us)

    def __eq__(self, other):
        return self._us == other._us if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._us < other._us if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._us <= other._us if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._us > other._us if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._us >= other._us if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash((self.days, self.seconds, self.microseconds))

    def __bool__(self):
        return self._us != 0

    def __deepcopy__(self, memo):
        return self

    __copy__ = __pos__


def _divided(a, b):
    """The integer nearest to a / b, the even one of two."""
    q, r = divmod(a, b)
    r *= 2
    more = r > b if b > 0 else r < b
    return q + 1 if more or (r == b and q % 2) else q


timedelta.min = timedelta(days=-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


class date:
    """A day."""
    _is_static = True

    __slots__ = ("_year", "_month", "_day")

    def __new__(cls, year, month=None, day=None):
        for value, name, place in ((month, "month", 2), (day, "day", 3)):
            if value is None and isinstance(year, int):
                raise TypeError(f"function missing required argument '{name}' (pos {place})")
        _check_date(year, month, day)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        return self

    year = property(lambda self: self._year)
    month = property(lambda self: self._month)
    day = property(lambda self: self._day)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromtimestamp(cls, t):
        return cls(*_time.localtime(t)[:3])

    @classmethod
    def fromordinal(cls, n):
        return cls(*_time._date_of(n)[:3])

    @classmethod
    def fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        found = _parse_date(date_string)
        if found is None:
            raise ValueError(f"Invalid isoformat string: {date_string!r}")
        return cls(*found)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        first = date(year, 1, 4)
        return cls.fromordinal(first.toordinal() - first.weekday() + (week - 1) * 7 + day - 1)

    def toordinal(self):
        return _time._ordinal(self._year, self._month, self._day)

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.weekday() + 1

    def isocalendar(self):
        year, week = _time._iso_week(self.timetuple())
        return IsoCalendarDate((year, week, self.isoweekday()))

    def timetuple(self):
        yday = self.toordinal() - _time._days_before_year(self._year)
        return _time.struct_time((self._year, self._month, self._day, 0, 0, 0, self.weekday(), yday, -1))

    def isoformat(self):
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}"

    def __str__(self):
        return self.isoformat()

    def ctime(self):
        return _time.asctime(self.timetuple())

    def strftime(self, format):
        return _format(self, format, self.timetuple())

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def __repr__(self):
        return f"{_shown(self)}({self._year}, {self._month}, {self._day})"

    def replace(self, year=None, month=None, day=None):
        return type(self)(year or self._year, month or self._month, day or self._day)

    __replace__ = replace

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        n = self.toordinal() + other.days
        if not 0 < n <= 3652059:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(n)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def _key(self):
        return (self._year, self._month, self._day)

    def __eq__(self, other):
        return self._key() == other._key() if _comparable(self, other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if _ordered(self, other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if _ordered(self, other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if _ordered(self, other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if _ordered(self, other) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _shown(obj):
    """The class in a representation: the module goes with the types themselves."""
    cls = type(obj)
    return f"{cls.__module__}.{cls.__name__}" if "_is_static" in cls.__dict__ else cls.__name__


def _comparable(a, b):
    return isinstance(b, date) and isinstance(a, datetime) == isinstance(b, datetime)


def _ordered(a, b):
    if isinstance(b, date) and isinstance(a, datetime) != isinstance(b, datetime):
        raise TypeError("can't compare datetime.datetime to datetime.date")
    return isinstance(b, date)


class IsoCalendarDate(tuple):
    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)


class tzinfo:
    """A time zone."""
    _is_static = True

    def utcoffset(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def tzname(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def dst(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt):
        return dt + dt.utcoffset()


class timezone(tzinfo):
    """A fixed distance from UTC."""
    _is_static = True

    def __init__(self, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError(f"timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}")
        if not timedelta(days=-1) < offset < timedelta(days=1):
            raise ValueError(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), "
                f"not {offset!r}."
            )
        self._offset = offset
        self._name = name

    def utcoffset(self, dt):
        return self._offset

    def tzname(self, dt):
        if self._name is not None:
            return self._name
        return "UTC" if not self._offset else "UTC" + _offset_text(self._offset)

    def dst(self, dt):
        return None

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __str__(self):
        return self.tzname(None)

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        if self._name is None:
            return f"datetime.timezone({self._offset!r})"
        return f"datetime.timezone({self._offset!r}, {self._name!r})"


timezone.utc = timezone(timedelta(0))
timezone.min = timezone(-timedelta(hours=23, minutes=59))
timezone.max = timezone(timedelta(hours=23, minutes=59))
UTC = timezone.utc


class time:
    """A time of day."""
    _is_static = True

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond)
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond = hour, minute, second, microsecond
        self._tzinfo, self._fold = tzinfo, fold
        return self

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    def utcoffset(self):
        return None if self._tzinfo is None else self._tzinfo.utcoffset(None)

    def tzname(self):
        return None if self._tzinfo is None else self._tzinfo.tzname(None)

    def isoformat(self, timespec="auto"):
        text = _clock(self._hour, self._minute, self._second, self._microsecond, timespec)
        return text + _offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    @classmethod
    def fromisoformat(cls, time_string):
        found = _parse_time(time_string.removeprefix("T"))
        if found is None:
            raise ValueError(f"Invalid isoformat string: {time_string!r}")
        return cls(*found)

    def strftime(self, format):
        return _format(self, format, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def __repr__(self):
        parts = [str(self._hour), str(self._minute)]
        if self._second or self._microsecond:
            parts.append(str(self._second))
        if self._microsecond:
            parts.append(str(self._microsecond))
        if self._tzinfo is not None:
            parts.append(f"tzinfo={self._tzinfo!r}")
        return f"{_shown(self)}({', '.join(parts)})"

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(
            self._hour if hour is None else hour,
            self._minute if minute is None else minute,
            self._second if second is None else second,
            self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    __replace__ = replace

    def _key(self):
        us = ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._microsecond
        offset = self.utcoffset()
        return us if offset is None else us - offset._us

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, time) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, time) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, time) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, time) else NotImplemented

    def __hash__(self):
        return hash(self._key())


time.min = time(0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)


class datetime(date):
    """A day and a time of it."""
    _is_static = True

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if month is None or day is None:
            missing = "month" if month is None else "day"
            position = 2 if month is None else 3
            raise TypeError(f"function missing required argument '{missing}' (pos {position})")
        _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        self._hour, self._minute, self._second, self._microsecond = hour, minute, second, microsecond
        self._tzinfo, self._fold = tzinfo, fold
        return self

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    @classmethod
    def _from_us(cls, us, tz=None):
        """From microseconds since the year 1."""
        days, us = divmod(us, 86400000000)
        if not 0 <= days < 3652059:
            raise OverflowError("date value out of range")
        year, month, day, _ = _time._date_of(days + 1)
        seconds, us = divmod(us, 1000000)
        return cls(year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60, us, tz)

    def _to_us(self):
        seconds = (self._hour * 60 + self._minute) * 60 + self._second
        return ((self.toordinal() - 1) * 86400 + seconds) * 1000000 + self._microsecond

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        _warn_of_utc("utcnow", "now(")
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        if tz is not None and not isinstance(tz, tzinfo):
            raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'")
        n, d = timestamp.as_integer_ratio()
        us = _divided(n * 1000000, d) + (_time._EPOCH - 1) * 86400000000
        if tz is None:
            return cls._from_us(us)
        return tz.fromutc(cls._from_us(us, tz))

    @classmethod
    def utcfromtimestamp(cls, t):
        _warn_of_utc("utcfromtimestamp", "fromtimestamp(timestamp, ")
        return cls.fromtimestamp(t)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_time._date_of(n)[:3])

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        zone = time.tzinfo if tzinfo is True else tzinfo
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, zone)

    @classmethod
    def fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        if date_string[4:5] == "W" or date_string[5:6] == "W":
            if date_string[4] == "-":
                split = 10 if date_string[8:9] == "-" else 8
            else:
                split = 8 if date_string[7:8].isdigit() else 7
        else:
            split = 10 if "-" in date_string[:10] else 8
        day = _parse_date(date_string[:split])
        clock = _parse_time(date_string[split + 1 :]) if len(date_string) > split else ()
        if day is None or clock is None:
            raise ValueError(f"Invalid isoformat string: {date_string!r}")
        return cls(*day, *clock)

    @classmethod
    def strptime(cls, date_string, format):
        from _strptime import parse

        *fields, _, _, micro, offset, zone = parse(date_string, format)
        tzinfo = None
        if offset is not None:
            delta = timedelta(seconds=offset)
            tzinfo = timezone(delta) if zone is None else timezone(delta, zone)
        return cls(*fields[:6], micro, tzinfo)

    def date(self):
        return _date(self._year, self._month, self._day)

    def time(self):
        return _day_time(self._hour, self._minute, self._second, self._microsecond)

    def timetz(self):
        return _day_time(self._hour, self._minute, self._second, self._microsecond, self._tzinfo)

    def utcoffset(self):
        return None if self._tzinfo is None else self._tzinfo.utcoffset(self)

    def tzname(self):
        return None if self._tzinfo is None else self._tzinfo.tzname(self)

    def dst(self):
        return None if self._tzinfo is None else self._tzinfo.dst(self)

    def timestamp(self):
        us = self._to_us() - (_time._EPOCH - 1) * 86400000000
        offset = self.utcoffset()
        return (us - (offset._us if offset is not None else 0)) / 10**6

    def astimezone(self, tz=None):
        zone = UTC if tz is None else tz
        offset = self.utcoffset()
        utc = type(self)._from_us(self._to_us() - (offset._us if offset is not None else 0), zone)
        return zone.fromutc(utc)

    def timetuple(self):
        day = date.timetuple(self)
        return _time.struct_time((*day[:3], self._hour, self._minute, self._second, *day[6:]))

    def utctimetuple(self):
        offset = self.utcoffset()
        fields = (self if offset is None else self - offset).timetuple()
        return _time.struct_time((*fields[:8], 0))

    def isoformat(self, sep="T", timespec="auto"):
        clock = _clock(self._hour, self._minute, self._second, self._microsecond, timespec)
        return f"{date.isoformat(self)}{sep}{clock}{_offset_text(self.utcoffset())}"

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        parts = [self._year, self._month, self._day, self._hour, self._minute]
        if self._second or self._microsecond:
            parts.append(self._second)
        if self._microsecond:
            parts.append(self._microsecond)
        text = ", ".join(map(str, parts))
        if self._tzinfo is not None:
            text += f", tzinfo={self._tzinfo!r}"
        return f"{_shown(self)}({text})"

    def replace(
        self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None
    ):
        given = (year, month, day, hour, minute, second, microsecond)
        own = (self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond)
        values = [mine if new is None else new for new, mine in zip(given, own)]
        return type(self)(*values, self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    __replace__ = replace

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self)._from_us(self._to_us() + other._us, self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self)._from_us(self._to_us() - other._us, self._tzinfo)
        if not isinstance(other, datetime):
            return NotImplemented
        mine, theirs = self.utcoffset(), other.utcoffset()
        if (mine is None) != (theirs is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        mine, theirs = self._keys(other)
        return timedelta._of(mine - theirs)

    def _keys(self, other):
        """What two of them are compared by: in one and the same zone the clock, whatever its offsets."""
        if self._tzinfo is other._tzinfo:
            return self._to_us(), other._to_us()
        return self._key(), other._key()

    def _compared(self, other):
        mine, theirs = self._keys(other)
        return mine - theirs

    def _key(self):
        offset = self.utcoffset()
        return self._to_us() - (offset._us if offset is not None else 0)

    def _ordered(self, other):
        if not isinstance(other, datetime):
            return isinstance(other, date) and _ordered(self, other)
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return True

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented
        return (self.utcoffset() is None) == (other.utcoffset() is None) and self._compared(other) == 0

    def __lt__(self, other):
        return self._compared(other) < 0 if self._ordered(other) else NotImplemented

    def __le__(self, other):
        return self._compared(other) <= 0 if self._ordered(other) else NotImplemented

    def __gt__(self, other):
        return self._compared(other) > 0 if self._ordered(other) else NotImplemented

    def __ge__(self, other):
        return self._compared(other) >= 0 if self._ordered(other) else NotImplemented

    def __hash__(self):
        return hash(self._key())


_date = date
_day_time = time
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)


def _digits(text):
    return int(text) if text.isascii() and text.isdigit() else None


def _parse_date(text):
    if "W" in text[4:6]:
        year, week, weekday = _digits(text[:4]), text[5:].lstrip("W")[:2], text[5:].lstrip("W")[2:].lstrip("-") or "1"
        week, weekday = _digits(week), _digits(weekday)
        if None in (year, week, weekday):
            return None
        found = date.fromisocalendar(year, week, weekday)
        return [found.year, found.month, found.day]
    if len(text) == 10 and text[4] == text[7] == "-":
        parts = (text[:4], text[5:7], text[8:])
    elif len(text) == 8 and "-" not in text:
        parts = (text[:4], text[4:6], text[6:])
    else:
        return None
    values = [_digits(p) for p in parts]
    return None if None in values else values


def _parse_time(text):
    """[hour, minute, second, microsecond, zone] or None."""
    zone = None
    for sign in "Z+-":
        at = text.find(sign)
        if at >= 0:
            offset, text = text[at:], text[:at]
            if sign == "Z":
                if offset != "Z":
                    return None
                zone = UTC
                break
            parts = _parse_time(offset[1:])
            if parts is None:
                return None
            delta = timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2], microseconds=parts[3])
            zone = timezone(-delta if sign == "-" else delta) if delta else UTC
            break
    text, dot, fraction = text.replace(",", ".").partition(".")
    if dot and not _digits(fraction[:6]) and fraction.strip("0"):
        return None
    parts = text.split(":") if ":" in text else [text[i : i + 2] for i in range(0, len(text), 2)]
    if not 1 <= len(parts) <= 3 or any(len(p) != 2 or _digits(p) is None for p in parts):
        return None
    values = [int(p) for p in parts] + [0] * (3 - len(parts))
    return [*values, int(fraction[:6].ljust(6, "0")) if dot else 0, zone]
