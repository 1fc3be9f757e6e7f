# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "A task group, and one task that fails"
# summary = "When a task of a group raises, the group cancels the others, waits until they have cleaned up, and raises what went wrong."
#
# [[tool.coroscope.questions]]
# ask = "The failing task raises after 0.2 s. When does the `async with` block end?"
# choices = ["at 0.2 s", "when the others have cleaned up", "when the longest task is done"]
# answer = 1
# because = "The group cancels the others at once, but leaves only when every one of them is over, `finally` blocks included."
# ///
import asyncio
import time

#@markdown How many tasks there are beside the failing one
#@markdown Try a clean-up that takes long, and a failure that comes too late to matter.
n_tasks = 3  #@param {type:"slider", min:0, max:20, step:1}
#@markdown When the failing task fails [ms]
fails_after_ms = 200  #@param {type:"slider", min:0, max:1000, step:50}
#@markdown How long a cancelled task takes to clean up [ms]
cleanup_ms = 50  #@param {type:"slider", min:0, max:500, step:10}

begun = time.perf_counter()


def say(text):
    print(f"{time.perf_counter() - begun:.2f} s  {text}")


async def download(number):
    try:
        await asyncio.sleep(0.15 * (number + 1))
        say(f"download {number} is done")
    except asyncio.CancelledError:
        say(f"download {number} is cancelled and cleans up")
        await asyncio.sleep(cleanup_ms / 1000)
        raise


async def failing():
    await asyncio.sleep(fails_after_ms / 1000)
    say("the connection breaks")
    raise ConnectionError("the other side hung up")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            for number in range(n_tasks):
                group.create_task(download(number), name=f"download {number}")
            group.create_task(failing(), name="failing")
    except* ConnectionError as errors:
        say(f"the group ends with {errors.exceptions!r}")


asyncio.run(main())
