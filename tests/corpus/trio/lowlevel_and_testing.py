# Rescheduling, parking lots, run variables, test streams, threads and tokens.
import trio, trio.testing, threading, time
trio._core._run._r.seed(7)
async def main():
    t = trio.lowlevel.current_task()
    print(t.name, t.parent_nursery is not None, t.child_nurseries, t.coro.__name__)
    print(trio.lowlevel.current_root_task().name, [c.name for n in trio.lowlevel.current_root_task().child_nurseries for c in n.child_tasks])
    st = trio.lowlevel.current_statistics(); print(st.tasks_living, st.tasks_runnable, st.seconds_to_next_deadline, st.io_statistics, st.run_sync_soon_queue_size)
    # wait_task_rescheduled
    task = None
    async def sleeper():
        nonlocal task
        task = trio.lowlevel.current_task()
        def abort(raise_cancel):
            print('abort called'); return trio.lowlevel.Abort.SUCCEEDED
        import outcome
        v = await trio.lowlevel.wait_task_rescheduled(abort)
        print('value', v)
        try: await trio.lowlevel.wait_task_rescheduled(abort)
        except ValueError as e: print('err', e)
        await trio.lowlevel.wait_task_rescheduled(abort)
    import outcome
    async with trio.open_nursery() as n:
        n.start_soon(sleeper)
        await trio.testing.wait_all_tasks_blocked()
        trio.lowlevel.reschedule(task, outcome.Value(5))
        await trio.testing.wait_all_tasks_blocked()
        trio.lowlevel.reschedule(task, outcome.Error(ValueError('x')))
        await trio.testing.wait_all_tasks_blocked()
        n.cancel_scope.cancel()
    lot = trio.lowlevel.ParkingLot()
    async def p(i):
        await lot.park(); print('unparked', i)
    async with trio.open_nursery() as n:
        for i in range(3):
            n.start_soon(p, i); await trio.testing.wait_all_tasks_blocked()
        print(lot.statistics(), len(lot), bool(lot))
        lot.unpark(count=2); await trio.testing.wait_all_tasks_blocked(); lot.unpark_all()
    rv = trio.lowlevel.RunVar('rv', default=1)
    print(rv.get(), rv); tok = rv.set(2); print(rv.get()); rv.reset(tok); print(rv.get())
    rv2 = trio.lowlevel.RunVar('rv2')
    try: rv2.get()
    except LookupError as e: print(repr(e))
    with trio.testing.assert_checkpoints(): await trio.sleep(0)
    with trio.testing.assert_no_checkpoints(): pass
    try:
        with trio.testing.assert_checkpoints(): pass
    except AssertionError as e: print(e)
    seq = trio.testing.Sequencer()
    async def w1():
        async with seq(0): print('first')
        async with seq(2): print('third')
    async def w2():
        async with seq(1): print('second')
    async with trio.open_nursery() as n: n.start_soon(w1); n.start_soon(w2)
    a, b = trio.testing.memory_stream_pair()
    async with trio.open_nursery() as n:
        async def sender(): await a.send_all(b'hello'); await a.send_eof()
        n.start_soon(sender)
        print(await b.receive_some(2), await b.receive_some(), await b.receive_some())
    a, b = trio.testing.lockstep_stream_pair()
    async with trio.open_nursery() as n:
        async def sender(): await a.send_all(b'hello'); await a.aclose()
        n.start_soon(sender)
        async for d in b: print(d)
    def blk():
        trio.from_thread.run_sync(print, 'in trio', )
        return trio.from_thread.run(trio.sleep, 0.1)
    print(await trio.to_thread.run_sync(blk))
    print(await trio.to_thread.run_sync(lambda: threading.current_thread().name), await trio.to_thread.run_sync(lambda: threading.current_thread().name, thread_name='mine'))
    def longer():
        for _ in range(100):
            time.sleep(0.05)
            trio.from_thread.check_cancelled()
    with trio.move_on_after(0.2) as cs:
        await trio.to_thread.run_sync(longer)
    print(cs.cancelled_caught)
    with trio.move_on_after(0.1) as cs:
        await trio.to_thread.run_sync(time.sleep, 0.5, abandon_on_cancel=True)
    print(cs.cancelled_caught)
    try: trio.from_thread.run_sync(print)
    except RuntimeError as e: print(e)
    try: trio.from_thread.run_sync(print, trio_token=trio.lowlevel.current_trio_token())
    except RuntimeError as e: print(e)
    async def af(): pass
    try: await trio.to_thread.run_sync(af)
    except TypeError as e: print(e)
    tok = trio.lowlevel.current_trio_token()
    def th():
        trio.from_thread.run(trio.sleep, 0.05, trio_token=tok); trio.from_thread.run_sync(print, 'from foreign thread', trio_token=tok)
    t = threading.Thread(target=th); t.start()
    await trio.sleep(0.2); t.join()
    async def sys(): 
        print('system task', trio.lowlevel.current_task().name)
        try: await trio.sleep_forever()
        finally: print('system task ends')
    trio.lowlevel.spawn_system_task(sys)
    await trio.sleep(0.1)
    print(trio.lowlevel.in_trio_run(), trio.lowlevel.in_trio_task(), trio.lowlevel.currently_ki_protected())
    async def agen():
        try:
            yield 1
        finally: print('agen closed')
    ag = agen()
    async for x in ag: break
    await trio.lowlevel.checkpoint_if_cancelled()
    tok.run_sync_soon(print, 'soon')
    await trio.sleep(.1)
trio.run(main)
async def mc():
    async def a(d):
        await trio.sleep(d); print(d, trio.current_time())
    async with trio.open_nursery() as n:
        for d in (5,1,3): n.start_soon(a,d)
clock=trio.testing.MockClock(autojump_threshold=0)
trio.run(mc, clock=clock); print(clock.rate, clock.autojump_threshold, clock.current_time())
@trio.testing.trio_test
async def test_x(): print('test ran')
test_x()
