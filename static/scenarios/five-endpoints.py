# /// script
# requires-python = ">=3.11"
# dependencies = ["fastapi", "uvicorn", "aiohttp", "anyio"]
# [tool.coroscope]
# title = "FastAPI: five ways to write an endpoint"
# summary = "The same second of waiting, written in five ways: in a worker thread, awaited, blocking the loop, never awaited, or after the answer. The total goes from 1 s to 50 s."
# leaves_out = ["the network between the two machines: client and server share one"]
#
# [[tool.coroscope.questions]]
# ask = "Fifty requests to a `def` endpoint, five worker tokens, one second each. How long does it take?"
# choices = ["1 s", "10 s", "50 s"]
# answer = 1
# because = "At most five requests hold a token at a time, so they come through in ten waves of a second."
#
# [[tool.coroscope.questions]]
# ask = "Which endpoint serves nobody else while it waits?"
# choices = ["def", "async def", "blocking call in async def"]
# answer = 2
# because = "It calls time.sleep on the thread of the event loop. While that thread sleeps, no other task can run."
# ///
# %% server.py
import asyncio
import threading
import time
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import BackgroundTasks, FastAPI

#@markdown How the endpoint is written
endpoint = "def"  #@param ["def", "async def", "blocking call in async def", "never awaited", "background task"]
#@markdown How many requests may have a worker thread at once (40 unless you say otherwise)
worker_tokens = 5  #@param {type:"slider", min:1, max:100, step:1}
#@markdown How long each request has to wait [s]
sleep_s = 1.0  #@param {type:"slider", min:0.0, max:5.0, step:0.1}


@asynccontextmanager
async def lifespan(app):
    anyio.to_thread.current_default_thread_limiter().total_tokens = worker_tokens
    yield


app = FastAPI(lifespan=lifespan)


def answer(id):
    print(f"request {id} answered, {threading.active_count()} threads")
    return {"request": id}


if endpoint == "def":
    # Runs in a worker thread, if a token is free.
    @app.get("/{id}")
    def root(id: int):
        time.sleep(sleep_s)
        return answer(id)

elif endpoint == "async def":
    # Runs on the event loop and lets others run while it waits.
    @app.get("/{id}")
    async def root(id: int):
        await asyncio.sleep(sleep_s)
        return answer(id)

elif endpoint == "blocking call in async def":
    # Runs on the event loop and keeps it for itself.
    @app.get("/{id}")
    async def root(id: int):
        time.sleep(sleep_s)
        return answer(id)

elif endpoint == "never awaited":
    # Makes a coroutine and throws it away: fast, and wrong.
    @app.get("/{id}")
    async def root(id: int):
        asyncio.sleep(sleep_s)
        return answer(id)

else:
    # Answers first; the wait follows in a worker thread.
    @app.get("/{id}")
    async def root(id: int, background: BackgroundTasks):
        background.add_task(time.sleep, sleep_s)
        return answer(id)


# %% client.py
import asyncio
import time

import aiohttp

#@markdown How many requests are sent at once
#@markdown Try every endpoint, then 1000 requests, then fewer connections.
n_requests = 50  #@param {type:"slider", min:1, max:1000, step:1}
#@markdown How many connections the client opens at most
client_connections = 100  #@param {type:"slider", min:1, max:200, step:1}


async def fetch(session, id):
    async with session.get(f"http://127.0.0.1:5003/{id}") as response:
        return await response.text()


async def main():
    connector = aiohttp.TCPConnector(limit=client_connections)
    patient = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(connector=connector, timeout=patient) as session:
        answers = await asyncio.gather(*[fetch(session, id) for id in range(n_requests)])
    for answer in answers:
        print(answer)


start = time.perf_counter()
asyncio.run(main())
total = time.perf_counter() - start
print(f"{n_requests} requests: {total:.3f} s in total, {total / n_requests:.4f} s per request")

# %% Procfile
# web: uvicorn server:app --port 5003
# client: python client.py
