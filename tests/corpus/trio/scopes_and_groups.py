# Cancel scopes, shields, start, exception groups and the texts of misuse.
import trio, math
trio._core._run._r.seed(5)
async def main():
    with trio.move_on_after(0.5) as scope:
        await trio.sleep(10)
    print(scope.cancelled_caught, scope.cancel_called)
    with trio.move_on_after(5) as scope:
        await trio.sleep(0.1)
    print(scope.cancelled_caught, scope.cancel_called)
    try:
        with trio.fail_after(0.1):
            await trio.sleep_forever()
    except trio.TooSlowError as e:
        print(repr(e), type(e).__module__, type(e))
    # nested
    with trio.move_on_after(0.2) as outer:
        with trio.move_on_after(10) as inner:
            await trio.sleep(20)
        print('unreachable')
    print(outer.cancelled_caught, inner.cancelled_caught)
    # shield
    with trio.move_on_after(0.2) as outer:
        try:
            await trio.sleep(1)
        finally:
            with trio.CancelScope(shield=True) as cs:
                await trio.sleep(0.5)
                print('shielded done')
    print(outer.cancelled_caught, outer.deadline < trio.current_time())
    s = trio.CancelScope()
    print(s.deadline, s.shield, s.cancel_called, s.cancelled_caught)
    try:
        s.shield = 3
    except TypeError as e: print(e)
    with s:
        s.cancel()
        try:
            await trio.sleep(1)
        except trio.Cancelled as e:
            print('C', str(e)[:22])
            raise
    try:
        with s: pass
    except RuntimeError as e: print(e)
    try: trio.Cancelled()
    except TypeError as e: print(e)
    try:
        class X(trio.CancelScope): pass
    except TypeError as e: print(e)
    try: trio.CancelScope(deadline=math.nan)
    except ValueError as e: print(e)
    try: trio.move_on_after(-1)
    except ValueError as e: print(e)
    with trio.CancelScope() as s:
        s.deadline = trio.current_time() + 0.1
        print(s.deadline == trio.current_effective_deadline())
        await trio.sleep(1)
    print(s.cancelled_caught)
    # cancel from other task
    async def worker(task_status=trio.TASK_STATUS_IGNORED):
        with trio.CancelScope() as cs:
            task_status.started(cs)
            try:
                await trio.sleep_forever()
            finally:
                print('worker leaving')
        print('worker scope', cs.cancelled_caught)
    async with trio.open_nursery() as n:
        cs = await n.start(worker)
        await trio.sleep(0.1)
        cs.cancel()
    # exception in one child cancels the sibling
    async def fail(): 
        await trio.sleep(0.1); raise ValueError('boom')
    async def slow():
        try: await trio.sleep(5)
        except trio.Cancelled:
            print('slow cancelled'); raise
    try:
        async with trio.open_nursery() as n:
            n.start_soon(fail); n.start_soon(slow)
    except* ValueError as eg:
        print('group', eg.exceptions, repr(eg))
    try:
        async with trio.open_nursery() as n:
            n.start_soon(fail); n.start_soon(fail)
            raise KeyError('body')
    except BaseExceptionGroup as eg: print(repr(eg))
    try:
        async with trio.open_nursery() as n:
            n.start_soon(fail); n.start_soon(fail)
    except BaseExceptionGroup as eg: print(repr(eg))
    try:
        n.start_soon(fail)
    except RuntimeError as e: print(e)
    async def nostart(task_status): pass
    async with trio.open_nursery() as n:
        try: await n.start(nostart)
        except RuntimeError as e: print(e)
    async def starterr(task_status): raise OSError('nope')
    async with trio.open_nursery() as n:
        try: await n.start(starterr)
        except OSError as e: print(repr(e))
    async def twice(task_status):
        task_status.started(1)
        try: task_status.started(2)
        except RuntimeError as e: print(e)
    async with trio.open_nursery() as n:
        print(await n.start(twice))
        print(n.child_tasks, n.parent_task is trio.lowlevel.current_task(), n.cancel_scope.cancel_called)
    try:
        with trio.open_nursery() as n: pass
    except RuntimeError as e: print(e)
    try:
        async with trio.open_nursery() as n:
            n.start_soon(slow())
    except BaseException as e: print(type(e), [str(x).split(' 0x')[0] for x in e.exceptions] if hasattr(e,'exceptions') else e)
    def sync(): return 3
    try:
        async with trio.open_nursery() as n:
            n.start_soon(sync)
    except BaseException as e: print(repr(e))
trio.run(main)
try: trio.current_time()
except RuntimeError as e: print(e)
try: trio.lowlevel.current_task()
except RuntimeError as e: print(e)
try: trio.run(lambda: 3)
except TypeError as e: print(e)
