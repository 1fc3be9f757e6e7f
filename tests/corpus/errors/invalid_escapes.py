# python: 3.12
# Escapes that mean nothing, and a literal compared by identity.
import re
print(re.findall('\d+', 'a1b22'), "\ ", '\.', b'\q', r'\d', f'{1}\w')
print(1 is 1, (1, 2) is not None)
