for text in (
    "[x, y for x in z]", "[*a for a in b]", "{**a for a in b}", "(x := 1) = 2", "lambda (x): 1", "f(a for a in b c)",
    "(a, b) := 1", "x[a = 1]", "def f(*, /): pass", "x = 5j5", "x = 5€", "if = 1", "while = 2", "eval(", "'\\N{foo'",
    "match x:\n case a.b as 1: pass", "match x:\n case x as _: pass", "match x:\n case 1:\n pass", "1a", "'abc", "{1)",
    "def f(a, b:\n  pass", "l = [1, 2\n3]", "x = '''\nabc", "0777", "a b", "f(a, b c)", "print 'x'", "x = = 1",
):
    try:
        compile(text, "<text>", "exec")
        print(repr(text), "compiles")
    except SyntaxError as error:
        print(repr(text), type(error).__name__, error.msg, error.lineno, error.offset, repr(error.text))
for text in ("", "  ", "1 +", "a = 1"):
    try:
        eval(text)
    except SyntaxError as error:
        print(repr(text), error)
