from html.parser import HTMLParser
import time
class P(HTMLParser):
    def handle_starttag(self, t, a): print("start", t, a, self.getpos(), repr(self.get_starttag_text()))
    def handle_endtag(self, t): print("end", t)
    def handle_data(self, d): print("data", repr(d))
    def handle_comment(self, d): print("comment", repr(d))
    def handle_decl(self, d): print("decl", d)
    def handle_pi(self, d): print("pi", d)
    def handle_entityref(self, n): print("entity", n)
    def handle_charref(self, n): print("char", n)
doc = """<!DOCTYPE html>
<html><head><title>T &amp; x</title><script>if (a < b) { x("</p>"); }</script></head>
<!-- c --><body class="a b" id=main disabled data-x='1 > 0'><p>Hello &lt;b&gt; &#233;<br/>line<img src="i.png" /></p>
<A HREF="/q?a=1&amp;b=2">link</A> 1 < 2 </body></html>
"""
p = P(); p.feed(doc); p.close()
p = P(convert_charrefs=False); p.feed("<p>a &amp; b &#65; c</p>"); p.close()
p = P()
for c in "<div><a href='x'>y&am": p.feed(c)
p.feed("p;z</a></div>"); p.close()
links = []
class L(HTMLParser):
    def handle_starttag(self, tag, attrs):
        if tag == "a": links.extend(v for k, v in attrs if k == "href")
L().feed('<a href="1">x</a><a class=q href=2>y</a>'); print(links)
i = time.get_clock_info("monotonic"); print(i.monotonic, i.adjustable, i.resolution, i.implementation); print(time.clock_gettime(time.CLOCK_MONOTONIC_RAW) > 0, time.clock_getres(time.CLOCK_REALTIME))
