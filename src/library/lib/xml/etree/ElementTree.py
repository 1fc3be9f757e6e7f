"""Elements with a tag, attributes, text and children; reading, searching and writing them."""
import io
import re
import sys
import warnings

from xml import _reader
from xml.etree import ElementPath

__all__ = [
    "Comment", "dump", "Element", "ElementTree", "canonicalize", "fromstring", "fromstringlist", "indent", "iselement",
    "iterparse", "parse", "ParseError", "PI", "ProcessingInstruction", "QName", "SubElement", "tostring",
    "tostringlist", "TreeBuilder", "VERSION", "XML", "XMLID", "XMLParser", "XMLPullParser", "register_namespace",
]  # fmt: skip
VERSION = "1.3.0"


class ParseError(SyntaxError):
    """A document that is no XML; `code` is expat's number, `position` line and column."""


def iselement(element):
    return hasattr(element, "tag")


def _check(child, function):
    if not isinstance(child, Element):
        name = type(child).__name__
        raise TypeError(f"{function}() argument must be xml.etree.ElementTree.Element, not {name}")


class Element:
    """An element; as a sequence, its children."""

    def __init__(self, tag, attrib={}, **extra):
        if not isinstance(attrib, dict):
            raise TypeError(f"Element() argument 2 must be dict, not {type(attrib).__name__}")
        self.tag = tag
        self.attrib = {**attrib, **extra}
        self.text = self.tail = None
        self._children = []

    def __repr__(self):
        return f"<Element {self.tag!r} at {id(self):#x}>"

    def makeelement(self, tag, attrib, /):
        return type(self)(tag, attrib)

    def __copy__(self):
        other = self.makeelement(self.tag, self.attrib)
        other.text, other.tail = self.text, self.tail
        other[:] = self
        return other

    def __len__(self):
        return len(self._children)

    def __bool__(self):
        if sys.version_info >= (3, 12):
            warnings.warn(
                "Testing an element's truth value will raise an exception in future versions.  "
                "Use specific 'len(elem)' or 'elem is not None' test instead.",
                DeprecationWarning,
                stacklevel=2,
            )
        return len(self._children) != 0

    def __getitem__(self, index):
        try:
            return self._children[index]
        except IndexError:
            raise IndexError("child index out of range") from None

    def __setitem__(self, index, element):
        if isinstance(index, slice):
            element = list(element)
            for one in element:
                if not isinstance(one, Element):
                    raise TypeError(f"expected an Element, not {type(one).__name__!r}")
        elif not isinstance(element, Element):
            raise TypeError(f"expected an Element, not {type(element).__name__!r}")
        try:
            self._children[index] = element
        except IndexError:
            raise IndexError("child assignment index out of range") from None

    def __delitem__(self, index):
        try:
            del self._children[index]
        except IndexError:
            raise IndexError("child assignment index out of range") from None

    def append(self, subelement, /):
        _check(subelement, "append")
        self._children.append(subelement)

    def extend(self, elements, /):
        for element in elements:
            if not isinstance(element, Element):
                raise TypeError(f"expected an Element, not {type(element).__name__!r}")
            self._children.append(element)

    def insert(self, index, subelement, /):
        if not isinstance(subelement, Element):
            raise TypeError(f"insert() argument 2 must be xml.etree.ElementTree.Element, not {type(subelement).__name__}")
        self._children.insert(index, subelement)

    def remove(self, subelement, /):
        _check(subelement, "remove")
        for i, child in enumerate(self._children):
            if child is subelement or child == subelement:
                del self._children[i]
                return
        raise ValueError("list.remove(x): x not in list")

    def clear(self):
        self.attrib.clear()
        self._children = []
        self.text = self.tail = None

    def find(self, path, namespaces=None):
        return ElementPath.find(self, path, namespaces)

    def findtext(self, path, default=None, namespaces=None):
        return ElementPath.findtext(self, path, default, namespaces)

    def findall(self, path, namespaces=None):
        return ElementPath.findall(self, path, namespaces)

    def iterfind(self, path, namespaces=None):
        return ElementPath.iterfind(self, path, namespaces)

    def get(self, key, default=None):
        return self.attrib.get(key, default)

    def set(self, key, value, /):
        self.attrib[key] = value

    def keys(self):
        return list(self.attrib)

    def items(self):
        return list(self.attrib.items())

    def iter(self, tag=None):
        if tag is None or tag == "*" or self.tag == tag:
            yield self
        for child in self._children:
            yield from child.iter(tag)

    def itertext(self):
        if self.text:
            yield self.text
        for child in self._children:
            yield from child.itertext()
            if child.tail:
                yield child.tail


