# What mocks do by themselves, what they note, and what they check against a specification.
from unittest.mock import *
m = MagicMock()
for f in (lambda: 5 + m, lambda: m + 5, lambda: divmod(m, 2), lambda: divmod(5, m), lambda: round(m), lambda: m == 3, lambda: m != 3, lambda: hash(m) == hash(m), lambda: str(m)[:12], lambda: 5 @ m, lambda: m @ 5, lambda: m < 3, lambda: m.__sizeof__() , lambda: __import__("math").floor(m), lambda: abs(m), lambda: -m, lambda: float(m), lambda: complex(m), lambda: m[1:2], lambda: __import__("operator").iadd(m, 1) is m, lambda: next(iter(m), "none"), lambda: m.__missing__, lambda: bytes(m), lambda: format(m)[:5], lambda: m()(), lambda: 3 in m, lambda: m.__class__, lambda: isinstance(m, dict), lambda: dir(m)[:2], lambda: bool(m), lambda: m.__subclasses__):
    m.reset_mock()
    try: r = f(); print(repr(r)[:60].split(" id=")[0], m.mock_calls)
    except Exception as e: print(type(e).__name__, str(e).split(" id=")[0], m.mock_calls)
m = MagicMock(); m.__str__.return_value = "fooble"; print(str(m), m.__str__.called, m.__str__.mock_calls); m.__len__.return_value = 7; print(len(m)); m.__eq__.return_value = True; print(m == 7); m.__hash__.return_value = 5; print(hash(m))
m = Mock(); m.__str__ = Mock(return_value="I am Mock"); print(str(m)); m.__enter__ = Mock(return_value="foo"); m.__exit__ = Mock(); m.__exit__.return_value = False
with m as x: print(x)
print(m.mock_calls, m.__exit__.mock_calls)
m = Mock(); m.__str__ = lambda self: "lam"; print(str(m)); m.__getitem__ = lambda s, k: k * 2; print(m[4])
m = MagicMock(**{"method.return_value": 3, "other.side_effect": KeyError, "__str__.return_value": "cfg"}); print(m.method(), str(m))
print(repr(call().foo), repr(call.a.b(1).c), call(1)(2).foo(3).call_list(), call.foo, call().__enter__(), call.x[1] if 0 else "", repr(call(1, a=2)), call == call, call(1) == ((1,),), call.foo(1) == ("foo", (1,)), call.foo(1) == call(1))
m = MagicMock(); m(1).method(arg="foo").other("bar")(2.0); kall = call(1).method(arg="foo").other("bar")(2.0); print(m.mock_calls == kall.call_list(), m.mock_calls, kall)
name, args, kwargs = m.mock_calls[1]; print(name, args, kwargs, m.mock_calls[1].args, m.call_args.args, m.call_args[0], m.call_args == call(1), tuple(m.call_args))
with patch("builtins.open", mock_open(read_data="a\nb\nc")) as mo:
    with open("foo", "w") as h: h.write("stuff"); print(h.read(1))
    print(mo.mock_calls); mo.assert_called_once_with("foo", "w"); mo().write.assert_called_once_with("stuff")
    with open("x") as f: print([l for l in f])
    with open("x") as f: print(f.readline(), next(f), f.readlines(), f.read())
    f = open("y"); f.read.return_value = "over"; print(f.read())
def fn(a, b, c=3): "doc"; return 1
m = create_autospec(fn, return_value="r"); print(m(1, b=2)); m.assert_called_with(a=1, b=2); m.assert_called_once_with(1, 2); m.assert_has_calls([call(1, 2)]); print(m.call_args, m.__name__)
try: m.assert_called_with(1, 3)
except AssertionError as e: print(e)
m = Mock(spec=fn); m(1, 2, 3); m.assert_called_with(a=1, b=2, c=3)
class K:
    x = 1
    def __init__(self, a, b=2): self.a = a
    def meth(self, q, *, z=1): return q
    @property
    def prop(self): return 5
    @staticmethod
    def stat(u): pass
    @classmethod
    def clsm(cls, v): pass
    def __call__(self, w): pass
ck = create_autospec(K)
for f in (lambda: ck(), lambda: ck(1, 2, 3), lambda: ck(1).meth(), lambda: ck.meth(1, z=2), lambda: ck.stat(), lambda: ck.clsm(), lambda: ck(1).meth(1).foo, lambda: ck.nope, lambda: ck(1)(), lambda: ck(1)(3), lambda: ck.x, lambda: ck(1).a):
    try: print(repr(f()).split(" id=")[0])
    except Exception as e: print(type(e).__name__, e)
ki = create_autospec(K(1), instance=True)
for f in (lambda: ki.meth(), lambda: ki.meth(2), lambda: ki.a, lambda: ki.zip):
    try: print(repr(f()).split(" id=")[0])
    except Exception as e: print(type(e).__name__, e)
print(ck.mock_calls, isinstance(ck(1), K), isinstance(ki, K))
m = Mock(); r = Mock(); m.return_value = r; m()(1); print(m.mock_calls, repr(r).split(" id=")[0])
class L(list): pass
print(Mock(spec=L([1])).append(3).__class__.__name__)
m = Mock(); m.mock_add_spec(["one"]); print(m.one.__class__.__name__)
try: m.two
except AttributeError as e: print(e)
m = Mock(side_effect=[1, DEFAULT, ValueError], return_value="rv")
for _ in range(4):
    try: print(m())
    except Exception as e: print(type(e).__name__, e)
for f in (lambda: m.assert_not_called(), lambda: m.assert_called_once(), lambda: m.assert_called_with(1), lambda: m.assert_any_call(2), lambda: m.assert_has_calls([call(1)]), lambda: m.assert_has_calls([call(5)], any_order=True), lambda: Mock(name="nm").assert_called(), lambda: Mock(name="nm").assert_called_once_with(3), lambda: m.asert_called(), lambda: m.assert_foo()):
    try: f()
    except (AssertionError, AttributeError) as e: print(e)
