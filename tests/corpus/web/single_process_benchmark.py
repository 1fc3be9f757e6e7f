# Comparing kinds of endpoints under one client, all in a single process.
import asyncio
import threading
import time

import httpx
from anyio import to_thread
from fastapi import FastAPI

app = FastAPI()
thread_counts = []


@app.get("/def/{id}")
def sync_root(id=0):
    time.sleep(0.3)
    thread_counts.append(threading.active_count())
    return {"message": f"Responding to request {id}"}


@app.get("/async/{id}")
async def async_root(id=0):
    await asyncio.sleep(0.3)
    return {"message": f"Responding to request {id}"}


@app.get("/never/{id}")
async def never_root(id=0):
    asyncio.sleep(0.3)
    return {"message": f"Responding to request {id}"}


async def bench(client, kind, n):
    start = time.perf_counter()
    responses = await asyncio.gather(*(client.get(f"/{kind}/{i}") for i in range(n)))
    rounds = round((time.perf_counter() - start) / 0.3)
    print(f"{kind:<6} {n} requests, {rounds} x 0.3s, last: {responses[-1].json()['message']}")


async def main():
    to_thread.current_default_thread_limiter().total_tokens = 2
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        await bench(client, "async", 6)
        await bench(client, "def", 4)
        await bench(client, "never", 3)
    print("threads:", max(thread_counts))


asyncio.run(main())
