# Signals that a program sends itself, inside and outside a loop.
import asyncio, functools, os, signal
def ask_exit(signame, loop): print("got signal %s: exit" % signame); loop.stop()
async def main():
    loop = asyncio.get_running_loop()
    for signame in {'SIGINT', 'SIGTERM'}: loop.add_signal_handler(getattr(signal, signame), functools.partial(ask_exit2, signame))
    asyncio.get_running_loop().call_later(1, os.kill, os.getpid(), signal.SIGTERM)
    await ev.wait(); print('bye'); print(loop.remove_signal_handler(signal.SIGTERM), loop.remove_signal_handler(signal.SIGUSR1))
def ask_exit2(n): print('got', n); ev.set()
ev = asyncio.Event(); asyncio.run(main())
print(signal.Signals.SIGINT, signal.SIGTERM.value, signal.Signals(15).name, signal.strsignal(15))
signal.signal(signal.SIGUSR1, lambda s, f: print('usr1', f.f_code.co_name)); os.kill(os.getpid(), signal.SIGUSR1); signal.raise_signal(signal.SIGUSR1)
async def kbd():
    try: await asyncio.sleep(10)
    except asyncio.CancelledError: print('cancelled by ctrl-c'); raise
    finally: print('fin')
async def k2(): asyncio.get_running_loop().call_later(1, signal.raise_signal, signal.SIGINT); await kbd()
try: asyncio.run(k2())
except KeyboardInterrupt: print('KI')
for bad in (lambda: signal.signal(9, ask_exit2), lambda: signal.signal(signal.SIGINT, 5), lambda: signal.signal(999, ask_exit2)):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
signal.signal(signal.SIGTERM, signal.SIG_IGN); os.kill(os.getpid(), signal.SIGTERM); print('ignored')
