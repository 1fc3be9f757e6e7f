"""Blocks of bytes, and lists, in memory that processes find by name."""
import os

import _process

__all__ = ["SharedMemory", "ShareableList"]
_FOLDER = "/dev/shm/"


class _Buffer:
    """The bytes of a block, as a memoryview shows them."""

    format, itemsize, ndim, readonly = "B", 1, 1, False

    def __init__(self, memory, size):
        self._memory = memory
        self._size = size

    def __len__(self):
        self._open()
        return self._size

    nbytes = property(__len__)

    def _open(self):
        if self._memory is None:
            raise ValueError("operation forbidden on released memoryview object")

    def _place(self, i):
        self._open()
        i = i.__index__()
        place = i + self._size if i < 0 else i
        if not 0 <= place < self._size:
            raise IndexError("index out of bounds on dimension 1")
        return place

    def __getitem__(self, i):
        self._open()
        if isinstance(i, slice):
            start, stop, step = i.indices(self._size)
            if step == 1:
                return memoryview(bytes(_process.load(self._memory, start, max(stop - start, 0))))
            return memoryview(bytes(_process.load(self._memory, 0, self._size))[i])
        return _process.load(self._memory, self._place(i), 1)[0]

    def __setitem__(self, i, value):
        self._open()
        if isinstance(i, slice):
            places = range(*i.indices(self._size))
            data = list(bytes(value))
            if len(data) != len(places):
                raise ValueError("memoryview assignment: lvalue and rvalue have different structures")
            if places.step == 1 and data:
                _process.store(self._memory, places.start, data)
            else:
                for place, byte in zip(places, data):
                    _process.store(self._memory, place, [byte])
            return
        if not isinstance(value, int):
            raise TypeError("memoryview: invalid type for format 'B'")
        if not 0 <= value < 256:
            raise ValueError("memoryview: invalid value for format 'B'")
        _process.store(self._memory, self._place(i), [value])

    def __iter__(self):
        return iter(self.tobytes())

    def __bytes__(self):
        return self.tobytes()

    def tobytes(self):
        self._open()
        return bytes(_process.load(self._memory, 0, self._size))

    def tolist(self):
        return list(self.tobytes())

    def hex(self):
        return self.tobytes().hex()

    def release(self):
        self._memory = None


class SharedMemory:
    """A block of bytes. Its name is a file of the machine that says where the block is."""

    def __init__(self, name=None, create=False, size=0, *, track=True):
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        if create and size == 0:
            raise ValueError("'size' must be a positive number different from zero")
        if name is None and not create:
            raise ValueError("'name' can only be None if create=True")
        if name is None:
            name = "psm_" + os.urandom(4).hex()
        self._name = name.removeprefix("/")
        path = _FOLDER + self._name
        if create:
            if os.path.exists(path):
                raise FileExistsError(17, "File exists", "/" + self._name)
            self._memory = _process.new_memory([0] * size)
            os.makedirs(_FOLDER, exist_ok=True)
            with open(path, "w") as file:
                file.write(f"{self._memory} {size}")
        else:
            try:
                with open(path) as file:
                    self._memory, size = map(int, file.read().split())
            except FileNotFoundError:
                raise FileNotFoundError(2, "No such file or directory", "/" + self._name) from None
        self._size = size
        self._buf = _Buffer(self._memory, size)

    def __reduce__(self):
        return SharedMemory, (self.name, False, self.size)

    @property
    def buf(self):
        return self._buf

    @property
    def name(self):
        return self._name

    @property
    def size(self):
        return self._size

    def close(self):
        if self._buf is not None:
            self._buf.release()
            self._buf = None

    def unlink(self):
        try:
            os.remove(_FOLDER + self._name)
        except FileNotFoundError:
            raise FileNotFoundError(2, "No such file or directory", "/" + self._name) from None

    def __repr__(self):
        return f"{type(self).__name__}({self._name!r}, size={self._size})"


class ShareableList:
    """A list of fixed length; texts and bytes may not grow beyond the room they began with."""

    def __init__(self, sequence=None, *, name=None):
        if sequence is None and name is not None:
            self.shm = SharedMemory(name)
        else:
            items = list(sequence or ())
            for item in items:
                self._check(item)
            rooms = [self._room(item) for item in items]
            self.shm = SharedMemory(name, create=True, size=8 * (len(items) + 2) + sum(rooms) + 1)
            with open(f"{_FOLDER}{self.shm.name}.list", "w") as file:
                places = []
                for item, room in zip(items, rooms):
                    places.append((_process.new_memory([item]), room))
                file.write(" ".join(f"{place}:{room}" for place, room in places))
        with open(f"{_FOLDER}{self.shm.name}.list") as file:
            self._places = [tuple(map(int, word.split(":"))) for word in file.read().split()]

    @staticmethod
    def _check(item):
        if not isinstance(item, (int, float, bool, str, bytes, type(None))):
            raise KeyError(type(item))

    @staticmethod
    def _room(item):
        if not isinstance(item, (str, bytes)):
            return 8
        return 8 * (len(item.encode() if isinstance(item, str) else item) // 8 + 1)

    def __reduce__(self):
        return _open_list, (self.shm.name,)

    def _place(self, position):
        position = position if position >= 0 else position + len(self)
        try:
            if position < 0:
                raise IndexError
            return self._places[position]
        except IndexError:
            return None

    def __getitem__(self, position):
        place = self._place(position)
        if place is None:
            raise IndexError("index out of range")
        return _process.load(place[0], 0, 1)[0]

    def __setitem__(self, position, value):
        place = self._place(position)
        if place is None:
            raise IndexError("assignment index out of range")
        self._check(value)
        if isinstance(value, (str, bytes)):
            data = value.encode() if isinstance(value, str) else value
            if len(data) > place[1]:
                raise ValueError("bytes/str item exceeds available storage")
        _process.store(place[0], 0, [value])

    def __len__(self):
        return len(self._places)

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    def count(self, value):
        return sum(value == entry for entry in self)

    def index(self, value):
        for position, entry in enumerate(self):
            if value == entry:
                return position
        raise ValueError("ShareableList.index(x): x not in list")

    def __repr__(self):
        return f"{type(self).__name__}({list(self)}, name={self.shm.name!r})"


def _open_list(name):
    return ShareableList(name=name)
