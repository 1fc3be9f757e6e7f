"""A module.

>>> add(1, 2)
3
"""
import doctest
def add(a, b):
    """Adds.

    >>> add(2, 3)
    5
    >>> add('a', 'b')
    'ab'
    >>> for i in range(2):
    ...     print(i)
    0
    1
    >>> add(1, 'x')
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for +: 'int' and 'str'
    >>> x = 5
    >>> x
    5
    >>> print('a\\n\\nb')
    a
    <BLANKLINE>
    b
    >>> list(range(20)) # doctest: +ELLIPSIS
    [0, 1, ..., 18, 19]
    >>> None
    >>> print([1,  2,
    ...        3]) # doctest: +NORMALIZE_WHITESPACE
    [1,   2,
     3]
    >>> 1/0 # doctest: +SKIP
    """
    return a + b
class C:
    """
    >>> C().m()
    'wrong'
    """
    def m(self):
        """
        >>> C().m()
        'm'
        >>> print("x")
        >>> 5
        """
        return 'm'
    @staticmethod
    def s():
        ">>> C.s()\n1"
        return True
import contextlib, io, os
with contextlib.redirect_stdout(io.StringIO()) as out:
    print(doctest.testmod(verbose=False))
    print(doctest.testmod(verbose=True, exclude_empty=True).failed)
    doctest.run_docstring_examples(add, globals(), verbose=False, name="add")
print(out.getvalue().replace(os.path.dirname(os.path.abspath(__file__)) + "/", ""))
