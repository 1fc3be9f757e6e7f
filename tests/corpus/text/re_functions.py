# The functions, patterns and matches of re: results, texts and errors.
import copy
import re


def dash(m):
    return ' ' if m.group(0) == '-' else '-'


def nothing(m):
    return None


def five(m):
    return 5


def t(f, *a, **k):
    try:
        r = f(*a, **k)
    except Exception as e:
        r = f"{type(e).__name__}: {e}"
        if isinstance(e, re.error):
            r += f" {e.msg!r} {e.pos} {e.lineno} {e.colno} {e.pattern!r}"
    print(getattr(f, '__name__', f), [getattr(x, '__name__', None) or x for x in a], k, '->', r)
m = re.match('abc', 'abcdef')
print(m, m.group(), m.span(), m.re, m.string, m.pos, m.endpos, m.lastindex, m.lastgroup, m.regs)
print(re.match('x','abc'))
m = re.match(r'(?P<first>\w+) (?P<last>\w+)(?P<x>\d)?', 'Malcolm Reynolds')
print(m.groups(), m.groups(''), m.groupdict(), m.groupdict('-'), m['first'], m[2], m.group(1,2), m.group('last','first'), m.lastindex, m.lastgroup)
print(m.start(2), m.end('last'), m.span('x'), m.regs, m.expand(r'\2, \1 \g<first>'))
for bad in (lambda: m.group(9), lambda: m['nope'], lambda: m.group(-1), lambda: m.start('q'), lambda: m.group(1.5)):
    t(bad)
print(re.compile('a', re.I), re.compile('a', re.I|re.M|re.S|re.X), re.compile(b'a'), re.compile('a', re.A), re.compile(b'x', re.L))
print(re.compile('x'*300))
print(repr(re.I), re.I, re.I|re.M, repr(re.I|re.M), repr(re.RegexFlag(0)), re.compile('a').flags, re.compile('a',re.I).flags, re.compile('(?i)a').flags, re.NOFLAG)
print(repr(re.RegexFlag.I), re.I.name, re.I.value, list(re.RegexFlag)[:3], re.A.name)
print(type(m), type(re.compile('a')), re.Pattern, re.Match)
for a in [
 (r'\W+', 'Words, words, words.'), (r'(\W+)', 'Words, words, words.'), (r'\W+', 'Words, words, words.', 1), ('[a-f]+', '0a3B9', 0, re.I),
 (r'\b', 'Words, words, words.'), (r'\W*', '...words...'), (r'(\W*)', '...words...'), ('x*', 'axbc'), ('', 'abc'), ('(a)|b', 'xaybz'), (',', ''), (r'(?=b)', 'abab'), (',', 'a,b,c', -1)]:
    t(re.split, *a)
for a in [(r'\bf[a-z]*', 'which foot or hand fell fastest'), (r'(\w+)=(\d+)', 'set width=20 and height=10'), (r'(\w)?x','axx'), ('a*','baac'), ('a*?','baac'), ('', 'abc'), (r'(?:a|b)+','ababxab'), (r'((a)|(b))','abc'),(r'\d+','٣٤ 12'),(r'\w+','héllo wörld'),(r'\w+','héllo',re.A),(rb'\w+',b'ab cd'),
 (r'^\w', 'ab\ncd', re.M), (r'\w$','ab\ncd\n',re.M), (r'\w$','ab\ncd\n'), (r'\w\Z','ab\ncd\n'), (r'.', 'a\nb'), (r'.', 'a\nb', re.S), (r'(?s).', 'a\nb'),(r'[^a]','ab\n'),(r'\s','a b\tc\xa0d'),
 (r'(?i)straße', 'STRASSE StraßE'), (r'[à-ü]','ÀÉé', re.I), ('k','K\u212a',re.I), ('ſ','sS',re.I), ('[a-z]+','ſK\u212a', re.I), (r'\bfoo\b', 'foo foobar foo.'), (r'\B', 'ab'), (r'\B',''), (r'\b',''), (r'a{2,3}', 'aaaaaaa'), (r'a{2}', 'aaaaa'), (r'a{,2}','aaaaa'), (r'a{2,}?','aaaaa'), (r'x{a}', 'x{a}'), (r'x{,}', 'xx'), (r'a{1', 'a{1'), (r'[]a]', ']a'), (r'[^]a]', ']ab'), (r'[a\-z]','a-z'), (r'[a-]','a-'), (r'[\w-]+','a-b c'), (r'[\]]',']'), (r'[.*]','.*a')]:
    t(re.findall, *a)
