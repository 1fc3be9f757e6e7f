import re
import unicodedata

print("\N{BULLET}\N{greek small letter alpha}\N{SNOWMAN}\N{EM DASH}\N{CJK UNIFIED IDEOGRAPH-6F22}\N{HANGUL SYLLABLE HAN}")
print(f"\N{DEGREE SIGN}{20}\N{NO-BREAK SPACE}!", r"\N{BULLET}", b"\N{BULLET}", repr("\N{LF}\N{NBSP}"))
for c in "aÄß€•→∑😀漢각ﬁ":
    print(c, unicodedata.name(c), unicodedata.lookup(unicodedata.name(c)) == c, unicodedata.category(c))
print(unicodedata.name("\n", "none"), "é€😀".encode("ascii", "namereplace"))
for wrong in (lambda: unicodedata.name("\n"), lambda: unicodedata.lookup("NO SUCH NAME")):
    try:
        wrong()
    except (ValueError, KeyError) as error:
        print(type(error).__name__, error)
for text in (r"'\N{NO SUCH NAME}'", r"'\N{BULLET'", r"'\N'"):
    try:
        eval(text)
    except SyntaxError as error:
        print(text, error.msg)
print(re.findall(r"[\N{BULLET}-\N{EURO SIGN}]+", "a•†b"), re.sub(r"\N{EM DASH}", "-", "x—y"))
