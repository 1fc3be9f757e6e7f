# /// script
# dependencies = ["anyio", "trio"]
# ///
# Child processes in AnyIO, on both backends.
import subprocess
import sys

import anyio


async def main():
    done = await anyio.run_process([sys.executable, "-c", "print(input()[::-1])"], input=b"hello\n")
    print(done.stdout, done.stderr, done.returncode)
    try:
        await anyio.run_process([sys.executable, "-c", "import sys; sys.exit('bad')"])
    except subprocess.CalledProcessError as error:
        print(error.returncode, error.stderr)
    print((await anyio.run_process("exit 2", check=False)).returncode)
    async with await anyio.open_process([sys.executable, "-u", "-c", "for i in range(3): print('line', i)"]) as process:
        received = b""
        async for chunk in process.stdout:
            received += chunk
        print(received)
    print(process.returncode)
    with anyio.move_on_after(0.2) as scope:
        await anyio.run_process([sys.executable, "-c", "import time; time.sleep(60)"])
    print(scope.cancelled_caught)
    process = await anyio.open_process(["sleep", "10"])
    process.kill()
    print(await process.wait(), process.returncode)


for backend in ("asyncio", "trio"):
    anyio.run(main, backend=backend)
try:
    anyio.sleep(1).send(None)
except RuntimeError as error:
    print(type(error).__module__, type(error).__name__)
