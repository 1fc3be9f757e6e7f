import shlex, stat, codecs, io
for t in ["a b 'c d' \"e \\\" f\" g\\ h", "x=1;y # no", "'' a", "echo 'it''s' \"$HOME\""]:
    print(shlex.split(t), shlex.split(t, comments=True), shlex.split(t, posix=False))
    print(list(shlex.shlex(t)), list(shlex.shlex(t, posix=True)))
    print(list(shlex.shlex(t, posix=True, punctuation_chars=True)))
print(list(shlex.shlex("a && b || c; (d >> 'e f')&", punctuation_chars=True)))
print(list(shlex.shlex("a&&b||c;(d>>e)& 'f", punctuation_chars="&|") ) if 0 else 1)
for bad in ["'abc", "a\\"]:
    try: shlex.split(bad)
    except ValueError as e: print(e)
print(shlex.quote("it's"), shlex.quote(""), shlex.quote("abc/d.e"), shlex.join(["a b", "c"]))
for m in (0o100644, 0o040755, 0o120777, 0o104755, 0o41777, 0o102654):
    print(stat.filemode(m), stat.S_ISREG(m), stat.S_ISDIR(m), oct(stat.S_IMODE(m)), stat.S_IFMT(m))
print(codecs.lookup("UTF8").name, codecs.lookup("latin1").name, codecs.lookup("ascii").name, codecs.lookup("utf_16_le").name)
d = codecs.getincrementaldecoder("utf-8")()
for b in "aé€😀z".encode():
    print(repr(d.decode(bytes([b]))), end=" ")
print(repr(d.decode(b"", True)))
d = codecs.getincrementaldecoder("utf-8")("replace")
for part in (b"a\xff", b"\xe2\x82", b"\xac", b"\xe2"):
    print(repr(d.decode(part)), end=" ")
print(repr(d.decode(b"", final=True)))
d = codecs.getincrementaldecoder("utf-8")()
try: d.decode(b"\xe2\x82"); d.decode(b"", True)
except UnicodeDecodeError as e: print(e)
print(codecs.encode("Hello", "rot13"), codecs.decode("Uryyb", "rot_13"), codecs.encode(b"hi", "hex"), codecs.decode(b"6869", "hex"), codecs.encode(b"hi","base64"))
try: codecs.lookup("nope")
except LookupError as e: print(e)
with codecs.open("f.txt", "w", "utf-8") as f: f.write("aé\nb€\n")
with codecs.open("f.txt", "r", encoding="utf-8") as f: print(f.readlines())
with codecs.open("f.txt", "r", encoding="utf-8") as f:
    for line in f: print(repr(line))
print(open("f.txt","rb").read())
print(list(codecs.iterdecode([b"\xe2", b"\x82", b"\xac"], "utf-8")), list(codecs.iterencode(["a", "é"], "utf-8")))
e = codecs.getincrementalencoder("utf-16")(); print(e.encode("a"), e.encode("b"))
print(codecs.BOM_UTF8, codecs.BOM_UTF16, codecs.getwriter("utf-8")(io.BytesIO()).write("x"))
r = codecs.getreader("utf-8")(io.BytesIO("é1\nü2\n".encode())); print(r.readline(), r.read())
