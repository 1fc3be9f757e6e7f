# Strings built piece by piece, while others hold them and while nobody does.
def build(n):
    s = ""
    for i in range(n):
        s += "é" if i % 7 == 0 else "x"
        s = s + str(i)
        t = s
        s += t[-1]
        if len(s) > 50: s = ""
    return s, len(s), hash(s) == hash(s[:]), {s: 1}[s]
print(build(100))
def keep():
    s = "a"; l = []
    for c in "bcd":
        l.append(s)
        s += c
        s = s + "!" + c
    return s, l
print(keep())
def big():
    s=""
    for i in range(300000): s += "ab"
    return len(s)
print(big())
def order():
    s = "x" * 3
    d = {s: 1}
    s += "y"
    return s, d
print(order())
