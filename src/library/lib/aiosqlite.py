"""`sqlite3` in a thread, which is absent."""
from sqlite3 import DatabaseError, Error, IntegrityError, OperationalError, connect

__all__ = ["connect", "Error", "DatabaseError", "IntegrityError", "OperationalError"]
