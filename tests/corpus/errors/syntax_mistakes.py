"""The mistakes that people make, and what CPython 3.11 says about them."""
import traceback
import warnings

warnings.simplefilter("ignore")

MISTAKES = r'''
if True
    print(1)
---
for i in range(3)
    print(i)
---
while True
    pass
---
def f()
    pass
---
def f
    pass
---
class A
    pass
---
class A(object)
    pass
---
try
    pass
except: pass
---
try:
    pass
except ValueError
    pass
---
try:
    pass
finally
    pass
---
try:
    pass
x = 1
---
try:
    pass
---
if x:
    pass
else
    pass
---
if x:
    pass
elif y
    pass
---
with open("f") as f
    pass
---
with open("f"), open("g")
    pass
---
lambda x
---
f = lambda x: 
---
print "hello"
---
print x, y
---
print
---
exec "x = 1"
---
print("hello"
---
print("hello"
x = 1
---
x = [1, 2, 3
y = 2
---
x = {"a": 1, "b": 2
print(x)
---
foo(1, 2))
---
x = (1, 2]
---
x = [1, 2)
y
---
def f(a, b:
    pass
---
x = "hello
---
x = 'hello
print(x)
---
x = """hello
world
---
x = 'it's'
---
print('it's fine')
---
if x = 3:
    pass
---
while x = 3:
    pass
---
if x = 3 and y:
    pass
---
elif x == 3:
    pass
---
else:
    pass
---
x = 1 +
---
x = * 2
---
x == = 3
---
x =
---
= 3
---
x + 1 = 2
---
f() = 1
---
f(x) = y = 2
---
1 = x
---
"a" = x
---
None = 1
---
True = 1
---
x.y() = 2
---
[a, 1] = [1, 2]
---
(a, f()) = 1, 2
---
a, b + 1 = 1, 2
---
{a: 1} = 2
---
{a} = 2
---
lambda: 1 = 2
---
x if y else z = 3
---
a < b = 3
---
a and b = 3
---
not a = 3
---
-a = 3
---
x += 1 = 2
---
f() += 1
---
1 += x
---
(a, b) += 1
---
[a] += 1
---
a + b += 1
---
for 1 in x: pass
---
for f() in x: pass
---
for x in: pass
---
for x y in z: pass
---
for in x: pass
---
for i range(3): pass
---
for x in range(3) print(x)
---
with x as 1: pass
---
with x as f(): pass
---
del f()
---
del 1
---
del a + b
---
del (a, 1)
---
import
---
import a.b as
---
from a import
---
from a import b,
---
from a import (b, c
---
import a as 1
---
from . import
---
from x import *, y
---
import a from b
---
def f(a, a): pass
---
def f(a=1, b): pass
---
def f(*): pass
---
def f(*, **k): pass
---
def f(**k, a): pass
---
def f(**k, *a): pass
---
def f(*a, *b): pass
---
def f(a, 1): pass
---
def f(a.b): pass
---
def f(a, (b, c)): pass
---
def f(None): pass
---
def 1f(): pass
---
def f(*a=1): pass
---
def f(**a=1): pass
---
def f(/, a): pass
---
def f(a, /, b, /): pass
---
def f(*, a, /): pass
---
lambda a, a: 1
---
lambda *: 1
---
lambda a=1, b: 1
---
f(a=1, 2)
---
f(**a, 2)
---
f(**a, *b)
---
f(a=1, a=2)
---
f(1=2)
---
f(a.b=2)
---
f(True=2)
---
f(a+b=2)
---
f(x for x in y, 1)
---
f(1, x for x in y)
---
f(a b)
---
f(a, b c)
---
f(a for a b)
---
[1 2 3]
---
[1, 2 3]
---
{1 2}
---
{"a": 1 "b": 2}
---
{"a" 1}
---
{"a": }
---
{"a": 1, "b"}
---
{"a", "b": 1}
---
{**a, b}
---
{*a: 1}
---
{"a": *b}
---
(1 2)
---
x = a b
---
a b
---
foo bar baz
---
x = 5 6
---
"a" b
---
x y = 3
---
return 1
---
def f():
return 1
---
yield 1
---
await x
---
def f():
    await x
---
def f():
    async with x: pass
---
def f():
    async for y in x: pass
---
async def f():
    yield 1
    return 2
---
async def f():
    yield from x
---
[await x for x in y]
---
def f(): [x async for x in y]
---
break
---
continue
---
if True:
    break
---
def f():
    break
---
for x in y:
    def f(): continue
---
class A:
    return 1
---
nonlocal x
---
def f():
    nonlocal x
---
def f():
    x = 1
    global x
---
def f():
    print(x)
    global x
---
def f(x):
    global x
---
def f():
    global x
    nonlocal x
---
x = 1
global x
---
def f():
    x: int = 1
    global x
---
    x = 1
---
x = 1
    y = 2
---
if True:
print(1)
---
if True:
    x = 1
  y = 2
---
def f():
    x = 1
      y = 2
---
def f():
        x = 1
    y = 2
---
for i in x:
---
def f():
---
class A:
---
while True:
x = 1
---
with a:
x = 1
---
try:
x = 1
---
try:
    pass
except:
x = 1
---
try:
    pass
finally:
x = 1
---
if a:
    pass
elif b:
x = 1
---
if a:
    pass
else:
x = 1
---
def f():
	x = 1
        y = 2
---
if True:
        x = 1
	y = 2
---
x = 08
---
x = 0x
---
x = 0xg
---
x = 0b12
---
x = 0o9
---
x = 1__0
---
x = 1_
---
x = 1a
---
x = 1.5.2
---
1abc = 2
---
x = 5px
---
x = 0777
---
x = $5
---
x = a ? b : c
---
x = a!
---
x = !a
---
x++
---
x--
---
++x
---
x = a && b
---
x = a || b
---
x <> y
---
x := 1
---
(x.y := 1)
---
(f() := 1)
---
f(x := 1, y = 2)
---
[x := 1 for x in y]
---
[y for x in (z := 1)]
---
class A: [x := 1 for y in z]
---
x = “hello”
---
x = ‘hello’
---
x = 5 – 3
---
x = a≠b
---
x = "a\
---
x = 1 \ 
---
x = \ 1
---
f"{x"
---
f"{}"
---
f"{x!}"
---
f"{x!z}"
---
f"{x!r:{y}"
---
f"{a b}"
---
f"}"
---
f"{x = }"
---
f"{x:}}"
---
f"{lambda x: 1}"
---
f"{'a'
---
b"é"
---
"\N{foo}"
---
"\x1"
---
"\u12"
---
u"\U99999999"
---
b"\x1"
---
"a" b"b"
---
class = 1
---
def = 1
---
import = 3
---
def class(): pass
---
for = 3
---
x.class = 1
---
def f(if): pass
---
None()
---
None.x = 3
---
pass = 1
---
is x
---
x is is y
---
x not y
---
x in in y
---
not
---
x = not
---
x = if y: 1
---
x = 1 if y
---
x = 1 if y else
---
x = if y else z
---
x = y else z
---
x = for
---
raise
x y
---
raise x from
---
raise ValueError, "x"
---
except ValueError: pass
---
try: pass
except A, B: pass
---
try: pass
except A, B as c: pass
---
try: pass
except: pass
except A: pass
---
try: pass
except* A: pass
except B: pass
---
try: pass
except*: pass
---
try: pass
except A as 1: pass
---
try: pass
except A as b.c: pass
---
try: pass
finally: pass
except A: pass
---
assert
---
assert x,
---
assert x = 1
---
def f():
    return
  x
---
@
def f(): pass
---
@x
y = 1
---
@x y
def f(): pass
---
async x
---
async def f(): await
---
async for x in y: pass
---
async with x: pass
---
await
---
match x:
    case 1: pass
    case y: pass
    case z: pass
---
match x:
    case _: pass
    case 1: pass
---
match x:
    case a | 1: pass
---
match x:
    case [a, a]: pass
---
match x:
    case 1 | a: pass
---
match x:
    case [*a, *b]: pass
---
match x:
    case {**a, "b": 1}: pass
---
match x:
    case {"a": 1, "a": 2}: pass
---
match x:
    case A(b=1, 2): pass
---
match x:
    case A(b=1, b=2): pass
---
match x:
    case 1 + 2: pass
---
match x:
    case f"a": pass
---
match x:
    case a.b(): pass
    case 3 pass
---
match x:
    case 1
        pass
---
match x:
case 1: pass
---
match x
    case 1: pass
---
*a = 1
---
*a, *b = 1
---
x = *a
---
print(*a)
f(*)
---
f(**)
---
del *a
---
return *a
---
for *x in y: pass
---
x: int: 3
---
(x, y): int = 1
---
[x]: int
---
f(): int = 1
---
x: = 1
---
def f() -> : pass
---
def f(a:): pass
---
def f(a: int b): pass
---
x[1
---
x[]
---
x[1:2:3:4]
---
x[1, :]
x[
---
x.
---
x.1
---
.x
---
x..y
---
a = 1; b = 
---
a;; b
---
if x: if y: pass
---
if x: for y in z: pass
---
x = 1; if y: pass
---
class A(: pass
---
class A(x for x in y): pass
---
class 1A: pass
---
class A: x = 1 y = 2
---
def f(): x = 1 y = 2
---
x = 1
from __future__ import annotations
---
from x import y z
---
def f():
    from x import *
---
class A:
    from x import *
---
__debug__ = 1
---
x.__debug__ = 1
---
()= 1
---
() += 1
---
(yield) = 1
---
def f(): (yield) = 1
---
def f(): yield = 1
---
def f(): x = yield = 1
---
async def f(): await x = 1
---
[x for x in y] = 1
---
(x for x in y) = 1
---
{x for x in y} = 1
---
{x: 1 for x in y} = 1
---
... = 1
---
f"a" = 1
---
`x`
---
x = 10l
---
x = 10L
---
ur"x"
---
def f(x, y):
    return x +* y
---
if (a == 1:
    pass
---
if a == 1):
    pass
---
print("a" + "b"
if True:
    pass
---
x = [
    1,
    2
y = 3
---
d = {
    "a": 1
    "b": 2
}
---
l = [
    "a"
    1
]
---
foo(
    a=1
    b=2
)
---
def add(a, b):
    return a + b

print(add(1, 2)
---
def add(a, b)
    return a + b
---
while (True):
    x = input(
print(x)
---
for i in range(10):
    if i % 2 = 0:
        print(i)
---
class Foo:
    def bar(self):
        return self.x
     def baz(self):
        pass
---
if x == 1:
    print("a")
   else:
    print("b")
---
def greet(name):
print("Hello", name)
---
x = 5
if x > 3
    print("big")
---
numbers = [1, 2, 3
for n in numbers:
    print(n)
---
print('Hello World")
---
print(Hello World)
---
import math as
---
x = int(input("Number: ")
print(x)
---
if x > 5 and < 10:
    pass
---
if x => 5: pass
---
if x =< 5: pass
---
if x === 5: pass
---
x =+ 
---
def my function(): pass
---
def my-function(): pass
---
my-var = 5
---
2x = 5
---
x = 3 y = 4
---
for i in 1..10: pass
---
switch x:
    case 1: pass
---
do:
    x
while x
---
function f():
    pass
---
var x = 5
---
let x = 5
---
int x = 5
---
if (x == 5) {
    y
}
---
else if x: pass
---
if x:
    pass
else if y:
    pass
---
if x then: pass
---
for (i = 0; i < 3; i++): pass
---
return
---
print(f"hello {name")
---
print(f"hello {name}}")
---
print("a", end="" sep="")
---
print(x y)
---
print("x is " x)
---
print("x is ", x, "and" y)
---
x = {1: "a", 2 "b"}
---
x = [i for i in range(3) if i % 2 = 0]
---
x = [i for i range(3)]
---
x = [for i in range(3)]
---
x = [i in range(3) for]
---
lambda x: return x
---
x = lambda: yield
---
f = lambda x, y: x = y
---
def f():
    x = 1
   return x
---
import os, sys,
---
from os import path,
---
raise Exception "x"
---
assert(x, "y"
---
with open("x") as f, : pass
---
with (open("a") as a, open("b") as b): pass
with (a as b, c as): pass
---
global
---
global x = 1
---
nonlocal
---
pass x
---
break x
---
del
---
yield
---
def f(x=1, *, y=2, **z, w): pass
---
if not x y: pass
---
x = (1, 2, 3
---
x = 'abc' 'def
---
x = [[1, 2], [3, 4]
---
a = b = = c
---
x = a.b.
---
print(1 2 3)
---
x = 1,, 2
---
f(,)
---
f(1,,2)
---
[,]
---
{,}
---
(,)
---
f(a=)
---
f(a=1 b=2)
---
def f(a b): pass
---
def f(a,, b): pass
---
class A(B C): pass
---
x[1 2]
---
x = "a" + 
y = 2
---
if True: 
---
a, b += 1
---
(a) + 1 = 2
---
a = 1 = b
---
a() = b() = 1
---
def f(): return = 1
---
import sys; sys.exit( 
---
f(a for a in b for)
---
f(x, **y, z=1, *w)
---
f(*a, b=1, c)
---
x = a if b else c if
---
x = a or
---
x = and b
---
x = a and or b
---
def f(a, *, ): pass
---
def f(a, *b, *, c): pass
---
lambda **k, a: 1
---
print(a, b
    c, d)
---
try:
    x
except ValueError e:
    pass
---
try:
    x
catch ValueError:
    pass
---
except:
    pass
---
x = f"{a b}"
---
print("hi", f"abc {a b} def")
---
  
x = f"{1 +}"
---
def f():
    return f"{x y}"
---
f"{a:{b c}}"
---
f"{x = y}"
---
f'{a["b"]}'
---
f'{a['b']}'
---
f"{a["b"]}"
---
print(f"{d["key"]}")
---
f"{a\n}"
---
f"{'\n'.join(x)}"
---
f"{a # b}"
---
f"{(a}"
---
f"{a)}"
---
f"{yield}"
---
f"{!r}"
---
f"{ }"
---
f"{x!r:>10} {y"
---
"C:\Users\me"
---
open("C:\Users\bob\x.txt")
---
x = "\N{bad name here}"
---
print(b"\xZ")
---
lambda x y: 1
---
def f(x) y: pass
---
for x in y z: pass
---
while x y: pass
---
with a b: pass
---
if a b:
    pass
---
except
---
class A(B) C: pass
---
try x: pass
---
else x: pass
---
f"a" "b{" 
---
f"{a.1}"
---
x = [f"{a b}",
  2]
---
"é\x1"
---
"\xff\u12"
---
print "a" % b
---
print a if b else c
---
print(a) b
---
exec "a" in b
---
print -1
---
print
x y
---
if x:
    print "a"
---
f(a.b=1)
---
f(a, b for b in c)
---
f(a, b=1, c d)
---
f(**a, b)
---
x = (a b)
---
x = {a b}
---
foo[a b]
---
x = "a" "b" c
---
print("a" b "c")
---
x = [a, b c, d]
---
x = 5 if y else 6 7
---
(x = 5)
---
assert x y
---
return x y
---
x = yield y z
---
a = b c = d
---
import a b
---
import a.b.c d
---
from a import b c
---
from a.b import (c d)
---
from a b import c
---
del x y
---
raise A B
---
global x y
---
@a b
def f(): pass
---
[x for x y in z]
---
[x for x in y z]
---
[x y for x in z]
---
{x: y z for x in y}
---
{x: y, z: w v}
---
lambda: x y
---
x.y z
---
x[1] y
---
x() y
---
not x y
---
x and y z
---
-x y
---
x if y z else w
---
await x y
---
match x y:
    case 1: pass
---
match x:
    case 1 2: pass
---
match x:
    case A B: pass
---
def f(a, b) -> int x: pass
---
def f(a: int = 3 4): pass
---
class A(B, C D): pass
---
class A(metaclass=B C): pass
---
x: int y = 3
---
x: int = 3 4
---
x += 3 4
---
x = 3;; y
---
x = 3 y
---
if x = y = 3: pass
---
if x.y = 3: pass
---
if x[0] = 3: pass
---
if x() = 3: pass
---
if 3 = x: pass
---
if x == y = 3: pass
---
while x.y = 3: pass
---
if (x = 3): pass
---
if not x = 3: pass
---
if x = 3 or y = 4: pass
---
if x and y = 3: pass
---
elif x = 3: pass
---
x = y = = 3
---
x = (y = 3)
---
[x = 3]
---
{x = 3}
---
print(x.y = 3)
---
return x = 3
---
while True print(1)
---
if True print(1)
---
def f() print(1)
---
class A print(1)
---
try print(1)
---
with a print(1)
---
for x in y print(1)
---
if x then
    y
---
a = 5 +
b = 6
---
a = (5 +
b = 6
---
def f(:
    pass
---
def f(a, b
    return a
---
x = foo(a, b
y = 3
---
x = {
  'a': 1,
  'b': 2

print(x)
---
x = [1,2,3
print(x)
---
if (x > 3:
    print(x)
---
for i in range(10:
    print(i)
---
print("a"))
---
print("a"]
---
x = )
---
x = 3 )
---
)
---
]
---
x = }
---
del x +
---
del x.y[0] * 2, z +
---
def f():
return 1
---
while True:
print("a")
---
from __future__ import braces
---
from __future__ import time_travel
---
foo(a=)
---
x = [i for i y]
'''

for number, text in enumerate(MISTAKES.strip("\n").split("\n---\n")):
    print("-----", number, repr(text))
    try:
        compile(text + "\n", "<mistake>", "exec")
    except SyntaxError as error:
        print(f"{type(error).__name__}: {error.msg}")
        print(error.lineno, error.offset)
        if error.text and error.end_lineno == error.lineno and "\t" not in error.text:
            for line in traceback.format_exception_only(error)[1:3]:
                print(line.rstrip())
    else:
        print("accepted")
