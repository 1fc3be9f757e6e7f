"""Bytes at addresses: what the objects of ctypes lie in."""
import weakref

import _process

__frameless__ = ("*",)

_PAGE = 4096
_known = weakref.WeakValueDictionary()
_next = [0x7F3A_0000_0000]


class Block:
    """Bytes in a row. They get an address when somebody asks for it.

    `kept` holds, by place, the objects whose addresses are written there, so that they live as long as the block.
    """

    def __init__(self, data):
        self.data = data
        self.kept = {}
        self._address = None

    def __len__(self):
        return len(self.data)

    @property
    def address(self):
        if self._address is None:
            self._address = _next[0]
            _next[0] += (len(self) // _PAGE + 1) * _PAGE
            _known[self._address] = self
        return self._address


class Shared:
    """Bytes that processes have in common, read and written a part at a time."""

    def __init__(self, size):
        self.size = size
        self.memory = _process.new_memory([0] * size)

    def __len__(self):
        return self.size

    def __getitem__(self, part):
        return bytes(_process.load(self.memory, part.start, part.stop - part.start))

    def __setitem__(self, part, raw):
        _process.store(self.memory, part.start, list(raw))


def find(address):
    """The block that an address is in, and the place in it."""
    for start, block in _known.items():
        if start <= address < start + max(len(block), 1):
            return block, address - start
    raise NotImplementedError(f"ctypes: there is no object of this program at address {address:#x}")


def text_at(address, size=-1):
    """So many bytes from an address on; those before the first zero without a size."""
    block, place = find(address)
    if size >= 0:
        return bytes(block.data[place : place + size])
    return bytes(block.data[place : len(block)]).partition(b"\0")[0]
