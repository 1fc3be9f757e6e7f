"""Chains of a hundred thousand objects live and die; recursion without end is an error, not a crash."""
import sys
import traceback

N = 100_000


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


head = None
for i in range(N):
    head = Node(i, head)
total, node = 0, head
while node is not None:
    total += node.value
    node = node.next
print("sum of the list:", total)
head = node = None
print("dropped")

for name, link in [
    ("lists", lambda inside: [inside]),
    ("tuples", lambda inside: (inside, 1)),
    ("dicts", lambda inside: {"next": inside}),
    ("closures", lambda inside: lambda: inside),
    ("generators", lambda inside: (x for x in [inside])),
    ("bound methods", lambda inside: [inside].append),
]:
    chain = None
    for _ in range(N):
        chain = link(chain)
    del chain
    print(name, "dropped")


class Loud:
    def __init__(self, inside):
        self.inside = inside

    def __del__(self):
        Loud.freed += 1


Loud.freed = 0
chain = None
for _ in range(2000):
    chain = Loud([chain])
chain = None
print("finalised:", Loud.freed)

deep = other = None
for _ in range(N):
    deep, other = [deep], [other]
for what in (lambda: repr(deep), lambda: deep == other, lambda: str({"k": deep})):
    try:
        what()
    except RecursionError as exc:
        print(type(exc).__name__)


def forever(n):
    return forever(n + 1)


try:
    forever(0)
except RecursionError as exc:
    print(exc)
    lines = traceback.format_exc().splitlines()
    print(len(lines), lines[-2:])


def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


print("frames:", depth(1), "limit:", sys.getrecursionlimit())
sys.setrecursionlimit(5000)
print("frames:", depth(1))
print(sum(range(10)), "still running")
