import typing
class Z:
    def __complex__(self): return 1j
print(isinstance(Z(), typing.SupportsComplex), isinstance("x", typing.SupportsComplex), issubclass(complex, typing.SupportsComplex) in (True, False))
@typing.no_type_check_decorator
def deco(f): return f
@deco
def g(x: "nope"): return x
print(g(3), typing.get_type_hints(g))
@typing.no_type_check
class K:
    y: "nope2" = 1
    def m(self, a: "bad"): return a
    @staticmethod
    def s(b: "worse"): pass
print(typing.get_type_hints(K), typing.get_type_hints(K.m), typing.get_type_hints(K.s), K().m(4))
