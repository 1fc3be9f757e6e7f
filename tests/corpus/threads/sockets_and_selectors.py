# Socket servers: threads, accept loops, selectors, time limits.
import sys, os, time, threading, socket, socketserver, select, selectors
class H(socketserver.BaseRequestHandler):
    def handle(self): self.data = self.request.recv(1024).strip(); print(f"{self.client_address[0]} wrote: {self.data}"); self.request.sendall(self.data.upper())
class TS(socketserver.ThreadingMixIn, socketserver.TCPServer): allow_reuse_address = True
with TS(('localhost', 9999), H) as server:
    ip, port = server.server_address; th = threading.Thread(target=server.serve_forever, daemon=True); th.start(); print("Server loop running in thread:", th.daemon)
    for m in ('Hello World 1', 'two'):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s: s.connect((ip, port)); s.sendall(bytes(m, 'ascii')); print("Received:", str(s.recv(1024), 'ascii'))
    server.shutdown()
def srv(ev):
    with socket.create_server(('127.0.0.1', 65432)) as s:
        ev.set(); conn, addr = s.accept()
        with conn:
            print('Connected by', addr[0])
            while data := conn.recv(1024): conn.sendall(data)
ev = threading.Event(); t = threading.Thread(target=srv, args=(ev,)); t.start(); ev.wait()
with socket.socket() as s: s.connect(('127.0.0.1', 65432)); s.sendall(b'Hello, world'); print('Received', repr(s.recv(1024))); s.settimeout(0.1)
try: 
    with socket.socket() as s: s.settimeout(0.1); s.connect(('127.0.0.1', 1))
except OSError as e: print(type(e).__name__, e)
t.join(); a, b = socket.socketpair(); a.settimeout(0.05)
try: a.recv(1)
except TimeoutError as e: print('timeout', e)
b.close(); print(a.recv(5)); a.setblocking(False); a.close()
try: a.recv(1)
except OSError as e: print(e)
sel = selectors.DefaultSelector(); ls = socket.create_server(('127.0.0.1', 7777)); ls.setblocking(False)
def accept(sock, mask): c, addr = sock.accept(); print('accepted'); c.setblocking(False); sel.register(c, selectors.EVENT_READ, read)
def read(c, mask):
    d = c.recv(100)
    if d: print('echoing', repr(d)); c.send(d)
    else: print('closing'); sel.unregister(c); c.close()
sel.register(ls, selectors.EVENT_READ, accept)
def client():
    with socket.create_connection(('127.0.0.1', 7777)) as c: c.sendall(b'abc'); print('client got', c.recv(10))
t = threading.Thread(target=client); t.start()
for _ in range(3):
    for key, mask in sel.select(timeout=1): key.data(key.fileobj, mask)
t.join(); sel.close(); ls.close(); print(socket.gethostbyname('localhost'), socket.inet_aton('1.2.3.4'), socket.ntohs(1), socket.AF_INET, socket.getfqdn() != '')
