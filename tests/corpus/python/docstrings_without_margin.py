# python: 3.13
"""The text of a module,

    with an indented line
  and one that is less so.
"""


class Documented:
    """First line.

    Second line.
        Indented.
    """

    def method(self):
        """One line."""

    def other(self):
        """
        On the next line.
	A tab.
        """


for thing in (__doc__, Documented.__doc__, Documented.method.__doc__, Documented.other.__doc__):
    print(repr(thing))
