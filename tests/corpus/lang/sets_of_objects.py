"""Sets of objects lie in the order of their hashes."""

class H:
    def __init__(self, v, h): self.v=v; self.h=h
    def __hash__(self): return self.h
    def __eq__(self,o): return isinstance(o,H) and self.v==o.v
    def __repr__(self): return f"H{self.v}"
s = {H(i, (i*37)%11) for i in range(9)}
print(s)
s.discard(H(3, (3*37)%11)); print(s); s.add(H(100, 5)); print(s)
print(set(range(20, 0, -1)), {1.5, 2, 7, 100, 33})
print(frozenset([H(i, 8*i) for i in range(6)]))
print({H(1,-1), H(2,-2), H(3,3)})
print({(1,2),(3,4),(5,6)})
print({H(1,1)} | {H(9,9)}, {H(i,i) for i in range(40)} - {H(2,2)})
t = {H(i, 100-i) for i in range(10)}
print(t.pop(), t.pop(), t)
print(sorted({True, 0, 5, -3, 2**70}))
print({-3, 5, 2**61, 2**70})
