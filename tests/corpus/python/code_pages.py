for name in ("cp1252", "cp437", "cp1251", "koi8-r", "iso8859-15", "mac_roman", "windows-1250"):
    data = bytes(range(160, 176))
    text = data.decode(name, "replace")
    print(name, text, text.encode(name, "replace") == data)
print("naïve €5 “q”".encode("cp1252"), b"\x80\x93x\x94".decode("cp1252"), "Привет".encode("cp866"))
print("a\té\n€\\😀".encode("unicode_escape"), rb"a\t\xe9\n\u20ac\x41\N{BULLET}".decode("unicode_escape"))
print("é€".encode("raw_unicode_escape"), "x".encode("cp500") if False else "")
for wrong in (
    lambda: "Ω".encode("cp1252"), lambda: b"\x81".decode("cp1252"), lambda: "日本".encode("latin-1"),
    lambda: rb"\x4".decode("unicode_escape"), lambda: "x".encode("cp9999"),
):
    try:
        wrong()
    except (UnicodeError, LookupError) as error:
        print(type(error).__name__, error)
error = UnicodeTranslateError("abc", 1, 2, "why")
print(repr(error), error, error.object, error.start, error.end, error.reason, isinstance(error, UnicodeError))
try:
    UnicodeDecodeError("utf-8", b"x", 0, 1)
except TypeError as error:
    print(error)
