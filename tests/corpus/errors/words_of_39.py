# python: 3.9
# What 3.9 says of mistakes, and where: it knows fewer of them than 3.10.
for text in (
    "print 'a'", "print 'a', b; x", "print x,", "exec 'a'", "if x\n  y", "a = [1,\nb = 2", "'abc", "def f()\n  pass",
    "foo(a b)", "class A\n  x", "if 1:\nx", "1 = x", "f() = 1", "x + 1 = 2", "x + 1 += 1", "def f(a=1, b): pass",
    "d = {1: 2, 3}", "d = {'a' 1}", "if x = 1: pass", "0777", "5a", "1__0", "a = 1 if 2\n", "try: x\nfoo",
    "try: pass\nexcept A, B: pass\n", "not x = 1", "while True print(1)", "x = 1)", "x y",
):  # fmt: skip
    try:
        compile(text, "<text>", "exec")
    except SyntaxError as error:
        print(f"{text!r:24} {type(error).__name__}: {error.msg} ({error.lineno}, {error.offset})")
