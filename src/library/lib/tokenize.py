"""The tokens of Python's text are not simulated; its syntax tree is (`ast`)."""

_TEXT = "tokenize is not simulated: read programs with ast.parse()"


def tokenize(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def generate_tokens(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def untokenize(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def detect_encoding(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def open(*args, **kwargs):
    raise NotImplementedError(_TEXT)


class TokenError(Exception):
    pass
