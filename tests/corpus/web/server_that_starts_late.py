# /// script
# dependencies = ["fastapi", "uvicorn", "httpx"]
# ///
# A server whose application takes a while to start: its client is started when it listens.
# %% server.py
import asyncio
from contextlib import asynccontextmanager

from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app):
    await asyncio.sleep(1.5)
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/")
async def root():
    return 1
# %% client.py
import httpx

print(httpx.get("http://127.0.0.1:5003/").json())
# %% Procfile
# web: uvicorn server:app --port 5003 --no-access-log
# client: python client.py
