"""What a standard library has: a line a module, function, class and public method, as `module.Class.method`.

`python3.11 tests/inventory/inventory.py > tests/inventory/cpython-3.11.txt` records it of real CPython; the test
`PYTHON.md is what the library has` runs it in the simulator and compares.
"""
import importlib
import types

MODULES = """
abc array ast asyncio asyncio.subprocess atexit base64 binascii bisect builtins bz2 cProfile calendar cmath code codecs
collections collections.abc colorsys concurrent.futures configparser contextlib contextvars copy copyreg csv ctypes
dataclasses datetime decimal difflib dis doctest email email.message enum errno faulthandler fnmatch fractions functools
gc getopt getpass glob graphlib gzip hashlib heapq hmac html html.parser http http.client http.cookies http.server
importlib importlib.metadata importlib.util inspect io ipaddress itertools json keyword linecache locale logging
logging.config logging.handlers lzma marshal math mimetypes mmap multiprocessing multiprocessing.connection
multiprocessing.dummy multiprocessing.managers multiprocessing.pool multiprocessing.shared_memory numbers opcode operator
optparse os os.path pathlib pdb pickle pkgutil platform posixpath pprint profile pstats queue random re reprlib resource
runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat
statistics string stringprep struct subprocess symtable sys sysconfig tarfile tempfile termios textwrap threading time
timeit token tokenize tomllib trace traceback tracemalloc types typing unicodedata unittest unittest.mock urllib.error
urllib.parse urllib.request uuid venv warnings wave weakref webbrowser wsgiref.simple_server xml.etree.ElementTree
zipfile zlib zoneinfo
""".split()


def public(names):
    return sorted(name for name in names if not name.startswith("_"))


def methods(cls):
    """The public methods of a class; what its instances hold is not listed, because it shows only in them."""
    inherited = set(dir(object)) | (set(dir(BaseException)) if issubclass(cls, BaseException) else set())
    if cls in (object, BaseException):
        inherited = set()
    return [name for name in public(dir(cls)) if name not in inherited and callable(getattr(cls, name, None))]


def show(name):
    try:
        module = importlib.import_module(name)
    except ImportError:
        return
    print(name)
    everything = getattr(module, "__all__", None)
    for attribute in public(everything if everything is not None else dir(module)):
        try:
            value = getattr(module, attribute)
        except AttributeError:
            continue
        # What a module imported for itself is no part of it.
        if isinstance(value, types.ModuleType):
            continue
        home = getattr(value, "__module__", None)
        home = home if isinstance(home, str) else None
        is_foreign = everything is None and home not in (None, name, "_" + name, "builtins") and not home.startswith("_")
        if is_foreign and not home.startswith(name + "."):
            continue
        print(f"{name}.{attribute}")
        if isinstance(value, type):
            for method in methods(value):
                print(f"{name}.{attribute}.{method}")


for name in MODULES:
    show(name)
