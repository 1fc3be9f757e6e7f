# Where an assignment expression cannot stand in comprehensions, and where it can.
codes = ["[i for i in range(5) if (j := 0) for j in range(5)]", "[[(i := 0) for i in range(5)] for j in range(5)]", "[i for i in (j := range(5))]", "[(j := 0) for i in range(5) for j in range(5)]", "[x for x in [1] if [y := 2]]", "{a: 1 for a in [1] if (b := a) for b, c in [(1, 2)]}", "[i for i in [1] if (j := 0) for [k, *j] in [[1]]]", "[j for i in range(2) if (k := i) for j in [k]]"]
for code in codes:
    try:
        print(code, eval(code))
    except SyntaxError as e:
        print(code, "|", e.msg, e.lineno, e.offset)
def f():
    return [i for i in range(3) if (j := i) for i in [j]], j
print(f())
