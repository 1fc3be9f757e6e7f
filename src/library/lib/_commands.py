"""The commands of a shell that need no host: each takes its arguments and returns its status."""
import os
import sys


def _sleep(args):
    import time

    units = {"s": 1, "m": 60, "h": 3600, "d": 86400}
    try:
        total = sum(float(arg.rstrip("smhd")) * units.get(arg[-1], 1) for arg in args)
    except ValueError:
        sys.stderr.write(f"sleep: invalid time interval '{args[0]}'\n")
        return 1
    time.sleep(total)
    return 0


def _echo(args):
    end = "\n"
    if args[:1] == ["-n"]:
        args, end = args[1:], ""
    sys.stdout.write(" ".join(args) + end)
    return 0


def _printf(args):
    """`printf FORMAT WORDS`: the format is used as often as there are words for it."""
    import re

    if not args:
        sys.stderr.write("printf: missing operand\n")
        return 1
    escapes = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "0": "\0"}
    form = re.sub(r"\\(.)", lambda m: escapes.get(m[1], m[0]), args[0])
    words = args[1:]
    pieces = re.split(r"(%[-+ 0#]*\d*(?:\.\d+)?[sdifeEgGxXouc%])", form)
    n_taken = sum(piece[:1] == "%" and len(piece) > 1 and piece[-1] != "%" for piece in pieces)
    while True:
        for piece in pieces:
            if piece[:1] != "%" or len(piece) < 2:
                sys.stdout.write(piece)
            elif piece[-1] == "%":
                sys.stdout.write("%")
            else:
                word = words.pop(0) if words else ""
                if piece[-1] in "dixXou":
                    value = int(word or "0", 0)
                elif piece[-1] in "feEgG":
                    value = float(word or "0")
                else:
                    value = word
                sys.stdout.write(piece % value)
        if not words or not n_taken:
            return 0


def _texts(name, args):
    """The texts of files, or of the standard input; a file that cannot be read is None."""
    for path in args or ["-"]:
        if path == "-":
            yield path, sys.stdin.read()
            continue
        try:
            with open(path, encoding="utf-8") as file:
                yield path, file.read()
        except OSError as error:
            sys.stderr.write(f"{name}: {path}: {error.strerror}\n")
            yield path, None


def _cat(args):
    status = 0
    for _, text in _texts("cat", args):
        if text is None:
            status = 1
        else:
            sys.stdout.write(text)
    return status


def _split(args, with_value=""):
    """Options of one letter, with their values where they have any, and what is left."""
    options, rest = {}, []
    args = list(args)
    while args:
        arg = args.pop(0)
        if arg[:1] != "-" or arg == "-":
            rest.append(arg)
        elif arg[1:].isdigit():
            options["n"] = arg[1:]
        elif arg[1] in with_value:
            options[arg[1]] = arg[2:] or (args.pop(0) if args else "")
        else:
            options.update(dict.fromkeys(arg[1:], True))
    return options, rest


def _lines(name, args):
    lines = []
    for _, text in _texts(name, args):
        lines.extend(text.splitlines() if text else ())
    return lines


def _put(lines):
    sys.stdout.write("".join(line + "\n" for line in lines))


def _head(args):
    options, rest = _split(args, "n")
    _put(_lines("head", rest)[: int(options.get("n", 10))])
    return 0


def _tail(args):
    options, rest = _split(args, "n")
    n = int(options.get("n", 10))
    _put(_lines("tail", rest)[-n:] if n else ())
    return 0


def _sort(args):
    import re

    options, rest = _split(args)
    lines = _lines("sort", rest)
    if "n" in options:
        lines.sort(key=lambda line: (float((re.match(r"\s*(-?\d+\.?\d*)", line) or "00")[1]), line))
    else:
        lines.sort()
    if "u" in options:
        lines = list(dict.fromkeys(lines))
    _put(reversed(lines) if "r" in options else lines)
    return 0


def _uniq(args):
    import itertools

    options, rest = _split(args)
    groups = [(line, len(list(same))) for line, same in itertools.groupby(_lines("uniq", rest))]
    _put(f"{n:7} {line}" for line, n in groups) if "c" in options else _put(line for line, _ in groups)
    return 0


