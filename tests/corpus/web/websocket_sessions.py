# /// script
# dependencies = ["fastapi", "httpx"]
# ///
# WebSockets through the test client: rooms, parameters, refusals, ends.
from fastapi import FastAPI, WebSocket, WebSocketDisconnect, Depends, Query, Cookie, WebSocketException, status, Header
from fastapi.testclient import TestClient
from typing import Annotated
app = FastAPI()
class Manager:
    def __init__(self): self.active = []
    async def connect(self, ws): await ws.accept(); self.active.append(ws)
    def disconnect(self, ws): self.active.remove(ws)
    async def broadcast(self, m):
        for c in self.active: await c.send_text(m)
m = Manager()
@app.websocket('/ws/{client_id}')
async def ep(ws: WebSocket, client_id: int):
    await m.connect(ws)
    try:
        while True:
            d = await ws.receive_text(); await ws.send_text(f'You wrote: {d}'); await m.broadcast(f'Client #{client_id} says: {d}')
    except WebSocketDisconnect as e: m.disconnect(ws); print('disconnect', e.code); await m.broadcast(f'Client #{client_id} left the chat')
async def token(ws: WebSocket, session: Annotated[str | None, Cookie()] = None, token: Annotated[str | None, Query()] = None):
    if session is None and token is None: raise WebSocketException(code=status.WS_1008_POLICY_VIOLATION)
    return session or token
@app.websocket('/items/{item_id}/ws')
async def items(ws: WebSocket, item_id: str, tok: Annotated[str, Depends(token)], q: int | None = None):
    await ws.accept(subprotocol='chat' if ws.scope['subprotocols'] else None)
    await ws.send_json({'tok': tok, 'q': q, 'id': item_id}); j = await ws.receive_json(); await ws.send_bytes(str(j).encode()); print(ws.client_state, ws.application_state, ws.url.path, ws.query_params); await ws.close(code=4000, reason='done')
@app.websocket('/iter')
async def it(ws: WebSocket):
    await ws.accept()
    async for t in ws.iter_text(): await ws.send_text(t.upper())
    print('iter over')
@app.websocket('/boom')
async def boom(ws: WebSocket): await ws.accept(); raise ValueError('boom')
@app.websocket('/reject')
async def rej(ws: WebSocket): await ws.close(code=1008, reason='no')
c = TestClient(app)
with c.websocket_connect('/ws/1') as w1:
    with c.websocket_connect('/ws/2') as w2:
        w1.send_text('hello'); print(w1.receive_text(), w1.receive_text(), w2.receive_text())
    print(w1.receive_text())
with c.websocket_connect('/items/foo/ws?token=abc&q=3', subprotocols=['chat']) as w:
    print(w.receive_json(), w.accepted_subprotocol); w.send_json({'a': [1]}); print(w.receive_bytes())
    try: w.receive_text()
    except WebSocketDisconnect as e: print('closed', e.code, e.reason, repr(e))
for path in ('/items/foo/ws', '/items/foo/ws?token=a&q=x', '/ws/abc', '/reject', '/nope'):
    try:
        with c.websocket_connect(path) as w: print('connected')
    except WebSocketDisconnect as e: print(path, e.code, e.reason)
with c.websocket_connect('/iter') as w: w.send_text('a'); print(w.receive_text()); w.send_text('b'); print(w.receive_text())
try:
    with c.websocket_connect('/boom') as w: w.receive_text()
except ValueError as e: print('raised', e)
try:
    with c.websocket_connect('/iter') as w: w.send_text('x'); w.receive_json()
except Exception as e: print(type(e).__name__, e)
