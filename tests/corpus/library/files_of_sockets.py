# Files of a socket are buffered: what is written goes out when the buffer is full, or flushed, or the file is closed;
# and the connection lasts until its files are closed too.
import io
import socket


def shown(sock, size=1000):
    try:
        return sock.recv(size)
    except (BlockingIOError, TimeoutError) as error:
        return type(error).__name__


a, b = socket.socketpair()
b.setblocking(False)
out = a.makefile("w", encoding="utf-8", newline="\n")
print(type(out).__name__, type(out.buffer).__name__, type(out.buffer.raw).__name__, out.mode, out.buffer.mode)
print(out.write("hello\n"), shown(b))
out.flush()
print(shown(b))
print("to the file", file=out)
print(shown(b))
print("flushed", file=out, flush=True)
print(shown(b))
out.write("x" * 9000)
print(len(shown(b, 20000)))
out.write("the rest")
out.close()
print(shown(b, 20000)[-8:], out.closed)

raw = a.makefile("wb", buffering=0)
print(type(raw).__name__, raw.write(b"at once"), shown(b), raw.mode, raw.readable(), raw.writable())
lines = a.makefile("w", buffering=1)
lines.write("a line\n")
print(shown(b))
lines.flush()
print(shown(b))
for mode, buffering in (("x", None), ("r", 0)):
    try:
        a.makefile(mode, buffering)
    except ValueError as error:
        print(error)

# Whoever closes last ends the connection.
a.close()
print(a.fileno() >= 0, shown(b))
lines.write("still open")
lines.close()
print(shown(b), a.fileno() >= 0)
raw.close()
print(shown(b), a.fileno())
try:
    lines.write("late")
except ValueError as error:
    print(error)
try:
    raw.write(b"late")
except ValueError as error:
    print(error)
b.close()

# Both ways.
a, b = socket.socketpair()
with a, b, a.makefile("rwb") as both, b.makefile("rw", newline="") as text:
    print(type(both).__name__, type(text.buffer).__name__)
    both.write(b"first\r\nsecond\n")
    both.flush()
    print(repr(text.readline()), repr(text.readline()))
    text.write("answer\n")
    text.flush()
    print(both.readline())
    b.sendall(b"0123456789")
    print(both.read(4), both.peek()[:3], both.read1(100))

# A file that was too late once is of no use any more.
a, b = socket.socketpair()
a.settimeout(0.01)
late = a.makefile("r")
for _ in range(2):
    try:
        late.readline()
    except OSError as error:
        print(type(error).__name__, error)
b.sendall(b"one\ntwo\nthree")
b.shutdown(socket.SHUT_WR)
with a.makefile() as again:
    print(again.read(2), again.readlines(), again.read())
print(issubclass(socket.SocketIO, io.RawIOBase))
