"""`WeakSet`, in order of insertion (S-SIM-03)."""
from _weakref import ref


class WeakSet:
    """A set that does not keep its elements alive."""

    def __init__(self, data=None):
        self.data = {}
        items = self.data

        def forget(reference):
            items.pop(reference, None)

        self._forget = forget
        if data is not None:
            self.update(data)

    def __iter__(self):
        # A copy, so that elements may die or be discarded meanwhile.
        for reference in list(self.data):
            item = reference()
            if item is not None:
                yield item

    def __len__(self):
        return len(self.data)

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def add(self, item):
        reference = ref(item, self._forget)
        if reference not in self.data:
            self.data[reference] = None

    def discard(self, item):
        self.data.pop(ref(item), None)

    def remove(self, item):
        del self.data[ref(item)]

    def clear(self):
        self.data.clear()

    def pop(self):
        while True:
            try:
                reference, _ = self.data.popitem()
            except KeyError:
                raise KeyError("pop from empty WeakSet") from None
            item = reference()
            if item is not None:
                return item

    def copy(self):
        return self.__class__(self)

    def update(self, other):
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference_update(self, other):
        for item in list(other):
            self.discard(item)

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def difference(self, other):
        result = self.copy()
        result.difference_update(other)
        return result

    __sub__ = difference

    def intersection(self, other):
        return self.__class__(item for item in other if item in self)

    __and__ = intersection

    def intersection_update(self, other):
        kept = set(other)
        for item in list(self):
            if item not in kept:
                self.discard(item)

    def __iand__(self, other):
        self.intersection_update(other)
        return self

    def union(self, other):
        result = self.copy()
        result.update(other)
        return result

    __or__ = union

    def symmetric_difference_update(self, other):
        for item in list(other):
            if item in self:
                self.discard(item)
            else:
                self.add(item)

    def __ixor__(self, other):
        self.symmetric_difference_update(other)
        return self

    def symmetric_difference(self, other):
        result = self.copy()
        result.symmetric_difference_update(other)
        return result

    __xor__ = symmetric_difference

    def issubset(self, other):
        return set(self).issubset(other)

    __le__ = issubset

    def __lt__(self, other):
        return set(self) < set(other)

    def issuperset(self, other):
        return set(self).issuperset(other)

    __ge__ = issuperset

    def __gt__(self, other):
        return set(self) > set(other)

    def isdisjoint(self, other):
        return set(self).isdisjoint(other)

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return set(self) == set(other)

    __hash__ = None

    def __repr__(self):
        return repr(set(self.data))

    def __class_getitem__(cls, item):
        return cls
