"""Variables of a run."""

from .._util import NoPublicConstructor, final
from ._run_context import GLOBAL_RUN_CONTEXT


class _NoValue:
    """No value was set."""


@final
class RunVarToken(metaclass=NoPublicConstructor):
    def __init__(self, var, previous_value=_NoValue):
        self._var = var
        self.previous_value = previous_value
        self.redeemed = False


def _locals():
    try:
        return GLOBAL_RUN_CONTEXT.runner._locals
    except AttributeError:
        raise RuntimeError("Cannot be used outside of a run context") from None


@final
class RunVar:
    def __init__(self, name, default=_NoValue):
        self._name = name
        self._default = default

    def __class_getitem__(cls, item):
        return cls

    def get(self, default=_NoValue):
        value = _locals().get(self, _NoValue)
        if value is not _NoValue:
            return value
        if default is not _NoValue:
            return default
        if self._default is not _NoValue:
            return self._default
        raise LookupError(self)

    def set(self, value):
        try:
            token = RunVarToken._create(self, self.get())
        except LookupError:
            token = RunVarToken._create(self)
        _locals()[self] = value
        return token

    def reset(self, token):
        if token is None:
            raise TypeError("token must not be none")
        if token.redeemed:
            raise ValueError("token has already been used")
        if token._var is not self:
            raise ValueError("token is not for us")
        values = _locals()
        if token.previous_value is _NoValue:
            values.pop(self)
        else:
            values[self] = token.previous_value
        token.redeemed = True

    def __repr__(self):
        return f"<RunVar name={self._name!r}>"
