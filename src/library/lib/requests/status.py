"""`requests.codes`: status codes by name."""

from http import HTTPStatus


class LookupDict(dict):
    def __init__(self, name=None):
        super().__init__()
        self.name = name

    def __repr__(self):
        return f"<lookup '{self.name}'>"

    def __getitem__(self, key):
        return self.__dict__.get(key, None)

    def get(self, key, default=None):
        return self.__dict__.get(key, default)


codes = LookupDict(name="status_codes")
for _status in HTTPStatus:
    setattr(codes, _status.name.lower(), _status.value)
    setattr(codes, _status.name, _status.value)
codes.server_error = 500
codes.teapot = 418
