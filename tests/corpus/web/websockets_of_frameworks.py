# /// script
# dependencies = ["fastapi", "uvicorn", "websockets", "aiohttp"]
# ///
# WebSockets of FastAPI behind uvicorn and of aiohttp, with clients of websockets and aiohttp.
import asyncio

import aiohttp
import uvicorn
import websockets
from aiohttp import web
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()


@app.websocket("/ws/{room}")
async def endpoint(ws: WebSocket, room: str, token: str | None = None):
    if token == "no":
        await ws.close(code=1008)
        return
    await ws.accept(subprotocol="chat" if "chat" in ws.scope["subprotocols"] else None)
    try:
        while True:
            message = await ws.receive_text()
            if message == "close":
                await ws.close(code=4000, reason="server says")
                break
            await ws.send_text(f"{room}: {message}")
            await ws.send_json({"got": message})
    except WebSocketDisconnect as error:
        print("disconnected", error.code, repr(error.reason))


async def fastapi():
    server = uvicorn.Server(uvicorn.Config(app, port=8123, log_level="error"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    async with websockets.connect("ws://127.0.0.1:8123/ws/red?x=1", subprotocols=["chat"]) as ws:
        await ws.send("hi")
        print(ws.subprotocol, await ws.recv(), await ws.recv())
    await asyncio.sleep(0.1)
    for path in ("/ws/red?token=no", "/nowhere"):
        try:
            await websockets.connect("ws://127.0.0.1:8123" + path)
        except websockets.InvalidStatus as error:
            print(error)
    ws = await websockets.connect("ws://127.0.0.1:8123/ws/blue")
    await ws.send("close")
    try:
        await ws.recv()
    except websockets.ConnectionClosed as error:
        print(error)
    ws = await websockets.connect("ws://127.0.0.1:8123/ws/blue")
    server.should_exit = True
    try:
        await ws.recv()
    except websockets.ConnectionClosed as error:
        print(error)
    await serving


async def handler(request):
    ws = web.WebSocketResponse()
    await ws.prepare(request)
    async for message in ws:
        if message.type is aiohttp.WSMsgType.TEXT:
            if message.data == "close":
                await ws.close(code=4002, message=b"enough")
            else:
                await ws.send_str(message.data.upper())
        elif message.type is aiohttp.WSMsgType.BINARY:
            await ws.send_bytes(message.data[::-1])
    print("server's end", ws.closed, ws.close_code)
    return ws


async def plain(request):
    return web.Response(text="no websocket here")


async def of_aiohttp():
    app = web.Application()
    app.add_routes([web.get("/ws", handler), web.get("/plain", plain)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 8124).start()
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect("http://127.0.0.1:8124/ws") as ws:
            await ws.send_str("hello")
            print(await ws.receive())
            await ws.send_bytes(b"abc")
            print(await ws.receive_bytes())
            await ws.send_json({"a": 1})
            print(await ws.receive_json(loads=str))
            try:
                await ws.receive_str(timeout=0.05)
            except asyncio.TimeoutError as error:
                print(repr(error))
            await ws.send_str("text")
            try:
                await ws.receive_bytes()
            except TypeError as error:
                print(error)
        print(ws.closed, ws.close_code, await ws.receive())
        async with session.ws_connect("http://127.0.0.1:8124/ws") as ws:
            await ws.send_str("close")
            async for message in ws:
                print(message)
            print("over", ws.close_code)
        try:
            async with session.ws_connect("http://127.0.0.1:8124/plain"):
                pass
        except aiohttp.WSServerHandshakeError as error:
            print(error.status, error.message)
        async with session.get("http://127.0.0.1:8124/ws") as response:
            print(response.status, await response.text())
    async with websockets.connect("ws://127.0.0.1:8124/ws") as ws:
        await ws.send("from another library")
        print(await ws.recv())
    await runner.cleanup()


asyncio.run(fastapi())
asyncio.run(of_aiohttp())
