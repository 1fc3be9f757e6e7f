"""Reads HTML and tells what it meets: `HTMLParser` is made for subclasses."""
import re

from . import unescape

__all__ = ["HTMLParser"]

_TAG_NAME = re.compile(r"[a-zA-Z][^\t\n\r\f />\x00]*")
_ATTRIBUTE = re.compile(
    r"""((?<=['"\s/])[^\s/>][^\s/=>]*)(\s*=+\s*('[^']*'|"[^"]*"|(?!['"])[^>\s]*))?(?:\s|/(?!>))*"""
)
_REFERENCE = re.compile(r"&(?:#(?:[xX][0-9a-fA-F]+|[0-9]+)|[a-zA-Z][a-zA-Z0-9]*);?")


class HTMLParser:
    """Feed it text; it calls the `handle_…` methods."""

    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        self.rawdata = ""
        self.lasttag = "???"
        self.cdata_elem = None
        self.lineno = 1
        self.offset = 0
        self._start_text = None

    def feed(self, data):
        self.rawdata += data
        self._go(False)

    def close(self):
        self._go(True)

    def getpos(self):
        return self.lineno, self.offset

    def get_starttag_text(self):
        return self._start_text

    def set_cdata_mode(self, elem):
        self.cdata_elem = elem.lower()

    def clear_cdata_mode(self):
        self.cdata_elem = None

    def _pass(self, text):
        """The place moves past a text."""
        lines = text.count("\n")
        if lines:
            self.lineno += lines
            self.offset = len(text) - text.rindex("\n") - 1
        else:
            self.offset += len(text)

    def _data(self, text):
        if not text:
            return
        if self.cdata_elem:
            self.handle_data(text)
            self._pass(text)
        elif self.convert_charrefs:
            self.handle_data(unescape(text))
            self._pass(text)
        else:
            at = 0
            for match in _REFERENCE.finditer(text):
                if match.start() > at:
                    self.handle_data(text[at : match.start()])
                    self._pass(text[at : match.start()])
                name = match[0][1:].rstrip(";")
                if name[0] == "#":
                    self.handle_charref(name[1:])
                else:
                    self.handle_entityref(name)
                self._pass(match[0])
                at = match.end()
            if at < len(text):
                self.handle_data(text[at:])
                self._pass(text[at:])

    def _go(self, is_end):
        """Handles what is whole; the rest stays for the next piece."""
        text, at = self.rawdata, 0
        while at < len(text):
            if self.cdata_elem:
                end = re.compile(rf"</{self.cdata_elem}(?=[\t\n\r\f />])", re.I).search(text, at)
                mark = end.start() if end else -1
            else:
                mark = text.find("<", at)
            if mark < 0:
                cut = len(text)
                if not is_end and not self.cdata_elem:
                    # A reference may go on in the next piece.
                    amp = text.rfind("&", max(at, len(text) - 34))
                    if amp >= 0 and not re.search(r"[\s;]", text[amp:]):
                        cut = amp
                self._data(text[at:cut])
                at = cut
                break
            self._data(text[at:mark])
            at = mark
            end = self._markup(text, at, is_end)
            if end is None:
                break
            at = end
        if is_end and at < len(text):
            self._data(text[at:])
            at = len(text)
        self.rawdata = text[at:]

    def _markup(self, text, at, is_end):
        """What begins with `<`: where it ends, or None while it is incomplete."""
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            return self._told(text, at, end, 3, self.handle_comment, 4)
        if text.startswith("<?", at):
            end = text.find(">", at + 2)
            return self._told(text, at, end, 1, self.handle_pi, 2)
        if text.startswith("<![", at):
            end = text.find("]>", at + 3)
            return self._told(text, at, end, 2, self.unknown_decl, 3)
        if text.startswith("<!", at):
            end = text.find(">", at + 2)
            handle = self.handle_decl if text[at + 2 : at + 9].lower() == "doctype" else self.handle_comment
            return self._told(text, at, end, 1, handle, 2)
        if text.startswith("</", at):
            return self._end_tag(text, at)
        if _TAG_NAME.match(text, at + 1):
            return self._start_tag(text, at)
        if at + 1 >= len(text) and not is_end:
            return None
        self._data("<")
        return at + 1

    def _told(self, text, at, end, length, handle, skip):
        if end < 0:
            return None
        handle(text[at + skip : end])
        self._pass(text[at : end + length])
        return end + length

    def _end_tag(self, text, at):
        end = text.find(">", at + 2)
        if end < 0:
            return None
        match = _TAG_NAME.match(text, at + 2)
        if match:
            tag = match[0].lower()
            self.handle_endtag(tag)
            self.clear_cdata_mode()
        elif end > at + 2:
            self.handle_comment(text[at + 2 : end])
        self._pass(text[at : end + 1])
        return end + 1

    def _start_tag(self, text, at):
        match = _TAG_NAME.match(text, at + 1)
        tag = self.lasttag = match[0].lower()
        place = match.end()
        while place < len(text) and text[place] in " \t\n\r\f/" and not text.startswith("/>", place):
            place += 1
        attributes = []
        while place < len(text) and text[place] != ">" and not text.startswith("/>", place):
            found = _ATTRIBUTE.match(text, place)
            if not found or found.end() == place:
                place += 1
                continue
            name, has_value, value = found.groups()
            if not has_value:
                value = None
            elif value[:1] == value[-1:] and value[:1] in ("'", '"') and len(value) > 1:
                value = value[1:-1]
            attributes.append((name.lower(), unescape(value) if value else value))
            place = found.end()
        if place >= len(text):
            return None
        end = place + (2 if text.startswith("/>", place) else 1)
        self._start_text = text[at:end]
        if end - place == 2:
            self.handle_startendtag(tag, attributes)
        else:
            self.handle_starttag(tag, attributes)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        self._pass(text[at:end])
        return end

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_charref(self, name):
        pass

    def handle_entityref(self, name):
        pass

    def handle_data(self, data):
        pass

    def handle_comment(self, data):
        pass

    def handle_decl(self, decl):
        pass

    def handle_pi(self, data):
        pass

    def unknown_decl(self, data):
        pass
