# /// script
# requires-python = ">=3.11"
# dependencies = ["fastapi", "uvicorn", "aiohttp"]
# [tool.coroscope]
# title = "FastAPI: one blocking call in an async endpoint"
# summary = "An endpoint declared with async def sleeps without await: the event loop serves nobody else meanwhile."
# cores = 4
# ///
# %% server.py
from time import sleep

from fastapi import FastAPI

#@markdown How long the endpoint works [s]
delay = 1.0  #@param {type:"slider", min:0.1, max:2.0, step:0.1}

app = FastAPI()


@app.get("/{id}")
async def root(id=0):
    sleep(delay)
    return {"message": f"Responding to request {id}"}


# %% client.py
import asyncio
import time

import aiohttp

#@markdown How many requests arrive at once
n_requests = 20  #@param {type:"slider", min:1, max:200, step:1}


async def fetch(session, url):
    async with session.get(url) as response:
        return await response.text()


async def main():
    async with aiohttp.ClientSession() as session:
        tasks = [fetch(session, f"http://localhost:5003/{i}") for i in range(n_requests)]
        responses = await asyncio.gather(*tasks)
        for response in responses:
            print(response)


start = time.time()
asyncio.run(main())
end = time.time()
print(f"{n_requests} requests: {end - start:.3f} s in total, {(end - start) / n_requests:.3f} s per request")

# %% Procfile
# web: uvicorn server:app --port 5003
# client: python client.py
