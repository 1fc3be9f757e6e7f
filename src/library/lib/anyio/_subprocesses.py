"""Child processes with streams for pipes, on either loop."""

from subprocess import DEVNULL, PIPE, CalledProcessError, CompletedProcess

from ._abstract import AsyncResource, ByteReceiveStream, ByteSendStream
from ._backend import on_trio
from ._exceptions import BrokenResourceError, ClosedResourceError, EndOfStream
from ._scopes import CancelScope, checkpoint
from ._tasks import create_task_group


class Process(AsyncResource):
    """A child process."""


class _Reader(ByteReceiveStream):
    def __init__(self, stream):
        self._stream = stream

    async def receive(self, max_bytes=65536):
        data = await self._stream.read(max_bytes)
        if not data:
            raise EndOfStream
        return data

    async def aclose(self):
        self._stream.set_exception(ClosedResourceError())
        await checkpoint()


class _Writer(ByteSendStream):
    def __init__(self, stream):
        self._stream = stream
        self._closed = False

    async def send(self, item):
        await checkpoint()
        if self._closed:
            raise ClosedResourceError
        if self._stream.transport.is_closing():
            raise BrokenResourceError
        self._stream.write(item)
        await self._stream.drain()

    async def aclose(self):
        self._closed = True
        self._stream.close()
        await checkpoint()


class _AsyncioProcess(Process):
    def __init__(self, process):
        self._process = process
        self.stdin = None if process.stdin is None else _Writer(process.stdin)
        self.stdout = None if process.stdout is None else _Reader(process.stdout)
        self.stderr = None if process.stderr is None else _Reader(process.stderr)

    async def aclose(self):
        with CancelScope(shield=True) as scope:
            for stream in (self.stdin, self.stdout, self.stderr):
                if stream is not None:
                    await stream.aclose()
            scope.shield = False
            try:
                await self.wait()
            except BaseException:
                scope.shield = True
                self.kill()
                await self.wait()
                raise

    async def wait(self):
        return await self._process.wait()

    def terminate(self):
        self._process.terminate()

    def kill(self):
        self._process.kill()

    def send_signal(self, signal):
        self._process.send_signal(signal)

    @property
    def pid(self):
        return self._process.pid

    @property
    def returncode(self):
        return self._process.returncode


class _TrioReader(ByteReceiveStream):
    def __init__(self, stream):
        self._stream = stream

    async def receive(self, max_bytes=None):
        import trio

        try:
            data = await self._stream.receive_some(max_bytes)
        except trio.ClosedResourceError as error:
            raise ClosedResourceError from error.__cause__
        except trio.BrokenResourceError as error:
            raise BrokenResourceError from error.__cause__
        if not data:
            raise EndOfStream
        return bytes(data)

    async def aclose(self):
        await self._stream.aclose()


class _TrioWriter(ByteSendStream):
    def __init__(self, stream):
        self._stream = stream

    async def send(self, item):
        import trio

        try:
            await self._stream.send_all(item)
        except trio.ClosedResourceError as error:
            raise ClosedResourceError from error.__cause__
        except trio.BrokenResourceError as error:
            raise BrokenResourceError from error.__cause__

    async def aclose(self):
        await self._stream.aclose()


class _TrioProcess(_AsyncioProcess):
    def __init__(self, process):
        self._process = process
        self.stdin = None if process.stdin is None else _TrioWriter(process.stdin)
        self.stdout = None if process.stdout is None else _TrioReader(process.stdout)
        self.stderr = None if process.stderr is None else _TrioReader(process.stderr)


async def open_process(
    command, *, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=None, env=None, startupinfo=None, creationflags=0,
    start_new_session=False, pass_fds=(), user=None, group=None, extra_groups=None, umask=-1,
):  # fmt: skip
    """Starts a program: a string is a command of the shell."""
    streams = {"stdin": stdin, "stdout": stdout, "stderr": stderr, "cwd": cwd, "env": env}
    await checkpoint()
    is_shell = isinstance(command, (str, bytes))
    if on_trio():
        import trio

        return _TrioProcess(await trio.lowlevel.open_process(command, shell=is_shell, **streams))
    import asyncio

    if is_shell:
        return _AsyncioProcess(await asyncio.create_subprocess_shell(command, **streams))
    return _AsyncioProcess(await asyncio.create_subprocess_exec(*command, **streams))


async def run_process(
    command, *, input=None, stdin=None, stdout=PIPE, stderr=PIPE, check=True, cwd=None, env=None, **options
):
    """Runs a program to its end."""
    if stdin is not None and input is not None:
        raise ValueError("only one of stdin and input is allowed")
    given = PIPE if input else DEVNULL if stdin is None else stdin
    chunks = [None, None]

    async def drain(stream, index):
        parts = [part async for part in stream]
        chunks[index] = b"".join(parts)

    async with await open_process(
        command, stdin=given, stdout=stdout, stderr=stderr, cwd=cwd, env=env, **options
    ) as process:
        async with create_task_group() as group:
            if process.stdout:
                group.start_soon(drain, process.stdout, 0)
            if process.stderr:
                group.start_soon(drain, process.stderr, 1)
            if process.stdin and input:
                await process.stdin.send(input)
                await process.stdin.aclose()
            await process.wait()
    output, errors = chunks
    if check and process.returncode != 0:
        raise CalledProcessError(process.returncode, command, output, errors)
    return CompletedProcess(command, process.returncode, output, errors)
