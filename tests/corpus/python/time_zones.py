from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

utc = datetime(2024, 3, 10, 6, 30, tzinfo=timezone.utc)
for key in (
    "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Tokyo",
    "Pacific/Apia", "Africa/Casablanca", "US/Pacific", "UTC", "Etc/GMT+5", "CET", "Asia/Kathmandu",
):
    zone = ZoneInfo(key)
    for days in (0, 30, 120, 240, 8000, -12000, -25000):
        moment = (utc + timedelta(days=days)).astimezone(zone)
        print(key, moment, moment.tzname(), end="; ")
    print()
berlin = ZoneInfo("Europe/Berlin")
for fold in (0, 1):
    print(datetime(2024, 10, 27, 2, 30, fold=fold, tzinfo=berlin), datetime(2024, 3, 31, 2, 30, fold=fold, tzinfo=berlin))
print(datetime(2024, 10, 27, 1, 30, tzinfo=timezone.utc).astimezone(berlin).fold, repr(berlin), str(berlin), berlin.key)
print(datetime(2024, 7, 1, tzinfo=berlin).dst(), datetime(2024, 7, 1, tzinfo=berlin) - datetime(2024, 1, 1, tzinfo=berlin))
print(berlin is ZoneInfo("Europe/Berlin"), "Asia/Tokyo" in available_timezones(), datetime(2060, 7, 1, tzinfo=berlin))
try:
    ZoneInfo("Mars/Olympus")
except ZoneInfoNotFoundError as error:
    print(error)
