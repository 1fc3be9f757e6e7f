# TCP is a stream: what was written in one go is read in one go.
import asyncio
async def handle(r, w):
    while d := await r.read(100): print("server read", d)
    w.close()
async def main():
    s = await asyncio.start_server(handle, "127.0.0.1", 8700)
    r, w = await asyncio.open_connection("127.0.0.1", 8700)
    await asyncio.sleep(.01)
    w.write(b"one"); w.write(b"two"); await w.drain(); await asyncio.sleep(.01)
    w.writelines([b"a", b"b", b"c"]); await asyncio.sleep(.01)
    w.write(b"x" * 10); await w.drain(); w.write(b"y"); await w.drain(); await asyncio.sleep(.01)
    w.close(); await w.wait_closed(); await asyncio.sleep(.01); s.close()
asyncio.run(main())
