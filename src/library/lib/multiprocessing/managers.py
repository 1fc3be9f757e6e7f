"""Objects that live in a server process, and the proxies through which others use them."""
import os
import queue
import signal
import threading
import traceback

from . import context, process, util
from .connection import Client, Listener


class Token:
    """Where an object is."""

    def __init__(self, typeid, address, id):
        self.typeid, self.address, self.id = typeid, address, id

    def __repr__(self):
        return f"Token(typeid={self.typeid!r}, address={self.address!r}, id={self.id!r})"


class RemoteError(Exception):
    def __str__(self):
        return "\n" + "-" * 75 + "\n" + str(self.args[0]) + "-" * 75


def public_methods(obj):
    return [name for name in dir(obj) if not name.startswith("_") and callable(getattr(obj, name))]


class Server:
    """Serves each connection in a thread of its own."""

    def __init__(self, registry, address, authkey):
        self.registry = registry
        self.authkey = authkey
        self.listener = Listener(address, backlog=128)
        self.address = self.listener.address
        self.objects = {}
        self.lock = threading.Lock()
        self.stop = threading.Event()

    def serve_forever(self):
        accepter = threading.Thread(target=self._accept, daemon=True)
        accepter.start()
        self.stop.wait()

    def _accept(self):
        while True:
            connection = self.listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            if connection.recv_bytes() != self.authkey:
                connection.send(("#ERROR", context.AuthenticationError("digest sent was rejected")))
                return
            while True:
                ident, name, args, kwds = connection.recv()
                try:
                    answer = self._answer(ident, name, args, kwds)
                except Exception as exc:
                    answer = ("#ERROR", exc)
                try:
                    connection.send(answer)
                except Exception:
                    connection.send(("#TRACEBACK", traceback.format_exc()))
                if name == "#shutdown":
                    self.stop.set()
        except (EOFError, OSError):
            pass
        finally:
            connection.close()

    def _answer(self, ident, name, args, kwds):
        if name == "#create":
            return "#RETURN", self.create(*args, **kwds)
        if name in ("#shutdown", "#hello"):
            return "#RETURN", None
        if name == "#incref":
            with self.lock:
                self.objects[ident][3] += 1
            return "#RETURN", None
        if name == "#decref":
            with self.lock:
                entry = self.objects.get(ident)
                if entry is not None:
                    entry[3] -= 1
                    if entry[3] == 0:
                        del self.objects[ident]
            return "#RETURN", None
        if name == "#len":
            return "#RETURN", len(self.objects)
        obj, exposed, types, _ = self.objects[ident]
        if name == "#GETVALUE":
            return "#RETURN", obj
        if name == "__repr__" or name == "__str__":
            return "#RETURN", repr(obj) if name == "__repr__" else str(obj)
        if name not in exposed:
            raise AttributeError(f"method {name!r} of {type(obj)!r} object is not in exposed={exposed!r}")
        result = getattr(obj, name)(*args, **kwds)
        typeid = types.get(name)
        if typeid is None:
            return "#RETURN", result
        return "#PROXY", (self._keep(result, typeid), typeid)

    def create(self, typeid, /, *args, **kwds):
        make, _, _, _ = self.registry[typeid]
        obj = make(*args, **kwds) if make is not None else args[0]
        return self._keep(obj, typeid)

    def _keep(self, obj, typeid):
        _, exposed, types, _ = self.registry[typeid]
        exposed = list(exposed or public_methods(obj))
        if types:
            exposed += list(types)
        ident = "%x" % id(obj)
        with self.lock:
            entry = self.objects.get(ident)
            if entry is None:
                self.objects[ident] = [obj, exposed, types or {}, 1]
            else:
                entry[3] += 1
        return ident, tuple(exposed)