Element.__module__ = "xml.etree.ElementTree"


def SubElement(parent, tag, attrib={}, **extra):
    element = parent.makeelement(tag, {**attrib, **extra})
    parent.append(element)
    return element


def Comment(text=None):
    element = Element(Comment)
    element.text = text
    return element


def ProcessingInstruction(target, text=None):
    element = Element(ProcessingInstruction)
    element.text = f"{target} {text}" if text else target
    return element


PI = ProcessingInstruction


class QName:
    """A tag or attribute with its namespace."""

    def __init__(self, text_or_uri, tag=None):
        self.text = f"{{{text_or_uri}}}{tag}" if tag else text_or_uri

    def __str__(self):
        return self.text

    def __repr__(self):
        return f"<QName {self.text!r}>"

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.text == (other.text if isinstance(other, QName) else other)

    def __lt__(self, other):
        return self.text < (other.text if isinstance(other, QName) else other)


class ElementTree:
    """A whole document."""

    def __init__(self, element=None, file=None):
        if element is not None and not iselement(element):
            raise TypeError(f"expected an Element, not {type(element).__name__}")
        self._root = element
        if file:
            self.parse(file)

    def getroot(self):
        return self._root

    def _setroot(self, element):
        self._root = element

    def parse(self, source, parser=None):
        close = not hasattr(source, "read")
        file = open(source, "rb") if close else source
        try:
            parser = parser or XMLParser()
            parser.feed(file.read())
            self._root = parser.close()
            return self._root
        finally:
            if close:
                file.close()

    def iter(self, tag=None):
        return self._root.iter(tag)

    def find(self, path, namespaces=None):
        return self._root.find(_relative(path), namespaces)

    def findtext(self, path, default=None, namespaces=None):
        return self._root.findtext(_relative(path), default, namespaces)

    def findall(self, path, namespaces=None):
        return self._root.findall(_relative(path), namespaces)

    def iterfind(self, path, namespaces=None):
        return self._root.iterfind(_relative(path), namespaces)

    def write(
        self, file_or_filename, encoding=None, xml_declaration=None, default_namespace=None, method=None, *,
        short_empty_elements=True,
    ):  # fmt: skip
        method = method or "xml"
        if method not in ("xml", "html", "text", "c14n"):
            raise ValueError(f"unknown method {method!r}")
        encoding = encoding or ("utf-8" if method == "c14n" else "us-ascii")
        text = _text_of(self._root, encoding, xml_declaration, default_namespace, method, short_empty_elements)
        is_text = encoding.lower() == "unicode"
        if hasattr(file_or_filename, "write"):
            file_or_filename.write(text if is_text else text.encode(encoding, "xmlcharrefreplace"))
        elif is_text:
            with open(file_or_filename, "w", encoding="utf-8", errors="xmlcharrefreplace") as file:
                file.write(text)
        else:
            with open(file_or_filename, "wb") as file:
                file.write(text.encode(encoding, "xmlcharrefreplace"))


def _relative(path):
    if path[:1] != "/":
        return path
    warnings.warn(
        "This search is broken in 1.3 and earlier, and will be fixed in a future version.  If you rely on the current "
        f"behaviour, change it to {'.' + path!r}",
        FutureWarning,
        stacklevel=3,
    )
    return "." + path


_prefixes = {
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://schemas.xmlsoap.org/wsdl/": "wsdl",
    "http://www.w3.org/2001/XMLSchema": "xs",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://purl.org/dc/elements/1.1/": "dc",
}


def register_namespace(prefix, uri):
    if re.match(r"ns\d+$", prefix):
        raise ValueError("Prefix format reserved for internal use")
    for known, other in list(_prefixes.items()):
        if known == uri or other == prefix:
            del _prefixes[known]
    _prefixes[uri] = prefix


