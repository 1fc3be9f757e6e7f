# Modules that a program writes are found by the folders of sys.path; exceptions come back through pickles by the names
# that CPython's modules in C give them.
import csv
import importlib
import multiprocessing
import os
import pickle
import queue
import sys
import tempfile
import textwrap
import traceback

folder = tempfile.mkdtemp()


def write(name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(textwrap.dedent(text))


write("plugin_one.py", """
    print("loading", __name__, __package__ == "")
    def run():
        return "one"
    def fail():
        raise ValueError("inside")
""")
write("plugins/__init__.py", """
    from . import greeting
    from .greeting import text
    names = ["greeting"]
""")
write("plugins/greeting.py", """
    text = "hello from " + __name__
""")
write("plugins/late.py", "import plugin_one\nvalue = plugin_one.run() * 2\n")
write("broken.py", "1 / 0\n")
write("typo.py", "def f(:\n    pass\n")

try:
    import plugin_one
except ModuleNotFoundError as error:
    print(error, error.name)
sys.path.insert(0, folder)
import plugin_one

print(plugin_one.run(), os.path.basename(plugin_one.__file__), plugin_one.__spec__.name)
import plugins.greeting

print(plugins.text, plugins.names, os.path.basename(plugins.__path__[0]), plugins.greeting is sys.modules["plugins.greeting"])
print(importlib.import_module("plugins.late").value)
from plugins import late

print(late.value)
try:
    from plugins import absent
except ImportError as error:
    print(type(error).__name__, str(error).split(" (")[0])
try:
    import plugins.absent
except ImportError as error:
    print(type(error).__name__, error)
for _ in range(2):
    try:
        import broken
    except ZeroDivisionError as error:
        print([frame.name for frame in traceback.extract_tb(error.__traceback__) if "importlib" not in frame.filename])
    print("broken" in sys.modules)
try:
    import typo
except SyntaxError as error:
    print(error.msg, error.lineno)
try:
    plugin_one.fail()
except ValueError as error:
    last = traceback.extract_tb(error.__traceback__)[-1]
    print(last.lineno, last.line, os.path.basename(last.filename))
try:
    import surely_absent
except ModuleNotFoundError as error:
    print(error)


for error in (queue.Empty("e"), queue.Full("f"), csv.Error("c")):
    again = pickle.loads(pickle.dumps(error))
    print(type(again) is type(error), again.args, type(error).__module__)

if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.Queue(1)
        shared.put(1)
        for action in (shared.put_nowait, lambda _: (shared.get(), shared.get_nowait())):
            try:
                action(2)
            except (queue.Empty, queue.Full) as error:
                print(type(error).__name__)
