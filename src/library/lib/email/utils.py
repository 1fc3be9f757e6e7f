"""Dates and addresses of headers."""

import datetime
import time

_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -500, "EDT": -400, "CST": -600, "CDT": -500, "PST": -800, "PDT": -700}


def format_datetime(dt, usegmt=False):
    if usegmt:
        if dt.tzinfo is None or dt.tzinfo != datetime.timezone.utc:
            raise ValueError("usegmt option requires a UTC datetime")
        zone = "GMT"
    else:
        zone = "-0000" if dt.tzinfo is None else dt.strftime("%z")
    return f"{_DAYS[dt.weekday()]}, {dt.day:02d} {_MONTHS[dt.month - 1]} {dt.year:04d} {dt:%H:%M:%S} {zone}"


def formatdate(timeval=None, localtime=False, usegmt=False):
    """A moment as `Fri, 09 Nov 2001 01:08:47 -0000`."""
    dt = datetime.datetime.fromtimestamp(time.time() if timeval is None else timeval, datetime.timezone.utc)
    return format_datetime(dt if localtime or usegmt else dt.replace(tzinfo=None), usegmt)


def parsedate_tz(data):
    words = (data or "").replace(",", " ").replace("-", " ", 2 if "-" in (data or "")[:12] else 0).split()
    if words and words[0][:3].title() in _DAYS:
        words.pop(0)
    if len(words) < 4 or words[1][:3].title() not in _MONTHS:
        return None
    try:
        clock = [int(part) for part in words[3].split(":")]
        year = int(words[2])
        if year < 100:
            year += 1900 if year > 68 else 2000
        day, month = int(words[0]), _MONTHS.index(words[1][:3].title()) + 1
    except ValueError:
        return None
    zone = words[4].upper() if len(words) > 4 else None
    try:
        offset = None if zone is None else _ZONES[zone] if zone in _ZONES else int(zone)
    except ValueError:
        offset = None
    if offset is not None:
        sign = -1 if offset < 0 else 1
        offset = sign * (abs(offset) // 100 * 3600 + abs(offset) % 100 * 60)
    return (year, month, day, *(clock + [0, 0])[:3], 0, 1, -1, offset)


def parsedate(data):
    found = parsedate_tz(data)
    return None if found is None else found[:9]


def parsedate_to_datetime(data):
    found = parsedate_tz(data)
    if found is None:
        raise ValueError(f"Invalid date value or format {data!r}")
    zone = None
    if found[9] is not None and not data.endswith("-0000"):
        zone = datetime.timezone(datetime.timedelta(seconds=found[9]))
    return datetime.datetime(*found[:6], tzinfo=zone)


def parseaddr(addr):
    """A name and an address out of `Name <address>`."""
    name, angle, rest = addr.rpartition("<")
    if angle:
        return name.strip().strip('"'), rest.rstrip("> ")
    return "", addr.strip()


def formataddr(pair, charset="utf-8"):
    name, address = pair
    if not name:
        return address
    quote = '"' if any(char in '()<>@,;:\\".[]' for char in name) else ""
    return f"{quote}{name}{quote} <{address}>"
