# What awaiting, `async with`, `async for`, `next` and `send` enter, and what they say when it is no good.
import asyncio
class AI:
    def __init__(s,n): s.n=n
    def __aiter__(s): return s
    async def __anext__(s):
        if s.n==0: raise StopAsyncIteration
        s.n-=1
        return s.n
class AI2(AI):
    def __anext__(s):
        return 5
class CM:
    def __enter__(s): print("enter"); return 7
    def __exit__(s,*e): print("exit",e[0]); return True
class Bad:
    def __enter__(s): 1/0
    def __exit__(s,*e): print("never")
class Aw:
    def __await__(s):
        yield from asyncio.sleep(0).__await__()
        return 9
class BadAw:
    def __await__(s): return 5
class BadAw2:
    async def __await__(s): return 5
async def agen():
    for i in range(3):
        try:
            yield i
        finally:
            print("f",i)
async def main():
    async for x in AI(3): print(x)
    try:
        async for x in AI2(3): print(x)
    except TypeError as e: print(e)
    async for x in agen(): print(x)
    print(await Aw())
    for c in BadAw, BadAw2:
        try: await c()
        except TypeError as e: print(e)
    async for x in agen():
        if x==1: break
    class ACM:
        async def __aenter__(s): await asyncio.sleep(0.01); return 1
        async def __aexit__(s,*e): print("aexit", e[1]); return True
    async with ACM() as v: print(v); 1/0
    class ACM2:
        def __aenter__(s): return 5
        async def __aexit__(s,*e): print("aexit", e[1]); return True
    try:
        async with ACM2() as v: print(v)
    except TypeError as e: print(e)
asyncio.run(main())
with CM() as c: print(c); raise KeyError
try:
    with Bad(): pass
except ZeroDivisionError: print("zde")
def g():
    x = yield 1
    print("got", x)
    y = yield 2
    return 5
it=g(); print(next(it), it.send(3))
try: next(it)
except StopIteration as e: print(e.value)
it=g()
try: it.send(3)
except TypeError as e: print(e)
def r(): 
    yield next(me)
me=r()
try: next(me)
except ValueError as e: print(e)
print(next(iter([]),4), next(g()), next(g(),9))
async def co(): return 3
c=co()
try: c.send(None)
except StopIteration as e: print(e.value)
try: c.send(None)
except RuntimeError as e: print(e)
try: co().send()
except TypeError as e: print(e)
