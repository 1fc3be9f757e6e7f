"""Options of a command line in the style of C's getopt."""
__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    found = []
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            return found, args[1:]
        args = _option(found, args, shortopts, longopts)
    return found, args


def gnu_getopt(args, shortopts, longopts=[]):
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    found, others = [], []
    in_order = shortopts.startswith("+")
    shortopts = shortopts.removeprefix("+")
    while args:
        if args[0] == "--":
            others += args[1:]
            break
        if args[0][:1] == "-" and args[0] != "-":
            args = _option(found, args, shortopts, longopts)
        elif in_order:
            others += args
            break
        else:
            others.append(args[0])
            args = args[1:]
    return found, others


def _option(found, args, shortopts, longopts):
    """Takes the first option of the arguments; what is left of them."""
    first, rest = args[0], args[1:]
    if first.startswith("--"):
        return _long(found, first[2:], rest, longopts)
    letters = first[1:]
    while letters:
        letter, letters = letters[0], letters[1:]
        at = shortopts.find(letter) if letter != ":" else -1
        if at < 0:
            raise GetoptError(f"option -{letter} not recognized", letter)
        value = ""
        if shortopts.startswith(":", at + 1):
            if not letters:
                if not rest:
                    raise GetoptError(f"option -{letter} requires argument", letter)
                letters, rest = rest[0], rest[1:]
            value, letters = letters, ""
        found.append(("-" + letter, value))
    return rest


def _long(found, option, rest, longopts):
    name, equals, value = option.partition("=")
    possible = [known for known in longopts if known.startswith(name)]
    if not possible:
        raise GetoptError(f"option --{name} not recognized", name)
    if name in possible:
        takes = False
    elif name + "=" in possible:
        takes = True
    else:
        if len(possible) > 1:
            raise GetoptError(f"option --{name} not a unique prefix", name)
        takes = possible[0].endswith("=")
        name = possible[0].removesuffix("=")
    if takes:
        if not equals:
            if not rest:
                raise GetoptError(f"option --{name} requires argument", name)
            value, rest = rest[0], rest[1:]
    elif equals:
        raise GetoptError(f"option --{name} must not have an argument", name)
    found.append(("--" + name, value))
    return rest
