"""The files of a folder."""

import os

from anyio import to_thread

from .datastructures import URL, Headers
from .exceptions import HTTPException
from .responses import FileResponse, RedirectResponse, Response


class NotModifiedResponse(Response):
    KEPT = ("cache-control", "content-location", "date", "etag", "expires", "vary")

    def __init__(self, headers):
        super().__init__(status_code=304, headers={k: v for k, v in headers.items() if k in self.KEPT})


def _is(stat_result, kind):
    return stat_result is not None and stat_result.st_mode & 0o170000 == kind


_FILE, _FOLDER = 0o100000, 0o040000


class StaticFiles:
    def __init__(self, *, directory=None, packages=None, html=False, check_dir=True, follow_symlink=False):
        if packages:
            raise NotImplementedError("starlette: static files of packages are not simulated")
        self.directory = directory
        self.all_directories = [] if directory is None else [directory]
        self.html = html
        self.config_checked = False
        if check_dir and directory is not None and not os.path.isdir(directory):
            raise RuntimeError(f"Directory '{directory}' does not exist")

    async def __call__(self, scope, receive, send):
        assert scope["type"] == "http"
        if not self.config_checked:
            await self.check_config()
            self.config_checked = True
        response = await self.get_response(self.get_path(scope), scope)
        await response(scope, receive, send)

    def get_path(self, scope):
        path = scope.get("_route_path", scope["path"])
        return os.path.normpath(os.path.join(*path.split("/")))

    async def get_response(self, path, scope):
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(status_code=405, headers={"Allow": "GET, HEAD"})
        full_path, found = await to_thread.run_sync(self.lookup_path, path)
        if _is(found, _FILE):
            return self.file_response(full_path, found, scope)
        if self.html and _is(found, _FOLDER):
            full_path, found = await to_thread.run_sync(self.lookup_path, os.path.join(path, "index.html"))
            if _is(found, _FILE):
                if not scope["path"].endswith("/"):
                    url = URL(scope=scope)
                    return RedirectResponse(url=url.replace(path=url.path + "/"))
                return self.file_response(full_path, found, scope)
        if self.html:
            full_path, found = await to_thread.run_sync(self.lookup_path, "404.html")
            if _is(found, _FILE):
                return FileResponse(full_path, stat_result=found, status_code=404)
        raise HTTPException(status_code=404)

    def lookup_path(self, path):
        """Where a file is, and what it is; nothing outside the folder is found."""
        if path.startswith(("/", "\\")):
            return "", None
        for directory in map(os.path.realpath, self.all_directories):
            full_path = os.path.realpath(os.path.join(directory, path))
            if os.path.commonpath([full_path, directory]) != directory:
                continue
            try:
                return full_path, os.stat(full_path)
            except (FileNotFoundError, NotADirectoryError):
                continue
        return "", None

    def file_response(self, full_path, stat_result, scope, status_code=200):
        response = FileResponse(full_path, status_code=status_code, stat_result=stat_result)
        if self.is_not_modified(response.headers, Headers(raw=scope["headers"])):
            return NotModifiedResponse(response.headers)
        return response

    def is_not_modified(self, response_headers, request_headers):
        from email.utils import parsedate

        tags = request_headers.get("if-none-match")
        if tags is not None:
            etag = response_headers["etag"]
            return tags.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        since = parsedate(request_headers.get("if-modified-since"))
        return since is not None and since >= parsedate(response_headers["last-modified"])

    async def check_config(self):
        if self.directory is None:
            return
        try:
            found = await to_thread.run_sync(os.stat, self.directory)
        except FileNotFoundError:
            raise RuntimeError(f"StaticFiles directory '{self.directory}' does not exist.")
        if not _is(found, _FOLDER):
            raise RuntimeError(f"StaticFiles path '{self.directory}' is not a directory.")