class _Names:
    """The names of a tree as they are written, and the namespaces that must be declared for them."""

    def __init__(self, root, default):
        self.default = default
        self.written = {None: None}
        self.prefixes = {default: ""} if default else {}
        for element in root.iter():
            tag = element.tag
            if isinstance(tag, QName):
                self.add(tag.text)
            elif isinstance(tag, str):
                self.add(tag)
            elif tag is not None and tag is not Comment and tag is not PI:
                _not_serializable(tag)
            for key, value in element.items():
                self.add(key.text if isinstance(key, QName) else key)
                if isinstance(value, QName):
                    self.add(value.text)
            if isinstance(element.text, QName):
                self.add(element.text.text)

    def add(self, name):
        if name in self.written:
            return
        if not isinstance(name, str):
            _not_serializable(name)
        if name[:1] == "{":
            uri, tag = name[1:].rsplit("}", 1)
            prefix = self.prefixes.get(uri)
            if prefix is None:
                prefix = _prefixes.get(uri)
                if prefix is None:
                    prefix = f"ns{len(self.prefixes)}"
                if prefix != "xml":
                    self.prefixes[uri] = prefix
            self.written[name] = f"{prefix}:{tag}" if prefix else tag
        else:
            if self.default:
                raise ValueError("cannot use non-qualified names with default_namespace option")
            self.written[name] = name

    def of(self, name):
        return self.written[name.text if isinstance(name, QName) else name]


def _not_serializable(text):
    raise TypeError(f"cannot serialize {text!r} (type {type(text).__name__})")


