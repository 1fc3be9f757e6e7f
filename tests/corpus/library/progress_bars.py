from tqdm import tqdm, trange
import time, asyncio, sys, io
from tqdm.asyncio import tqdm as at
import re
def shown(f):
    s = io.StringIO(); r = f(s)
    t = s.getvalue()
    last = [p for p in re.split("[\r\n]", t) if p.strip()][-1]
    return r, re.sub(r"\[.*?\]", "[T]", last), t.count("\n"), t[:40].replace("\r", "<CR>")
def one(s): return sum(tqdm(range(10), file=s))
print(shown(one))
def two(s):
    with tqdm(total=100, desc="load", unit="B", file=s, ncols=60) as b:
        for i in range(10): b.update(10); time.sleep(0.02)
        return b.n
print(shown(two))
def three(s): return list(tqdm((x for x in "abc"), desc="gen", file=s))
print(shown(three))
def four(s):
    b = tqdm([1,2,3], file=s, ascii=True, leave=False)
    for i in b: b.set_postfix(loss=0.12345, n=i)
    return None
print(shown(four))
print(tqdm.format_meter(50, 100, 10), tqdm.format_meter(5, None, 2), tqdm.format_meter(3, 100, 100, ncols=50, prefix="x"), sep="\n")
print(tqdm.format_meter(1500, 30000, 61, unit_scale=True, unit="B"), tqdm.format_meter(0, 10, 0), tqdm.format_meter(7, 9, 3700, bar_format="{desc}{percentage:.1f}% {bar:5} {n_fmt}/{total_fmt} {elapsed}<{remaining} {rate_fmt}{postfix}"), sep="\n")
async def main():
    async def w(i): await asyncio.sleep(0.05 * (3 - i)); return i
    s = io.StringIO()
    print(await at.gather(*(w(i) for i in range(3)), file=s))
    for f in at.as_completed([w(i) for i in range(3)], file=s): print(await f, end=" ")
    print()
asyncio.run(main())
print(list(tqdm([1, 2], disable=True)), len(trange(5, disable=True)))
