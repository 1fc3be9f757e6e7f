"""Stand-ins that remember how they were used."""
import asyncio
import functools
import inspect
import sys

from . import _mock_calls as _calls
from ._mock_calls import _Call, _CallList, _missing, _signature

__all__ = (
    "Mock", "MagicMock", "patch", "sentinel", "DEFAULT", "ANY", "call", "create_autospec", "AsyncMock",
    "NonCallableMock", "NonCallableMagicMock", "mock_open", "PropertyMock", "seal",
)  # fmt: skip
ANY, DEFAULT, call, sentinel = _calls.ANY, _calls.DEFAULT, _calls.call, _calls.sentinel

# How what was called is announced below what was expected.
_ACTUAL = "  Actual" if sys.version_info >= (3, 11) else "Actual"


class InvalidSpecError(Exception):
    """A mock is no specification."""


_CONFIGURATION = {
    "return_value", "side_effect", "called", "call_count", "call_args", "call_args_list", "mock_calls", "method_calls",
    "name", "await_count", "await_args", "await_args_list",
}  # fmt: skip
_MISSPELLED = ("assert", "assret", "asert", "aseert", "assrt", "called_once", "called_with", "called_once_with")


class NonCallableMock:
    """A stand-in: every attribute is one too."""

    def __new__(cls, spec=None, *args, spec_set=None, **kwargs):
        bases = (cls,)
        if not issubclass(cls, AsyncMockMixin) and is_async(spec if spec_set is None else spec_set):
            bases = (AsyncMockMixin, cls)
        # Special methods are looked up on classes, so every mock has a class of its own.
        own = type(cls.__name__, bases, {"__doc__": cls.__doc__, "__module__": cls.__module__})
        return object.__new__(own)

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, **kwargs):
        if isinstance(spec, NonCallableMock):
            raise InvalidSpecError(f"Cannot spec a Mock object. [object={spec!r}]")
        state = self.__dict__
        spec = spec_set if spec_set is not None else spec
        state["_mock_children"] = {}
        state["_mock_parent"] = parent
        state["_mock_name"] = name
        state["_mock_wraps"] = wraps
        state["_mock_is_set"] = spec_set is not None
        state["_mock_methods"] = None
        state["_spec_class"] = None
        state["_spec_asyncs"] = ()
        state["_check_arguments"] = None
        state["_spec_signature"] = None
        if spec is not None:
            self.mock_add_spec(spec, spec_set is not None)
        state["_mock_return_value"] = DEFAULT
        state["_mock_side_effect"] = None
        state["_mock_sealed"] = False
        self.reset_mock()
        self._make_magics()
        self.return_value = kwargs.pop("return_value", DEFAULT)
        side_effect = kwargs.pop("side_effect", None)
        self.side_effect = side_effect
        self.configure_mock(**kwargs)

    def _make_magics(self):
        """Gives the mock's class its special methods, if its kind has any."""

    def configure_mock(self, /, **kwargs):
        for path, value in sorted(kwargs.items(), key=lambda item: item[0].count(".")):
            *path, last = path.split(".")
            target = self
            for name in path:
                target = getattr(target, name)
            setattr(target, last, value)

    def attach_mock(self, mock, attribute):
        mock.__dict__["_mock_parent"] = None
        mock.__dict__["_mock_name"] = None
        setattr(self, attribute, mock)

    def mock_add_spec(self, spec, spec_set=False):
        state = self.__dict__
        state["_mock_is_set"] = spec_set
        if type(spec) in (list, tuple):
            state["_mock_methods"] = list(spec)
            return
        state["_mock_methods"] = names = dir(spec)
        state["_spec_class"] = spec if isinstance(spec, type) else type(spec)
        state["_spec_signature"] = _signature_of(spec)
        own = [name for name in names if not name.startswith("__")]
        state["_spec_asyncs"] = [name for name in own if is_async(inspect.getattr_static(spec, name, None))]

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        state = self.__dict__
        state["called"] = False
        state["call_count"] = 0
        state["call_args"] = None
        for name in ("call_args_list", "mock_calls", "method_calls"):
            state[name] = _CallList()
        if return_value:
            state["_mock_return_value"] = DEFAULT
        if side_effect:
            state["_mock_side_effect"] = None
        for child in state["_mock_children"].values():
            if isinstance(child, NonCallableMock):
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        value = state["_mock_return_value"]
        if isinstance(value, NonCallableMock) and value is not self and not return_value:
            value.reset_mock(visited)

    @property
    def return_value(self):
        if self._mock_return_value is DEFAULT:
            self.__dict__["_mock_return_value"] = self._get_child_mock(parent=self, name="()")
        return self._mock_return_value

    @return_value.setter
    def return_value(self, value):
        self.__dict__["_mock_return_value"] = value
        if isinstance(value, NonCallableMock):
            _adopt(self, "()", value)

    @property
    def side_effect(self):
        return self._mock_side_effect

    @side_effect.setter
    def side_effect(self, value):
        if value is not None and not callable(value) and not _is_exception(value):
            value = iter(value)
        self.__dict__["_mock_side_effect"] = value

    @property
    def __class__(self):
        return self.__dict__.get("_spec_class") or type(self)

    def _get_child_mock(self, /, **kwargs):
        name = kwargs.get("name")
        if self._mock_sealed:
            raise AttributeError(f"{self._extract_mock_name()}.{'return_value' if name == '()' else name}")
        cls = next(kind for kind in type(self).__mro__[1:] if kind is not AsyncMockMixin)
        if name in self._spec_asyncs:
            cls = AsyncMock
        elif isinstance(self, AsyncMockMixin):
            cls = MagicMock if self._mock_methods and name in self._mock_methods else AsyncMock
        elif cls is NonCallableMock:
            cls = Mock
        elif cls is NonCallableMagicMock:
            cls = MagicMock
        return cls(**kwargs)

    def __getattr__(self, name):
        if name in ("_mock_methods", "_mock_children", "_mock_sealed") or name.startswith("_mock_"):
            raise AttributeError(name)
        if self._mock_methods is not None:
            if name not in self._mock_methods or name in _ALL_MAGICS:
                raise AttributeError(f"Mock object has no attribute {name!r}")
        elif name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name.startswith(_MISSPELLED):
            raise AttributeError(
                f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute."
            )
        child = self._mock_children.get(name)
        if child is _missing:
            raise AttributeError(name)
        if child is None:
            wraps = getattr(self._mock_wraps, name) if self._mock_wraps is not None else None
            child = self._get_child_mock(parent=self, name=name, wraps=wraps)
            self._mock_children[name] = child
        return child

    def __setattr__(self, name, value):
        if name in _CONFIGURATION or name in self.__dict__ or name in ("side_effect", "return_value"):
            object.__setattr__(self, name, value)
            return
        if self._mock_is_set and self._mock_methods is not None and name not in self._mock_methods:
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if name in _ALL_MAGICS:
            if isinstance(value, NonCallableMock):
                _adopt(self, name, value)
                setattr(type(self), name, _SetMagic(value))
            else:
                setattr(type(self), name, value)
            self._mock_children[name] = value
            return
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        if isinstance(value, NonCallableMock):
            _adopt(self, name, value)
        if isinstance(value, PropertyMock):
            setattr(type(self), name, value)
            return
        self._mock_children[name] = value
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if self._mock_children.get(name) is _missing:
            raise AttributeError(name)
        self.__dict__.pop(name, None)
        self._mock_children[name] = _missing

    def __dir__(self):
        extra = self._mock_methods or []
        return sorted(set(object.__dir__(self)) | set(extra) | set(self._mock_children))

    def _extract_mock_name(self):
        names = []
        at = self
        while at is not None:
            names.append("mock" if at._mock_name is None else at._mock_name)
            at = at._mock_parent
        names.reverse()
        result = names[0]
        for name in names[1:]:
            result += name if name.startswith("()") else "." + name
        return result

    def __repr__(self):
        name = self._extract_mock_name()
        name_part = f" name={name!r}" if name != "mock" else ""
        spec = self._spec_class
        spec_part = f" spec_set={spec.__name__!r}" if spec and self._mock_is_set else f" spec={spec.__name__!r}" if spec else ""
        return f"<{type(self).__name__}{name_part}{spec_part} id='{id(self)}'>"

    def __class_getitem__(cls, item):
        return cls

    # --- what happened ---

    def _format_mock_call_signature(self, args, kwargs):
        return f"{self._mock_name or 'mock'}({_signature(args, kwargs)})"

    def _matched(self, kall):
        """The call with its arguments where the signature has them, if there is one that fits."""
        signature = self.__dict__["_spec_signature"]
        if signature is None or not isinstance(kall, tuple):
            return kall
        try:
            bound = signature.bind(*kall[-2], **kall[-1])
        except TypeError:
            return kall
        name = () if len(kall) == 2 else (kall[0],)
        return _Call((*name, bound.args, bound.kwargs), two=len(kall) == 2)

    def _mismatch(self, args, kwargs, action="call"):
        expected = self._format_mock_call_signature(args, kwargs)
        last = self.call_args if action == "call" else self.await_args
        actual = self._format_mock_call_signature(*last)
        return f"expected {action} not found.\nExpected: {expected}\n{_ACTUAL}: {actual}"

    def _calls_repr(self, prefix="Calls"):
        return f"\n{prefix}: {_CallList(self.mock_calls)!r}." if self.mock_calls else ""

    def assert_called(self):
        if self.call_count == 0:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to have been called.")

    def assert_not_called(self):
        if self.call_count != 0:
            raise AssertionError(
                f"Expected '{self._mock_name or 'mock'}' to not have been called. "
                f"Called {self.call_count} times.{self._calls_repr()}"
            )

    def assert_called_once(self):
        if self.call_count != 1:
            raise AssertionError(
                f"Expected '{self._mock_name or 'mock'}' to have been called once. "
                f"Called {self.call_count} times.{self._calls_repr()}"
            )

    def assert_called_with(self, /, *args, **kwargs):
        if self.call_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f"expected call not found.\nExpected: {expected}\n{_ACTUAL}: not called.")
        if self._matched(self.call_args) != self._matched(_Call((args, kwargs), two=True)):
            raise AssertionError(self._mismatch(args, kwargs))

    def assert_called_once_with(self, /, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError(
                f"Expected '{self._mock_name or 'mock'}' to be called once. "
                f"Called {self.call_count} times.{self._calls_repr()}"
            )
        self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        if self._matched(_Call((args, kwargs), two=True)) not in list(map(self._matched, self.call_args_list)):
            raise AssertionError(f"{self._format_mock_call_signature(args, kwargs)} call not found")

    def assert_has_calls(self, calls, any_order=False):
        expected = [self._matched(kall if isinstance(kall, _Call) else _Call(kall)) for kall in calls]
        seen = _CallList(map(self._matched, self.mock_calls))
        if not any_order:
            if expected not in seen:
                raise AssertionError(
                    f"Calls not found.\nExpected: {_CallList(calls)!r}{self._calls_repr(_ACTUAL).rstrip('.')}"
                )
            return
        left = list(seen)
        missing = []
        for kall in expected:
            try:
                left.remove(kall)
            except ValueError:
                missing.append(kall)
        if missing:
            raise AssertionError(
                f"{self._mock_name or 'mock'!r} does not contain all of {tuple(missing)!r} in its call list, "
                f"found {_CallList(self.mock_calls)!r} instead"
            )

    def _record(self, args, kwargs):
        state = self.__dict__
        if state["_check_arguments"] is not None:
            state["_check_arguments"](*args, **kwargs)
        state["called"] = True
        state["call_count"] += 1
        state["call_args"] = _Call((args, kwargs), two=True)
        state["call_args_list"].append(state["call_args"])
        state["mock_calls"].append(_Call(("", args, kwargs)))
        name, at, is_method = self._mock_name, self._mock_parent, self._mock_name != "()"
        while at is not None and name is not None:
            if is_method:
                at.method_calls.append(_Call((name, args, kwargs)))
            at.mock_calls.append(_Call((name, args, kwargs)))
            above = at._mock_name
            if at._mock_parent is None or above is None:
                break
            is_method = is_method and above != "()"
            name = above + (name if name.startswith("()") else "." + name)
            at = at._mock_parent

    def _answer(self, args, kwargs):
        effect = self._mock_side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not callable(effect):
                result = next(effect)
                if _is_exception(result):
                    raise result
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self._mock_return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


def _adopt(parent, name, value):
    """What happens to a mock without a parent is noted by this one from now on, unless it comes from that mock."""
    state = value.__dict__
    if state["_mock_parent"] is not None or state["_mock_name"] is not None:
        return
    at = parent
    while at is not None:
        if at is value:
            return
        at = at._mock_parent
    state["_mock_parent"] = parent
    state["_mock_name"] = name


def is_async(obj):
    """Calls of it are awaited."""
    if isinstance(obj, NonCallableMock):
        return isinstance(obj, AsyncMock)
    obj = getattr(obj, "__func__", obj)
    return inspect.iscoroutinefunction(obj) or asyncio.iscoroutinefunction(obj)


def _is_exception(value):
    return isinstance(value, BaseException) or (isinstance(value, type) and issubclass(value, BaseException))


class Mock(NonCallableMock):
    """A stand-in that can be called."""

    def __call__(self, /, *args, **kwargs):
        self._record(args, kwargs)
        return self._answer(args, kwargs)


_DEFAULTS = {
    "__lt__": NotImplemented, "__gt__": NotImplemented, "__le__": NotImplemented, "__ge__": NotImplemented,
    "__int__": 1, "__contains__": False, "__len__": 0, "__exit__": False, "__complex__": 1j, "__float__": 1.0,
    "__bool__": True, "__index__": 1,
}  # fmt: skip
_OPERATORS = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or".split()
_MAGICS = set(_DEFAULTS) | {
    "__enter__", "__getitem__", "__setitem__", "__delitem__", "__iter__", "__next__", "__str__", "__hash__", "__neg__",
    "__pos__", "__abs__", "__invert__", "__round__", "__trunc__", "__floor__", "__ceil__", "__reversed__", "__missing__",
    "__fspath__", "__aenter__", "__aexit__", "__aiter__", "__anext__", "__call__", "__eq__", "__ne__", "__sizeof__",
}  # fmt: skip
_MAGICS |= {f"__{prefix}{name}__" for name in _OPERATORS for prefix in ("", "r", "i")}
_ALL_MAGICS = _MAGICS - {"__call__"}
# What these give unless a mock is told otherwise, of the mock.
_CALCULATED = {
    "__hash__": object.__hash__,
    "__str__": object.__str__,
    "__sizeof__": lambda mock: 24,
    "__fspath__": lambda mock: f"{type(mock).__name__}/{mock._extract_mock_name()}/{id(mock)}",
}
_CREATED = _ALL_MAGICS - {"__reversed__", "__missing__"}


def _magic(name):
    """A special method that makes its own stand-in when it is first needed."""

    def method(self, /, *args, **kwargs):
        return _magic_mock(self, name)(*args, **kwargs)

    method.__name__ = name
    return method


def _magic_mock(self, name):
    child = self._mock_children.get(name)
    if child is None:
        kind = AsyncMock if name in ("__aenter__", "__aexit__", "__anext__") else MagicMock
        child = kind(parent=self, name=name)
        if name in _DEFAULTS:
            child.return_value = _DEFAULTS[name]
        elif name == "__aexit__":
            child.return_value = False
        elif name == "__iter__":
            child.side_effect = lambda: iter(
                [] if child._mock_return_value is DEFAULT else child._mock_return_value
            )
        elif name == "__aiter__":
            child.side_effect = lambda: _AsyncIterator(
                [] if child._mock_return_value is DEFAULT else child._mock_return_value
            )
        elif name in _CALCULATED:
            child.side_effect = lambda: DEFAULT if child._mock_return_value is not DEFAULT else _CALCULATED[name](self)
        elif name in ("__eq__", "__ne__"):
            child.side_effect = lambda other: _compared(child, self, other, name == "__eq__")
        self._mock_children[name] = child
    return child


def _compared(child, mock, other, same):
    """A mock is equal to itself alone, unless it was told otherwise."""
    if child._mock_return_value is not DEFAULT:
        return DEFAULT
    return same if mock is other else NotImplemented


class _SetMagic:
    """A mock in the place of a special method: it is called without the mock that it was put on."""

    def __init__(self, value):
        self.value = value

    def __get__(self, mock, kind=None):
        return self.value


class _AsyncIterator:
    def __init__(self, items):
        self._items = iter(items)

    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            return next(self._items)
        except StopIteration:
            raise StopAsyncIteration from None


class _MagicProperty:
    """Found on the class it is a special method, on a mock it is that method's stand-in."""

    def __init__(self, name):
        self.name = name
        self.method = _magic(name)

    def __get__(self, mock, kind=None):
        return self.method if mock is None else _magic_mock(mock, self.name)


class _Magics:
    def _make_magics(self):
        methods = self._mock_methods
        own = type(self)
        for name in _CREATED:
            if methods is None or name in methods:
                setattr(own, name, _MagicProperty(name))


class NonCallableMagicMock(_Magics, NonCallableMock):
    """A stand-in with all special methods."""


class MagicMock(_Magics, Mock):
    """A stand-in with all special methods that can be called."""


class AsyncMockMixin:
    """What makes a stand-in one whose calls are awaited."""

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Both ways of asking whether calls give coroutines find what they look for.
        self.__dict__["_is_coroutine"] = asyncio.coroutines._is_coroutine
        self.__dict__[inspect._MARK] = inspect._MARK
        self.reset_awaits()

    def reset_awaits(self):
        state = self.__dict__
        state["await_count"] = 0
        state["await_args"] = None
        state["await_args_list"] = _CallList()

    def reset_mock(self, *args, **kwargs):
        super().reset_mock(*args, **kwargs)
        self.reset_awaits()

    def __call__(self, /, *args, **kwargs):
        self._record(args, kwargs)
        return self._execute_mock_call(args, kwargs)

    async def _execute_mock_call(self, args, kwargs):
        state = self.__dict__
        state["await_count"] += 1
        state["await_args"] = _Call((args, kwargs), two=True)
        state["await_args_list"].append(state["await_args"])
        effect = self._mock_side_effect
        if effect is not None and not _is_exception(effect) and not callable(effect):
            try:
                result = next(effect)
            except StopIteration:
                raise StopAsyncIteration from None
            if _is_exception(result):
                raise result
            return self.return_value if result is DEFAULT else result
        result = self._answer(args, kwargs)
        return await result if inspect.iscoroutine(result) else result

    def assert_awaited(self):
        if not self.await_count:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited.")

    def assert_awaited_once(self):
        if self.await_count != 1:
            raise AssertionError(
                f"Expected {self._mock_name or 'mock'} to have been awaited once. Awaited {self.await_count} times."
            )

    def assert_awaited_with(self, /, *args, **kwargs):
        if self.await_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f"Expected await: {expected}\nNot awaited")
        if self.await_args != _Call((args, kwargs), two=True):
            raise AssertionError(self._mismatch(args, kwargs, "await"))

    def assert_awaited_once_with(self, /, *args, **kwargs):
        if self.await_count != 1:
            raise AssertionError(
                f"Expected {self._mock_name or 'mock'} to have been awaited once. Awaited {self.await_count} times."
            )
        self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        if _Call((args, kwargs), two=True) not in list(self.await_args_list):
            raise AssertionError(f"{self._format_mock_call_signature(args, kwargs)} await not found")

    def assert_has_awaits(self, calls, any_order=False):
        calls = list(calls)
        if any_order:
            left = list(self.await_args_list)
            for kall in calls:
                if kall not in left:
                    raise AssertionError(f"{tuple(calls)!r} not all found in await list")
                left.remove(kall)
        elif calls not in self.await_args_list:
            raise AssertionError(
                f"Awaits not found.\nExpected: {_CallList(calls)!r}\nActual: {self.await_args_list!r}"
            )

    def assert_not_awaited(self):
        if self.await_count != 0:
            raise AssertionError(
                f"Expected {self._mock_name or 'mock'} to not have been awaited. Awaited {self.await_count} times."
            )


