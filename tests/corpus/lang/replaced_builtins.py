# A builtin that is replaced is the new one in functions that have used the old one, too.
import builtins
from unittest import mock


def read(path):
    return open(path)


def attempt():
    try:
        return read("/nowhere")
    except OSError as error:
        return type(error).__name__


print(attempt(), attempt())
original = builtins.open
builtins.open = lambda path: "first " + path
print(attempt())
builtins.open = original
print(attempt())
setattr(builtins, "open", lambda path: "second " + path)
print(attempt())
builtins.open = original
with mock.patch("builtins.open", mock.mock_open(read_data="text")):
    print(attempt().read())
print(attempt())
