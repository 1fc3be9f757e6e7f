"""Filling paragraphs and handling indentation."""

import re
import sys

# Since 3.10 or so a word that is too long breaks behind a hyphen in it.
_SPLITS_AT_HYPHENS = sys.version_info >= (3, 10)
__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]
_WHITESPACE = "\t\n\x0b\x0c\r "
_SPACE = r"[\t\n\x0b\x0c\r ]"
_INSIDE = r"[\w!\"'&.,?]"
_LETTER = r"[^\d\W]"
# Where a text may be broken: at spaces, around a dash of two or more hyphens, and behind a hyphen between letters, of
# which there are two on its left or two with a hyphen between them.
_BREAKS = re.compile(
    rf"""(
    {_SPACE}+
    | (?<={_INSIDE})-{{2,}}(?=\w)
    | [^\t\n\x0b\x0c\r\x20]+?
      (?: -(?:(?<={_LETTER}{{2}}-)|(?<={_LETTER}-{_LETTER}-))(?={_LETTER}-?{_LETTER})
        | (?=[\t\n\x0b\x0c\r\x20]|\Z)
        | (?<={_INSIDE})(?=-{{2,}}\w)
      )
    )""",
    re.VERBOSE,
)
_SPACES = re.compile(rf"({_SPACE}+)")
_SENTENCE_END = re.compile(r"[a-z][.!?][\"']?\Z")


def _chunks(text, break_on_hyphens):
    """Words and the spaces between them."""
    return [chunk for chunk in (_BREAKS if break_on_hyphens else _SPACES).split(text) if chunk]


class TextWrapper:
    """The settings of `wrap` and `fill`."""

    def __init__(
        self,
        width=70,
        initial_indent="",
        subsequent_indent="",
        expand_tabs=True,
        replace_whitespace=True,
        fix_sentence_endings=False,
        break_long_words=True,
        drop_whitespace=True,
        break_on_hyphens=True,
        tabsize=8,
        *,
        max_lines=None,
        placeholder=" [...]",
    ):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def wrap(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            for c in "\t\n\x0b\x0c\r":
                text = text.replace(c, " ")
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            first = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(first) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        pending = _chunks(text, self.break_on_hyphens)
        if self.fix_sentence_endings:
            for i in range(len(pending) - 1):
                if pending[i + 1] == " " and _SENTENCE_END.search(pending[i]):
                    pending[i + 1] = "  "
        pending.reverse()
        lines = []
        while pending:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and lines and not pending[-1].strip():
                pending.pop()
            line = []
            length = 0
            while pending and length + len(pending[-1]) <= width:
                length += len(pending[-1])
                line.append(pending.pop())
            if pending and len(pending[-1]) > width:
                if self.break_long_words:
                    end = 1 if width < 1 else width - length
                    chunk = pending[-1]
                    if self.break_on_hyphens and _SPLITS_AT_HYPHENS and len(chunk) > end:
                        hyphen = chunk.rfind("-", 0, end)
                        if hyphen > 0 and chunk[:hyphen].strip("-"):
                            end = hyphen + 1
                    line.append(chunk[:end])
                    pending[-1] = chunk[end:]
                elif not line:
                    line.append(pending.pop())
                length = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                length -= len(line.pop())
            if not line:
                continue
            last = self.max_lines is None or len(lines) + 1 < self.max_lines
            rest_is_blank = not pending or (self.drop_whitespace and len(pending) == 1 and not pending[0].strip())
            if last or (rest_is_blank and length <= width):
                lines.append(indent + "".join(line))
                continue
            while line:
                if line[-1].strip() and length + len(self.placeholder) <= width:
                    lines.append(indent + "".join(line) + self.placeholder)
                    break
                length -= len(line.pop())
            else:
                if lines:
                    before = lines[-1].rstrip()
                    if len(before) + len(self.placeholder) <= self.width:
                        lines[-1] = before + self.placeholder
                        break
                lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    lines = [line if line.strip(" \t") else "" for line in text.split("\n")]
    margin = None
    for line in lines:
        if line:
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            if margin is None:
                margin = indent
            else:
                while not indent.startswith(margin):
                    margin = margin[:-1]
    return "\n".join([line[len(margin or "") :] for line in lines])


def indent(text, prefix, predicate=None):
    if predicate is None:
        predicate = str.strip
    return "".join([prefix + line if predicate(line) else line for line in text.splitlines(True)])
