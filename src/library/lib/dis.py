"""The bytecode here is not CPython's, so there is nothing true to show: `dis` is absent, and says so."""

_TEXT = (
    "dis is not simulated: programs run as bytecode of another kind than CPython's, which it would not be true to show; "
    "run it under real Python"
)


def dis(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def disassemble(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def distb(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def show_code(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def code_info(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def get_instructions(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def findlinestarts(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def stack_effect(*args, **kwargs):
    raise NotImplementedError(_TEXT)


class Bytecode:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)
