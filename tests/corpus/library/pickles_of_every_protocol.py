# Bytes of pickles by protocol, and what they become again.
import collections
import dataclasses
import io
import pickle


class Plain:
    def __init__(self, x):
        self.x = x


class Listed(list):
    pass


class Slotted:
    __slots__ = ("a",)


class Doubled:
    def __init__(self, n):
        self.n = n

    def __reduce__(self):
        return Doubled, (self.n * 2,)


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0


Pair = collections.namedtuple("Pair", "p q")
values = [
    None, True, 5, -1, 70000, 2**40, -(2**70), 1.5, "é\n\\", b"", b"ab", (), (1,), (1, 2, 3, 4), [], [1], [1, 2], {},
    {"a": 1}, {"a": 1, "b": (2,)}, {1}, frozenset([1]), bytearray(b"x"), len, int, Plain, Plain(1), Doubled(2), Point(1),
    Pair(1, 2),
]  # fmt: skip
for protocol in range(6):
    for value in values:
        print(protocol, pickle.dumps(value, protocol))
    again = pickle.loads(pickle.dumps(values, protocol))
    print(again[:23], again[23] is len, again[26].x, again[27].n, again[28:])
    cycle = [1]
    cycle += [cycle, (cycle,)]
    cycle = pickle.loads(pickle.dumps(cycle, protocol))
    print(cycle[1] is cycle, cycle[2][0] is cycle)
    listed = Listed([1, 2])
    listed.tag = "t"
    listed = pickle.loads(pickle.dumps(listed, protocol))
    print(listed, listed.tag, type(listed).__name__)
slotted = Slotted()
slotted.a = 3
print(pickle.loads(pickle.dumps(slotted, 2)).a)
for protocol in (0, 1):
    try:
        pickle.dumps(slotted, protocol)
    except TypeError as e:
        print(e)


class Naming(pickle.Pickler):
    def persistent_id(self, obj):
        return "five" if obj == 5 else None


class Named(pickle.Unpickler):
    def persistent_load(self, pid):
        return f"loaded {pid}"


for protocol in (0, 2, 4):
    file = io.BytesIO()
    Naming(file, protocol).dump([5, 6])
    file.seek(0)
    print(file.getvalue(), Named(file).load())
for data in (b"", b"garbage", b"\x80\x09.", b"I1\n"):
    try:
        print(pickle.loads(data))
    except Exception as e:
        print(type(e).__name__, e)
print(pickle.loads(b"(dp0\nS'a'\np1\n(lp2\nI1\naL2L\nas."), pickle.loads(b"c__builtin__\nxrange\n(I3\ntR."))
