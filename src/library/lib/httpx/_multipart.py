"""Bodies of several parts: fields and files of a form."""

import os
from mimetypes import guess_type


def _pairs(items):
    return items.items() if hasattr(items, "items") else items


def _quoted(text):
    return text.replace("\\", "\\\\").replace('"', "%22")


def _content(value):
    if hasattr(value, "read"):
        if hasattr(value, "seek"):
            value.seek(0)
        value = value.read()
    return value.encode() if isinstance(value, str) else value


def _text(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def encode_multipart(data, files, content_type=None):
    """The body and its content type. Fields come before files."""
    _, _, boundary = (content_type or "").partition("boundary=")
    boundary = boundary.strip('"') or os.urandom(16).hex()
    parts = []
    for name, values in _pairs(data):
        for value in values if isinstance(values, (list, tuple)) else (values,):
            head = f'Content-Disposition: form-data; name="{_quoted(name)}"\r\n'
            parts.append((head, value if isinstance(value, bytes) else _text(value).encode()))
    for name, file in _pairs(files):
        kind, headers = None, {}
        if isinstance(file, tuple):
            filename, file, *rest = file
            kind = rest[0] if rest else None
            headers = dict(rest[1]) if len(rest) > 1 else {}
        else:
            filename = os.path.basename(str(getattr(file, "name", "upload")))
        head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
        if filename:
            head += f'; filename="{_quoted(filename)}"'
            kind = kind or guess_type(filename)[0] or "application/octet-stream"
        head += "\r\n"
        if kind is not None and not any(key.lower() == "content-type" for key in headers):
            headers["Content-Type"] = kind
        head += "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        parts.append((head, _content(file)))
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + head.encode() + b"\r\n" + content + b"\r\n" for head, content in parts)
    return body + mark + b"--\r\n", f"multipart/form-data; boundary={boundary}"
