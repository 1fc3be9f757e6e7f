# Files, folders, paths, CSV, pickles and the errors of each.
import io, os, sys, tempfile, shutil, pathlib, csv, glob, json, pickle
p = pathlib.Path('data/sub'); p.mkdir(parents=True, exist_ok=True); f = p / 'a.txt'; print(f.write_text('line1\nline2\nline3\n'), f.read_text().split(), f.exists(), f.name, f.stem, f.suffix, f.parent, f.parts, f.with_suffix('.md'), f.is_file(), p.is_dir(), list(p.iterdir()), sorted(pathlib.Path('data').rglob('*.txt')), f.stat().st_size, f.resolve().is_absolute(), str(f), repr(f), f / 'x', f.relative_to('data'), pathlib.PurePath('/a/b').joinpath('c'), f == pathlib.Path('data/sub/a.txt'))
with open('data/sub/a.txt') as fh:
    print(fh.readline(), fh.read(3), fh.tell(), fh.readlines(), fh.name, fh.mode, fh.closed, fh.encoding, fh.readable(), fh.writable()); fh.seek(0); print([l.rstrip() for l in fh]); print(sum(1 for _ in open('data/sub/a.txt')))
print(fh.closed, fh)
for bad in (lambda: fh.read(), lambda: open('nope.txt'), lambda: open('data'), lambda: open('x', 'q'), lambda: open('x', 'rw'), lambda: open('data/sub/a.txt', 'x'), lambda: open('nodir/x', 'w'), lambda: os.mkdir('data'), lambda: os.rmdir('data'), lambda: os.remove('nope'), lambda: os.listdir('nope'), lambda: open('data/sub/a.txt').write('x'), lambda: open('data/sub/a.txt', 'w').read(), lambda: open('data/b.bin', 'wb').write('x'), lambda: open('data/b.txt', 'w').write(b'x'), lambda: pathlib.Path('nope').read_text(), lambda: pathlib.Path('data').mkdir(), lambda: pathlib.Path('nope').unlink(), lambda: pathlib.Path('a').relative_to('b'), lambda: os.rename('nope', 'x'), lambda: shutil.copy('nope', 'x'), lambda: open(123456), lambda: open('data/sub/a.txt', encoding='foo'), lambda: open(None), lambda: os.environ['NOPE'], lambda: os.chdir('nope'), lambda: shutil.rmtree('nope'), lambda: next(open('data/b.txt')), lambda: io.StringIO(5), lambda: io.BytesIO('a'), lambda: io.StringIO('a').write(b'x'), lambda: os.path.join('a', 5), lambda: int(open('data/b.txt').read()), lambda: open('data/sub/a.txt', 'rb', encoding='utf8'), lambda: open('data/b.txt', buffering=0)):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
with open('data/w.txt', 'w') as a, open('data/w2.txt', 'w+') as b: print(a.write('héllo\n'), a.writelines(['x\n', 'y']), b.write('abc'), b.seek(0), b.read()); print('printed', 1, file=a, sep='-')
print(repr(open('data/w.txt', encoding='utf8').read()), open('data/w.txt', 'rb').read(), os.path.getsize('data/w.txt'))
with open('data/w.txt', 'a') as a: a.write('appended')
print(open('data/w.txt').read()[-8:], os.path.exists('data/w.txt'), os.path.join('a', 'b', '/c'), os.path.split('/a/b.txt'), os.path.splitext('x.tar.gz'), os.path.basename('/a/b'), os.path.dirname('/a/b'), os.path.normpath('a/../b//c'), os.path.isabs('/x'), sorted(os.listdir('data')), os.sep, os.linesep, os.getenv('NOPE', 'd'), os.path.commonprefix(['/ab', '/ac']))
print([(r, sorted(d), sorted(f)) for r, d, f in os.walk('data')], sorted(glob.glob('data/*.txt')), [e.name for e in sorted(os.scandir('data'), key=lambda e: e.name)])
shutil.copy('data/w.txt', 'data/c.txt'); shutil.move('data/c.txt', 'data/m.txt'); os.rename('data/m.txt', 'data/n.txt'); os.remove('data/n.txt'); shutil.copytree('data', 'copy'); print(sorted(os.listdir('copy'))); shutil.rmtree('copy'); print(os.path.exists('copy'))
with tempfile.TemporaryDirectory() as td: open(os.path.join(td, 'q'), 'w').close(); print(os.listdir(td))
with tempfile.NamedTemporaryFile('w+', suffix='.t') as tf: tf.write('hi'); tf.seek(0); print(tf.read(), tf.name.endswith('.t'))
s = io.StringIO('a\nb\nc'); print(s.readline(), s.read(), s.seek(0), list(s), s.getvalue(), s.tell(), s.truncate(2), s.getvalue()); b = io.BytesIO(); b.write(b'abc'); b.seek(1); print(b.read(), b.getvalue(), b.getbuffer().nbytes)
with open('data/t.csv', 'w', newline='') as fh: w = csv.writer(fh); w.writerow(['a', 'b c', 'd,e', 'f"g']); w.writerows([[1, 2.5, None, ''], ['x\ny', True, 'z', 1]])
print(open('data/t.csv', newline='').read().encode()); print(list(csv.reader(open('data/t.csv', newline=''))))
with open('data/d.csv', 'w', newline='') as fh: w = csv.DictWriter(fh, fieldnames=['n', 'v'], extrasaction='ignore'); w.writeheader(); w.writerow({'n': 1, 'v': 2, 'x': 3})
print(list(csv.DictReader(open('data/d.csv')))); print(list(csv.reader(['a;b;"c;d"'], delimiter=';')), list(csv.DictReader(['a,b', '1,2,3', '4'])))
class C:
    def __init__(self): self.x = [1, {'k': (2, 3)}]
    def __eq__(self, o): return vars(self) == vars(o)
print(pickle.loads(pickle.dumps(C())) == C(), pickle.loads(pickle.dumps([1, 'a', None, {1, 2}, b'x', 1.5]))); pickle.dump({'a': 1}, open('data/p', 'wb')); print(pickle.load(open('data/p', 'rb')))
for bad in (lambda: pickle.dumps(lambda: 1), lambda: pickle.loads(b''), lambda: pickle.dumps(open('data/p')), lambda: pickle.dumps(x for x in [])):
    try: bad()
    except Exception as e: print(type(e).__name__, str(e)[:60])
open('data/sub/a.txt', 'w').write('one\ntwo\nthree\n')
with open('data/sub/a.txt') as fh: first, *rest = fh
print(first, rest); print(sys.stdin.read(), sys.argv, sys.stdout.write('w\n'), sys.getsizeof(1) > 0, sys.byteorder, sys.maxsize, sys.platform, sys.version_info[:2], sys.getrecursionlimit(), sys.stdout.isatty(), sys.stdin.readline() == '')
try: input('prompt> ')
except EOFError as e: print('EOF', e)
