# TCP listeners and streams, typed attributes and signals, on asyncio and on Trio.
import anyio
import trio
from anyio import ClosedResourceError, EndOfStream, TypedAttributeLookupError, TypedAttributeProvider, TypedAttributeSet, connect_tcp, create_task_group, create_tcp_listener, open_signal_receiver, sleep, typed_attribute
from anyio.abc import SocketAttribute
async def handle(client):
    async with client:
        async for data in client:
            print('server got', data); await client.send(b'Hello, ' + data)
    print('server closed')
async def main():
    listener = await create_tcp_listener(local_host='127.0.0.1', local_port=1234)
    print(listener.extra(SocketAttribute.local_port), listener.extra(SocketAttribute.local_address))
    async with listener:
        async with create_task_group() as tg:
            tg.start_soon(listener.serve, handle)
            async with await connect_tcp('127.0.0.1', 1234) as client:
                print(client.extra(SocketAttribute.remote_address), client.extra(SocketAttribute.remote_port))
                await client.send(b'Client\n'); print(await client.receive())
                await client.send(b'x'*10); print(await client.receive(5), await client.receive())
                await client.send_eof(); await sleep(.01)  # who of the two sees the end first is a coin of Trio's
                try: await client.receive()
                except EndOfStream as e: print(repr(e))
            try: await client.send(b'1')
            except ClosedResourceError as e: print(repr(e))
            try: await connect_tcp('127.0.0.1', 1235)
            except OSError as e: print(repr(e))
            await sleep(.05)
            tg.cancel_scope.cancel()
    try: print(client.extra(object()))
    except TypedAttributeLookupError as e: print(e)
    class MyAttrs(TypedAttributeSet):
        a: int = typed_attribute()
    class P(TypedAttributeProvider):
        @property
        def extra_attributes(self): return {MyAttrs.a: lambda: 5}
    print(P().extra(MyAttrs.a), P().extra(object(), 'dflt'))
    import signal
    with open_signal_receiver(signal.SIGTERM, signal.SIGUSR1) as sigs:
        async def kick(): await sleep(.05); signal.raise_signal(signal.SIGUSR1)
        async with create_task_group() as tg:
            tg.start_soon(kick)
            async for s in sigs: print('signal', s); break
for B in ("asyncio", "trio"):
    print("#", B)
    trio._core._run._r.seed(1)
    anyio.run(main, backend=B)
