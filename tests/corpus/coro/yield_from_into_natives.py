# zip, map and enumerate over a generator that delegates to an iterator written in Python.
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if not self.n: raise StopIteration
        self.n -= 1
        return self.n
def g(n):
    yield from It(n)
for x in g(3): print(x)
for i, x in enumerate(g(3), 1): print(i, x)
print(list(g(3)), list(zip(g(3), g(4))), list(map(str, g(2))))
def h():
    r = yield from It(2)
    print("after", r)
    yield 5
print(list(h()))
