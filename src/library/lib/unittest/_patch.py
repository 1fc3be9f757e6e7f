"""Putting things in the place of others for a while."""
import contextlib
import functools
import inspect

from .mock import DEFAULT, AsyncMock, MagicMock, NonCallableMock, create_autospec, is_async


class _Patch:
    """Puts something in the place of an attribute for a while: as decorator, context manager or by hand."""

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs):
        self.getter = getter
        self.attribute = attribute
        self.new = new
        self.spec, self.spec_set, self.autospec = spec, spec_set, autospec
        self.create = create
        self.new_callable = new_callable
        self.kwargs = kwargs

    def _copy(self):
        return _Patch(
            self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec,
            self.new_callable, self.kwargs,
        )  # fmt: skip

    def __enter__(self):
        self.target = target = self.getter()
        name = self.attribute
        local = name in getattr(target, "__dict__", {})
        original = target.__dict__[name] if local else getattr(target, name, DEFAULT)
        if original is DEFAULT and not self.create:
            raise AttributeError(f"{target} does not have the attribute {name!r}")
        self._original, self._local = original, local
        new = self.new
        if new is DEFAULT:
            if self.autospec:
                new = create_autospec(original if self.autospec is True else self.autospec, **self.kwargs)
            else:
                kind = self.new_callable
                if kind is None:
                    kind = AsyncMock if is_async(original) else MagicMock
                options = dict(self.kwargs)
                if self.new_callable is None or isinstance(kind, type) and issubclass(kind, NonCallableMock):
                    options.setdefault("name", name)
                    for key, value in (("spec", self.spec), ("spec_set", self.spec_set)):
                        if value is not None:
                            options[key] = original if value is True else value
                new = kind(**options)
        setattr(target, name, new)
        self.temporary = new
        return new

    def __exit__(self, *exc):
        if self._local:
            setattr(self.target, self.attribute, self._original)
        else:
            delattr(self.target, self.attribute)
            if not self.create and not hasattr(self.target, self.attribute):
                setattr(self.target, self.attribute, self._original)
        return False

    def start(self):
        result = self.__enter__()
        _active.append(self)
        return result

    def stop(self):
        if self in _active:
            _active.remove(self)
            self.__exit__(None, None, None)

    def __call__(self, func):
        if isinstance(func, type):
            for name in dir(func):
                if name.startswith(patch.TEST_PREFIX) and callable(getattr(func, name)):
                    setattr(func, name, self._copy()(getattr(func, name)))
            return func
        patches = getattr(func, "patchings", None)
        if patches is not None:
            patches.append(self)
            return func
        patches = [self]

        @contextlib.contextmanager
        def patched(args):
            with contextlib.ExitStack() as stack:
                extra = ()
                for each in patches:
                    made = stack.enter_context(each._copy())
                    if each.new is DEFAULT:
                        extra += (made,)
                yield args + extra

        if inspect.iscoroutinefunction(func):

            @functools.wraps(func)
            async def run(*args, **kwargs):
                with patched(args) as args:
                    return await func(*args, **kwargs)

        else:

            @functools.wraps(func)
            def run(*args, **kwargs):
                with patched(args) as args:
                    return func(*args, **kwargs)

        run.patchings = patches
        return run


_active = []


def _importer(path):
    def found():
        parts = path.split(".")
        thing = __import__(parts[0])
        at = parts[0]
        for part in parts[1:]:
            at += "." + part
            try:
                thing = getattr(thing, part)
            except AttributeError:
                __import__(at)
                thing = getattr(thing, part)
        return thing

    return found


def patch(
    target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs
):
    path, dot, attribute = target.rpartition(".")
    if not dot:
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}")
    return _Patch(_importer(path), attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_object(
    target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs
):
    if isinstance(target, str):
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _Patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


class _PatchDict:
    """Changes a mapping for a while."""

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict = in_dict
        self.values = {**dict(values), **kwargs}
        self.clear = clear

    def __enter__(self):
        if isinstance(self.in_dict, str):
            path, _, name = self.in_dict.rpartition(".")
            self.in_dict = getattr(_importer(path)(), name)
        self._before = dict(self.in_dict)
        if self.clear:
            self.in_dict.clear()
        self.in_dict.update(self.values)
        return self.in_dict

    def __exit__(self, *exc):
        self.in_dict.clear()
        self.in_dict.update(self._before)
        return False

    start = __enter__

    def stop(self):
        return self.__exit__()

    def __call__(self, func):
        if inspect.iscoroutinefunction(func):

            @functools.wraps(func)
            async def run(*args, **kwargs):
                with self:
                    return await func(*args, **kwargs)

        else:

            @functools.wraps(func)
            def run(*args, **kwargs):
                with self:
                    return func(*args, **kwargs)

        return run


def _stopall():
    for each in reversed(_active[:]):
        each.stop()


class _PatchMultiple:
    """Puts things in the place of several attributes for a while; those that it makes come as keyword arguments."""

    def __init__(self, target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
        if not kwargs:
            raise ValueError("Must supply at least one keyword argument with patch.multiple")
        getter = _importer(target) if isinstance(target, str) else lambda: target
        self._each = [
            _Patch(getter, name, new, spec, create, spec_set, autospec, new_callable, {}) for name, new in kwargs.items()
        ]

    def __enter__(self):
        self._stack = contextlib.ExitStack()
        made = {}
        for each in self._each:
            result = self._stack.enter_context(each)
            if each.new is DEFAULT:
                made[each.attribute] = result
        return made

    def __exit__(self, *exc):
        return self._stack.__exit__(*exc)

    start = __enter__

    def stop(self):
        return self.__exit__(None, None, None)

    def __call__(self, func):
        if inspect.iscoroutinefunction(func):

            @functools.wraps(func)
            async def run(*args, **kwargs):
                with self as made:
                    return await func(*args, **kwargs, **made)

        else:

            @functools.wraps(func)
            def run(*args, **kwargs):
                with self as made:
                    return func(*args, **kwargs, **made)

        return run


patch.object = _patch_object
patch.dict = _PatchDict
patch.multiple = _PatchMultiple
patch.stopall = _stopall
patch.TEST_PREFIX = "test"
