"""Time zones. The simulated machine has no time zone data: UTC is there, others are not found."""
import datetime

__all__ = ["ZoneInfo", "reset_tzpath", "available_timezones", "TZPATH", "ZoneInfoNotFoundError", "InvalidTZPathWarning"]
TZPATH = ()
_ZERO = datetime.timedelta(0)
_NAMES = ("UTC", "Etc/UTC", "Etc/GMT", "GMT", "Etc/Zulu", "Zulu", "Etc/Universal", "Universal")


class ZoneInfoNotFoundError(KeyError):
    pass


class InvalidTZPathWarning(RuntimeWarning):
    pass


class ZoneInfo(datetime.tzinfo):
    _known = {}

    def __new__(cls, key):
        found = cls._known.get(key)
        if found is None:
            found = cls._known[key] = cls.no_cache(key)
        return found

    @classmethod
    def no_cache(cls, key):
        if key not in _NAMES:
            raise ZoneInfoNotFoundError(
                f"No time zone found with key {key} (the simulated machine has no time zone data; "
                "use UTC or datetime.timezone with a fixed offset)"
            )
        self = super().__new__(cls)
        self.key = key
        return self

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        cls._known.clear()

    def utcoffset(self, dt):
        return _ZERO

    def dst(self, dt):
        return _ZERO

    def tzname(self, dt):
        return "GMT" if self.key in ("GMT", "Etc/GMT") else "UTC"

    def fromutc(self, dt):
        return dt

    def __str__(self):
        return self.key

    def __repr__(self):
        return f"zoneinfo.ZoneInfo(key={self.key!r})"

    def __reduce__(self):
        return ZoneInfo, (self.key,)


def available_timezones():
    return set(_NAMES)


def reset_tzpath(to=None):
    pass
