# python: 3.9
# Combinations of flags have no names up to 3.10; they are shown highest bit first.
import enum
class Fl(enum.Flag): A = 1; B = 2; C = 4; AB = 3
class IFl(enum.IntFlag): X = 1; Y = 2; Z = 8
class Perm(enum.Flag): R = enum.auto(); W = enum.auto(); X = enum.auto()
def show(s):
    try: print(s, "->", repr(eval(s)), "|", str(eval(s)))
    except Exception as e: print(s, "!!", type(e).__name__, e)
for s in """Fl.A | Fl.C
Fl.A | Fl.B
Fl(7)
Fl(0)
Fl(8)
~Fl.A
~Fl(0)
Fl.A ^ Fl.B
Fl.AB & Fl.B
IFl(3)
IFl(0)
IFl(4)
IFl(7)
IFl(16)
IFl.X | 4
IFl.X | 16
~IFl.X
~IFl(3)
IFl(-1)
IFl.X + 1
IFl.X | IFl.Z
IFl(64 | 1)
Perm.R | Perm.W
Perm.R | Perm.W | Perm.X
~Perm.R
Perm.R in (Perm.R | Perm.W)
list(Perm)
list(Fl)
bool(Fl(0)), bool(Fl.A)
f"{IFl.X}", f"{Fl.A}", "%d" % IFl.Y, format(IFl.X | IFl.Y)
IFl.X in IFl(3)
1 in IFl(3)
(Fl.A | Fl.C).name, (Fl.A | Fl.C).value, (IFl.X|IFl.Y).name
len(Fl), Fl['AB'], Fl.AB.name
Fl(3) is Fl.AB
{Perm.R: 1}[Perm.R]""".splitlines(): show(s)
