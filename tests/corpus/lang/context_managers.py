# contextlib in breadth, and managers that fail.
import contextlib, io, sys
@contextlib.contextmanager
def tag(name):
    print(f'<{name}>')
    try: yield name.upper()
    except ValueError as e: print('caught', e)
    finally: print(f'</{name}>')
with tag('h1') as t: print(t)
with tag('h1'): raise ValueError('inside')
try:
    with tag('b'): raise KeyError('out')
except KeyError as e: print(repr(e))
@tag('deco')
def f(): print('in f'); return 5
print(f())
@contextlib.contextmanager
def noyield():
    if False: yield
@contextlib.contextmanager
def twice(): yield 1; yield 2
for cm in (noyield, twice):
    try:
        with cm(): pass
    except RuntimeError as e: print(e)
try:
    with twice(): raise ValueError('x')
except Exception as e: print(repr(e), repr(e.__cause__))
with contextlib.suppress(ZeroDivisionError, KeyError): 1 / 0
with contextlib.redirect_stdout(io.StringIO()) as buf: print('captured'); help_text = 1
print(repr(buf.getvalue()))
with contextlib.redirect_stderr(io.StringIO()) as buf: print('e', file=sys.stderr)
print(repr(buf.getvalue()))
class Res:
    def __init__(self, n): self.n = n; print('open', n)
    def close(self): print('close', self.n)
with contextlib.closing(Res('a')) as r: print(r.n)
with contextlib.nullcontext(5) as x: print(x)
with contextlib.ExitStack() as stack:
    for i in range(3): stack.enter_context(tag(f't{i}'))
    stack.callback(print, 'callback', 1, end='!\n'); stack.push(lambda *a: print('pushed', a[0])); stack.enter_context(contextlib.closing(Res('z')))
    print('body')
stack = contextlib.ExitStack(); stack.callback(print, 'later'); s2 = stack.pop_all(); stack.close(); print('now'); s2.close()
for bad in ('with 5: pass', 'with object() as x: pass', 'with contextlib.contextmanager(lambda: 5)(): pass', 'class A:\n def __enter__(self): pass\nwith A(): pass'):
    try: exec(bad)
    except Exception as e: print(type(e).__name__, e)
class Timer(contextlib.ContextDecorator):
    def __enter__(self): print('t start'); return self
    def __exit__(self, *exc): print('t stop', exc[0]); return False
@Timer()
def work(): print('working')
work(); work()
class Indenter:
    def __init__(self): self.level = 0
    def __enter__(self): self.level += 1; return self
    def __exit__(self, *a): self.level -= 1
    def print(self, s): print('  ' * self.level + s)
with Indenter() as ind:
    ind.print('hi')
    with ind: ind.print('nested')
class E:
    def __exit__(self, *a): raise RuntimeError('in exit')
    def __enter__(self): return self
try:
    with E(): raise ValueError('body')
except RuntimeError as e: print(e, repr(e.__context__))
import asyncio
@contextlib.asynccontextmanager
async def conn(n):
    print('connect', n)
    try: yield n
    finally: print('disconnect', n)
async def amain():
    async with conn(1) as a, conn(2) as b: print(a, b)
    async with contextlib.AsyncExitStack() as st:
        await st.enter_async_context(conn('s')); st.push_async_callback(asyncio.sleep, 0); st.callback(print, 'cb')
    async with contextlib.aclosing(agen()) as g:
        async for v in g: print(v); break
    for bad in (conn, 5, tag('x')):
        try:
            async with bad: pass
        except Exception as e: print(type(e).__name__, e)
    try:
        with conn(3): pass
    except Exception as e: print(type(e).__name__, e)
async def agen():
    try: yield 1; yield 2
    finally: print('agen closed')
asyncio.run(amain())
with contextlib.chdir('/tmp'): import os; print(os.getcwd())
with contextlib.suppress(TypeError): raise ExceptionGroup('g', [TypeError()]) if False else TypeError()
