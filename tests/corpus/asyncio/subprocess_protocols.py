# A child process told to a protocol (`loop.subprocess_exec`): its output, its end.
import asyncio
import sys


class DateProtocol(asyncio.SubprocessProtocol):
    def __init__(self, exit_future):
        self.exit_future = exit_future
        self.output = bytearray()
        self.told = []

    def connection_made(self, transport):
        print("made", transport.get_pid() > 0, transport.get_returncode())

    def pipe_data_received(self, fd, data):
        self.output.extend(data)
        self.told.append(f"data {fd}")

    def pipe_connection_lost(self, fd, exc):
        self.told.append(f"lost {fd} {exc}")

    def process_exited(self):
        self.told.append("exited")

    def connection_lost(self, exc):
        print("connection lost", exc)
        self.exit_future.set_result(True)


async def run(start, *args, **options):
    loop = asyncio.get_running_loop()
    exit_future = asyncio.Future(loop=loop)
    transport, protocol = await start(lambda: DateProtocol(exit_future), *args, **options)
    if options.get("stdin") == asyncio.subprocess.PIPE:
        pipe = transport.get_pipe_transport(0)
        pipe.write(b"to the child\n")
        pipe.close()
    await exit_future
    print(sorted(protocol.told), bytes(protocol.output), transport.get_returncode())
    transport.close()


async def main():
    loop = asyncio.get_running_loop()
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    await run(loop.subprocess_exec, sys.executable, "-c", code, stdin=None)
    code = "print(input()[::-1])"
    await run(loop.subprocess_exec, sys.executable, "-c", code, stdin=asyncio.subprocess.PIPE, stderr=None)


asyncio.run(main())
