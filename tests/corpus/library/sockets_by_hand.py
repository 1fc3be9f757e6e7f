import select
import socket

s = socket.socket()
print(s.fileno() >= 0, s.getsockname())
try:
    s.recv(3)
except OSError as e:
    print(e)
try:
    s.send(b"x")
except OSError as e:
    print(e)
try:
    s.getpeername()
except OSError as e:
    print(e)
try:
    s.accept()
except OSError as e:
    print(e)
try:
    s.connect(("127.0.0.1", 9))
except OSError as e:
    print(type(e).__name__, e)
try:
    s.connect(("127.0.0.1", 9))
except OSError as e:
    print(type(e).__name__, e)
l = socket.socket()
l.bind(("127.0.0.1", 0))
p = l.getsockname()[1]
o = socket.socket()
try:
    o.bind(("127.0.0.1", p))
except OSError as e:
    print(e)
try:
    o.connect(("127.0.0.1", p))
except OSError as e:
    print(e)
try:
    l.bind(("127.0.0.1", 0))
except OSError as e:
    print(e)
l.listen()
l.listen(5)
o.connect(("127.0.0.1", p))
try:
    o.connect(("127.0.0.1", p))
except OSError as e:
    print(e)
c, a = l.accept()
print(a == o.getsockname(), c.getpeername()==a, c.getsockname() == l.getsockname(), o.getpeername() == l.getsockname())
try:
    c.connect(("127.0.0.1", p))
except OSError as e:
    print(e)
try:
    c.listen()
except OSError as e:
    print(e)
n = socket.socket()
n.setblocking(False)
print(n.connect_ex(("127.0.0.1", p)) in (0, 115))
import select
print(select.select([], [n], [], 1)[1] == [n])
n.close()
print(n.fileno())
try:
    n.getsockname()
except OSError as e:
    print(e)
try:
    n.bind(("", 1))
except OSError as e:
    print(e)
u = socket.socket()
u.bind(("127.0.0.1", 0))
u.connect(("127.0.0.1", p))
print(u.getsockname()[0])
u.close()
d = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
print(d.getsockname())
x = socket.socket()
x.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
x.bind(("", 0))
x.listen()
print(x.getsockname()[0], x.getsockname()[1] > 0)
y = socket.socket()
y.listen()
print(y.getsockname()[0], y.getsockname()[1] > 0)
print(socket.create_server(("127.0.0.1", 0)).getsockname()[0])
