# /// script
# requires-python = ">=3.11"
# dependencies = ["fastapi", "uvicorn", "aiohttp"]
# [tool.coroscope]
# title = "The client's connection limit"
# summary = "The server could take all 1000 requests at once, but aiohttp opens 100 connections at most: they come in ten waves."
# leaves_out = ["the network between the two machines: client and server share one"]
#
# [[tool.coroscope.questions]]
# ask = "1000 requests wait a second each in an `async def` endpoint, and the total is ten seconds. Who is slow?"
# choices = ["the server", "the client"]
# answer = 1
# because = "aiohttp's connector opens 100 connections unless told otherwise. A request without one waits in the client; the server never hears of it."
# ///
# %% server.py
import asyncio

from fastapi import FastAPI

#@markdown How long each request waits in the server [s]
sleep_s = 1.0  #@param {type:"slider", min:0.0, max:2.0, step:0.1}

app = FastAPI()


@app.get("/{id}")
async def root(id: int):
    await asyncio.sleep(sleep_s)
    return {"request": id}


# %% client.py
import asyncio
import time

import aiohttp

#@markdown How many requests are sent at once
#@markdown Try 50, 100, 500 and 1000 connections: the waves get fewer, until the CPU is what is short.
n_requests = 1000  #@param {type:"slider", min:10, max:1000, step:10}
#@markdown How many connections the client opens at most
connections = 100  #@param {type:"slider", min:10, max:1000, step:10}

waits = []


async def fetch(session, id):
    asked = time.perf_counter()
    async with session.get(f"http://127.0.0.1:5003/{id}") as response:
        await response.read()
    waits.append(time.perf_counter() - asked)


async def main():
    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*[fetch(session, id) for id in range(n_requests)])


start = time.perf_counter()
asyncio.run(main())
total = time.perf_counter() - start
print(f"{n_requests} requests over at most {connections} connections: {total:.2f} s")
print(f"the first answer came after {min(waits):.2f} s, the last after {max(waits):.2f} s")

# %% Procfile
# web: uvicorn server:app --port 5003 --log-level warning
# client: python client.py
