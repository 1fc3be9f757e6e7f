# Wrong patterns: what is wrong and where.
import re, warnings
warnings.simplefilter('ignore')
bad = ['(', ')', 'a)', '(a', '[', '[a', '[]', '*', '+a', 'a**', 'a+*', 'a{2}{3}', '?', '(?', '(?P', '(?P<', '(?P<a', '(?P<a>', '(?P<1a>x)', '(?P<>x)', '(?P=a)', '(?P=', '(?P=a', '(?P<a>x)(?P<a>y)', '(?Px)', '(?z)', '(?i', '(?i-', '(?i-i:x)', '(?-i)', '(?a-u:x)', '(?au)', '(?-a:x)', '(?L)a', 'a(?i)b', '(?i)(?m)a', r'\1', r'(\1)', r'(a)\2', '\\', 'a\\', r'\q', r'\x', r'\x1', r'\xg1', r'\u12', r'\U0011000', r'\U00110000', r'[\q]', r'[\x1]', r'[b-a]', r'[\w-a]', r'[a-\d]', 'a{3,2}', 'a{99999999999}', '(?<=a+)b', '(?<=a|bc)d', '(?<a)', '(?<', '(?#abc', '(?(1)a|b)', '(a)(?(1)a|b|c)', '(?(x)a)', '(?(0)a)', '(?(1', '(?(-1)a)', r'\400', r'[\400]', r'\8', r'[\8]', '^*', '$+', r'\b*', '(?:', '(?=', '(?!a', '(?>a', 'a++', 'a?+', 'a{1,2}+', 'a+++', 'a*?+', '(?>a)*', r'\N{x}', r'\N', '|*', '(*)', '(|*)', '(?<=(a)\\1)b', '(?<=(?P<n>a)(?(n)b|c))d', 'a\nb)', '(\n\n[', '(?i:a', '(?x: a b # c\n)d', '(?x', 'x{1,2', '{', '}', ']', 'a{', 'a{}', 'a{,', 'a{1}}', '(?P<é>a)', '(?P<a b>x)', '(?\\=)', '(?P\\', '[a-', '[^', '[^]', '(?i\\)', '(?ix', '(?iz)', '(?i1)', '(?-1:', '(?-:a)', '(?-i', '(?m-i:', '(?im-s']
for p in bad:
    try:
        c = re.compile(p)
        print(repr(p), 'ok', c.groups, c.flags)
    except re.error as e:
        print(repr(p), e, '|', e.msg, e.pos, e.lineno, e.colno)
    except Exception as e:
        print(repr(p), type(e).__name__, e)
for p in [b'\\u1234', b'(?u)a', b'(?L)a', b'\xe9', b'(?P<\xe9>a)', b'[\xe0-\xff]', b'\\400', b'a(?i)']:
    try:
        c = re.compile(p); print(p, 'ok', c.flags, c.findall(b'\xe9\xe0A'))
    except Exception as e:
        print(repr(p), type(e).__name__, e)
