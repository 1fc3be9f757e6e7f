"""The error of the parser; the parser itself is behind `xml.etree` and `xml.dom`."""


class ExpatError(Exception):
    """What is no XML: `code`, `lineno` and `offset` say what and where."""


error = ExpatError


def ParserCreate(*args, **kwargs):
    raise NotImplementedError("xml.parsers.expat.ParserCreate() is not simulated: use xml.etree.ElementTree.XMLParser")
