from optparse import *
import sys
p = OptionParser(usage="usage: %prog [options] arg", version="%prog 1.0", description="Does a thing with %prog. " * 5, epilog="The end.", prog="tool")
p.add_option("-f", "--file", dest="filename", help="write report to FILE (default: %default)", metavar="FILE", default="out.txt")
p.add_option("-q", "--quiet", action="store_false", dest="verbose", default=True, help="don't print status messages to stdout and be as quiet as is possible")
p.add_option("-n", type="int", default="7"); p.add_option("--rate", type=float); p.add_option("-v", action="count"); p.add_option("--mode", choices=["a","b"]); p.add_option("-a", "--add", action="append", nargs=2, type="int")
g = OptionGroup(p, "Dangerous Options", "Caution: use at your own risk."); g.add_option("-g", action="store_true", help="Group option."); p.add_option_group(g)
p.add_option("--cb", action="callback", callback=lambda o, s, v, pp: print("cb", s, v), type="string"); p.add_option("--hid", help=SUPPRESS_HELP)
o, a = p.parse_args(["-f", "x", "arg1", "--rate=2.5", "-vvv", "-n5", "--mode", "a", "-a", "1", "2", "-a3", "4", "arg2", "-q", "--cb", "z", "--", "-x"]); print(vars(o), a)
o, a = p.parse_args([]); print(o.n, o.filename, o.verbose, a, o)
print(p.format_help())
for bad in (["--nope"], ["-n", "x"], ["--mode", "c"], ["-f"], ["--add", "1"], ["--quiet=3"], ["--f", "a"], ["--fi", "a"], ["-Z"], ["--version"], ["--help"]):
    try: print(vars(p.parse_args(bad)[0]))
    except SystemExit as e: print("exit", e.code)
for args, kw in ((("-x",), dict(action="zz")), (("-x",), dict(type="zz")), (("x",), {}), (("-f",), {}), (("--y",), dict(foo=1)), (("--y",), dict(choices="ab", type="int"))):
    try: p.add_option(*args, **kw)
    except OptParseError as e: print(type(e).__name__, e)
