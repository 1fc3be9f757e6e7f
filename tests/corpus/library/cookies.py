from http.cookies import *
from http import cookies
c = SimpleCookie()
c["a"] = "1"; c["b"] = 'x "y";z'; c["a"]["path"] = "/"; c["a"]["max-age"] = 60; c["a"]["httponly"] = True; c["a"]["samesite"]="Lax"
print(c); print(repr(c)); print(c["a"].OutputString()); print(repr(c["b"].value), c["b"].coded_value)
d = SimpleCookie(); d.load('sid=abc; theme="dark mode"; q="\\"x\\054"'); print({k: v.value for k, v in d.items()})
d = SimpleCookie('a=1; Path=/x; b=2; secure; HttpOnly'); print(d.output()); 
d = SimpleCookie("bad bad"); print(d)
try: c["a"]["zz"] = 1
except cookies.CookieError as e: print(e)
try: c["a b"] = 1
except cookies.CookieError as e: print(e)
try: c["path"] = 1
except cookies.CookieError as e: print(e)
print(c["a"].key, c["a"]["path"], c.output(header="Cookie:", attrs=[]))
print(repr(c["a"]), c["a"] == c["a"].copy())
print(c["a"].js_output())
