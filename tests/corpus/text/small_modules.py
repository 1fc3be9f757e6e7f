# A tour of small modules: inspect, weakref, copy, operator, struct, sched, graphlib, textwrap, urllib, warnings, atexit.
import inspect, weakref, gc, copy, operator, struct, array, sched, time, graphlib, zlib, hashlib, hmac, base64, textwrap, pprint, types, warnings, sys, atexit, reprlib, string, keyword, difflib, calendar, html, urllib.parse as up, platform, locale, numbers, abc, itertools
def f(a, b: int = 2, *args, c, d=4, **kw) -> str:
    """Doc of f.

    more
    """
    return 'x'
s = inspect.signature(f); print(s, s.parameters['b'].default, s.parameters['c'].kind, s.return_annotation, inspect.getdoc(f), inspect.isfunction(f), inspect.getfullargspec(f), s.bind(1, c=3).arguments, inspect.getmembers(types.SimpleNamespace(a=1), lambda x: isinstance(x, int)), inspect.isgeneratorfunction(f), inspect.currentframe().f_lineno, inspect.getmodule(f).__name__, inspect.getsource(f)[:20], inspect.stack()[0].function)
try: s.bind(1)
except TypeError as e: print(e)
class Obj:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
    def __repr__(self): return f'Obj({self.n})'
o = Obj(1); r = weakref.ref(o, lambda r: print('callback')); print(r() is o); del o; print(r()); wd = weakref.WeakValueDictionary(); a = Obj(2); wd['a'] = a; print(dict(wd)); del a; print(dict(wd)); fz = weakref.finalize(k := Obj(3), print, 'finalized'); del k; print(fz.alive)
l = [1, [2, 3], {'a': [4]}]; sh, dp = copy.copy(l), copy.deepcopy(l); l[1].append(9); l[2]['a'].append(8); print(sh, dp); class_ = type('X', (), {'__copy__': lambda s: 'copied', '__deepcopy__': lambda s, m: 'deep'}); print(copy.copy(class_()), copy.deepcopy(class_()))
print(operator.itemgetter(1, 2)('abc'), operator.attrgetter('a.b')(types.SimpleNamespace(a=types.SimpleNamespace(b=5))), operator.methodcaller('upper')('a'), operator.add(1, 2), operator.contains([1], 1), operator.mul(2, 'a'), operator.truth([]), operator.index(True), sorted([{'n': 2}, {'n': 1}], key=operator.itemgetter('n')), operator.concat([1], [2]), operator.countOf([1, 1], 1), operator.itemgetter(1), operator.attrgetter('x'))
print(struct.pack('>IhB', 1, -2, 255), struct.unpack('<2H', b'\x01\x00\x02\x00'), struct.calcsize('iq'), array.array('i', [1, 2, 3]), array.array('d', [1.5]).tolist(), array.array('b', b'ab'))
sc = sched.scheduler(time.time, time.sleep); t0 = time.time(); [sc.enter(d, 1, lambda x: print('event', x, round(time.time() - t0)), (n,)) for n, d in (('b', 2), ('a', 1))]; sc.run(); print(sc.empty())
ts = graphlib.TopologicalSorter({'D': {'B', 'C'}, 'B': {'A'}, 'C': {'A'}}); o = list(ts.static_order()); print(o[0], o[-1])
try: list(graphlib.TopologicalSorter({'a': 'b', 'b': 'a'}).static_order())
except graphlib.CycleError as e: print(e)
print(zlib.crc32(b'hello'), hashlib.md5(b'a').hexdigest(), hashlib.sha256(b'a').hexdigest()[:16], hashlib.sha1(b'').hexdigest(), hmac.new(b'k', b'm', 'sha256').hexdigest()[:10], base64.b64encode(b'hello'), base64.b64decode('aGVsbG8='), base64.urlsafe_b64encode(b'\xff\xfe'), hashlib.new('sha512', b'x').digest_size)
print(textwrap.fill('The quick brown fox jumped over the lazy dog', 20), textwrap.dedent('''
    a
      b
    '''), textwrap.indent('x\ny', '> '), textwrap.shorten('Hello big world', 10), textwrap.wrap('aaa bbb ccc', 7)); pprint.pprint({'k%d' % i: list(range(10)) for i in range(4)}); pprint.pprint([1, {'a': 2}], width=5); print(pprint.pformat({'b': 1, 'a': (2,)}), reprlib.repr(list(range(100))), keyword.iskeyword('for'), html.escape('<a&"b>'), html.unescape('&lt;&eacute;'))
print(up.urlparse('http://u:p@h.com:80/p/a?q=1&r=2#f'), up.parse_qs('a=1&a=2&b='), up.urlencode({'a': 'x y', 'b': [1, 2]}, doseq=True), up.quote('a b/é'), up.unquote('%20'), up.urljoin('http://a/b/c', '../d'), up.urlsplit('x?y').query)
warnings.warn('careful'); warnings.warn('dep', DeprecationWarning)
with warnings.catch_warnings(record=True) as w: warnings.simplefilter('always'); warnings.warn('rec', UserWarning); print(len(w), w[0].message, w[0].category.__name__)
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try: warnings.warn('as error')
    except UserWarning as e: print('raised', e)
ns = types.SimpleNamespace(a=1, b='x'); ns.c = 3; print(ns, ns == types.SimpleNamespace(a=1, b='x', c=3), types.MappingProxyType({'a': 1})); print(''.join(difflib.unified_diff(['a\n', 'b\n'], ['a\n', 'c\n'], 'f', 't')), difflib.get_close_matches('appel', ['ape', 'apple']), difflib.SequenceMatcher(None, 'abcd', 'bcde').ratio())
print(isinstance(1, numbers.Number), isinstance(1.0, numbers.Integral), sys.intern('a') is sys.intern('a'), callable(print), id(1) == id(1), hash('a') == hash('a'), eval('1+1', {}), exec('zz = 5') or zz, compile('1+2', 'f', 'eval').co_name, globals()['__name__'], __name__, __doc__, __file__.endswith('.py'))
atexit.register(print, 'atexit 1'); atexit.register(lambda: print('atexit 2')); sys.exit(3)
