exec("x = 1 + 2\nprint(x)")
print(x, eval("x * 2"), eval("  x + y", {"x": 1, "y": 10}))
ns = {}
exec("def f(n):\n    return n * k\nk = 3\nclass C:\n    a = k\n    b = [k * i for i in range(3)]\n", ns)
print(ns["f"](5), ns["C"].a, ns["C"].b, sorted(k for k in ns if k != "__builtins__"), "__builtins__" in ns)
g, l = {"a": 1}, {"b": 2}
exec("c = a + b\nglobal d\nd = 9", g, l)
print(l, g.get("d"), g.get("c"))
code = compile("a * 2", "<calc>", "eval")
for a in range(3): print(eval(code), end=" ")
print(code.co_name, code.co_filename, code.co_names, type(code))
def f(a, b):
    c = 3
    print(eval("a + b + c"), sorted(locals()))
    exec("a = 100; new = 5")
    print(a)
    return eval("[x * a for x in range(3)]") if False else None
f(1, 2)
for text in ["x = 1", "def", "a b", "if True:\nprint(1)", "for", "f(x for x in y, 1)"]:
    for fn in (exec, eval):
        try: fn(text)
        except SyntaxError as e:
            print(fn.__name__, repr(text), type(e).__name__, e.msg, e.lineno, e.offset, repr(e.text), e.end_lineno, e.end_offset, "|", e, "|", e.filename)
        except Exception as e: print(fn.__name__, repr(text), repr(e))
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
print(eval("abs(-3)", {"__builtins__": {"abs": abs}}))
exec(compile("print('from exec')\n1+1", "mod.py", "exec"))
exec(compile("1+1\nNone\n'x'", "<in>", "single")) if False else exec(compile("1+1", "<in>", "single"))
print(eval("lambda q: q + 1")(2), eval("(y := 5)"), y)
class K:
    exec("attr = 7")
    v = eval("attr + 1")
print(K.attr, K.v)
print(vars().keys() == globals().keys(), locals() is globals())
def q():
    z = 1
    print(vars(), dir(), locals())
q()
print(__import__("os").path is not None)
exec("from math import *", ns2 := {})
print("pi" in ns2)
d = {}
exec("a: int = 3\nb: str", d)
print(d["__annotations__"])
SyntaxError("m", ("f", 1, 2, "t"))
print(SyntaxError("m").msg, SyntaxError("m", ("f.py", 3, 4, "text\n")), repr(SyntaxError("m", ("f.py", 3, 4, "text"))))
