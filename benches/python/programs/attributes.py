"""Objects: attributes, methods, construction."""


class Counter:
    step = 1

    def __init__(self):
        self.n = 0
        self.calls = 0

    def count(self, by):
        self.n += by * self.step
        self.calls += 1
        return self.n


def reading_and_writing(n=500_000):
    c = Counter()
    for i in range(n):
        c.n = c.n + c.calls
        c.calls = i
    return c.n


def methods(n=300_000):
    c = Counter()
    for i in range(n):
        c.count(i)
    return c.n


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y


def operators_of_a_class(n=150_000):
    p, step = Point(0, 0), Point(1, 2)
    for _ in range(n):
        p = p + step
        if p == step:
            continue
    return p.x, p.y


class Base:
    def __init__(self, name):
        self.name = name
        self.children = []

    def visit(self, depth):
        return depth


class Derived(Base):
    def __init__(self, name, weight):
        super().__init__(name)
        self.weight = weight

    def visit(self, depth):
        return super().visit(depth) + self.weight


def construction_and_super(n=100_000):
    x = 0
    for i in range(n):
        x += Derived("node", i).visit(3)
    return x


class Celsius:
    def __init__(self):
        self._degrees = 0.0

    @property
    def degrees(self):
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        self._degrees = value

    @staticmethod
    def to_fahrenheit(degrees):
        return degrees * 1.8 + 32

    @classmethod
    def zero(cls):
        return cls


def properties_and_kin(n=150_000):
    c = Celsius()
    for _ in range(n):
        c.degrees = c.degrees + 1
        c.to_fahrenheit(c.degrees)
        c.zero()
    return c.degrees


class Node:
    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None

    def insert(self, key):
        node = self
        while True:
            if key < node.key:
                if node.left is None:
                    node.left = Node(key)
                    return
                node = node.left
            else:
                if node.right is None:
                    node.right = Node(key)
                    return
                node = node.right


def search_tree(n=20_000):
    root = Node(n // 2)
    x = 1
    for _ in range(n):
        x = x * 1103515245 + 12345 & 0x7FFFFFFF
        root.insert(x)
    return root.key