def _escaped(text):
    if not isinstance(text, str):
        _not_serializable(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escaped_attribute(text):
    text = _escaped(text).replace('"', "&quot;")
    return text.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#09;")


_HTML_EMPTY = {
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "isindex", "link", "meta",
    "param", "source", "track", "wbr",
}  # fmt: skip


def _write(out, element, names, short, method, declared=False):
    tag, text = element.tag, element.text
    if method == "text":
        out.append("".join(element.itertext()))
    elif tag is Comment:
        out.append(f"<!--{text if method == 'xml' else _escaped(text)}-->")
    elif tag is PI:
        out.append(f"<?{text if method == 'xml' else _escaped(text)}?>")
    elif tag is None:
        if text:
            out.append(_escaped(text))
        for child in element:
            _write(out, child, names, short, method, True)
    else:
        name = names.of(tag)
        out.append("<" + name)
        if not declared:
            for uri, prefix in sorted(names.prefixes.items(), key=lambda pair: pair[1]):
                out.append(f' xmlns{":" + prefix if prefix else ""}="{_escaped_attribute(uri)}"')
        for key, value in element.items():
            value = names.of(value) if isinstance(value, QName) else _html_or_xml(value, method)
            out.append(f' {names.of(key)}="{value}"')
        is_html = method == "html"
        if text or len(element) or not short or is_html:
            out.append(">")
            if text:
                is_raw = is_html and name.lower() in ("script", "style")
                out.append(names.of(text) if isinstance(text, QName) else text if is_raw else _escaped(text))
            for child in element:
                _write(out, child, names, short, method, True)
            if not is_html or name.lower() not in _HTML_EMPTY:
                out.append(f"</{name}>")
        else:
            out.append(" />")
    if element.tail:
        out.append(element.tail if method == "text" else _escaped(element.tail))


def _html_or_xml(value, method):
    if method == "html":
        if not isinstance(value, str):
            _not_serializable(value)
        return value.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")
    return _escaped_attribute(value)


def _text_of(root, encoding, xml_declaration, default_namespace, method, short_empty_elements):
    out = []
    is_text = encoding.lower() == "unicode"
    needs_one = xml_declaration is None and not is_text and encoding.lower() not in ("utf-8", "us-ascii")
    if method == "xml" and (xml_declaration or needs_one):
        declared = "utf-8" if is_text else encoding
        out.append(f"<?xml version='1.0' encoding='{declared}'?>\n")
    names = _Names(root, default_namespace) if method != "text" else None
    _write(out, root, names, short_empty_elements, method)
    return "".join(out)


def tostring(
    element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None, short_empty_elements=True
):
    stream = io.StringIO() if encoding == "unicode" else io.BytesIO()
    ElementTree(element).write(
        stream,
        encoding,
        xml_declaration=xml_declaration,
        default_namespace=default_namespace,
        method=method,
        short_empty_elements=short_empty_elements,
    )
    return stream.getvalue()


def tostringlist(element, encoding=None, method=None, **options):
    return [tostring(element, encoding, method, **options)]


def canonicalize(*args, **kwargs):
    raise NotImplementedError("xml.etree.ElementTree.canonicalize() is not simulated: use tostring()")


def dump(elem):
    if not isinstance(elem, ElementTree):
        elem = ElementTree(elem)
    elem.write(sys.stdout, encoding="unicode")
    tail = elem.getroot().tail
    if not tail or tail[-1] != "\n":
        sys.stdout.write("\n")


def indent(tree, space="  ", level=0):
    """Puts line ends and spaces between the elements of a tree."""
    if isinstance(tree, ElementTree):
        tree = tree.getroot()
    if level < 0:
        raise ValueError(f"Initial indentation level must be >= 0, got {level}")
    if not len(tree):
        return

    def put(element, level):
        inner = "\n" + (level + 1) * space
        if not element.text or not element.text.strip():
            element.text = inner
        for child in element:
            if len(child):
                put(child, level + 1)
            if not child.tail or not child.tail.strip():
                child.tail = inner
        if not child.tail.strip():
            child.tail = "\n" + level * space

    put(tree, level)


class TreeBuilder:
    """Makes a tree of starts, data and ends."""

    def __init__(self, element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False,
                 insert_pis=False):  # fmt: skip
        self._factory = element_factory or Element
        self._comment_factory = comment_factory or Comment
        self._pi_factory = pi_factory or ProcessingInstruction
        self.insert_comments, self.insert_pis = insert_comments, insert_pis
        self._data, self._open = [], []
        self._last = self._root = None
        self._is_tail = False

    def close(self):
        assert not self._open, "missing end tags"
        assert self._root is not None, "missing toplevel element"
        return self._root

    def _flush(self):
        if self._data and self._last is not None:
            text = "".join(self._data)
            if self._is_tail:
                self._last.tail = (self._last.tail or "") + text
            else:
                self._last.text = (self._last.text or "") + text
        self._data = []

    def data(self, data, /):
        self._data.append(data)

    def start(self, tag, attrs, /):
        self._flush()
        self._last = element = self._factory(tag, attrs)
        if self._open:
            self._open[-1].append(element)
        elif self._root is None:
            self._root = element
        self._open.append(element)
        self._is_tail = False
        return element

    def end(self, tag, /):
        self._flush()
        self._last = self._open.pop()
        self._is_tail = True
        return self._last

    def comment(self, text, /):
        return self._single(self._comment_factory(text), self.insert_comments)

    def pi(self, target, text=None, /):
        return self._single(self._pi_factory(target, text), self.insert_pis)

    def _single(self, element, is_kept):
        if is_kept:
            self._flush()
            self._last = element
            if self._open:
                self._open[-1].append(element)
            self._is_tail = True
        return element


class XMLParser:
    """Gathers a document, and gives what is in it to a target."""

    def __init__(self, *, target=None, encoding=None):
        self.target = TreeBuilder() if target is None else target
        self.version = "Expat 2.5.0"
        self.entity = {}
        self._pieces = []
        self._encoding = encoding

    def feed(self, data, /):
        self._pieces.append(data)

    def flush(self):
        pass

    def close(self):
        for _ in self._steps():
            pass
        done = getattr(self.target, "close", None)
        return done() if done else None

    def _whole(self):
        if all(isinstance(piece, str) for piece in self._pieces):
            return "".join(self._pieces)
        data = b"".join(piece.encode() if isinstance(piece, str) else bytes(piece) for piece in self._pieces)
        return data.decode(self._encoding) if self._encoding else _reader.decoded(data)

    def _steps(self):
        """Tells the target what the document consists of; gives the events as pairs."""
        reader = _reader.Reader(self._whole())
        call = {name: getattr(self.target, name, None) for name in ("start", "end", "data", "comment", "pi", "doctype")}
        scopes = [{"xml": _reader.XML}]
        names_of = [getattr(self.target, name, None) for name in ("start_ns", "end_ns")]
        try:
            for kind, *parts in reader.events():
                if kind == "start":
                    name, attributes, at = parts
                    own = {key[6:]: value for key, value in attributes.items() if key[:6] == "xmlns:"}
                    if "xmlns" in attributes:
                        own[""] = attributes["xmlns"]
                    scopes.append({**scopes[-1], **own} if own else scopes[-1])
                    for prefix, uri in own.items():
                        yield "start-ns", (prefix, uri)
                        if names_of[0]:
                            names_of[0](prefix, uri)
                    scope = scopes[-1]
                    attributes = {
                        _expanded(key, scope, reader, at, False): value
                        for key, value in attributes.items()
                        if key != "xmlns" and key[:6] != "xmlns:"
                    }
                    tag = _expanded(name, scope, reader, at, True)
                    yield "start", call["start"](tag, attributes) if call["start"] else tag
                elif kind == "end":
                    tag = _expanded(parts[0], scopes[-1], reader, parts[1], True)
                    scopes.pop()
                    yield "end", call["end"](tag) if call["end"] else tag
                elif kind in ("text", "cdata"):
                    if call["data"]:
                        call["data"](parts[0])
                elif kind == "comment" and call["comment"]:
                    yield "comment", call["comment"](parts[0])
                elif kind == "pi" and call["pi"]:
                    yield "pi", call["pi"](parts[0], parts[1] or None)
                elif kind == "doctype" and call["doctype"]:
                    call["doctype"](*parts)
        except _reader.Fault as fault:
            raise _error(fault, reader.text) from None


def _expanded(name, scope, reader, at, is_tag):
    prefix, colon, local = name.partition(":")
    if not colon:
        prefix, local = "", name
        if not is_tag:
            return name
    uri = scope.get(prefix)
    if uri:
        return f"{{{uri}}}{local}"
    if prefix:
        raise reader.fault("unbound prefix", at)
    return name


def _error(fault, text):
    line, column = _reader.place(text, fault.at)
    error = ParseError(f"{fault.message}: line {line}, column {column}")
    error.code = _reader.CODES[fault.message]
    error.position = line, column
    return error


def parse(source, parser=None):
    tree = ElementTree()
    tree.parse(source, parser)
    return tree


def XML(text, parser=None):
    parser = parser or XMLParser()
    parser.feed(text)
    return parser.close()


fromstring = XML


def XMLID(text, parser=None):
    tree = XML(text, parser)
    return tree, {element.get("id"): element for element in tree.iter() if element.get("id")}


def fromstringlist(sequence, parser=None):
    parser = parser or XMLParser()
    for text in sequence:
        parser.feed(text)
    return parser.close()


class XMLPullParser:
    """A parser that is asked for events; they come once the whole document has been fed."""

    def __init__(self, events=None, *, _parser=None):
        self._wanted = ("end",) if events is None else tuple(events)
        for event in self._wanted:
            if event not in ("start", "end", "comment", "pi", "start-ns", "end-ns"):
                raise ValueError(f"unknown event {event!r}")
        self._parser = _parser or XMLParser(target=TreeBuilder())
        self._found = []

    def feed(self, data):
        self._parser.feed(data)

    def close(self):
        self._found += [pair for pair in self._parser._steps() if pair[0] in self._wanted]

    def flush(self):
        pass

    def read_events(self):
        if not self._found:
            try:
                self.close()
            except ParseError:
                # More is to come.
                self._parser.target = TreeBuilder()
                self._found = []
        while self._found:
            yield self._found.pop(0)


class iterparse:
    """The events of a document, one after the other, while its tree grows."""

    def __init__(self, source, events=None, parser=None):
        close = not hasattr(source, "read")
        file = open(source, "rb") if close else source
        self._parser = parser or XMLParser(target=TreeBuilder())
        self._parser.feed(file.read())
        if close:
            file.close()
        self._wanted = ("end",) if events is None else tuple(events)
        for event in self._wanted:
            if event not in ("start", "end", "comment", "pi", "start-ns", "end-ns"):
                raise ValueError(f"unknown event {event!r}")
        self.root = None
        self._events = self._run()

    def _run(self):
        # The parser is ahead of the program, which sees elements with all that is in them.
        found = [pair for pair in self._parser._steps() if pair[0] in self._wanted]
        yield from found
        self.root = self._parser.target.close()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._events)

    def close(self):
        self._events.close()
