"""The part of XPath that elements understand."""
import re

_TOKEN = re.compile(
    r"('[^']*'|\"[^\"]*\"|::|//?|\.\.|\(\)|!=|[/.*:\[\]()@=])|((?:\{[^}]+\})?[^/\[\]()@!=\s]+)|\s+"
)


# A path with none of these is a plain tag.
_SPECIAL = re.compile(r"[/*\[@.]|\{\*\}")


def _tokens(path, namespaces):
    default = (namespaces or {}).get("")
    after_at = False
    for token in _TOKEN.findall(path):
        mark, tag = token
        if tag and tag[0] != "{":
            if ":" in tag:
                prefix, _, local = tag.partition(":")
                if not namespaces or prefix not in namespaces:
                    raise SyntaxError(f"prefix {prefix!r} not found in prefix map")
                yield mark, f"{{{namespaces[prefix]}}}{local}"
            elif default and not after_at:
                yield mark, f"{{{default}}}{tag}"
            else:
                yield token
            after_at = False
        else:
            yield token
            after_at = mark == "@"


def _fits(tag, wanted):
    """`{ns}tag`, `{*}tag`, `{ns}*`, `{}tag`, `*`."""
    if not isinstance(tag, str):
        return False
    if wanted == "*" or wanted == "{*}*":
        return True
    if wanted[:3] == "{*}":
        return tag == wanted[3:] or tag.endswith("}" + wanted[3:])
    if wanted[-2:] == "}*":
        return tag[:1] != "{" if wanted == "{}*" else tag.startswith(wanted[:-1])
    return tag == (wanted[2:] if wanted[:2] == "{}" else wanted)


class _Search:
    """The parents of a tree's elements, looked up when they are asked for."""

    def __init__(self, root):
        self.root = root
        self._parents = None

    def parent(self, element):
        if self._parents is None:
            self._parents = {id(child): parent for parent in self.root.iter() for child in parent}
        return self._parents.get(id(element))


def _text(element):
    return "".join(element.itertext())


def _predicate(tokens):
    """The function that a predicate is: of a search and elements, which of them stay."""
    signature, values = "", []
    for mark, tag in tokens:
        if mark == "]":
            break
        if (mark, tag) == ("", ""):
            continue
        if mark and mark[:1] in "'\"":
            signature += "'"
            values.append(mark[1:-1])
        else:
            signature += mark or "-"
            values.append(tag)
    else:
        raise SyntaxError("invalid predicate")
    if signature == "@-":
        return lambda search, found: (e for e in found if e.get(values[1]) is not None)
    if signature == "@-='":
        return lambda search, found: (e for e in found if e.get(values[1]) == values[-1])
    if signature == "@-!='":
        return lambda search, found: (e for e in found if e.get(values[1]) not in (None, values[-1]))
    if signature == "-" and not re.match(r"\-?\d+$", values[0]):
        return lambda search, found: (e for e in found if e.find(values[0]) is not None)
    if signature in (".='", ".!='"):
        wants = signature == ".='"
        return lambda search, found: (e for e in found if (_text(e) == values[-1]) is wants)
    if signature in ("-='", "-!='") and not re.match(r"\-?\d+$", values[0]):
        wants = signature == "-='"

        def with_child(search, found):
            for e in found:
                if any((_text(child) == values[-1]) is wants for child in e.iterfind(values[0])):
                    yield e

        return with_child
    if signature in ("-", "-()", "-()-"):
        if signature == "-":
            index = int(values[0]) - 1
            if index < 0:
                raise SyntaxError("XPath position >= 1 expected")
        else:
            if values[0] != "last":
                raise SyntaxError("unsupported function")
            index = -1
            if signature == "-()-":
                try:
                    index = int(values[2]) - 1
                except ValueError:
                    raise SyntaxError("unsupported expression") from None
                if index > -2:
                    raise SyntaxError("XPath offset from last() must be negative")

        def at_place(search, found):
            for e in found:
                parent = search.parent(e)
                same = [] if parent is None else parent.findall(e.tag)
                if -len(same) <= index < len(same) and same[index] is e:
                    yield e

        return at_place
    raise SyntaxError("invalid predicate")


def _steps(path, namespaces):
    if path[:1] == "/":
        raise SyntaxError("cannot use absolute path on element")
    if path[-1:] == "/":
        path += "*"
    tokens = iter(list(_tokens(path, namespaces)))
    steps = []
    for mark, tag in tokens:
        if mark == "/" or (mark, tag) == ("", ""):
            continue
        if tag or mark == "*":
            wanted = tag or "*"
            steps.append(lambda search, found, w=wanted: (c for e in found for c in e if _fits(c.tag, w)))
        elif mark == ".":
            steps.append(lambda search, found: found)
        elif mark == "..":

            def parents(search, found):
                seen = set()
                for e in found:
                    parent = search.parent(e)
                    if parent is not None and id(parent) not in seen:
                        seen.add(id(parent))
                        yield parent

            steps.append(parents)
        elif mark == "//":
            mark, tag = next(tokens, ("", ""))
            if not tag and mark not in ("*", "."):
                raise SyntaxError("invalid descendant")
            wanted = tag or "*"
            steps.append(
                lambda search, found, w=wanted: (d for e in found for d in e.iter() if d is not e and _fits(d.tag, w))
            )
        elif mark == "[":
            steps.append(_predicate(tokens))
        else:
            raise SyntaxError("invalid path")
    return steps


def iterfind(elem, path, namespaces=None):
    if namespaces is None and not _SPECIAL.search(path):
        return (child for child in elem if child.tag == path)
    steps = _steps(path, namespaces)
    search = _Search(elem)
    found = iter([elem])
    for step in steps:
        found = step(search, found)
    return iter(found)


def find(elem, path, namespaces=None):
    return next(iterfind(elem, path, namespaces), None)


def findall(elem, path, namespaces=None):
    return list(iterfind(elem, path, namespaces))


def findtext(elem, path, default=None, namespaces=None):
    found = find(elem, path, namespaces)
    return default if found is None else found.text or ""
