# Properties are classes to derive from, and a descriptor may do half of the work.
class classproperty(property):
    def __get__(self, instance, owner=None):
        return self.fget(owner)


class Logged(property):
    def __init__(self, name, getter):
        super().__init__(getter)
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        print("get", self.name)
        return super().__get__(instance, owner)

    def __set__(self, instance, value):
        print("set", self.name)
        super().__set__(instance, value)


class Announced(classmethod):
    def __get__(self, instance, owner):
        print("bound to", owner.__name__)
        return super().__get__(instance, owner)


class Thing:
    label = Logged("label", lambda self: self._label)

    @label.getter if False else classproperty
    def kind(cls):
        """Its kind."""
        return cls.__name__

    @Announced
    def made(cls):
        return cls.__name__

    @property
    def size(self):
        """Its size."""
        return 1

    @size.setter
    def size(self, value):
        print("size", value)

    @property
    def fixed(self):
        return 2


class Outer:
    class Inner:
        @property
        def fixed(self):
            return 3


thing = Thing()
thing._label = "x"
print(Thing.kind, thing.kind, thing.made(), thing.label, isinstance(Thing.label, property))
try:
    thing.label = 3
except AttributeError as e:
    print(e)
thing.size = 5
print(Thing.size.__doc__, Thing.__dict__["kind"].__doc__)
Thing.size.__doc__ = "Another text."
print(Thing.size.__doc__, Thing.size.__get__(thing), Thing.size.fset.__name__)
Thing.size.__set__(thing, 7)
for action in (
    lambda: setattr(thing, "fixed", 1),
    lambda: delattr(thing, "fixed"),
    lambda: setattr(Outer.Inner(), "fixed", 1),
    lambda: property().__get__(5),
):
    try:
        action()
    except AttributeError as e:
        print(e)


class Positive:
    """Has a say in storing alone: what was stored is read from the instance."""

    def __set_name__(self, owner, name):
        self.name = name

    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.name} must be positive")
        instance.__dict__[self.name] = value


class Order:
    count = Positive()

    def __init__(self, count):
        self.count = count


print(type(Order.__dict__["count"]).__name__, Order(3).count, vars(Order(4)))
try:
    Order(-1)
except ValueError as e:
    print(e)

try:
    1 / 0
except ZeroDivisionError as e:
    print(e.__traceback__ is e.__traceback__)


class Buffer(bytearray):
    def __init__(self, text):
        super().__init__(text.encode())


print(Buffer("ab"), len(Buffer("abc")))
