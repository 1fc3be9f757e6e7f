# Causes and contexts inside groups, groups inside causes, groups that are too wide or too deep.
import traceback


def chained():
    try:
        try:
            raise KeyError("first")
        except KeyError as error:
            raise RuntimeError("second") from error
    except RuntimeError:
        raise TypeError("third")


def group():
    found = []
    for n in range(2):
        try:
            chained()
        except TypeError as error:
            found.append(error)
    raise ExceptionGroup("of chains", found)


def shown(error):
    for line in traceback.format_exception(error):
        print(line, end="")
    print("-" * 20)


try:
    group()
except ExceptionGroup as error:
    shown(error)
try:
    try:
        group()
    except* TypeError as error:
        raise ValueError("from a group") from error
except* ValueError as error:
    shown(error)
try:
    raise ExceptionGroup("outer", [ExceptionGroup("inner", [ValueError(1)]), ValueError("two\nlines"), OSError(2, "x")])
except ExceptionGroup as error:
    error.add_note("a note")
    shown(error)
shown(ExceptionGroup("wide", [ValueError(n) for n in range(17)]))
deep = ValueError("bottom")
for n in range(12):
    deep = ExceptionGroup(f"level {n}", [deep])
shown(deep)
