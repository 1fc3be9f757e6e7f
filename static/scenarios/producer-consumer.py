# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "Producers, a queue and consumers"
# summary = "A queue of limited size makes a fast producer wait for slow consumers. Give it more consumers and see where the waiting goes."
#
# [[tool.coroscope.questions]]
# ask = "The producer needs 20 ms an item, a consumer 60 ms. With how many consumers does the producer never wait?"
# choices = ["1", "2", "3"]
# answer = 2
# because = "Three consumers take an item every 20 ms together, as fast as they come."
# ///
import asyncio
import time

#@markdown How many consumers there are
#@markdown Try three consumers; then one, with a longer queue.
n_consumers = 1  #@param {type:"slider", min:1, max:10, step:1}
#@markdown How many items the queue holds
queue_size = 3  #@param {type:"slider", min:1, max:20, step:1}
#@markdown How many items are made
n_items = 12  #@param {type:"slider", min:1, max:100, step:1}

waited = 0.0


async def producer(queue):
    global waited
    for item in range(n_items):
        await asyncio.sleep(0.02)
        full = time.perf_counter()
        await queue.put(item)
        waited += time.perf_counter() - full
    print(f"all {n_items} items are made; the producer waited {waited:.2f} s for a free place")


async def consumer(queue, name):
    while True:
        item = await queue.get()
        await asyncio.sleep(0.06)
        print(f"{name} is done with item {item}, {queue.qsize()} wait")
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=queue_size)
    consumers = [asyncio.create_task(consumer(queue, f"consumer {i}"), name=f"consumer {i}") for i in range(n_consumers)]
    await asyncio.create_task(producer(queue), name="producer")
    await queue.join()
    for task in consumers:
        task.cancel()


start = time.perf_counter()
asyncio.run(main())
print(f"{n_items} items, {n_consumers} consumers: {time.perf_counter() - start:.2f} s")
