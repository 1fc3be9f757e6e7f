# /// script
# requires-python = ">=3.11"
# dependencies = ["trio"]
# [tool.coroscope]
# title = "Trio: a nursery, a deadline and a shield"
# summary = "Cancelling a scope cancels everything inside it, at every await, until it is left. A shield keeps a clean-up alive."
#
# [[tool.coroscope.questions]]
# ask = "The deadline passes at 0.35 s. The careful worker cleans up inside a shield for 0.2 s. When does the nursery end?"
# choices = ["at 0.35 s", "at 0.55 s", "never"]
# answer = 1
# because = "A nursery ends when its last child does. The shield holds the cancellation off until the clean-up is over; without it the clean-up's own await would be cancelled at once."
#
# [[tool.coroscope.questions]]
# ask = "The hasty worker awaits in its clean-up too, without a shield. Does it say that it is tidy?"
# choices = ["yes", "no"]
# answer = 1
# because = "Cancellation in Trio is a state, not an event: in a cancelled scope every await raises again."
# ///
import trio

#@markdown When the deadline passes [ms]
#@markdown Move the deadline, or lengthen the clean-up. Trio runs the tasks of a batch in arbitrary order: another seed, another order.
deadline_ms = 350  #@param {type:"slider", min:50, max:1000, step:50}
#@markdown How long a clean-up takes [ms]
cleanup_ms = 200  #@param {type:"slider", min:0, max:500, step:50}
#@markdown How many quick workers there are
n_quick = 3  #@param {type:"slider", min:0, max:20, step:1}


def say(text):
    print(f"{trio.current_time() - begun:.2f} s  {text}")


async def quick(number):
    await trio.sleep(0.1 * (number + 1))
    say(f"quick worker {number} is done")


async def hasty():
    try:
        await trio.sleep_forever()
    finally:
        say("hasty worker cleans up")
        await trio.sleep(cleanup_ms / 1000)
        say("hasty worker is tidy")


async def careful():
    try:
        await trio.sleep_forever()
    finally:
        with trio.CancelScope(shield=True):
            say("careful worker cleans up")
            await trio.sleep(cleanup_ms / 1000)
            say("careful worker is tidy")


async def main():
    global begun
    begun = trio.current_time()
    with trio.move_on_after(deadline_ms / 1000) as scope:
        async with trio.open_nursery() as nursery:
            for number in range(n_quick):
                nursery.start_soon(quick, number, name=f"quick {number}")
            nursery.start_soon(hasty)
            nursery.start_soon(careful)
    say("out of time" if scope.cancelled_caught else "in time")


trio.run(main)
