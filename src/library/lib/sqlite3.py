"""SQLite is a C library with a language of its own: it is absent, and says so."""

_TEXT = (
    "sqlite3 is not simulated: keep rows in lists or dicts; to show a slow database, "
    "call time.sleep() in a thread or await asyncio.sleep()"
)


class Error(Exception):
    pass


class DatabaseError(Error):
    pass


class OperationalError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


def connect(database, *args, **kwargs):
    raise NotImplementedError(_TEXT)
