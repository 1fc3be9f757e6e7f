"""What several modules of Trio share: closed classes, records, and checks of what programs pass."""

import collections.abc
import inspect
import threading

from sniffio import thread_local


class NoPublicConstructor(type):
    """Objects are made by `_create`, not by a call of the class."""

    def __call__(cls, *args, **kwargs):
        raise TypeError(f"{cls.__module__}.{cls.__qualname__} has no public constructor")

    def _create(cls, *args, **kwargs):
        return super().__call__(*args, **kwargs)


def _refuse_subclass(cls):
    raise TypeError(f"{cls.__module__}.{cls.__qualname__} does not support subclassing")


def final(cls):
    cls.__init_subclass__ = classmethod(_refuse_subclass)
    return cls


class Record:
    """A few named values; subclasses list the names in `_fields`."""

    _fields = ()

    def __init__(self, *values, **named):
        for name, value in zip(self._fields, values):
            setattr(self, name, value)
        for name, value in named.items():
            setattr(self, name, value)

    def __repr__(self):
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._fields)

    def __hash__(self):
        return hash(tuple(getattr(self, name) for name in self._fields))


def public(namespace, module):
    """Makes everything public in a namespace say that it comes from `module`."""

    def rename(thing, name, qualname):
        if not (getattr(thing, "__module__", None) or "").startswith("trio."):
            return
        thing.__module__ = module
        if "." not in getattr(thing, "__name__", "."):
            thing.__name__ = name
            thing.__qualname__ = qualname

    for name, thing in list(namespace.items()):
        if not name.startswith("_"):
            rename(thing, name, name)


def is_main_thread():
    return threading.current_thread() is threading.main_thread()


def _is_of_other_library(value):
    return (
        isinstance(value, collections.abc.Generator)
        or getattr(value, "_asyncio_future_blocking", None) is not None
        or type(value).__name__ in ("Future", "Deferred")
    )


_NO_SHIM = (
    "are you trying to use a library written for asyncio/twisted/tornado or similar? "
    "That won't work without some sort of compatibility shim."
)


def coroutine_or_error(async_fn, *args):
    """The coroutine that an async function makes, or an error that says what else was given."""
    outside, thread_local.name = thread_local.name, "trio"
    try:
        coro = async_fn(*args)
    except TypeError:
        if isinstance(async_fn, collections.abc.Coroutine):
            name = async_fn.__name__
            async_fn.close()
            raise TypeError(
                f"Trio was expecting an async function, but instead it got a coroutine object {async_fn!r}\n"
                "\nProbably you did something like:\n\n"
                f"  trio.run({name}(...))            # incorrect!\n"
                f"  nursery.start_soon({name}(...))  # incorrect!\n"
                "\nInstead, you want (notice the parentheses!):\n\n"
                f"  trio.run({name}, ...)            # correct!\n"
                f"  nursery.start_soon({name}, ...)  # correct!"
            ) from None
        if _is_of_other_library(async_fn):
            raise TypeError(
                f"Trio was expecting an async function, but instead it got {async_fn!r} – {_NO_SHIM}"
            ) from None
        raise
    finally:
        thread_local.name = outside
    if not isinstance(coro, collections.abc.Coroutine):
        if _is_of_other_library(coro):
            raise TypeError(f"Trio got unexpected {coro!r} – {_NO_SHIM}")
        if inspect.isasyncgen(coro):
            raise TypeError(f"start_soon expected an async function but got an async generator {coro!r}")
        name = getattr(async_fn, "__qualname__", async_fn)
        raise TypeError(f"Trio expected an async function, but {name!r} appears to be synchronous")
    return coro


class ConflictDetector:
    """Lets one task at a time into a block."""

    def __init__(self, msg):
        self._msg = msg
        self._held = False

    def __enter__(self):
        if self._held:
            from ._core._exceptions import BusyResourceError

            raise BusyResourceError(self._msg)
        self._held = True

    def __exit__(self, exc_type, exc_value, traceback):
        self._held = False


def raise_keeping_context(error):
    """Raises an exception that is already known, and leaves its context as it was."""
    context = error.__context__
    try:
        raise error
    finally:
        error.__context__ = context
        del error, context


def name_asyncgen(agen):
    if not hasattr(agen, "ag_code"):
        return repr(agen)
    try:
        module = agen.ag_frame.f_globals["__name__"]
    except (AttributeError, KeyError):
        module = f"<{agen.ag_code.co_filename}>"
    return f"{module}.{getattr(agen, '__qualname__', agen.ag_code.co_name)}"


def deprecated(thing, version, issue, instead):
    """Warns the caller of the calling function."""
    import warnings

    from ._core._exceptions import TrioDeprecationWarning

    place = f"https://github.com/python-trio/trio/issues/{issue}"
    warnings.warn(
        f"{thing} is deprecated since Trio {version}; use {instead} instead ({place})",
        TrioDeprecationWarning,
        stacklevel=3,
    )
