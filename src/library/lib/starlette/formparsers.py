"""Bodies of forms: what was typed, and files."""

from tempfile import SpooledTemporaryFile
from urllib.parse import parse_qsl

from _multipart import decode_multipart, parse_options

from .datastructures import FormData, Headers, UploadFile


class MultiPartException(Exception):
    def __init__(self, message):
        self.message = message


def parse_urlencoded(body):
    return FormData(parse_qsl(body.decode(), keep_blank_values=True))


def parse_multipart(content_type, body, *, max_files=1000, max_fields=1000, max_part_size=1024 * 1024):
    """The fields and files of a body of several parts, in their order."""
    _, options = parse_options(content_type)
    if "boundary" not in options:
        raise MultiPartException("Missing boundary in multipart.")
    items, n_files, n_fields = [], 0, 0
    for raw, content in decode_multipart(body, options["boundary"]):
        headers = Headers(raw=raw)
        # Names of files are in UTF-8, other headers are not.
        about = headers.get("content-disposition", "").encode("latin-1").decode("utf-8", "replace")
        _, options_of_part = parse_options(about)
        if "name" not in options_of_part:
            raise MultiPartException('The Content-Disposition header field "name" must be provided.')
        name = options_of_part["name"]
        if "filename" in options_of_part:
            n_files += 1
            if n_files > max_files:
                raise MultiPartException(f"Too many files. Maximum number of files is {max_files}.")
            file = SpooledTemporaryFile(max_size=1024 * 1024)
            file.write(content)
            file.seek(0)
            items.append((name, UploadFile(file, size=len(content), filename=options_of_part["filename"], headers=headers)))
        else:
            n_fields += 1
            if n_fields > max_fields:
                raise MultiPartException(f"Too many fields. Maximum number of fields is {max_fields}.")
            if len(content) > max_part_size:
                raise MultiPartException(f"Part exceeded maximum size of {max_part_size // 1024}KB.")
            items.append((name, content.decode("utf-8", "replace")))
    return FormData(items)
