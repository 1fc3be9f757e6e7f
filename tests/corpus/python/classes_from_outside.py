# What a class shows of itself: its namespace, its places, and the errors of making it.
def shown(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Plain:
    """Documented."""

    x = 1

    def f(self):
        pass


class Bare:
    pass


class Slotted:
    __slots__ = ("b", "a")

    def __init__(self):
        self.a = 1


class Both(Slotted):
    pass


class Listed(list):
    pass


class Number(int):
    pass


class Failure(Exception):
    pass


for cls in (Plain, Bare, Slotted, Both, Listed, Number, Failure):
    print(cls.__name__, list(cls.__dict__))
print([name for name in dir(Plain()) if name.startswith("__")])
print(Plain.__dict__["__dict__"], Plain.__dict__["__weakref__"], Plain.__weakref__, Plain().__weakref__)
print(Slotted.a, Slotted.a.__get__(Slotted()), Slotted.a.__name__, Slotted.a.__objclass__ is Slotted)
shown(lambda: Slotted().b)
shown(lambda: Slotted.a.__get__(Plain()))
shown(lambda: Slotted().__dict__)
thing = Slotted()
Slotted.b.__set__(thing, 5)
print(thing.b, Bare().__reduce_ex__(4)[1:], Bare().__getstate__())


class Kept:
    def __init__(self):
        self.value = 3
        self.lock = object()

    def __getstate__(self):
        state = super().__getstate__().copy()
        del state["lock"]
        return state


print(Kept().__getstate__())


class Single:
    _one = None

    def __new__(cls, *args):
        if cls._one is None:
            cls._one = super().__new__(cls, *args)
        return cls._one

    def __init__(self, *args):
        self.args = args


class Told:
    def __init__(self, x):
        super().__init__(x)


shown(lambda: Single(1))
shown(lambda: Single().args)
shown(lambda: Told(1))
shown(lambda: Bare(1))
shown(lambda: Bare.__init__(Bare(), 1))
shown(lambda: object.__new__(Bare, 1))


class Short:
    def __len__(self):
        return -1


class Indexed:
    def __index__(self):
        return 2


shown(lambda: bool(Short()))
print([0] * Indexed(), "ab" * Indexed(), Indexed() * (1,))


def unpacked():
    a, b = Bare()


shown(unpacked)
shown(lambda: [*Bare()])
shown(lambda: print(*Bare()))
