# argparse: what command lines become, usage, help and errors.
import argparse, sys, io
def run(p, *lines):
    for l in lines:
        args = l.split() if isinstance(l,str) else l
        err, out = io.StringIO(), io.StringIO()
        so, se = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = out, err
        try:
            r = p.parse_args(args)
        except SystemExit as e: r = ('exit', e.code)
        except BaseException as e: r = type(e).__name__, str(e)
        finally: sys.stdout, sys.stderr = so, se
        print(args, '->', r); print(out.getvalue() + err.getvalue(), end='')
def t(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__name__, e)
p = argparse.ArgumentParser(prog='prog', description='Process some integers.', epilog='And that is all.')
p.add_argument('integers', metavar='N', type=int, nargs='+', help='an integer for the accumulator')
p.add_argument('--sum', dest='accumulate', action='store_const', const=sum, default=max, help='sum the integers (default: find the max)')
run(p, '1 2 3', '1 2 --sum', '', 'a', '-h', '--foo 1', '1 --su', '-1 -2')
p = argparse.ArgumentParser(prog='app')
p.add_argument('-v','--verbose',action='count',default=0,help='more output'); p.add_argument('-q','--quiet',action='store_true'); p.add_argument('-n','--num',type=int,default=5,metavar='NUM',help='number (default: %(default)s)'); p.add_argument('--rate',type=float,default=0.5); p.add_argument('-o','--output',required=True,help='where to write the results to, which is a long help text that needs to be wrapped over lines'); p.add_argument('--mode',choices=['fast','slow'],default='fast'); p.add_argument('--version',action='version',version='%(prog)s 1.0'); p.add_argument('--tag',action='append'); p.add_argument('--list',nargs='*',type=int); p.add_argument('--pair',nargs=2,metavar=('A','B')); p.add_argument('--opt',nargs='?',const='C',default='D'); p.add_argument('--no-cache',dest='cache',action='store_false'); p.add_argument('file',nargs='?',default='in.txt',help='input'); p.add_argument('rest',nargs='*')
run(p, '-o x', '-vvv -ox', '-h', '--version', '-o x --mode medium', '-o x --num abc', '-o', '--output=f a b c', '-o x --tag a --tag b', '-o x --list 1 2 --pair p q', '-o x --pair p', '-o x --opt', '-o x --opt Z', '-o x --no-cache -q', '-o x --ver', '-o x --ra 2', '-o x --n 3', '-o x -n3 -qv', '-o x -qx', '-o x --quiet=3', '-o x -- -a --b', '-o x --bogus 1', '-o x -z', '-o x --rate nan', ['-o','a b','--tag','']) 
print(p.parse_known_args(['-o','x','--bogus','f']))
p = argparse.ArgumentParser(prog='git', description='vcs'); p.add_argument('--debug',action='store_true')
sp = p.add_subparsers(dest='cmd', help='sub-command help')
a = sp.add_parser('add', help='add files', aliases=['a']); a.add_argument('path',nargs='+'); a.add_argument('-f','--force',action='store_true'); a.set_defaults(func=len)
c = sp.add_parser('commit', help='commit changes'); c.add_argument('-m','--message',required=True,help='the message')
run(p,'', 'add x y -f','a q', '--debug commit -m hi','commit','-h','add -h','bogus','add','commit -m x --zz')
p = argparse.ArgumentParser(prog='g2'); sp=p.add_subparsers(title='cmds',description='valid',required=True,metavar='CMD'); sp.add_parser('one'); run(p,'','-h','one','two')
p = argparse.ArgumentParser(prog='mx'); g=p.add_mutually_exclusive_group(required=True); g.add_argument('--foo',action='store_true',help='foo it'); g.add_argument('--bar',type=int); gg=p.add_argument_group('extra','extra things'); gg.add_argument('--baz'); m2=p.add_mutually_exclusive_group(); m2.add_argument('-a'); m2.add_argument('-b',action='store_true')
run(p,'','--foo','--foo --bar 3','-h','--bar 2 -a 1 -b')
for F in (argparse.RawDescriptionHelpFormatter, argparse.RawTextHelpFormatter, argparse.ArgumentDefaultsHelpFormatter):
    p = argparse.ArgumentParser(prog='fmt',formatter_class=F,description='line one\n   line two',epilog='end\n  of it'); p.add_argument('--x',type=int,default=3,help='the x\nvalue'); p.add_argument('y',nargs='?',default='q',help='why'); p.add_argument('--flag',action='store_true',help='flag'); p.add_argument('z',help='zed'); print(p.format_help())
