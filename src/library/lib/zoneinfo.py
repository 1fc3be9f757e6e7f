"""Time zones, from the source text of the IANA database (`tzdata.zi`, which is in the public domain).

The text has lines of rules (`R`), zones (`Z` and the lines that follow) and links (`L`), as `zic(8)` describes; what
`zic` would write into a file is worked out here for the zones that are asked for.
"""
import datetime
import re
from bisect import bisect_right

import _zones

__all__ = ["ZoneInfo", "reset_tzpath", "available_timezones", "TZPATH", "ZoneInfoNotFoundError", "InvalidTZPathWarning"]
TZPATH = ("/usr/share/zoneinfo",)
_EPOCH = datetime.datetime(1970, 1, 1).toordinal()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Transitions are made up to this year, and further when a later date is asked about.
_LAST_YEAR = 2040


class ZoneInfoNotFoundError(KeyError):
    """Exception raised when a ZoneInfo key is not found."""


class InvalidTZPathWarning(RuntimeWarning):
    """Warning raised if an invalid path is specified in PYTHONTZPATH."""


ZoneInfoNotFoundError.__module__ = InvalidTZPathWarning.__module__ = "zoneinfo._common"

_rules, _zones_by_name, _links = {}, {}, {}


def _read():
    """Sorts the lines of the database."""
    if _zones_by_name:
        return
    zone = None
    for line in _zones.text().splitlines():
        words = line.split()
        if not words or line[0] == "#":
            continue
        if words[0] == "R" and zone is None or line.startswith("R "):
            _rules.setdefault(words[1], []).append(words[2:])
            zone = None
        elif line.startswith("Z "):
            zone = _zones_by_name[words[1]] = [words[2:]]
        elif line.startswith("L "):
            _links[words[2]] = words[1]
            zone = None
        else:
            zone.append(words)


def _seconds(text):
    sign = -1 if text[0] == "-" else 1
    parts = [int(part) for part in text.lstrip("-").split(":") if part]
    return sign * sum(part * unit for part, unit in zip(parts, (3600, 60, 1)))


def _number(text, names):
    """Which of the names a word is the beginning of."""
    return next(i for i, name in enumerate(names) if name.lower().startswith(text[:3].lower()))


def _day(year, month, text):
    """The days since 1970 of `5`, `lastSun`, `Sun>=8` or `Sun<=25`."""
    last = re.match(r"l(?:ast)?([A-Za-z]+)$", text)
    near = re.match(r"([A-Za-z]+)([<>])=(\d+)$", text)
    if last:
        following = datetime.date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
        return following - (datetime.date.fromordinal(following).weekday() - _number(last[1], _DAYS)) % 7 - _EPOCH
    if near:
        start = datetime.date(year, month, 1).toordinal() + int(near[3]) - 1
        distance = _number(near[1], _DAYS) - datetime.date.fromordinal(start).weekday()
        return start + (distance % 7 if near[2] == ">" else -(-distance % 7)) - _EPOCH
    return datetime.date(year, month, int(text)).toordinal() - _EPOCH


def _moment(year, words):
    """Seconds of a clock, and which clock: `w`all, `s`tandard or `u`niversal. Words: month, day, time."""
    month = _number(words[0], _MONTHS) + 1 if words else 1
    day = _day(year, month, words[1] if len(words) > 1 else "1")
    time = words[2] if len(words) > 2 else "0"
    clock = "w"
    if time[-1].isalpha():
        time, clock = time[:-1], time[-1]
    return day * 86400 + _seconds(time or "0"), "u" if clock in "ugz" else clock


def _occurrences(name, last_year):
    """When a set of rules changes something: (clock seconds, which clock, saving, letters), in order."""
    found = []
    for first, last, _, month, day, time, saving, *letters in _rules[name]:
        first = int(first)
        last = first if last[0] == "o" else last_year if last[:2] == "ma" else int(last)
        saved = _seconds(saving.rstrip("sd"))
        letters = "" if not letters or letters[0] == "-" else letters[0]
        for year in range(first, min(last, last_year) + 1):
            found.append((*_moment(year, (month, day, time)), saved, letters))
    return sorted(found, key=lambda one: one[0])


def _name_of(format, offset, saved, letters):
    if format == "%z":
        sign, seconds = ("-", -offset) if offset < 0 else ("+", offset)
        text = f"{sign}{seconds // 3600:02}"
        minutes, seconds = seconds // 60 % 60, seconds % 60
        return text + (f"{minutes:02}" if minutes or seconds else "") + (f"{seconds:02}" if seconds else "")
    if "/" in format:
        return format.split("/")[saved != 0]
    return format.replace("%s", letters)


