# What the compiler warns of before anything runs.
x = 5
print("runs", x is 5, x == 5)
if x is not 'five':
    print('is not')
assert (x, 'always true')
def f():
    return [1, 2]['a'] if x is () else None
print(f())
try:
    print("no comma" (1, 2))
except TypeError as e:
    print(e)
try:
    [(1, 2)
     (3, 4)]
except TypeError as e:
    print(e)
