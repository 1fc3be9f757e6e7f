"""Bodies of several parts: fields and files of a form."""

import os
from mimetypes import guess_type


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


def decode_multipart(body, boundary):
    """The parts of a body: headers as pairs of bytes, and the content."""
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        if part.startswith(b"--"):
            break
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = [line.partition(b":") for line in head.split(b"\r\n") if line]
        yield [(key.strip().lower(), value.strip()) for key, _, value in lines], content


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


def encode_multipart(data, files, content_type=None, guesses=True):
    """The body and its content type. Fields come before files; a client may guess what a file is by its name."""
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
            filename = os.path.basename(str(getattr(file, "name", "upload" if guesses else name)))
        head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
        if filename:
            head += f'; filename="{_quoted(filename)}"'
            if guesses:
                kind = kind or guess_type(filename)[0] or "application/octet-stream"
        head += "\r\n"
        if kind is not None and not any(key.lower() == "content-type" for key in headers):
            headers["Content-Type"] = kind
        head += "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        parts.append((head, _content(file)))
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + head.encode() + b"\r\n" + content + b"\r\n" for head, content in parts)
    return body + mark + b"--\r\n", f"multipart/form-data; boundary={boundary}"
