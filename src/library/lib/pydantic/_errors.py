"""Validation errors and how they print."""

import _sys

VERSION = "2.6.4" if _sys.library_set() == "L2024" else "2.14.3"
_PAGE = f"https://errors.pydantic.dev/{'.'.join(VERSION.split('.')[:2])}/v/"


def _short(value):
    text = repr(value)
    return text if len(text) <= 50 else f"{text[:25]}...{text[-24:]}"


class ValidationError(ValueError):
    # Where pydantic 2 has it.
    __module__ = "pydantic_core._pydantic_core"

    def __init__(self, title, errors):
        self.title = title
        self._errors = errors
        count = len(errors)
        lines = [f"{count} validation error{'s' if count != 1 else ''} for {title}"]
        for error in errors:
            if error["loc"]:
                lines.append(".".join(str(part) for part in error["loc"]))
            value = error["input"]
            lines.append(
                f"  {error['msg']} [type={error['type']}, input_value={_short(value)}, input_type={type(value).__name__}]"
            )
            if error.get("ctx", {}).keys() != {"reason"}:
                # What is told by a type of its own has no page.
                lines.append(f"    For further information visit {_PAGE}{error['type']}")
        super().__init__("\n".join(lines))

    def errors(self, *, include_url=True, include_context=True, include_input=True):
        found = []
        for error in self._errors:
            shown = {key: error[key] for key in ("type", "loc", "msg", "input")}
            if not include_input:
                del shown["input"]
            if include_context and "ctx" in error:
                shown["ctx"] = error["ctx"]
            if include_url:
                shown["url"] = _PAGE + error["type"]
            found.append(shown)
        return found

    def json(self, *, indent=None, include_url=True, include_context=True, include_input=True):
        import json

        errors = self.errors(include_url=include_url, include_context=include_context, include_input=include_input)
        for error in errors:
            if isinstance(error.get("ctx", {}).get("error"), Exception):
                error["ctx"] = dict(error["ctx"], error=str(error["ctx"]["error"]))
        separators = (",", ":") if indent is None else (",", ": ")
        return json.dumps(errors, indent=indent, separators=separators, default=str)

    def errors_as_given(self):
        """For whoever tells them as part of others."""
        return self._errors

    def error_count(self):
        return len(self._errors)


def error(kind, loc, msg, value, ctx=None):
    found = {"type": kind, "loc": loc, "msg": msg, "input": value}
    if ctx is not None:
        found["ctx"] = ctx
    return found
