# Unix sockets are addressed by paths: plain ones, servers of `socketserver` and streams of `asyncio`.
import asyncio
import os
import socket
import socketserver
import tempfile
import threading

path = os.path.join(tempfile.gettempdir(), "corpus.sock")
if os.path.exists(path):
    os.unlink(path)


def serve(listener):
    connection, address = listener.accept()
    print("accepted from", repr(address), connection.getsockname() == path)
    while data := connection.recv(100):
        connection.sendall(data.upper())
    connection.close()
    listener.close()


listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(path)
listener.listen(1)
thread = threading.Thread(target=serve, args=(listener,))
thread.start()
client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect(path)
print(client.getpeername() == path, repr(client.getsockname()))
client.sendall(b"hi")
print(client.recv(10))
client.close()
thread.join()
for attempt in (lambda s: s.connect(path), lambda s: s.bind(path), lambda s: s.connect(path + ".none")):
    try:
        attempt(socket.socket(socket.AF_UNIX))
    except OSError as error:
        print(repr(error))
os.unlink(path)


async def handle(reader, writer):
    while line := await reader.readline():
        writer.write(b"echo " + line)
        await writer.drain()
    print("gone:", repr(writer.get_extra_info("peername")))
    writer.close()
    await writer.wait_closed()


async def talk(name):
    reader, writer = await asyncio.open_unix_connection(path)
    for n in range(2):
        writer.write(f"{name}{n}\n".encode())
        print(await reader.readline())
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_unix_server(handle, path)
    print(server.sockets[0].getsockname() == path)
    async with server:
        await talk("a")
        await talk("b")
        await asyncio.sleep(0.1)
    server = await asyncio.start_unix_server(handle, path)
    server.close()
    try:
        await asyncio.open_unix_connection(path)
    except ConnectionRefusedError as error:
        print(error)


asyncio.run(main())
os.unlink(path)


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        print("got", self.rfile.readline(), repr(self.client_address))
        self.wfile.write(b"ok\n")


with socketserver.ThreadingUnixStreamServer(path, Handler) as server:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
        client.sendall(b"one line\n")
        print(client.recv(100))
    server.shutdown()
    thread.join()
os.unlink(path)


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(f"{self.request.recv(10).decode()} from a child: {os.getpid() != parent}".encode())


parent = os.getpid()
with socketserver.ForkingTCPServer(("127.0.0.1", 0), Echo) as server:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    for word in (b"one", b"two"):
        with socket.create_connection(server.server_address) as client:
            client.sendall(word)
            print(client.recv(100))
    server.shutdown()
    thread.join()
left, right = socket.socketpair()
right.close()
try:
    left.send(b"nobody is there")
except BrokenPipeError as error:
    print(error)
