# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "A blocking call hidden in a coroutine"
# summary = "A heartbeat beats every 50 ms, until a coroutine calls something that does not await: then everything on the loop stands still."
#
# [[tool.coroscope.questions]]
# ask = "The report runs in a task of its own. Why does the heartbeat stop?"
# choices = ["tasks share one thread", "the report holds a lock"]
# answer = 0
# because = "All tasks of a loop run on one thread, and only an await lets go of it. time.sleep keeps it."
# ///
import asyncio
import time

#@markdown How the report is written
#@markdown Try each: two of them leave the heart beating.
report_by = "time.sleep"  #@param ["time.sleep", "a long computation", "asyncio.sleep", "asyncio.to_thread"]
#@markdown How long the report takes, about [ms]
report_ms = 300  #@param {type:"slider", min:0, max:1000, step:10}

begun = time.perf_counter()
beats = []


async def heartbeat():
    while True:
        beats.append(time.perf_counter())
        await asyncio.sleep(0.05)


def compute():
    for _ in range(report_ms * 20_000 // 10):
        pass


async def report():
    if report_by == "time.sleep":
        time.sleep(report_ms / 1000)
    elif report_by == "a long computation":
        compute()
    elif report_by == "asyncio.sleep":
        await asyncio.sleep(report_ms / 1000)
    else:
        await asyncio.to_thread(time.sleep, report_ms / 1000)
    print(f"{time.perf_counter() - begun:.3f} s  the report is written")


async def main():
    heart = asyncio.create_task(heartbeat())
    await asyncio.sleep(0.2)
    await asyncio.create_task(report())
    await asyncio.sleep(0.2)
    heart.cancel()


asyncio.run(main())
pauses = [later - earlier for earlier, later in zip(beats, beats[1:])]
print(f"{len(beats)} beats, the longest pause between two of them {max(pauses) * 1000:.0f} ms")