class AsyncMock(AsyncMockMixin, _Magics, Mock):
    """A stand-in whose calls are awaited."""


class PropertyMock(Mock):
    """A stand-in for a property, put on a class."""

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, value):
        self(value)


def seal(mock):
    """From now on it, and what it made, has no other attributes than it has."""
    mock.__dict__["_mock_sealed"] = True
    for child in [*mock._mock_children.values(), mock._mock_return_value]:
        if isinstance(child, NonCallableMock) and child._mock_parent is mock:
            seal(child)


def _signature_of(spec, bound=False):
    """The signature of calls, if there is one to know; `bound` leaves out the first parameter."""
    if isinstance(spec, type):
        spec, bound = getattr(spec, "__init__", None), True
        if not inspect.isfunction(spec):
            return None
    elif not (inspect.isfunction(spec) or inspect.ismethod(spec)):
        spec = getattr(spec, "__call__", None)
        if not inspect.ismethod(spec):
            return None
    try:
        signature = inspect.signature(spec)
    except (TypeError, ValueError):
        return None
    if bound:
        signature = signature.replace(parameters=list(signature.parameters.values())[1:])
    return signature


def create_autospec(spec, spec_set=False, instance=False, _name=None, **kwargs):
    """A stand-in with the attributes and signatures of something."""
    if isinstance(spec, NonCallableMock):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
    if type(spec) in (list, tuple):
        spec = type(spec)
    options = {"spec_set" if spec_set else "spec": spec, **kwargs}
    is_type = isinstance(spec, type)
    if inspect.isfunction(spec) and not is_async(spec):
        return _checked_function(spec, MagicMock(name=_name, **kwargs))
    if is_async(spec):
        mock = AsyncMock(name=_name, **options)
        signature = _signature_of(spec)
    else:
        calls = not instance or not is_type or "__call__" in dir(spec)
        kind = MagicMock if calls and (is_type or callable(spec)) else NonCallableMagicMock
        mock = kind(name=_name, **options)
        signature = _signature_of(spec)
        if is_type and instance:
            signature = _signature_of(getattr(spec, "__call__", None), True) if "__call__" in dir(spec) else None
    _expect(mock, signature)
    if is_type and not instance and "return_value" not in kwargs:
        made = create_autospec(spec, spec_set, instance=True)
        mock.return_value = made
    for name in dir(spec):
        if name.startswith("__"):
            continue
        try:
            original = getattr(spec, name)
        except AttributeError:
            continue
        if inspect.isfunction(original) or inspect.ismethod(original):
            # Calls of what stands for a method have no `self`.
            static = isinstance(inspect.getattr_static(spec, name), staticmethod)
            _expect(getattr(mock, name), _signature_of(original, is_type and inspect.isfunction(original) and not static))
        elif not callable(original):
            child = NonCallableMagicMock(spec=original, name=name, parent=mock)
            mock._mock_children[name] = child
    return mock


