# Messages over UDP: an asyncio server and client, plain sockets, a server of socketserver.
import asyncio
import socket
import socketserver
import threading


class EchoServer(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        print("Received", data.decode(), "from", addr[0])
        self.transport.sendto(data.upper(), addr)


class EchoClient(asyncio.DatagramProtocol):
    def __init__(self, message, lost):
        self.message, self.lost = message, lost

    def connection_made(self, transport):
        self.transport = transport
        print("Send:", self.message, transport.get_extra_info("peername"))
        transport.sendto(self.message.encode())

    def datagram_received(self, data, addr):
        print("Received:", data.decode(), "Close the socket")
        self.transport.close()

    def error_received(self, exc):
        print("Error received:", exc)
        self.transport.close()

    def connection_lost(self, exc):
        print("Connection closed", exc)
        self.lost.set_result(True)


async def main():
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(EchoServer, local_addr=("127.0.0.1", 9999))
    print(server.get_extra_info("sockname"))
    lost = loop.create_future()
    await loop.create_datagram_endpoint(lambda: EchoClient("Hello World!", lost), remote_addr=("127.0.0.1", 9999))
    await lost
    server.close()
    await asyncio.sleep(0.01)
    lost = loop.create_future()
    await loop.create_datagram_endpoint(lambda: EchoClient("Anybody?", lost), remote_addr=("127.0.0.1", 9998))
    await lost
    for options in ({"local_addr": "127.0.0.1:1"}, {}):
        try:
            await loop.create_datagram_endpoint(EchoServer, **options)
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)


asyncio.run(main())

receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 5005))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
print(sender.getsockname(), sender.sendto(b"one message", ("127.0.0.1", 5005)), sender.sendto(b"another", ("127.0.0.1", 5005)))
data, address = receiver.recvfrom(3)
print(data, address[0], address[1] == sender.getsockname()[1])
print(receiver.recvfrom(100)[0], receiver.sendto(b"answer", address), sender.recv(100))
receiver.settimeout(0.01)
try:
    receiver.recvfrom(10)
except TimeoutError as error:
    print(repr(error))
try:
    sender.send(b"to whom?")
except OSError as error:
    print(error)
try:
    sender.sendto(b"x" * 70000, ("127.0.0.1", 5005))
except OSError as error:
    print(error)
sender.connect(("127.0.0.1", 5005))
print(sender.send(b"connected"), receiver.recv(20), sender.getpeername())
try:
    second = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    second.bind(("127.0.0.1", 5005))
except OSError as error:
    print(error)


class Upper(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        sock.sendto(data.upper(), self.client_address)


class Lines(socketserver.DatagramRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(b"> " + line)


for server_class, handler in ((socketserver.UDPServer, Upper), (socketserver.ThreadingUDPServer, Lines)):
    with server_class(("127.0.0.1", 5006), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        client.sendto(b"low\nlower\n", ("127.0.0.1", 5006))
        print(client.recvfrom(100))
        server.shutdown()