for a in [(r'def\s+([a-zA-Z_]\w*)\(\s*\):', r'static PyObject*\npy_\1(void)\n{', 'def myfunc():'), ('-{1,2}', dash, 'pro----gram-files'), (r'\sAND\s', ' & ', 'Baked Beans And Spam', 0, re.I), ('x*', '-', 'abxd'), ('x*','-','abxd',2), ('a','b','aaa',2), (r'(\w+) (\w+)', r'\2 \1', 'hello world foo bar'), (r'(?P<n>\d+)', r'<\g<n>>', 'a1b22'), (r'(\d)', r'\g<1>0', 'a1b2'), (r'(a)|b', r'[\1]', 'ab'), ('a', r'\n', 'cab'), ('a', r'\\', 'a'), ('a', r'\x', 'a'), ('a', r'\1', 'a'), ('a', r'\g<x>', 'a'), ('a', r'\g<1', 'a'), ('a', r'\g<>', 'a'), ('a', r'\g', 'a'), ('a','\\','a'), ('a', r'\0', 'a'), ('a', r'\101', 'a'), ('a', r'\400', 'a'), ('a', r'\&', 'a'), ('a', 5, 'a'), ('a', None, 'a'), ('a', nothing, 'bab'), ('a', five, 'bab'), (b'a', 'b', b'a'), ('a', b'b', 'a'), ('(a)(b)?', r'\2x\1', 'ab a'), ('', '-', 'abc'), (r'\b','|','ab cd'), (r'$', '!', 'a\n'), (r'(?m)^', '> ', 'a\nb\n')]:
    t(re.sub, *a)
t(re.subn, 'a', 'b', 'banana'); t(re.subn, 'a', 'b', 'banana', 2); t(re.subn, 'q','b','banana')
for s in ["it's a.b*c", 'python.exe', 'a b\tc\n', '!#$%&', 'é{1}', b'a.b']: t(re.escape, s)
for m in re.finditer(r'\w+', 'one two three'): print(m.start(), m.group(), end='; ')
print()
it = re.finditer('a', 'aa'); print(type(it).__name__, next(it), next(it), next(it, 'end'))
p = re.compile(r'a.c')
print(p.match('abc'), p.match('xabc'), p.match('xabc', 1), p.search('xxabc', 2, 4), p.search('xxabc', 2, 5), p.fullmatch('abcd'), p.fullmatch('abc'), p.fullmatch('abcd', 0, 3))
print(p == re.compile('a.c'), p is re.compile('a.c'), hash(p) == hash(re.compile('a.c')), copy.copy(p) is p, copy.deepcopy(p) is p, p.pattern, p.groups, p.groupindex, re.compile(r'(?P<a>.)(?P<b>.)').groupindex)
print(re.compile('^b').match('ab', 1), re.compile('^b').search('ab',1), re.compile('(?<=a)b').match('ab',1), re.compile('b$').match('abc',1,2))
t(re.match, 'a', 5); t(re.match, 'a', None); t(re.match, 'a', b'a'); t(re.match, b'a', 'a'); t(re.compile, 5); t(re.compile, p, re.I); t(re.compile, 'a', re.L); t(re.compile, b'a', re.U); t(re.compile,'a',re.A|re.U)
