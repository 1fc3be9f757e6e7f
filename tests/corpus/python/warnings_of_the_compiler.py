# The compiler warns of what it finds in texts that are given to it, each time.
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    for text in ("x is 1", "assert (1, 'no')", "'a'()", "[1]['b']", "1 == 1"):
        try:
            exec(text, {"x": 1})
        except TypeError as error:
            print(error)
    print([(str(w.message), w.category.__name__, w.filename, w.lineno) for w in caught])
eval("1 is 1")
eval("1 is 1")
