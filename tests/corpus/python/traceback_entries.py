import traceback


def outer(x):
    return inner(x) + 1


def inner(x):
    return {"k": [1, 2]}["k"][x]


def shown(function, *args):
    try:
        function(*args)
    except Exception as error:
        lines = traceback.format_exc().splitlines()
        print(*[line for line in lines if not line.startswith("  File")], sep="\n")
        for entry in traceback.extract_tb(error.__traceback__):
            print(entry.lineno, entry.end_lineno, entry.colno, entry.end_colno, entry.name, entry.line)
        text = traceback.TracebackException.from_exception(error)
        print(text.exc_type, text, len(text.stack), text.__cause__, text.__context__ and str(text.__context__))


shown(outer, 5)
# The module suggests names since 3.12 only.
shown(lambda: [].appendd(1))
shown(lambda: undefined_nam)


def chained():
    try:
        inner(9)
    except IndexError:
        raise ValueError("second")


shown(chained)


class Plain:
    pass


class Derived(Plain):
    pass


Plain.__annotations__["x"] = int
print(Plain.__annotations__, Derived.__annotations__)
for wrong in (lambda: super(1), lambda: staticmethod(), lambda: classmethod(1, 2), lambda: ImportError(foo=1)):
    try:
        wrong()
    except TypeError as error:
        print(error)
print(repr(OSError(1, 2, 3, 4, 5, 6)))
