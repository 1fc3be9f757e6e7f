"""The statuses by name: `httpx.codes.NOT_FOUND`."""

import enum
import http


class _Codes(enum.IntEnum):
    """Statuses that are numbers."""

    @property
    def phrase(self):
        return http.HTTPStatus(int(self)).phrase

    @staticmethod
    def get_reason_phrase(value):
        try:
            return http.HTTPStatus(value).phrase
        except ValueError:
            return ""

    @classmethod
    def is_informational(cls, value):
        return 100 <= value <= 199

    @classmethod
    def is_success(cls, value):
        return 200 <= value <= 299

    @classmethod
    def is_redirect(cls, value):
        return 300 <= value <= 399

    @classmethod
    def is_client_error(cls, value):
        return 400 <= value <= 499

    @classmethod
    def is_server_error(cls, value):
        return 500 <= value <= 599

    @classmethod
    def is_error(cls, value):
        return 400 <= value <= 599

    def __str__(self):
        return str(int(self))


codes = _Codes("codes", {status.name: status.value for status in http.HTTPStatus})
for _status in codes:
    # As in requests, small letters do as well.
    setattr(codes, _status.name.lower(), int(_status))
