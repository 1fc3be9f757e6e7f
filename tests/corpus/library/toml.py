import tomllib, io
from decimal import Decimal
good = '''
title = "TOML \\u00e9 \\"q\\"" # c
'quoted key' = 'lit\\n'
a.b.c = 1
n = [1, 0x1F, 0b11, 0o17, -1_000, +5, 1.5, 6e3, -2.5E-3, inf, -inf]
flags = [ true, false, # comment
  true, ]
multi = """
one \\
   two
three"""
lit = \'\'\'
raw\\n''\'\'\'
d = 1979-05-27T07:32:00Z
d2 = 1979-05-27 00:32:00.999999-07:00
d3 = 1979-05-27
d4 = 07:32:00.5
inline = { x = 1, y.z = "q", w = [ {a=1}, {a=2} ] }
empty = {}
[owner]
name = "Tom"
[owner.pet]
kind = "cat"
[[fruit]]
name = "apple"
[[fruit.variety]]
name = "red"
[[fruit.variety]]
name = "green"
[[fruit]]
name = "banana"
[servers."alpha.x"]
ip = "1"
'''
r = tomllib.loads(good)
for k, v in r.items(): print(k, repr(v))
print(type(r), type(r["owner"]))
print(tomllib.loads("x=1.10", parse_float=Decimal))
with open("t.toml", "wb") as f: f.write(b"x = 1\r\n[y]\r\n")
with open("t.toml", "rb") as f: print(tomllib.load(f))
try: tomllib.load(io.StringIO("x=1"))
except TypeError as e: print(e)
for bad in ["x = ", "x = 1 y = 2", "x", "= 1", "[a\n", "[a]\n[a]", "x=1\nx=2", 'x="abc', "x='abc", "x=[1,2", "x={a=1", "x={a=1,a=2}", "a={b=1}\na.c=2", "a=1\na.b=2", "x=2020-13-01", "x=2021-02-30", '\nx="\\q"', 'x="\\uD800"', "[a]\nb.c=1\n[a.b]", "a=[1]\n[[a]]", "x=01", "\n\n  !", "[[a]]\n[a]", 'x="""abc', "x=tru", "a.b=1\n[a]\nb=1", "x = 1 # \x01"]:
    try: print(tomllib.loads(bad))
    except tomllib.TOMLDecodeError as e: print(repr(bad), e)
for bad in ["a={}\n[[a]]", "a=1\n[[a]]", "[a]\n[[a]]", "a=[{}]\n[[a]]", "[[a]]\nx=1\n[[a]]\nx=2"]:
    try: print(tomllib.loads(bad))
    except tomllib.TOMLDecodeError as e: print(repr(bad), e)
