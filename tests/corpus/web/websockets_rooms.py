# /// script
# dependencies = ["websockets"]
# ///
# WebSockets without a framework: echo, chat in rooms, ends of connections, handshakes that fail.
import asyncio
import json

import websockets
from websockets.asyncio.client import connect
from websockets.asyncio.server import broadcast, serve

ROOMS = {}


async def chat(ws):
    room = ws.request.path
    members = ROOMS.setdefault(room, [])
    members.append(ws)
    print("joined", room, len(members))
    try:
        async for message in ws:
            if message == "code":
                await ws.close(4001, "private")
                return
            if isinstance(message, bytes):
                await ws.send(message[::-1])
                continue
            broadcast(members, json.dumps({"room": room, "said": message}))
    except websockets.ConnectionClosedError as error:
        print("server saw", error)
    finally:
        members.remove(ws)
        print("left", room, ws.close_code)


async def talk(name, room, words):
    async with connect(f"ws://127.0.0.1:8765/{room}") as ws:
        for word in words:
            await ws.send(f"{name}: {word}")
            print(name, "got", await ws.recv())
    print(name, ws.close_code, repr(ws.close_reason), ws.state.name)


async def main():
    async with serve(chat, "127.0.0.1", 8765) as server:
        print([sock.getsockname() for sock in server.sockets])
        await talk("ann", "red", ["hello", "bye"])
        async with connect("ws://127.0.0.1:8765/blue") as ws:
            await ws.send(b"abc")
            print(await ws.recv())
            await ws.send(["in ", "pieces"])
            print(await ws.recv())
            pong = await ws.ping()
            print("pong", await pong >= 0)
            await ws.send("x" * 70000)
            print(len(await ws.recv()))
            waiting = asyncio.create_task(ws.recv())
            await asyncio.sleep(0.05)
            try:
                await ws.recv()
            except Exception as error:
                print(type(error).__name__, error)
            waiting.cancel()
        for call in (ws.send("late"), ws.recv()):
            try:
                await call
            except websockets.ConnectionClosed as error:
                print(type(error).__name__, error)
        ws = await connect("ws://127.0.0.1:8765/code")
        await ws.send("code")
        try:
            await ws.recv()
        except websockets.ConnectionClosedError as error:
            print(error, error.rcvd.code, error.rcvd.reason, error.rcvd_then_sent)
        ws = await connect("ws://127.0.0.1:8765/end")
        await asyncio.sleep(0.05)
        server.close()
        try:
            await ws.recv()
        except websockets.ConnectionClosedOK as error:
            print(error)
        await server.wait_closed()
    try:
        await connect("ws://127.0.0.1:8765/")
    except OSError as error:
        print(error)
    for uri in ("http://127.0.0.1/", "ws:///"):
        try:
            await connect(uri)
        except websockets.InvalidURI as error:
            print(error)

    async def no_websocket(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    plain = await asyncio.start_server(no_websocket, "127.0.0.1", 8766)
    try:
        await connect("ws://127.0.0.1:8766/")
    except websockets.InvalidStatus as error:
        print(error, error.response.status_code)
    plain.close()


asyncio.run(main())
