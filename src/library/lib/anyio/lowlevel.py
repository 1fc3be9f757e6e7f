"""Checkpoints, tokens of a running loop, and variables of a run (S-ANY-14, S-ANY-22).

In AnyIO up to 4.9 a RunVar is looked up by its name, so another RunVar of the same name reaches the
same value; since 4.10 by its identity.
"""

from ._backend import on_trio, running_loop
from ._era import ERA
from ._scopes import cancel_shielded_checkpoint, checkpoint, checkpoint_if_cancelled

_NO_VALUE = object()


class EventLoopToken:
    def __init__(self, loop):
        self.native_token = loop


def current_token():
    """What another thread needs to call into this loop."""
    if on_trio():
        from trio.lowlevel import current_trio_token

        return EventLoopToken(current_trio_token())
    return EventLoopToken(running_loop())


class RunvarToken:
    def __init__(self, var, value):
        self._var = var
        self._value = value
        self._redeemed = False

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self._var.reset(self)


class RunVar:
    NO_VALUE_SET = _NO_VALUE

    def __init__(self, name, default=_NO_VALUE):
        self._name = name
        self._default = default
        self._key = name if ERA else self

    def __class_getitem__(cls, item):
        return cls

    @property
    def _current_vars(self):
        loop = running_loop()
        try:
            return loop._anyio_run_vars
        except AttributeError:
            loop._anyio_run_vars = variables = {}
            return variables

    def get(self, default=_NO_VALUE):
        value = self._current_vars.get(self._key, _NO_VALUE)
        if value is not _NO_VALUE:
            return value
        if default is not _NO_VALUE:
            return default
        if self._default is not _NO_VALUE:
            return self._default
        raise LookupError(f'Run variable "{self._name}" has no value and no default set')

    def set(self, value):
        variables = self._current_vars
        token = RunvarToken(self, variables.get(self._key, _NO_VALUE))
        variables[self._key] = value
        return token

    def reset(self, token):
        if token._var is not self:
            raise ValueError("This token does not belong to this RunVar")
        if token._redeemed:
            raise ValueError("This token has already been used")
        if token._value is _NO_VALUE:
            self._current_vars.pop(self._key, None)
        else:
            self._current_vars[self._key] = token._value
        token._redeemed = True

    def __repr__(self):
        return f"<RunVar name={self._name!r}>"
