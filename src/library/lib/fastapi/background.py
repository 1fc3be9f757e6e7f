"""Background tasks of a response."""

from starlette.background import BackgroundTasks
