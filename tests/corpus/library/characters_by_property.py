import unicodedata as u
print(u.normalize("NFD","é") == "e\u0301", u.normalize("NFC","e\u0301"), u.normalize("NFKC","ﬁ①½"), ascii(u.normalize("NFKD","ﬁ①½Å")))
print("".join(c for c in u.normalize("NFD","Crème Brûlée ñandú") if u.category(c) != "Mn"))
print([u.category(c) for c in "aA1 .,(€\n_é中٣²½\u0301😀"])
print([u.combining(c) for c in "a\u0301\u0327"])
print(u.is_normalized("NFC","é"), u.is_normalized("NFD","é"))
print([u.decimal(c, None) for c in "1٣²½x"], [u.digit(c, None) for c in "1٣²½x"], [u.numeric(c, None) for c in "1٣²½xⅧ①⑩"])
for f in (lambda: u.decimal("x"), lambda: u.digit("x"), lambda: u.numeric("x"), lambda: u.normalize("X","a"), lambda: u.category("ab"), lambda: u.name("\n"), lambda: u.lookup("NO SUCH")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print([u.east_asian_width(c) for c in "a中ｱéΑ\n😀─한(￦"])
for c in "aZ0 ~é÷ÿñ½ãŁőā中한€": print(c, u.name(c))
print(u.lookup("LATIN SMALL LETTER E WITH ACUTE"), u.lookup("EURO SIGN"), u.lookup("digit one"), u.name("\n", "dflt"))
print(all(len(u.category(chr(c))) == 2 for c in range(0, 0x3000)))
