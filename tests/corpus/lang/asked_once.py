# The truth of an operand that has decided the inner operator is not asked for again; since Python 3.12 it is.
class Truth:
    def __init__(self, name, value):
        self.name = name
        self.value = value

    def __bool__(self):
        print("bool", self.name)
        return self.value

    def __repr__(self):
        return self.name


for a in (Truth("a", False), Truth("A", True)):
    for b in (Truth("b", False), Truth("B", True)):
        c = Truth("c", False)
        print(1, a and b or c)
        print(2, (a or b) and c)
        print(3, a or b and c)
        print(4, (a and b) and c)
        print(5, (a and b or c) and a or b)
        print(6, not (a and b) or c)
        print(7, 1 if a and b or c else 2)
        if a and (b or c):
            print(8)
