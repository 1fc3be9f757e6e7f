# Task groups, start, cancel scopes and timeouts, on asyncio and on Trio.
import anyio
import trio
from anyio import CancelScope, TASK_STATUS_IGNORED, create_task_group, current_effective_deadline, current_time, fail_after, get_cancelled_exc_class, lowlevel, move_on_after, sleep
from anyio.abc import TaskStatus, TaskGroup
async def sometask(num):
    print('Task', num, 'running'); await sleep(0.1*num); print('Task', num, 'finished')
async def tg1():
    async with create_task_group() as tg:
        for num in range(5): tg.start_soon(sometask, num)
    print('All tasks finished!')
async def start_some_service(*, task_status: TaskStatus[None] = TASK_STATUS_IGNORED):
    await sleep(0.1)
    task_status.started('srv')
    await sleep(0.1); print('service done')
async def tg2():
    async with create_task_group() as tg:
        print(await tg.start(start_some_service))
        tg.start_soon(start_some_service, name='svc')
async def nostart(task_status): pass
async def startfail(task_status): raise ValueError('sf')
async def tg3():
    async with create_task_group() as tg:
        try: await tg.start(nostart)
        except RuntimeError as e: print(repr(e))
        try: await tg.start(startfail)
        except ValueError as e: print(repr(e))
        try: tg.start_soon(lambda: 3)
        except TypeError as e: print(str(e).split('<')[0])
    try: tg.start_soon(sometask, 1)
    except RuntimeError as e: print(repr(e))
    async def bad(n): await sleep(0.1*n); raise ValueError(n)
    try:
        async with create_task_group() as tg:
            tg.start_soon(bad, 1); tg.start_soon(bad, 2)
    except* ValueError as eg: print(repr(eg))
    try:
        async with create_task_group() as tg:
            tg.start_soon(bad, 0); raise KeyError('b')
    except BaseExceptionGroup as eg: print(sorted(map(repr,eg.exceptions)))
    async with create_task_group() as tg:
        tg.start_soon(sometask, 9)
        await sleep(0.05); tg.cancel_scope.cancel()
    print('cancelled', tg.cancel_scope.cancel_called)
async def scopes():
    with move_on_after(0.1) as s:
        await sleep(1)
    print(s.cancelled_caught, s.cancel_called)
    try:
        with fail_after(0.1) as s: await sleep(1)
    except TimeoutError as e: print('TimeoutError', e.args)
    async with create_task_group() as tg:
        with CancelScope(shield=True) as sc:
            tg.start_soon(sometask, 3)
            tg.cancel_scope.cancel()
            await sleep(0.2); print('host done')
    with CancelScope() as s:
        s.cancel()
        for i in range(2):
            try: await sleep(1)
            except get_cancelled_exc_class() as e: print('c', i)
        await lowlevel.checkpoint()
    print(s.cancelled_caught, current_effective_deadline())
    with move_on_after(5) as s:
        print(round(current_effective_deadline()-current_time(),1), round(s.deadline-current_time(),1))
        s.deadline = current_time()+.1
        await sleep(1)
    print(s.cancelled_caught)
    try:
        with s: pass
    except RuntimeError as e: print(e)
    with move_on_after(None) as s: await sleep(0)
    print(s.cancel_called, s.shield)
    try:
        await sleep(0.1)
    finally:
        with move_on_after(0.1, shield=True) as x: await sleep(1)
        print(x.cancelled_caught)
for B in ("asyncio", "trio"):
    trio._core._run._r.seed(1)
    for f in (tg1,tg2,tg3,scopes): print('#', f.__name__); anyio.run(f, backend=B)
