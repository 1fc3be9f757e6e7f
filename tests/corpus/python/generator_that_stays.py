# A generator that yields when it is closed is given up with a complaint, not asked again.
def stubborn():
    while True:
        try:
            yield
        except GeneratorExit:
            pass


one = stubborn()
next(one)
try:
    one.close()
except RuntimeError as error:
    print(error)
one = None
print("still here")
