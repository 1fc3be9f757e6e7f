"""Names that Python 2 had for what has moved since: protocols 0 to 2 are written and read with them."""

# What moved with its module.
MODULES = {
    "builtins": "__builtin__",
    "copyreg": "copy_reg",
    "queue": "Queue",
    "socketserver": "SocketServer",
    "configparser": "ConfigParser",
    "reprlib": "repr",
    "_thread": "thread",
    "xmlrpc.client": "xmlrpclib",
    "html.parser": "HTMLParser",
    "http.cookies": "Cookie",
    "http.client": "httplib",
}

# What moved, or changed its name, alone.
NAMES = {
    ("builtins", "range"): ("__builtin__", "xrange"),
    ("builtins", "chr"): ("__builtin__", "unichr"),
    ("builtins", "str"): ("__builtin__", "unicode"),
    ("builtins", "int"): ("__builtin__", "long"),
    ("builtins", "input"): ("__builtin__", "raw_input"),
    ("builtins", "filter"): ("itertools", "ifilter"),
    ("builtins", "map"): ("itertools", "imap"),
    ("builtins", "zip"): ("itertools", "izip"),
    ("codecs", "encode"): ("_codecs", "encode"),
    ("functools", "reduce"): ("__builtin__", "reduce"),
    ("itertools", "filterfalse"): ("itertools", "ifilterfalse"),
    ("itertools", "zip_longest"): ("itertools", "izip_longest"),
    ("sys", "intern"): ("__builtin__", "intern"),
    ("collections", "UserDict"): ("UserDict", "IterableUserDict"),
    ("collections", "UserList"): ("UserList", "UserList"),
    ("collections", "UserString"): ("UserString", "UserString"),
}

_OLD_MODULES = {old: new for new, old in MODULES.items()}
_OLD_NAMES = {old: new for new, old in NAMES.items()}


def older(module, name):
    """What Python 2 called it."""
    return NAMES.get((module, name)) or (MODULES.get(module, module), name)


def newer(module, name):
    """What Python 3 calls what Python 2 called so."""
    return _OLD_NAMES.get((module, name)) or (_OLD_MODULES.get(module, module), name)