p = argparse.ArgumentParser(prog='mt',formatter_class=argparse.MetavarTypeHelpFormatter); p.add_argument('--foo',type=int); p.add_argument('bar',type=float); print(p.format_help())
p = argparse.ArgumentParser(prog='b'); p.add_argument('--feature',action=argparse.BooleanOptionalAction,default=True,help='use it'); p.add_argument('--color',action=argparse.BooleanOptionalAction); run(p,'','--no-feature','--feature --no-color','-h')
def even(s):
    v=int(s)
    if v%2: raise argparse.ArgumentTypeError(f'{v} is odd')
    return v
def pct(s): return float(s)/100
p = argparse.ArgumentParser(prog='ty'); p.add_argument('--e',type=even); p.add_argument('--p',type=pct); p.add_argument('--l',type=lambda s: s.split(',')); p.add_argument('--c',type=int,choices=range(1,4)); run(p,'--e 3','--e 4 --p 50 --l a,b','--e x','--p x','--c 5','--c 2','-h')
p = argparse.ArgumentParser(prog='PROG',prefix_chars='+-',add_help=False); p.add_argument('+f'); p.add_argument('++bar'); run(p,'+f X ++bar Y')
par = argparse.ArgumentParser(add_help=False); par.add_argument('--parent',type=int); ch=argparse.ArgumentParser(prog='child',parents=[par]); ch.add_argument('foo'); run(ch,'--parent 2 XX','-h')
p = argparse.ArgumentParser(prog='rem'); p.add_argument('--foo'); p.add_argument('cmd'); p.add_argument('args',nargs=argparse.REMAINDER); run(p,'--foo B run --x y -z')
p = argparse.ArgumentParser(prog='neg'); p.add_argument('-x',type=float); p.add_argument('foo',nargs='?'); run(p,'-x -1','-x -1 -5','-1')
p = argparse.ArgumentParser(prog='neg2'); p.add_argument('-1',dest='one'); p.add_argument('foo',nargs='?'); run(p,'-1 X','-2','-1 -1')
p = argparse.ArgumentParser(prog='longprogramname'); 
for i in range(8): p.add_argument(f'--option-number-{i}',help='h'*10)
p.add_argument('positional-one'); p.add_argument('positional_two',nargs='*'); print(p.format_help()); print(p.format_usage())
p = argparse.ArgumentParser(prog='usage',usage='%(prog)s [options] x'); p.add_argument('--foo',help=argparse.SUPPRESS); p.add_argument('--bar',help='%(prog)s bar %(type)s %(default)s',type=int,default=argparse.SUPPRESS); run(p,'-h','','--foo 1 --bar 2')
t(p.add_argument,'--foo'); t(p.add_argument,'-x','y'); t(p.add_argument,'z',required=True); t(p.add_argument,'--k',action='bogus'); t(p.add_argument,'--k',type='int'); t(p.add_argument,'--k',nargs=0); t(p.add_argument,'--k',nargs=2,metavar=('A',)); t(p.add_argument,'--'); t(p.add_argument,'a',dest='b')
n=argparse.Namespace(a=1,b='x'); print(n,n==argparse.Namespace(a=1,b='x'),'a' in n,vars(n)); print(argparse.Namespace(**{'a-b':1}))
print(repr(argparse.ArgumentParser(prog='r')), p.get_default('bar')); x=argparse.ArgumentParser(prog='e',exit_on_error=False); x.add_argument('--i',type=int); t(x.parse_args,['--i','z'])
class Up(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        print('%r %r' % (values, option_string)); setattr(namespace, self.dest, values.upper())
p = argparse.ArgumentParser(prog='act'); p.add_argument('--foo',action=Up); p.add_argument('bar',action=Up); print(p.parse_args('1 --foo 2'.split())); print(p.add_argument('--zz',type=int,help='h'))
p = argparse.ArgumentParser(prog='ext'); p.add_argument('--e',action='extend',nargs='+',type=int); p.add_argument('--ac',action='append_const',const=1); p.set_defaults(q=9); run(p,'--e 1 2 --e 3','--ac --ac'); p.set_defaults(e=[0]); run(p,'--e 5')
p = argparse.ArgumentParser(prog='im'); p.add_argument('--foo'); p.add_argument('cmd'); p.add_argument('r',nargs='*',type=int); print(p.parse_intermixed_args('doit 1 --foo bar 2 3'.split())); run(p,'doit 1 --foo bar 2 3')
p = argparse.ArgumentParser(prog='am'); p.add_argument('--foobar'); p.add_argument('--foobaz'); run(p,'--foo 1','--foobar 1'); p=argparse.ArgumentParser(prog='na',allow_abbrev=False); p.add_argument('--foobar'); run(p,'--foob 1')
p = argparse.ArgumentParser(prog='cr',conflict_handler='resolve'); p.add_argument('-f','--foo',help='old'); p.add_argument('--foo',help='new'); print(p.format_help()); p.print_usage()
p = argparse.ArgumentParser(description='no prog'); p.add_argument('x',type=int,choices=[1,2]); print(p.format_usage()); p.error('custom')
