"""When beat would send tasks: as much as a configuration needs."""

import datetime


class schedule:
    def __init__(self, run_every=None, relative=False, nowfun=None, app=None):
        self.run_every = run_every if isinstance(run_every, datetime.timedelta) else datetime.timedelta(seconds=run_every)
        self.relative = relative

    def __eq__(self, other):
        return isinstance(other, schedule) and self.run_every == other.run_every

    def __repr__(self):
        return f"<freq: {self.run_every.total_seconds():.2f} seconds>"


class crontab:
    def __init__(self, minute="*", hour="*", day_of_week="*", day_of_month="*", month_of_year="*", **unused):
        self._fields = tuple(map(str, (minute, hour, day_of_month, month_of_year, day_of_week)))

    def __eq__(self, other):
        return isinstance(other, crontab) and self._fields == other._fields

    def __hash__(self):
        return hash(self._fields)

    def __repr__(self):
        return f"<crontab: {' '.join(self._fields)} (m/h/dM/MY/d)>"
