"""Objects in the name of others that they do not keep alive."""
import operator
import sys

from _weakref import proxy as _proxy
from _weakref import ref


class ProxyType(_proxy):
    """An object in the name of another that it does not keep alive."""

    _is_static = True
    __class__ = property(lambda self: _target(self).__class__)
    __hash__ = None

    def __setattr__(self, name, value):
        setattr(_target(self), name, value)

    def __delattr__(self, name):
        delattr(_target(self), name)

    def __getitem__(self, key):
        return _target(self)[key]

    def __setitem__(self, key, value):
        _target(self)[key] = value

    def __delitem__(self, key):
        del _target(self)[key]

    def __contains__(self, item):
        return item in _target(self)

    def __next__(self):
        target = _target(self)
        if not hasattr(type(target), "__next__"):
            raise TypeError("Weakref proxy referenced a non-iterator")
        return next(target)

    def __reversed__(self):
        return reversed(_target(self))


class CallableProxyType(ProxyType):
    """The same for something that can be called."""

    def __call__(self, /, *args, **kwargs):
        return _target(self)(*args, **kwargs)


def _operators():
    """What stands for an object does what is done with the object."""

    def unary(work):
        return lambda self: work(_target(self))

    def binary(work):
        return lambda self, other: work(_target(self), _plain(other))

    def reflected(work):
        return lambda self, other: work(_plain(other), _target(self))

    made = {f"__{work.__name__}__": unary(work) for work in (operator.neg, operator.pos, operator.abs, operator.index, int, float)}
    made["__invert__"] = unary(operator.inv)
    for name in "lt le eq ne gt ge".split():
        made[f"__{name}__"] = binary(getattr(operator, name))
    for name in "add sub mul matmul truediv floordiv mod pow lshift rshift and or xor".split():
        work = getattr(operator, f"__{name}__")
        made[f"__{name}__"] = binary(work)
        made[f"__r{name}__"] = reflected(work)
        made[f"__i{name}__"] = binary(getattr(operator, f"__i{name}__"))
    for name, method in made.items():
        setattr(ProxyType, name, method)


_operators()
ProxyTypes = (ProxyType, CallableProxyType)
ProxyType.__module__ = CallableProxyType.__module__ = "weakref"
if sys.version_info < (3, 10):
    ProxyType.__name__ = ProxyType.__qualname__ = "weakproxy"
    CallableProxyType.__name__ = CallableProxyType.__qualname__ = "weakcallableproxy"
    ProxyType.__module__ = CallableProxyType.__module__ = "builtins"


def made(object, callback):
    """The proxy of an object."""
    made = (CallableProxyType if callable(object) else ProxyType)(object)
    if callback is not None:
        this = ref(made)

        def died(_):
            if this() is not None:
                callback(this())

        made.__dict__["_proxy_watch"] = ref(object, died)
    return made


def _target(made):
    found = object.__getattribute__(made, "_proxy_target")()
    if found is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return found


def _plain(value):
    return _target(value) if type(value) in ProxyTypes else value
