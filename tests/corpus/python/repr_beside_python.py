# Containers of built-in things are shown beside containers whose elements have a __repr__ in Python.
class Coin:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"Coin({self.value})"

    def __eq__(self, other):
        return isinstance(other, Coin) and self.value == other.value

    def __hash__(self):
        return hash(self.value)


print([1, 2], [3, Coin(5)])
print({"a": 1}, {"a": Coin(1)}, {"a": 2, "b": Coin(3)}, [Coin(4), 5], (6,), (7, Coin(8)))
print("%r and %r" % ({"a": 1}, {"a": 2, "c": Coin(9)}))
print(f"{[1, 2]} {[Coin(1), 3]} {(1,)} {(Coin(2),)}", str([{"a": 1}, {"a": Coin(2)}]))
print("{} {!r} {}".format([0, 1], {2: Coin(3)}, {4, 5}))
print([1, 2] == [1, 2] == [Coin(1), 2], (1, 2) < (1, 3), [1, Coin(1)] == [1, Coin(1)], Coin(3) in [1, 2, Coin(3)])
print(sorted([[2, 1], [1, 5], [1, 2]]), [Coin(1), Coin(2)].index(Coin(2)), [[1], [Coin(2)]].count([Coin(2)]))
print(max([[1], [2]], [[1], [3]]), {(1, 2): Coin(1), (3, 4): [Coin(2)]})
