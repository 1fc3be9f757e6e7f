# Chains of coroutines, each waiting for the one before it.
import asyncio, random, time
async def part1(n: int) -> str:
    i = random.randint(0, 10); print(f"part1({n}) sleeping for {i} seconds."); await asyncio.sleep(i); result = f"result{n}-1"; print(f"Returning part1({n}) == {result}."); return result
async def part2(n: int, arg: str) -> str:
    i = random.randint(0, 10); print(f"part2{n, arg} sleeping for {i} seconds."); await asyncio.sleep(i); result = f"result{n}-2 derived from {arg}"; print(f"Returning part2{n, arg} == {result}."); return result
async def chain(n: int) -> None:
    start = time.perf_counter(); p1 = await part1(n); p2 = await part2(n, p1); end = time.perf_counter() - start; print(f"-->Chained result{n} => {p2} (took {end:0.0f} seconds).")
async def main(*args): await asyncio.gather(*(chain(n) for n in args))
random.seed(444); start = time.perf_counter(); asyncio.run(main(*(1, 2, 3))); print(f"Program finished in {time.perf_counter() - start:0.0f} seconds.")
