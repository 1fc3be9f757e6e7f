# What each pattern matches, where its groups lie, and what is split at it.
import re
cases = [(r'(a|b*)*', 'abba'), (r'((a)|b)*', 'ab'), (r'(?:(a)|b)*', 'ab'), (r'(a)|(b)', 'b'), (r'(a*)*', 'aa'), (r'(a*)+', 'b'), (r'(a|ab)(c|bcd)(d*)', 'abcd'), (r'(?:a|ab){2}', 'aba'), (r'(?:a|ab){2}+', 'aba'), (r'(?:a|ab)*+c', 'abc'),
 (r'(a+)(?=b)', 'aab'), (r'(?!a)(\w)', 'ba'), (r'(?=(a+))a*b\1', 'baaabac'), (r'(?=(a+))', 'baaabac'), (r'(?<!-)\b\w+', '-foo bar'), (r'(?<=\d{3})x', '123x'), (r'(<)?(\w+@\w+(?:\.\w+)+)(?(1)>|$)', '<user@host.com>'), (r'(<)?(\w+@\w+(?:\.\w+)+)(?(1)>|$)', 'user@host.com'), (r'(<)?(\w+@\w+(?:\.\w+)+)(?(1)>|$)', '<user@host.com'), (r'(?P<q>[\'"]).*?(?P=q)', 'say "it\'s" ok'), (r'(\w)\1', 'hello'), (r'(?i)(\w)\1', 'Aa'), (r'(?i:a)b', 'Ab AB'), (r'(?-i:a)b', 'aB', re.I), (r'(?i)a(?-i:b)c', 'AbC ABC'), (r'x*?y', 'xxxy'), (r'<.*?>', '<a><b>'), (r'<.*>', '<a><b>'), (r'a{2,3}?', 'aaaa'), (r'(?:ab)+?', 'ababab'), (r'(?:ab){2,}', 'ababab'), (r'(ab){1,2}', 'ababab'), (r'(?>a*)a', 'aaa'), (r'a*+a', 'aaa'), (r'a*+b', 'aaab'), (r'(?>a|ab)c', 'abc'), (r'\Aabc\Z', 'abc'), (r'^abc$', 'abc\n'), (r'(?m)^b', 'a\nb'), (r'\.', 'a.b'), (r'[\d.]+', 'v1.2.3'), (r'\x41\u0042\103', 'ABC'), (r'\t\n', '\t\n'), (r'[\b]', '\b'), (r'a\
b', 'a\nb'), (r'''(?x)
   \d+  # digits
   \s*  [a-z ]  \#  ''', '12 a#'), (r'a # b', 'a # b'), (r'(a)?b', 'b'), (r'(a)?(b)?(c)?', 'ac'), (r'((((a))))', 'a'), (r'(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10', 'abcdefghijj'), (r'(?:(a)|(b)|(c))+', 'abc'), (r'(a(b)?)+', 'aba'), (r'^(?:(\d+)x)?(.*)$', 'abc'), (r'(\d+)?x', 'x'), (r'(?<=(a))b', 'ab'), (r'(?!(a)b)a', 'ac'), (r'(a(?!b))|ab', 'ab'), (r'\w+(?<!foo)$', 'barfoo'), (r'[^\W\d_]+', 'ab1_é'), (r'\S+', ' a b'), (r'\D+', '1ab2'), (r'(.)(.)?', 'x'), (r'(?:x|(y))*z', 'yxz'), (r'(a*?)(b*)', 'aab'), (r'(a??)(a)', 'aa'), (r'.{3}', 'abcdef'), (r'(?s).*', 'a\nb'), (r'(a|b|c|d)+e', 'abcde'), (r'(foo|foobar)(bar)?', 'foobar'), (r'(?:foo|foobar)$', 'foobar'), (r'\d{1,3}(?:\.\d{1,3}){3}', 'ip 192.168.1.10'), (r'(\d+)-(?P<x>\d+)', 'a 12-34 b'), (r'[A-Z][a-z]+(?: [A-Z][a-z]+)*', 'the Quick Brown fox'), (r'#[0-9a-fA-F]{6}\b', '#FFaa00 '), (r'(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)', 'on 2024-03-01!'), (r'(")?x(?(1)"|;)', '"x"'), (r'((x)|y|z)*', 'xyz'), (r'(ab|cd)*?e', 'abcde'), (r'(?:a?)*?y', 'z'), (r'(?:a?){3}', 'aa'), (r'(a?)*', 'aa'), (r'(|a)+', 'aa'), (r'(a|)+', 'aa'), (r'(?:a|(?:b|c)+)+d', 'abcbad'), (r'[a-c&&[b]]', 'b]'), (r'(a)(?:(b)|c)(?(2)d|e)', 'abd ace abe'), ('(?P<a>a)(?(a)b|c)', 'ab'), (r'(x)?(?(1)y)', 'y'), (r'[\s\S]+', 'a\n'), (r'(?a:\w)+', 'aé'), (r'(?u:\w)+', 'aé', re.A), (r'é', 'É', re.I), (r'[é]', 'É', re.I|re.A), (r'[^x]', 'X', re.I), (r'\bé', 'é', re.A)]
import warnings; warnings.simplefilter('ignore')
for c in cases:
    for f in (re.match, re.search, re.fullmatch):
        try:
            m = f(*c)
        except Exception as e:
            print(c, type(e).__name__, e); continue
        print(c, f.__name__, m, m and (m.groups(), m.lastindex, m.lastgroup, m.regs))
    print([m.span() for m in re.finditer(*c)], re.split(*c[:2]))
s = re.Scanner([(r'[a-z]+', lambda s, t: ('NAME', t)), (r'\d+', lambda s, t: int(t)), (r'\s+', None), (r'[-+]', 'OP')])
print(s.scan('ab 12 + c ?? x'))
tok = re.compile(r'(?P<NUM>\d+(\.\d*)?)|(?P<ID>[A-Za-z]+)|(?P<OP>[+\-*/=;])|(?P<NL>\n)|(?P<WS>[ \t]+)|(?P<BAD>.)')
for m in tok.finditer('x = 3.5*y;\n?'): print(m.lastgroup, repr(m.group()), m.start(), m.lastindex, end=' | ')
print()
print(re.sub(r'(?<!^)(?=[A-Z])', '_', 'camelCaseStringHTTP').lower(), re.sub(r'_(\w)', lambda m: m[1].upper(), 'snake_case_name'), re.sub(r'\s+', ' ', ' a  b\n c ').strip())
print(re.findall(r'(?i)\b[a-z0-9._%+-]+@[a-z0-9.-]+\.[A-Z]{2,}\b', 'x Foo.Bar@Example.COM, a@b.c d@e.io'))
m = re.search('b+', 'aabbcc'); print(m.string[:m.start()] + m.string[m.end():], bool(m), m.__class__.__name__)
if (m := re.match(r'(\d+)', '42abc')): print(int(m[1]))
mm = re.match(r"(\w+):(\d+)", "host:80")
print(mm.groups())
mb = re.match(rb'(\w+)', b'ab cd'); print(mb, mb.groups(), re.match(b'a', bytearray(b'abc')).group(), re.sub(b'a', b'x', bytearray(b'aba')))
print(re.match('a'*10, 'a'*100), re.match('.*', 'x'*100))
class S(str): pass
print(repr(re.match('a', S('abc')).group()), re.findall('a', S('aa')))
