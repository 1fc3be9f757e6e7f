# Command lines: positions, options, groups, subcommands, help, and what is said of bad ones.
import argparse, sys
parser = argparse.ArgumentParser(prog='tool', description='Process some integers.', epilog='bye')
parser.add_argument('integers', metavar='N', type=int, nargs='+', help='an integer for the accumulator')
parser.add_argument('--sum', dest='accumulate', action='store_const', const=sum, default=max, help='sum the integers (default: find the max)')
parser.add_argument('-v', '--verbose', action='count', default=0)
parser.add_argument('--name', required=False, choices=['a', 'b'], help='name (default: %(default)s)', default='a')
parser.add_argument('--rate', type=float, default=1.5); parser.add_argument('--tags', nargs='*'); parser.add_argument('--version', action='version', version='%(prog)s 2.0')
g = parser.add_mutually_exclusive_group(); g.add_argument('--foo', action='store_true'); g.add_argument('--bar', action='store_false')
print(parser.parse_args(['1', '2', '--sum', '-vv', '--tags', 'x', 'y'])); a = parser.parse_args(['3', '7']); print(a.accumulate(a.integers), vars(a).keys()); parser.print_help(); parser.print_usage()
for argv in ([], ['x'], ['1', '--name', 'z'], ['1', '--foo', '--bar'], ['1', '--nope'], ['1', '--rate', 'abc'], ['--version'], ['-h'], ['1', '--rate']):
    try: parser.parse_args(argv)
    except SystemExit as e: print('exit', e.code)
p = argparse.ArgumentParser(prog='git'); sub = p.add_subparsers(dest='cmd', required=True, help='sub-command help'); c = sub.add_parser('clone', help='clone it'); c.add_argument('url'); c.add_argument('--depth', type=int); s = sub.add_parser('status'); s.set_defaults(func=lambda a: print('status!'))
print(p.parse_args(['clone', 'http://x', '--depth', '3'])); p.parse_args(['status']).func(None); p.print_help(); c.print_help()
for argv in ([], ['push'], ['clone']):
    try: p.parse_args(argv)
    except SystemExit as e: print('exit', e.code)
print(parser.parse_known_args(['1', '--zzz', '5'])); q = argparse.ArgumentParser(add_help=False, formatter_class=argparse.ArgumentDefaultsHelpFormatter); q.add_argument('--x', default=3, type=int, help='the x'); q.add_argument('--flag', action=argparse.BooleanOptionalAction, default=True, help='a flag'); q.add_argument('--app', action='append'); q.add_argument('rest', nargs=argparse.REMAINDER); q.print_help(); print(q.parse_args(['--no-flag', '--app', '1', '--app', '2', 'r', '--s']))
def even(s):
    v = int(s)
    if v % 2: raise argparse.ArgumentTypeError(f'{v} is odd')
    return v
r = argparse.ArgumentParser(prog='r', exit_on_error=False); r.add_argument('--e', type=even)
try: r.parse_args(['--e', '3'])
except argparse.ArgumentError as e: print(e)
