# /// script
# dependencies = ["trio"]
# ///
# Child processes in Trio: run to their end, fed, read, cancelled.
import subprocess
import sys

import trio


async def main():
    done = await trio.run_process([sys.executable, "-c", "print(input()[::-1])"], stdin=b"hello\n", capture_stdout=True)
    print(done.stdout, done.stderr, done.returncode)
    try:
        await trio.run_process([sys.executable, "-c", "import sys; sys.exit(3)"])
    except BaseExceptionGroup as group:
        print(group.exceptions)
    except subprocess.CalledProcessError as error:
        print(error.returncode)
    print((await trio.run_process("exit 2", shell=True, check=False)).returncode)
    with trio.move_on_after(0.2) as scope:
        await trio.run_process([sys.executable, "-c", "import time; time.sleep(60)"])
    print(scope.cancelled_caught)
    async with trio.open_nursery() as nursery:
        process = await nursery.start(
            lambda task_status: trio.run_process(
                [sys.executable, "-u", "-c", "while True: print(input().upper())"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, task_status=task_status,
            )
        )
        for word in (b"one\n", b"two\n"):
            await process.stdin.send_all(word)
            await trio.sleep(0.2)
            print(await process.stdout.receive_some(100))
        await process.stdin.aclose()
        print(await process.wait() != 0, process.returncode == process.poll())
    process = await trio.lowlevel.open_process(["sleep", "10"])
    print(process.returncode, process.stdin)
    process.terminate()
    print(await process.wait())
    for command, options in (("ls", {}), (["ls"], {"shell": True}), (["ls"], {"text": True})):
        try:
            await trio.run_process(command, **options)
        except BaseException as error:
            while isinstance(error, BaseExceptionGroup):
                error = error.exceptions[0]
            print(type(error).__name__, error)


trio.run(main)
