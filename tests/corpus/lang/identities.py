"""What `id` promises: a number for each object that lives, the same as long as it lives."""


class Thing:
    pass


objects = [[], [], {}, {}, set(), Thing(), Thing(), Thing, (1, []), "a word", b"bytes", 1.5, 2.5, None, True, False, ...,
           len, print, lambda: 0, range(3), slice(1), iter([]), (x for x in ()), 10**30, 10**31, NotImplemented, "", ()]
numbers = [id(o) for o in objects]
print(len(set(numbers)) == len(objects), all(isinstance(n, int) and n > 0 for n in numbers))
print([id(o) for o in objects] == numbers)
many = [[] for _ in range(5000)]
seen = {id(m) for m in many}
print(len(seen), seen.isdisjoint(numbers))
del many
a = [1, 2]
b = a
c = list(a)
print(id(a) == id(b), id(a) == id(c), a is b, a == c)
print(id([]) == id([]))
registry = {id(t): t for t in (Thing() for _ in range(100))}
print(len(registry), all(id(t) == n for n, t in registry.items()))
t = Thing()
print(hex(id(t))[2:] in repr(t), repr(t) == object.__repr__(t))
f = t.__init__
print(hash(t) == hash(t), {t: 1}[t])
