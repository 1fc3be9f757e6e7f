"""The header lines of a message, looked up without regard to case."""


class HTTPMessage:
    def __init__(self, items=()):
        self._headers = list(items)

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self._headers.append((name, str(value)))

    def __delitem__(self, name):
        name = name.lower()
        self._headers = [item for item in self._headers if item[0].lower() != name]

    def __contains__(self, name):
        name = name.lower()
        return any(key.lower() == name for key, _ in self._headers)

    def __iter__(self):
        return iter([key for key, _ in self._headers])

    def __len__(self):
        return len(self._headers)

    def get(self, name, failobj=None):
        name = name.lower()
        for key, value in self._headers:
            if key.lower() == name:
                return value
        return failobj

    def get_all(self, name, failobj=None):
        name = name.lower()
        return [value for key, value in self._headers if key.lower() == name] or failobj

    def keys(self):
        return [key for key, _ in self._headers]

    def values(self):
        return [value for _, value in self._headers]

    def items(self):
        return list(self._headers)

    def add_header(self, name, value):
        self._headers.append((name, value))

    def get_content_type(self):
        return (self.get("content-type") or "text/plain").partition(";")[0].strip().lower()

    def get_content_charset(self, failobj=None):
        for part in (self.get("content-type") or "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip('"').lower()
        return failobj

    def get_content_maintype(self):
        return self.get_content_type().partition("/")[0]

    def get_content_subtype(self):
        return self.get_content_type().partition("/")[2]

    def as_string(self):
        return "".join(f"{key}: {value}\n" for key, value in self._headers) + "\n"

    __str__ = as_string


def read_headers(stream):
    """The header lines of a message up to the empty one."""
    items = []
    while True:
        line = stream.readline()
        if line in (b"\r\n", b"\n", b""):
            return HTTPMessage(items)
        name, _, value = line.decode("iso-8859-1").rstrip("\r\n").partition(":")
        if name[:1] in " \t" and items:
            items[-1] = (items[-1][0], items[-1][1] + " " + line.decode("iso-8859-1").strip())
        else:
            items.append((name, value.strip()))