def _wc(args):
    options, rest = _split(args)
    status = 0
    totals = [0, 0, 0]
    shown = [i for i, name in enumerate("lwc") if name in options] or [0, 1, 2]
    found = []
    for path, text in _texts("wc", rest):
        if text is None:
            status = 1
            continue
        counts = [text.count("\n"), len(text.split()), len(text.encode())]
        totals = [a + b for a, b in zip(totals, counts)]
        found.append((counts, path if rest else ""))
    if len(rest) > 1:
        found.append((totals, "total"))
    width = 1 if len(shown) == 1 and len(found) < 2 else max(7 if not rest else 1, *(len(str(n)) for n in totals))
    _put(" ".join([*(f"{counts[i]:{width}}" for i in shown), *([path] if path else [])]) for counts, path in found)
    return status


def _grep(args):
    import re

    options, rest = _split(args)
    if not rest:
        sys.stderr.write("Usage: grep [OPTION]... PATTERNS [FILE]...\n")
        return 2
    pattern = re.compile(rest[0], re.IGNORECASE if "i" in options else 0)
    found = [line for line in _lines("grep", rest[1:]) if bool(pattern.search(line)) != ("v" in options)]
    if "c" in options:
        _put([str(len(found))])
    elif "q" not in options:
        _put(found)
    return 0 if found else 1


def _tr(args):
    options, rest = _split(args)

    def characters(text):
        out = ""
        while text:
            if text[1:2] == "-" and len(text) > 2:
                out += "".join(map(chr, range(ord(text[0]), ord(text[2]) + 1)))
                text = text[3:]
            else:
                out, text = out + text[0], text[1:]
        return out

    text = sys.stdin.read()
    source = characters(rest[0])
    if "d" in options:
        sys.stdout.write(text.translate(dict.fromkeys(map(ord, source))))
    else:
        target = characters(rest[1])
        target += target[-1:] * (len(source) - len(target))
        sys.stdout.write(text.translate({ord(a): b for a, b in zip(source, target)}))
    return 0


def _seq(args):
    numbers = [float(arg) if "." in arg else int(arg) for arg in args]
    first, step, last = (1, 1, *numbers) if len(numbers) == 1 else (numbers[0], 1, numbers[1]) if len(numbers) == 2 else numbers
    while first <= last if step > 0 else first >= last:
        sys.stdout.write(f"{first}\n")
        first += step
    return 0


def _ls(args):
    status = 0
    names = [arg for arg in args if not arg.startswith("-")] or ["."]
    for name in names:
        if os.path.isdir(name):
            found = sorted(entry for entry in os.listdir(name) if not entry.startswith("."))
            sys.stdout.write("".join(entry + "\n" for entry in found))
        elif os.path.exists(name):
            sys.stdout.write(name + "\n")
        else:
            sys.stderr.write(f"ls: cannot access '{name}': No such file or directory\n")
            status = 2
    return status


def _pwd(args):
    sys.stdout.write(os.getcwd() + "\n")
    return 0


def _true(args):
    return 0


def _false(args):
    return 1


def _printenv(args):
    if not args:
        sys.stdout.write("".join(f"{name}={value}\n" for name, value in os.environ.items()))
        return 0
    found = [os.environ[name] for name in args if name in os.environ]
    sys.stdout.write("".join(value + "\n" for value in found))
    return 0 if len(found) == len(args) else 1


def _env(args):
    import _child

    args = list(args)
    while args and "=" in args[0]:
        name, _, value = args.pop(0).partition("=")
        os.environ[name] = value
    if not args:
        return _printenv([])
    return _child.run_words(args)


def _sh(args):
    import _child

    if args[:1] != ["-c"] or len(args) < 2:
        sys.stderr.write("sh: only `sh -c COMMAND` is simulated\n")
        return 2
    return _child.run_line(args[1])


COMMANDS = {
    "sleep": _sleep,
    "echo": _echo,
    "printf": _printf,
    "cat": _cat,
    "head": _head,
    "tail": _tail,
    "sort": _sort,
    "uniq": _uniq,
    "wc": _wc,
    "grep": _grep,
    "tr": _tr,
    "seq": _seq,
    "ls": _ls,
    "pwd": _pwd,
    "true": _true,
    "false": _false,
    "printenv": _printenv,
    "env": _env,
    "sh": _sh,
    "bash": _sh,
}
