import ast, select, socket
for t in ["1", "-1.5e3", "'a' \"b\"", "b'x\\n'", "[1, 2, (3,), ()]", "{'a': {1, 2}, None: True}", " {}", "1, 2", "3+4j", "-2j", "set()", "...", "0x1F", "1_000", "r'\\n'", "(1)", "[\n1, # c\n2,\n]", "'''x\ny'''", "{'k': [1, {'z': (None, -0.5)}]}", ".5", "5.", "1e5"]:
    print(repr(t), repr(ast.literal_eval(t)))
for t in ["a", "1 + 1", "f()", "__import__('os')", "[x for x in y]", "1 if 2 else 3", "'a'.upper()", "2j+1", "{1}[0]", "not True", "f'{1}'"]:
    try: print(ast.literal_eval(t))
    except ValueError as e: print(t, "ValueError")
for t in ["", "1 +", "[1", "x = 1"]:
    try: print(ast.literal_eval(t))
    except SyntaxError as e: print(repr(t), "SyntaxError")
a, b = socket.socketpair()
print(select.select([a], [], [], 0), [len(x) for x in select.select([a, b], [a], [], 0.1)])
b.send(b"hi"); r, w, x = select.select([a], [b], [], 1); print(r == [a], w == [b], x)
p = select.poll(); p.register(a, select.POLLIN); p.register(b.fileno(), select.POLLIN | select.POLLOUT); print([e for _, e in p.poll(10)])
a.recv(5); p.unregister(b); print(p.poll(10))
e = select.epoll(); e.register(a.fileno(), select.EPOLLIN); print(e.poll(0.01)); b.send(b"x"); print([x for _, x in e.poll(1)]); e.unregister(a); e.close(); print(e.closed)
try: select.select([a], [], [], -1)
except ValueError as e: print(e)
try: select.select([object()], [], [])
except TypeError as e: print(e)
srv = socket.create_server(("127.0.0.1", 0)); c = socket.create_connection(srv.getsockname())
r, _, _ = select.select([srv], [], [], 1); print(r == [srv]); conn, _ = srv.accept(); c.sendall(b"q"); print(select.select([conn, srv], [], [], 1)[0] == [conn])
