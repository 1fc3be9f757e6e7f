# /// script
# dependencies = ["aiohttp", "requests"]
# ///
# Forms with files, sent by aiohttp and requests to an aiohttp server.
import asyncio, aiohttp, io, requests, threading
from aiohttp import web
async def up(request):
    d = await request.post(); out = []
    for k, v in d.items(): out.append([k, v if isinstance(v, str) else [v.filename, v.content_type, v.file.read().decode()] if hasattr(v, 'filename') else 'bytes'])
    return web.json_response({'ct': request.content_type, 'd': out})
async def main():
    app = web.Application(); app.router.add_post('/up', up); runner = web.AppRunner(app); await runner.setup(); await web.TCPSite(runner, '127.0.0.1', 8099).start(); U = 'http://127.0.0.1:8099/up'
    async with aiohttp.ClientSession() as s:
        async def show(**k):
            try:
                async with s.post(U, **k) as r: print(r.status, await r.json())
            except Exception as e: print(type(e).__name__, e)
        await show(data={'a': '1', 'b': 'x y'}); f = aiohttp.FormData(); f.add_field('name', 'Bob'); f.add_field('file', b'data', filename='f.txt', content_type='text/csv'); await show(data=f)
        await show(data={'file': io.BytesIO(b'bytes'), 'x': 'y'}); open('t.txt', 'w').write('file text'); await show(data={'file': open('t.txt', 'rb')}); await show(data={'n': 5}); await show(data=[('a', '1'), ('a', '2')])
    loop = asyncio.get_running_loop()
    def sync():
        print(requests.post(U, files={'file': ('r.txt', 'hello', 'text/plain')}, data={'k': 'v'}).json(), requests.post(U, files={'file': open('t.txt', 'rb')}).json(), requests.post(U, files={'f': b'raw'}).json(), requests.post(U, data={'k': ['1', '2']}).json())
        try: requests.post(U, files={'f': b''}, data='str')
        except ValueError as e: print(e)
    await asyncio.to_thread(sync); await runner.cleanup()
asyncio.run(main())
