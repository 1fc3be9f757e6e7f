"""Validation errors and how they print."""


class ValidationError(ValueError):
    def __init__(self, title, errors):
        self.title = title
        self._errors = errors
        count = len(errors)
        lines = [f"{count} validation error{'s' if count != 1 else ''} for {title}"]
        for error in errors:
            lines.append(".".join(str(part) for part in error["loc"]))
            value = error["input"]
            lines.append(
                f"  {error['msg']} [type={error['type']}, input_value={value!r}, input_type={type(value).__name__}]"
            )
            if error["type"] not in ("value_error", "assertion_error"):
                url = f"https://errors.pydantic.dev/2.12/v/{error['type']}"
                lines.append(f"    For further information visit {url}")
        super().__init__("\n".join(lines))

    def errors(self, *, include_url=True, include_context=True, include_input=True):
        return [dict(error) for error in self._errors]

    def error_count(self):
        return len(self._errors)


def error(kind, loc, msg, value, ctx=None):
    found = {"type": kind, "loc": loc, "msg": msg, "input": value}
    if ctx is not None:
        found["ctx"] = ctx
    return found