def _transitions(eras, last_year):
    """(universal time, (offset, saving, name)) in order; the first has no beginning."""
    found = []
    start = None
    for words in eras:
        base, rules, format, *until = words
        base = _seconds(base)
        end = _moment(int(until[0]), until[1:]) if until else None
        saved, letters = 0, ""
        if rules in _rules:
            changes = _occurrences(rules, last_year)
            letters = next((change[3] for change in changes if change[2] == 0), "")
        else:
            changes = []
            saved = 0 if rules == "-" else _seconds(rules.rstrip("sd"))
        # What holds at the start is what the last change before it made.
        later = []
        for change in changes:
            at, clock, *_ = change
            at -= 0 if clock == "u" else base if clock == "s" else base + saved
            if start is not None and at <= start:
                saved, letters = change[2:]
            else:
                later.append(change)
        kind = (base + saved, saved, _name_of(format, base + saved, saved, letters))
        if not found or found[-1][1] != kind:
            found.append((start, kind))
        for at, clock, next_saved, next_letters in later:
            utc = at - (0 if clock == "u" else base if clock == "s" else base + saved)
            if end is not None and utc >= end[0] - (0 if end[1] == "u" else base if end[1] == "s" else base + saved):
                break
            saved, letters = next_saved, next_letters
            kind = (base + saved, saved, _name_of(format, base + saved, saved, letters))
            if found[-1][1] != kind:
                found.append((utc, kind))
        if end is not None:
            start = end[0] - (0 if end[1] == "u" else base if end[1] == "s" else base + saved)
    return found


class ZoneInfo(datetime.tzinfo):
    """A zone of the IANA database."""

    _known = {}

    def __new__(cls, key):
        found = cls._known.get(key)
        if found is None:
            found = cls._known[key] = cls.no_cache(key)
        return found

    @classmethod
    def no_cache(cls, key):
        _read()
        if key.startswith("/") or ".." in key.split("/"):
            raise ValueError(f"ZoneInfo keys may not be absolute paths, got: {key}")
        name = key
        while name in _links:
            name = _links[name]
        if name not in _zones_by_name:
            raise ZoneInfoNotFoundError(f"No time zone found with key {key}")
        self = super().__new__(cls)
        self._key = key
        self._eras = _zones_by_name[name]
        self._make(_LAST_YEAR)
        return self

    @classmethod
    def from_file(cls, fobj, /, key=None):
        raise NotImplementedError("ZoneInfo.from_file() is not simulated: give ZoneInfo a key")

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        for key in list(cls._known) if only_keys is None else only_keys:
            cls._known.pop(key, None)

    @property
    def key(self):
        return self._key

    def _make(self, last_year):
        self._last_year = last_year
        first, *rest = _transitions(self._eras, last_year)
        self._kinds = [first[1], *(kind for _, kind in rest)]
        self._utc = [at for at, _ in rest]
        pairs = [(self._kinds[i][0], self._kinds[i + 1][0]) for i in range(len(rest))]
        # In a gap and in what is repeated the clock of before or of after is meant, as `fold` says.
        self._walls = [at + max(pair) for at, pair in zip(self._utc, pairs)], [
            at + min(pair) for at, pair in zip(self._utc, pairs)
        ]

    def _reach(self, year):
        if year >= self._last_year:
            self._make(year + 2)

    def _kind(self, dt):
        if dt is None:
            # A time without a date has an offset where the zone has only one.
            return self._kinds[0] if len(self._kinds) == 1 else None
        self._reach(dt.year)
        seconds = (dt.toordinal() - _EPOCH) * 86400 + dt.hour * 3600 + dt.minute * 60 + dt.second
        return self._kinds[bisect_right(self._walls[dt.fold], seconds)]

    def utcoffset(self, dt, /):
        kind = self._kind(dt)
        return None if kind is None else datetime.timedelta(seconds=kind[0])

    def dst(self, dt, /):
        kind = self._kind(dt)
        return None if kind is None else datetime.timedelta(seconds=kind[1])

    def tzname(self, dt, /):
        kind = self._kind(dt)
        return None if kind is None else kind[2]

    def fromutc(self, dt, /):
        if not isinstance(dt, datetime.datetime):
            raise TypeError("fromutc() requires a datetime argument")
        if dt.tzinfo is not self:
            raise ValueError("dt.tzinfo is not self")
        self._reach(dt.year)
        seconds = (dt.toordinal() - _EPOCH) * 86400 + dt.hour * 3600 + dt.minute * 60 + dt.second
        i = bisect_right(self._utc, seconds)
        made = dt + datetime.timedelta(seconds=self._kinds[i][0])
        is_again = i > 0 and seconds - self._utc[i - 1] < self._kinds[i - 1][0] - self._kinds[i][0]
        return made.replace(fold=1) if is_again else made

    def __reduce__(self):
        return type(self), (self._key,)

    def __str__(self):
        return self._key

    def __repr__(self):
        return f"zoneinfo.ZoneInfo(key={self._key!r})"


def available_timezones():
    """The keys of all zones."""
    _read()
    return {*_zones_by_name, *_links} - {"Factory"}


def reset_tzpath(to=None):
    """There is one place with zones, whatever the path."""
