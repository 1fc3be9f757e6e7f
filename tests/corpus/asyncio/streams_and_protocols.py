# Streams, protocols, servers: lines, exact reads, ends, refused connections.
import asyncio
async def handle_echo(reader, writer):
    data = await reader.read(100); message = data.decode(); addr = writer.get_extra_info('peername')
    print(f"Received {message!r} from {addr[0]!r}"); print(f"Send: {message!r}"); writer.write(data); await writer.drain(); print("Close the connection"); writer.close(); await writer.wait_closed()
async def tcp_echo_client(message):
    reader, writer = await asyncio.open_connection('127.0.0.1', 8888)
    print(f'Send: {message!r}'); writer.write(message.encode()); await writer.drain(); data = await reader.read(100); print(f'Received: {data.decode()!r}'); print('Close the connection'); writer.close(); await writer.wait_closed()
async def lines(reader, writer):
    while line := await reader.readline(): writer.write(b'> ' + line.upper()); await writer.drain()
    print('eof', reader.at_eof()); writer.close()
class EchoProto(asyncio.Protocol):
    def connection_made(self, t): self.t = t; print('made', t.get_extra_info('sockname')[1])
    def data_received(self, d): print('data', d); self.t.write(d[::-1]); self.t.close()
    def connection_lost(self, exc): print('lost', exc)
class Client(asyncio.Protocol):
    def __init__(self, msg, done): self.msg, self.done = msg, done
    def connection_made(self, t): t.write(self.msg); print('client sent')
    def data_received(self, d): print('client got', d)
    def eof_received(self): print('eof')
    def connection_lost(self, exc): print('server closed'); self.done.set_result(True)
async def main():
    server = await asyncio.start_server(handle_echo, '127.0.0.1', 8888)
    print([s.getsockname() for s in server.sockets], server.is_serving())
    async with server: await tcp_echo_client('Hello World!')
    print(server.is_serving())
    server = await asyncio.start_server(lines, '127.0.0.1', 8889)
    r, w = await asyncio.open_connection('127.0.0.1', 8889)
    w.writelines([b'one\n', b'two\n']); print(await r.readline(), await r.readuntil(b'\n'))
    w.write(b'abcdef\n'); print(await r.readexactly(4), await r.read(2), await r.readline()); w.write_eof(); print(await r.read(), r.at_eof())
    try: await r.readexactly(5)
    except asyncio.IncompleteReadError as e: print(e, e.partial, e.expected)
    try: await r.readuntil(b'x')
    except asyncio.IncompleteReadError as e: print(e)
    w.close(); await w.wait_closed(); server.close(); await server.wait_closed()
    try: await asyncio.open_connection('127.0.0.1', 8889)
    except OSError as e: print(type(e).__name__, e)
    loop = asyncio.get_running_loop(); srv = await loop.create_server(EchoProto, '127.0.0.1', 8890); done = loop.create_future()
    t, p = await loop.create_connection(lambda: Client(b'hello', done), '127.0.0.1', 8890); await done; print(t.is_closing(), type(p).__name__); srv.close()
    s1 = await asyncio.start_server(lines, '127.0.0.1', 8891)
    try: await asyncio.start_server(lines, '127.0.0.1', 8891)
    except OSError as e: print(type(e).__name__, e)
    s1.close()
    rd = asyncio.StreamReader(); rd.feed_data(b'a\nb'); rd.feed_eof(); print([l async for l in rd])
    rd = asyncio.StreamReader(limit=5); rd.feed_data(b'a' * 20 + b'\n')
    try: await rd.readline()
    except ValueError as e: print(e)
asyncio.run(main())
