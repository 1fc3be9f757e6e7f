import mimetypes
m = mimetypes.MimeTypes()
for n in ("a.html", "b.tar.gz", "c.PNG", "d.tgz", "e.unknown", "http://x/y/z.json?q=1", "f.jpg", "data:text/css,x", "g.webp", "h", ".gz"):
    print(n, m.guess_type(n), m.guess_type(n, strict=False))
print(m.guess_extension("text/html"), m.guess_extension("image/jpeg"), m.guess_all_extensions("text/plain"), m.guess_extension("a/b"))
m.add_type("text/x-me", ".me2"); print(m.guess_type("x.me2"), m.types_map[1][".css"])
