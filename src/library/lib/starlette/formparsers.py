"""Bodies of forms: what was typed, and files."""

from tempfile import SpooledTemporaryFile
from urllib.parse import parse_qsl

from .datastructures import FormData, Headers, UploadFile


class MultiPartException(Exception):
    def __init__(self, message):
        self.message = message


def parse_options(line):
    """`form-data; name="a"` as its first word and its options."""
    parts, quoted, part = [], False, ""
    for char in line:
        if char == '"':
            quoted = not quoted
        if char == ";" and not quoted:
            parts.append(part)
            part = ""
        else:
            part += char
    first, *rest = [*parts, part]
    options = {}
    for item in rest:
        key, equals, value = item.strip().partition("=")
        if equals:
            options[key.lower()] = value.strip().strip('"').replace("%22", '"').replace('\\"', '"')
    return first.strip().lower(), options


def parse_urlencoded(body):
    return FormData(parse_qsl(body.decode(), keep_blank_values=True))


def parse_multipart(content_type, body, *, max_files=1000, max_fields=1000, max_part_size=1024 * 1024):
    """The fields and files of a body of several parts, in their order."""
    _, options = parse_options(content_type)
    if "boundary" not in options:
        raise MultiPartException("Missing boundary in multipart.")
    items, n_files, n_fields = [], 0, 0
    for part in (b"\r\n" + body).split(b"\r\n--" + options["boundary"].encode())[1:]:
        if part.startswith(b"--"):
            break
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = [line.partition(b":") for line in head.split(b"\r\n") if line]
        headers = Headers(raw=[(key.strip().lower(), value.strip()) for key, _, value in lines])
        _, options_of_part = parse_options(headers.get("content-disposition", ""))
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
