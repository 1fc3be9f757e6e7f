# Containers and objects with reprs of their own in one call.


class Point:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Point({self.x!r})"


print([1], Point(2))
print({"a": 1}, Point(3), [Point(4)], (5,), Point([6]))
print("%r %s" % ([1, 2], Point(7)), f"{[8]} {Point(9)}", "{} {!r}".format({10}, Point(11)))
print(str([Point(12), [13], Point(14)]), sorted([3, 1]), Point(15))