class BaseManager:
    _registry = {}

    def __init__(self, address=None, authkey=None, serializer="pickle", ctx=None, *, shutdown_timeout=1.0):
        self._authkey = bytes(authkey if authkey is not None else process.current_process().authkey)
        self._address = address
        self._ctx = ctx or context._default_context.get_context()
        self._process = None
        self._state = "INITIAL"

    def get_server(self):
        return Server(self._registry, self._address, self._authkey)

    def connect(self):
        _ask(self._address, self._authkey, None, "#hello")
        self._state = "STARTED"

    def start(self, initializer=None, initargs=()):
        if self._state != "INITIAL":
            raise context.ProcessError("Already started server" if self._state == "STARTED" else "Manager has shut down")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        reader, writer = self._ctx.Pipe(duplex=False)
        self._process = self._ctx.Process(
            target=_run_server, args=(type(self), self._address, self._authkey, writer, initializer, initargs)
        )
        self._process.name = type(self).__name__ + "-" + ":".join(str(i) for i in self._process._identity)
        self._process.start()
        writer.close()
        self._address = reader.recv()
        reader.close()
        self._state = "STARTED"
        self.shutdown = util.Finalize(self, self._shut_down, exitpriority=0)

    def _shut_down(self):
        self._state = "SHUTDOWN"
        if self._process.is_alive():
            _ask(self._address, self._authkey, None, "#shutdown")
            self._process.join()

    def _create(self, typeid, /, *args, **kwds):
        assert self._state == "STARTED", "server not yet started"
        ident, exposed = _ask(self._address, self._authkey, None, "#create", typeid, *args, **kwds)
        return Token(typeid, self._address, ident), exposed

    def join(self, timeout=None):
        if self._process is not None:
            self._process.join(timeout)

    @property
    def address(self):
        return self._address

    def __enter__(self):
        if self._state == "INITIAL":
            self.start()
        return self

    def __exit__(self, *exc):
        self.shutdown()

    @classmethod
    def register(
        cls, typeid, callable=None, proxytype=None, exposed=None, method_to_typeid=None, create_method=True
    ):
        if "_registry" not in cls.__dict__:
            cls._registry = cls._registry.copy()
        if proxytype is None:
            proxytype = AutoProxy
        exposed = exposed or getattr(proxytype, "_exposed_", None)
        types = method_to_typeid or getattr(proxytype, "_method_to_typeid_", None)
        cls._registry[typeid] = (callable, exposed, types, proxytype)
        if create_method:

            def create(self, /, *args, **kwds):
                token, exposed = self._create(typeid, *args, **kwds)
                return proxytype(token, authkey=self._authkey, exposed=exposed)

            create.__name__ = typeid
            setattr(cls, typeid, create)


def _run_server(cls, address, authkey, writer, initializer, initargs):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if initializer is not None:
        initializer(*initargs)
    server = Server(cls._registry, address, authkey)
    writer.send(server.address)
    writer.close()
    server.serve_forever()


_local = threading.local()


def _connection(address, authkey):
    """This thread's connection to a server: made when it is first needed."""
    known = _local.__dict__.setdefault("connections", {})
    key = os.getpid(), address
    if key not in known:
        known[key] = Client(address, authkey=authkey)
    return known[key]


def _ask(address, authkey, ident, name, /, *args, **kwds):
    connection = _connection(address, authkey)
    connection.send((ident, name, args, kwds))
    kind, result = connection.recv()
    if kind == "#ERROR":
        raise result
    if kind == "#TRACEBACK":
        raise RemoteError(result)
    return result if kind == "#RETURN" else (kind, result)


class BaseProxy:
    def __init__(self, token, serializer="pickle", manager=None, authkey=None, exposed=None, incref=True):
        self._token = token
        self._id = token.id
        self._authkey = authkey if authkey is not None else process.current_process().authkey
        self._exposed = exposed

    def _callmethod(self, methodname, args=(), kwds={}):
        result = _ask(self._token.address, self._authkey, self._id, methodname, *args, **kwds)
        if isinstance(result, tuple) and len(result) == 2 and result[0] == "#PROXY":
            (ident, exposed), typeid = result[1]
            proxytype = SyncManager._registry[typeid][3]
            return proxytype(Token(typeid, self._token.address, ident), authkey=self._authkey, exposed=exposed)
        return result

    def _getvalue(self):
        return self._callmethod("#GETVALUE")

    def __reduce__(self):
        return _rebuilt, (type(self), self._token, self._authkey, self._exposed)

    def __deepcopy__(self, memo):
        return self._getvalue()

    def __repr__(self):
        return "<%s object, typeid %r at %#x>" % (type(self).__name__, self._token.typeid, id(self))

    def __str__(self):
        try:
            return self._callmethod("__repr__")
        except Exception:
            return repr(self)[:-1] + "; '__str__()' failed>"


def _rebuilt(cls, token, authkey, exposed):
    return cls(token, authkey=authkey, exposed=exposed)


def _forwarder(name):
    def method(self, /, *args, **kwds):
        return self._callmethod(name, args, kwds)

    method.__name__ = name
    return method


def MakeProxyType(name, exposed, _cache={}):
    key = name, tuple(exposed)
    if key not in _cache:
        methods = {method: _forwarder(method) for method in exposed}
        _cache[key] = type(name, (BaseProxy,), {**methods, "_exposed_": tuple(exposed)})
    return _cache[key]


def AutoProxy(token, serializer="pickle", manager=None, authkey=None, exposed=None, incref=True):
    cls = MakeProxyType("AutoProxy[%s]" % token.typeid, exposed)
    proxy = cls(token, authkey=authkey, exposed=exposed)
    proxy.__class__.__reduce__ = _reduce_auto
    return proxy


def _reduce_auto(self):
    return _rebuilt_auto, (self._token, self._authkey, self._exposed)


def _rebuilt_auto(token, authkey, exposed):
    return AutoProxy(token, authkey=authkey, exposed=exposed)


_LIST = (
    "__add__ __contains__ __delitem__ __getitem__ __len__ __mul__ __reversed__ __rmul__ __setitem__ append count "
    "extend index insert pop remove reverse sort"
).split()
_DICT = (
    "__contains__ __delitem__ __getitem__ __len__ __setitem__ clear copy get pop popitem setdefault update"
).split()


