# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "What an event loop does"
# summary = "Callbacks, tasks and timers take turns on one thread: each pass runs what was ready when it began."
#
# [[tool.coroscope.questions]]
# ask = "`call_soon` is called before the first `await`. When does the callback run?"
# choices = ["at once", "in the next pass of the loop"]
# answer = 1
# because = "call_soon only puts a handle into the ready queue. It runs when the current task lets go of the thread."
# ///
import asyncio
import time

#@markdown How many tasks take turns
#@markdown Follow the ready queue: what is put in during a pass runs in the next one.
n_tasks = 3  #@param {type:"slider", min:1, max:20, step:1}
#@markdown How long each of them sleeps [ms]
sleep_ms = 20  #@param {type:"slider", min:0, max:200, step:5}

begun = time.perf_counter()


def say(text):
    print(f"{(time.perf_counter() - begun) * 1000:4.0f} ms  {text}")


async def worker(number):
    say(f"task {number} starts")
    await asyncio.sleep(0)  # lets the others run, and comes back in the next pass
    say(f"task {number} goes to sleep")
    await asyncio.sleep(sleep_ms / 1000)
    say(f"task {number} is done")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.010, say, "the timer set for 10 ms")
    loop.call_soon(say, "the callback of call_soon")
    say("main has only made plans so far")
    tasks = [asyncio.create_task(worker(number)) for number in range(n_tasks)]
    for task in tasks:
        await task
    say("all tasks are done")


asyncio.run(main())
