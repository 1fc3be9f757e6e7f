# Mocks whose calls are awaited: which they are, and what they check.
import asyncio, inspect
from unittest import mock
from unittest.mock import *
m = AsyncMock(); r = asyncio.run(m(3)); print(type(r).__mro__[1].__name__, m.await_args, type(m.return_value).__mro__[1].__name__, type(m.foo).__mro__[1].__name__)
class S:
    async def am(self, x): return x
    def sm(self, x): return x
    @classmethod
    async def cm(cls): pass
    @staticmethod
    async def st(): pass
    attr = 3
for k in (Mock, MagicMock, AsyncMock):
    for s in (S, S()):
        o = k(spec=s)
        print(k.__name__, [(n, type(getattr(o, n)).__mro__[1].__name__, asyncio.iscoroutinefunction(getattr(o, n)), inspect.iscoroutinefunction(getattr(o, n))) for n in ("am", "sm", "cm", "st", "attr")])
async def af(a, b=1): return a
def sf(a): return a
for k in (Mock, MagicMock, AsyncMock):
    o = k(spec=af); print(k.__name__, type(o).__mro__[1:3], asyncio.iscoroutinefunction(o), repr(o)[:20])
    c = o(1); print(inspect.iscoroutine(c)); c.close() if inspect.iscoroutine(c) else None
print(asyncio.iscoroutinefunction(AsyncMock()), inspect.iscoroutinefunction(AsyncMock()), asyncio.iscoroutinefunction(MagicMock()))
for n in ("cm", "st", "am", "sm", "attr"):
    with patch.object(S, n) as p: print(n, type(p).__mro__[1].__name__)
with patch(__name__ + ".af") as p: print(repr(p)[:20], asyncio.run(p(2)) is p.return_value); p.assert_awaited_once_with(2)
class Foo:
    def __eq__(self, o): pass
x = Mock(); x(Foo(), 1); x.assert_called_with(ANY, 1); x.assert_any_call(ANY, 1); x.assert_has_calls([call(ANY, 1)]); print(x.mock_calls == [call(ANY, 1)])
a = AsyncMock(); asyncio.run(a(Foo(), 1)); a.assert_has_awaits([call(ANY, 1)]); a.assert_awaited_with(ANY, 1)
for f in (lambda: a.assert_not_awaited(), lambda: a.assert_awaited_with(3), lambda: a.assert_awaited_once_with(4), lambda: a.assert_any_await(9), lambda: a.assert_has_awaits([call(1), call(2)]), lambda: AsyncMock().assert_awaited(), lambda: AsyncMock().assert_awaited_once(), lambda: AsyncMock(name="nm").assert_awaited_with(1)):
    try: f()
    except AssertionError as e: print(str(e).replace(str(a.await_args.args[0]), "FOO"))
m = MagicMock(name="top"); m.sub.method.return_value = 3; seal(m)
for f in (lambda: m.sub.method(), lambda: m.other, lambda: m.sub.zip, lambda: m(), lambda: setattr(m, "new", 1), lambda: setattr(m.sub, "q", 1), lambda: m.sub.method().foo, lambda: m.sub()):
    try: print(f())
    except AttributeError as e: print("AE", e)
m = Mock(); m.a = Mock(); m.a.b = 3; seal(m)
for f in (lambda: m.a.b, lambda: m.a.c, lambda: m.a(), lambda: m.zz):
    try: print(f())
    except AttributeError as e: print("AE", e)
m = MagicMock(); print(next(m).__class__.__name__, hasattr(m, "__anext__"), list(m), len(m), 2 in m, int(m), m + 1 if False else "")
au = create_autospec(S); i = au(); print(type(i.am).__mro__[1].__name__, i.sm(3) is i.sm.return_value)
try: i.sm()
except TypeError as e: print(e)
try: i.nope
except AttributeError as e: print(e)
try: i.am()
except TypeError as e: print(e)
am = create_autospec(af); print(asyncio.iscoroutinefunction(am), asyncio.run(am(1)) is am.return_value, am.await_count)
try: am(1, 2, 3)
except TypeError as e: print(e)
sfm = create_autospec(sf, return_value=4); print(sfm(2), sfm.mock_calls)
am = AsyncMock(side_effect=[1, KeyError("k")])
async def run():
    print(await am())
    try: await am()
    except KeyError as e: print("key", e)
    try: await am()
    except StopAsyncIteration as e: print("stop", repr(e))
    async with AsyncMock() as q: print(type(q).__mro__[1].__name__)
    async with MagicMock() as q: print(type(q).__mro__[1].__name__)
    mm = MagicMock(); mm.__aiter__.return_value = [1, 2]; print([x async for x in mm])
    mm.__aenter__.return_value = "entered"
    async with mm as z: print(z, mm.__aenter__.await_count, mm.__aexit__.mock_calls)
    w = AsyncMock(wraps=af); print(await w(8), w.await_count)
    m = AsyncMock(return_value=5); print(await asyncio.gather(m(), m(1)), m.await_args_list, m.call_args_list, m.mock_calls)
    n = Mock(); n.fetch = AsyncMock(return_value="r"); print(await n.fetch("u"), n.mock_calls, n.method_calls)
asyncio.run(run())
@patch.multiple(S, am=DEFAULT, attr=9)
def pm(am): print(type(am).__mro__[1].__name__, S.attr)
pm()