def _expect(mock, signature):
    """From now on calls have to fit the signature."""
    if signature is not None:
        mock.__dict__["_spec_signature"] = signature
        mock.__dict__["_check_arguments"] = signature.bind


_COUNTS = ("called", "call_count", "call_args", "call_args_list", "mock_calls", "method_calls")


def _checked_function(spec, mock):
    """A function with the signature of another that records its calls in a mock, and shows them as its own."""
    signature = inspect.signature(spec)
    mock.__dict__["_spec_signature"] = signature

    def show():
        for name in _COUNTS:
            setattr(checked, name, getattr(mock, name))

    @functools.wraps(spec)
    def checked(*args, **named):
        signature.bind(*args, **named)
        mock.return_value, mock.side_effect = checked.return_value, checked.side_effect
        try:
            return mock(*args, **named)
        finally:
            show()

    def reset_mock(*args, **named):
        mock.reset_mock(*args, **named)
        show()

    checked.mock = mock
    checked.return_value, checked.side_effect = mock.return_value, mock.side_effect
    checked.reset_mock = reset_mock
    for name in dir(mock):
        if name.startswith("assert_"):
            setattr(checked, name, getattr(mock, name))
    show()
    return checked


def mock_open(mock=None, read_data=""):
    """A stand-in for `open`."""
    import io

    handle = MagicMock()
    opened = None

    def reading(name):
        """What reads goes on in the data, unless the handle was told what to give."""
        child = getattr(handle, name)

        def read(*args, **kwargs):
            if child._mock_return_value is not DEFAULT:
                return child._mock_return_value
            return getattr(opened, name)(*args, **kwargs)

        child.side_effect = read

    def fresh(*args, **kwargs):
        nonlocal opened
        opened = io.BytesIO(read_data) if isinstance(read_data, bytes) else io.StringIO(read_data)
        return DEFAULT

    def lines():
        told = handle.readline._mock_return_value
        while told is not DEFAULT:
            yield told
        yield from opened

    fresh()
    for name in ("read", "readline", "readlines"):
        reading(name)
    handle.__iter__.side_effect = lines
    handle.__next__.side_effect = lambda: next(lines())
    handle.write.return_value = None
    handle.__enter__.return_value = handle
    if sys.version_info >= (3, 13):

        def left(*exc):
            handle.close()
            return DEFAULT

        handle.__exit__.side_effect = left
    mock = mock or MagicMock(name="open")
    mock.side_effect = fresh
    mock.return_value = handle
    return mock


from . import _patch

patch = _patch.patch
