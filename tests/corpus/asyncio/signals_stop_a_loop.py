# Signals reach a loop through its self-pipe, one pass later than a callback would.
import asyncio
import os
import signal
import threading
import time


async def main():
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def got(name):
        print("got", name)
        stop.set()

    loop.add_signal_handler(signal.SIGTERM, got, "SIGTERM")
    loop.add_signal_handler(signal.SIGUSR1, lambda: print("usr1"))
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
    await stop.wait()
    print("stopped")
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.sleep(0)
    print("after 0")
    await asyncio.sleep(0)
    print("after 0 0")
    await asyncio.sleep(0)
    print("after 0 0 0")
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    try:
        await asyncio.sleep(1)
    finally:
        print("done")


asyncio.run(main())


async def forever():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("cancelled")
        raise


def kick():
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGINT)


threading.Thread(target=kick).start()
try:
    asyncio.run(forever())
except KeyboardInterrupt:
    print("KI")
