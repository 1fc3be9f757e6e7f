import configparser, io, sys
c = configparser.ConfigParser()
c["DEFAULT"] = {"Timeout": "45", "Compression": "yes"}
c["forge"] = {}
c["forge"]["User"] = "hg"
t = c["top"] = {}
c["top"]["port"] = "50022"
c.write(sys.stdout)
print(c.sections(), "forge" in c, c["forge"]["user"], c["forge"].getboolean("compression"), c["top"].getint("port"), c["top"].getfloat("timeout"))
c = configparser.ConfigParser()
c.read_string("""
# comment
[DEFAULT]
base = /usr
[a]
dir = %(base)s/x
multi = one
   two

   three
empty =
colon: v ; not
 ; comment inside
percent = 50%%
[b]
x=%(nope)s
y=%(z)s
z=%(y)s
w=%
""")
print(dict(c["a"]))
for o in "xyw":
    try: print(c["b"][o])
    except configparser.Error as e: print(type(e).__name__, e)
for f in (lambda: c["q"], lambda: c.get("q","r"), lambda: c.get("a","r"), lambda: c.getint("a","dir"), lambda: c.getboolean("a","dir"), lambda: c.add_section("a"), lambda: c.set("a","b",3), lambda: c.set("a","b","%")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(c.get("q","r",fallback=7), c["a"].get("nn","d"), c.has_option("a","dir"), c.options("a"), c.items("a", raw=True))
for text in ("x=1\n", "[a]\n[a]\n", "[a]\nx=1\nX=2\n", "[a]\njunk\n", "[a]\n=5\n"):
    try: configparser.ConfigParser().read_string(text)
    except configparser.Error as e: print(type(e).__name__, e)
e = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), allow_no_value=True)
e.read_string("[p]\nhome=/h\nflag\n[q]\nd=${p:home}/x\ne=${d}/y\nf=$$5")
print(dict(e["q"]), e["p"]["flag"])
r = configparser.RawConfigParser(inline_comment_prefixes=";", converters={"list": lambda s: s.split(",")})
r.read_string("[s]\na = 1,2 ; c\nb=x%y\n")
print(r["s"]["a"], r.getlist("s","a"), r["s"].getlist("a"), r["s"]["b"])
print(c.read(["nofile.ini"]), c["a"], len(c), list(c), c["b"].name)
print(c.remove_option("a","dir"), c.remove_section("b"), c.sections())
print([ (k, dict(v) if k != "b" else 0) for k, v in c.items()])
c.read_dict({"n": {"k": 5}}); print(c["n"]["k"])
s = io.StringIO(); e.write(s, space_around_delimiters=False); print(repr(s.getvalue()))
del c["n"]
print(c.sections())
