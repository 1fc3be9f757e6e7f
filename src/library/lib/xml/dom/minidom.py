"""A small DOM: read, built by hand, and written."""
import io

from xml import _reader
from xml.dom import Node as _Kinds
from xml.etree.ElementTree import _error


class NodeList(list):
    """Nodes, with the names that the DOM gives to `len` and indexing."""

    length = property(len)

    def item(self, index):
        return self[index] if 0 <= index < len(self) else None


class Node(_Kinds):
    """What all nodes have."""

    nodeType = nodeValue = nodeName = None
    parentNode = ownerDocument = None
    attributes = None

    def __init__(self):
        self.childNodes = NodeList()

    def __bool__(self):
        return True

    firstChild = property(lambda self: self.childNodes[0] if self.childNodes else None)
    lastChild = property(lambda self: self.childNodes[-1] if self.childNodes else None)

    def _sibling(self, step):
        around = self.parentNode.childNodes if self.parentNode else [self]
        i = next(i for i, node in enumerate(around) if node is self) + step
        return around[i] if 0 <= i < len(around) else None

    nextSibling = property(lambda self: self._sibling(1))
    previousSibling = property(lambda self: self._sibling(-1))

    def hasChildNodes(self):
        return bool(self.childNodes)

    def appendChild(self, node):
        return self.insertBefore(node, None)

    def insertBefore(self, node, ref):
        if node.parentNode is not None:
            node.parentNode.removeChild(node)
        at = len(self.childNodes) if ref is None else next(i for i, n in enumerate(self.childNodes) if n is ref)
        self.childNodes.insert(at, node)
        node.parentNode = self
        return node

    def removeChild(self, node):
        for i, child in enumerate(self.childNodes):
            if child is node:
                del self.childNodes[i]
                node.parentNode = None
                return node
        raise ValueError("the node is no child")

    def replaceChild(self, new, old):
        self.insertBefore(new, old)
        return self.removeChild(old)

    def cloneNode(self, deep):
        import copy

        parent, self.parentNode = self.parentNode, None
        try:
            other = copy.deepcopy(self)
        finally:
            self.parentNode = parent
        if not deep:
            other.childNodes = NodeList()
        return other

    def normalize(self):
        kept = NodeList()
        for child in self.childNodes:
            if child.nodeType == Node.TEXT_NODE and kept and kept[-1].nodeType == Node.TEXT_NODE:
                kept[-1].data += child.data
            elif child.nodeType != Node.TEXT_NODE or child.data:
                kept.append(child)
                child.normalize()
        self.childNodes = kept

    def getElementsByTagName(self, name):
        found = NodeList()
        for child in self.childNodes:
            if child.nodeType == Node.ELEMENT_NODE:
                if name in ("*", child.tagName):
                    found.append(child)
                found.extend(child.getElementsByTagName(name))
        return found

    def unlink(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def toxml(self, encoding=None, standalone=None):
        return self.toprettyxml("", "", encoding, standalone)

    def toprettyxml(self, indent="\t", newl="\n", encoding=None, standalone=None):
        out = io.StringIO()
        if self.nodeType == Node.DOCUMENT_NODE:
            self.writexml(out, "", indent, newl, encoding, standalone)
        else:
            self.writexml(out, "", indent, newl)
        text = out.getvalue()
        return text if encoding is None else text.encode(encoding, "xmlcharrefreplace")


def _escaped(text, attribute=False):
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not attribute:
        return text
    return text.replace('"', "&quot;").replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


class Attr(Node):
    """An attribute of an element."""

    nodeType = Node.ATTRIBUTE_NODE

    def __init__(self, element, name):
        super().__init__()
        self.ownerElement = element
        self.name = self.nodeName = self.localName = name

    value = nodeValue = property(
        lambda self: self.ownerElement._attrs[self.name],
        lambda self, value: self.ownerElement.setAttribute(self.name, value),
    )


class NamedNodeMap:
    """The attributes of an element."""

    def __init__(self, element):
        self._element = element

    length = property(lambda self: len(self))

    def __len__(self):
        return len(self._element._attrs)

    def item(self, index):
        names = list(self._element._attrs)
        return Attr(self._element, names[index]) if index < len(names) else None

    def keys(self):
        return self._element._attrs.keys()

    def values(self):
        return [Attr(self._element, name) for name in self._element._attrs]

    def items(self):
        return list(self._element._attrs.items())

    def __contains__(self, name):
        return name in self._element._attrs

    def __getitem__(self, name):
        if name not in self._element._attrs:
            raise KeyError(name)
        return Attr(self._element, name)

    def get(self, name, value=None):
        return Attr(self._element, name) if name in self._element._attrs else value

    getNamedItem = get


class Element(Node):
    """`<tag …>`"""

    nodeType = Node.ELEMENT_NODE

    def __init__(self, tagName, namespaceURI=None, prefix=None, localName=None):
        super().__init__()
        self.tagName = self.nodeName = tagName
        self.localName = localName or tagName.rpartition(":")[2]
        self.prefix, self.namespaceURI = prefix, namespaceURI
        self._attrs = {}

    attributes = property(NamedNodeMap)

    def getAttribute(self, name):
        return self._attrs.get(name, "")

    def setAttribute(self, name, value):
        self._attrs[name] = value

    def hasAttribute(self, name):
        return name in self._attrs

    def hasAttributes(self):
        return bool(self._attrs)

    def removeAttribute(self, name):
        del self._attrs[name]

    def getAttributeNode(self, name):
        return self.attributes.get(name)

    def __repr__(self):
        return f"<DOM Element: {self.tagName} at {id(self):#x}>"

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write(indent + "<" + self.tagName)
        for name, value in self._attrs.items():
            writer.write(f' {name}="{_escaped(value, True)}"')
        if not self.childNodes:
            writer.write("/>" + newl)
            return
        writer.write(">")
        # Text alone stays in the line.
        if len(self.childNodes) == 1 and self.childNodes[0].nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            self.childNodes[0].writexml(writer, "", "", "")
        else:
            writer.write(newl)
            for node in self.childNodes:
                node.writexml(writer, indent + addindent, addindent, newl)
            writer.write(indent)
        writer.write(f"</{self.tagName}>{newl}")


class CharacterData(Node):
    """A node that is a text."""

    def __init__(self, data=""):
        super().__init__()
        self.data = data

    nodeValue = property(lambda self: self.data, lambda self, value: setattr(self, "data", value))
    length = property(lambda self: len(self.data))

    def __len__(self):
        return len(self.data)

    def appendData(self, text):
        self.data += text

    def __repr__(self):
        shown = self.data if len(self.data) <= 10 else self.data[:10] + "..."
        return f'<DOM {type(self).__name__} node "{shown!r}">'


class Text(CharacterData):
    nodeType = Node.TEXT_NODE
    nodeName = "#text"

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write(f"{indent}{_escaped(self.data)}{newl}")


class CDATASection(Text):
    nodeType = Node.CDATA_SECTION_NODE
    nodeName = "#cdata-section"

    def writexml(self, writer, indent="", addindent="", newl=""):
        if "]]>" in self.data:
            raise ValueError("']]>' not allowed in a CDATA section")
        writer.write(f"<![CDATA[{self.data}]]>")


class Comment(CharacterData):
    nodeType = Node.COMMENT_NODE
    nodeName = "#comment"

    def writexml(self, writer, indent="", addindent="", newl=""):
        if "--" in self.data:
            raise ValueError("'--' is not allowed in a comment node")
        writer.write(f"{indent}<!--{self.data}-->{newl}")


class ProcessingInstruction(Node):
    nodeType = Node.PROCESSING_INSTRUCTION_NODE

    def __init__(self, target, data):
        super().__init__()
        self.target = self.nodeName = target
        self.data = self.nodeValue = data

    def writexml(self, writer, indent="", addindent="", newl=""):
        writer.write(f"{indent}<?{self.target} {self.data}?>{newl}")


class DocumentType(Node):
    nodeType = Node.DOCUMENT_TYPE_NODE

    def __init__(self, name, publicId=None, systemId=None):
        super().__init__()
        self.name = self.nodeName = name
        self.publicId, self.systemId = publicId, systemId

    def writexml(self, writer, indent="", addindent="", newl=""):
        ids = ""
        if self.publicId:
            ids = f"{newl}  PUBLIC '{self.publicId}'{newl}  '{self.systemId}'"
        elif self.systemId:
            ids = f"{newl}  SYSTEM '{self.systemId}'"
        writer.write(f"<!DOCTYPE {self.name}{ids}>{newl}")


class Document(Node):
    """A whole document, and the maker of its nodes."""

    nodeType = Node.DOCUMENT_NODE
    nodeName = "#document"
    encoding = standalone = None

    @property
    def documentElement(self):
        return next((node for node in self.childNodes if node.nodeType == Node.ELEMENT_NODE), None)

    def _made(self, node):
        node.ownerDocument = self
        return node

    def createElement(self, tagName):
        return self._made(Element(tagName))

    def createTextNode(self, data):
        if not isinstance(data, str):
            raise TypeError("node contents must be a string")
        return self._made(Text(data))

    def createCDATASection(self, data):
        return self._made(CDATASection(data))

    def createComment(self, data):
        return self._made(Comment(data))

    def createProcessingInstruction(self, target, data):
        return self._made(ProcessingInstruction(target, data))

    def writexml(self, writer, indent="", addindent="", newl="", encoding=None, standalone=None):
        parts = ['version="1.0"']
        if encoding is not None:
            parts.append(f'encoding="{encoding}"')
        if standalone is not None:
            parts.append(f'standalone="{"yes" if standalone else "no"}"')
        writer.write(f"<?xml {' '.join(parts)} ?>{newl}" if len(parts) == 1 else f"<?xml {' '.join(parts)}?>{newl}")
        for node in self.childNodes:
            node.writexml(writer, indent, addindent, newl)

    def __repr__(self):
        return f"<xml.dom.minidom.Document object at {id(self):#x}>"


def parseString(string, parser=None):
    """The document that a text is."""
    from xml.parsers.expat import ExpatError

    reader = _reader.Reader(_reader.decoded(string))
    document = Document()
    here = document
    try:
        for kind, *parts in reader.events():
            if kind == "start":
                node = here.appendChild(document.createElement(parts[0]))
                node._attrs.update(parts[1])
                here = node
            elif kind == "end":
                here = here.parentNode
            elif kind == "text":
                if here.lastChild is not None and here.lastChild.nodeType == Node.TEXT_NODE:
                    here.lastChild.data += parts[0]
                else:
                    here.appendChild(document.createTextNode(parts[0]))
            elif kind == "cdata":
                here.appendChild(document.createCDATASection(parts[0]))
            elif kind == "comment":
                here.appendChild(document.createComment(parts[0]))
            elif kind == "pi":
                here.appendChild(document.createProcessingInstruction(*parts))
            elif kind == "doctype":
                document.appendChild(DocumentType(*parts))
    except _reader.Fault as fault:
        known = _error(fault, reader.text)
        error = ExpatError(str(known))
        error.code = known.code
        error.lineno, error.offset = known.position
        raise error from None
    return document


def parse(file, parser=None, bufsize=None):
    if hasattr(file, "read"):
        return parseString(file.read())
    with open(file, "rb") as opened:
        return parseString(opened.read())


class DOMImplementation:
    """Makes documents."""

    def createDocument(self, namespaceURI, qualifiedName, doctype):
        document = Document()
        if doctype is not None:
            document.appendChild(doctype)
        if qualifiedName:
            document.appendChild(document.createElement(qualifiedName))
        return document

    def createDocumentType(self, qualifiedName, publicId, systemId):
        return DocumentType(qualifiedName, publicId, systemId)


def getDOMImplementation(features=None):
    return DOMImplementation()