class ListProxy(MakeProxyType("BaseListProxy", _LIST + ["__imul__", "__iadd__"])):
    def __iadd__(self, value):
        self._callmethod("extend", (value,))
        return self

    def __imul__(self, value):
        self._callmethod("__imul__", (value,))
        return self

    def __iter__(self):
        # The list may change meanwhile: by index, to its end.
        i = 0
        while True:
            try:
                item = self[i]
            except IndexError:
                return
            yield item
            i += 1


class DictProxy(MakeProxyType("DictProxy", _DICT + ["keys", "values", "items", "__iter__"])):
    """Views cannot travel: lists take their place."""

    def __iter__(self):
        return iter(self.keys())

    def keys(self):
        return list(self._getvalue())

    def values(self):
        return list(self._getvalue().values())

    def items(self):
        return list(self._getvalue().items())


class NamespaceProxy(BaseProxy):
    _exposed_ = ("__getattribute__", "__setattr__", "__delattr__")

    def __getattr__(self, key):
        if key[0] == "_":
            return object.__getattribute__(self, key)
        return self._callmethod("__getattribute__", (key,))

    def __setattr__(self, key, value):
        if key[0] == "_":
            return object.__setattr__(self, key, value)
        return self._callmethod("__setattr__", (key, value))

    def __delattr__(self, key):
        if key[0] == "_":
            return object.__delattr__(self, key)
        return self._callmethod("__delattr__", (key,))


class AcquirerProxy(BaseProxy):
    _exposed_ = ("acquire", "release", "locked")

    def acquire(self, blocking=True, timeout=None):
        return self._callmethod("acquire", (blocking,) if timeout is None else (blocking, timeout))

    def release(self):
        return self._callmethod("release")

    def locked(self):
        return self._callmethod("locked")

    def __enter__(self):
        return self._callmethod("acquire")

    def __exit__(self, *exc):
        return self._callmethod("release")


class EventProxy(MakeProxyType("BaseEventProxy", ("is_set", "set", "clear", "wait"))):
    pass


class BarrierProxy(BaseProxy):
    _exposed_ = ("__getattribute__", "wait", "abort", "reset")
    wait, abort, reset = _forwarder("wait"), _forwarder("abort"), _forwarder("reset")
    parties = property(lambda self: self._callmethod("__getattribute__", ("parties",)))
    n_waiting = property(lambda self: self._callmethod("__getattribute__", ("n_waiting",)))
    broken = property(lambda self: self._callmethod("__getattribute__", ("broken",)))


class ValueProxy(BaseProxy):
    _exposed_ = ("get", "set")
    get, set = _forwarder("get"), _forwarder("set")

    @property
    def value(self):
        return self._callmethod("get")

    @value.setter
    def value(self, value):
        self._callmethod("set", (value,))


ArrayProxy = MakeProxyType("ArrayProxy", ("__len__", "__getitem__", "__setitem__"))


class Namespace:
    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)

    def __repr__(self):
        shown = sorted(f"{name}={value!r}" for name, value in self.__dict__.items() if not name.startswith("_"))
        return "%s(%s)" % (type(self).__name__, ", ".join(shown))


class Value:
    def __init__(self, typecode, value, lock=True):
        self._typecode = typecode
        self._value = value

    def get(self):
        return self._value

    def set(self, value):
        self._value = value

    value = property(get, set)

    def __repr__(self):
        return "%s(%r, %r)" % (type(self).__name__, self._typecode, self._value)


def Array(typecode, sequence, lock=True):
    import array

    return array.array(typecode, sequence)


class SyncManager(BaseManager):
    """A manager of the usual types."""


SyncManager.register("Queue", queue.Queue)
SyncManager.register("JoinableQueue", queue.Queue)
SyncManager.register("Event", threading.Event, EventProxy)
SyncManager.register("Lock", threading.Lock, AcquirerProxy)
SyncManager.register("RLock", threading.RLock, AcquirerProxy)
SyncManager.register("Semaphore", threading.Semaphore, AcquirerProxy)
SyncManager.register("BoundedSemaphore", threading.BoundedSemaphore, AcquirerProxy)
SyncManager.register(
    "Condition",
    threading.Condition,
    type(
        "ConditionProxy",
        (AcquirerProxy,),
        {
            "_exposed_": ("acquire", "release", "wait", "notify", "notify_all"),
            **{name: _forwarder(name) for name in ("wait", "notify", "notify_all")},
        },
    ),
)
SyncManager.register("Barrier", threading.Barrier, BarrierProxy)
SyncManager.register("list", list, ListProxy)
SyncManager.register("dict", dict, DictProxy)
SyncManager.register("Value", Value, ValueProxy)
SyncManager.register("Array", Array, ArrayProxy)
SyncManager.register("Namespace", Namespace, NamespaceProxy)
