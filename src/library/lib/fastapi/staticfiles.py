"""The files of a folder."""

from starlette.staticfiles import StaticFiles
