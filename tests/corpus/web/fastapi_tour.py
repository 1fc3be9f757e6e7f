# /// script
# dependencies = ["fastapi", "httpx"]
# ///
# An application with everything: models, dependencies, middleware, handlers, routers, security.
from fastapi import *
from fastapi import FastAPI, APIRouter, Depends, HTTPException, Request, Response, status, Path, Query, Header, Cookie, Body, BackgroundTasks, Security
from fastapi.responses import *
from fastapi.exceptions import RequestValidationError
from fastapi.encoders import jsonable_encoder
from fastapi.security import OAuth2PasswordBearer, HTTPBasic, HTTPBasicCredentials, APIKeyHeader
from fastapi.testclient import TestClient
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel, Field, field_validator, model_validator, EmailStr, ConfigDict, computed_field, HttpUrl
from typing import Annotated, Literal, Union, Optional
from enum import Enum
from datetime import datetime, date, timedelta
from uuid import UUID
from decimal import Decimal
import time
from contextlib import asynccontextmanager
@asynccontextmanager
async def lifespan(app): print('up'); app.state.n = 1; yield; print('down')
app = FastAPI(title='T', version='1.2', lifespan=lifespan)
class Model(str, Enum): alex = 'alexnet'; res = 'resnet'
class Image(BaseModel): url: str; w: int = Field(gt=0, default=10)
class Item(BaseModel):
    name: str = Field(min_length=2, max_length=10, examples=['x']); price: float; tags: set[str] = set(); image: Image | None = None; when: Optional[datetime] = None; kind: Literal['a', 'b'] = 'a'; amount: Decimal = Decimal('1.50')
    @field_validator('name')
    @classmethod
    def no_bad(cls, v):
        if 'bad' in v: raise ValueError('bad name')
        return v.title()
    @computed_field
    @property
    def total(self) -> float: return self.price * 2
class Out(BaseModel): name: str; price: float
async def common(q: str | None = None, skip: int = 0, limit: Annotated[int, Query(le=100)] = 10): return {'q': q, 'skip': skip, 'limit': limit}
class Dep:
    def __init__(self, a: int = 1): self.a = a
    def __call__(self, b: int = 2): return self.a + b
def get_db():
    print('open'); 
    try: yield 'db'
    except HTTPException as e: print('dep saw', e.detail); raise
    finally: print('close')
@app.get('/items/{item_id}', tags=['x'])
async def read(item_id: Annotated[int, Path(ge=1, title='id')], q: Annotated[str | None, Query(alias='item-query', min_length=3, pattern='^f')] = None, x_token: Annotated[list[str] | None, Header()] = None, ads: Annotated[str | None, Cookie()] = None): return {'id': item_id, 'q': q, 't': x_token, 'ads': ads}
@app.post('/items', response_model=Out, status_code=201)
async def create(item: Item, importance: Annotated[int, Body(gt=0)] = 1): return item
@app.post('/full')
async def full(item: Item): return item
@app.put('/embed/{i}')
async def embed(i: int, item: Annotated[Image, Body(embed=True)]): return {'i': i, **item.model_dump()}
@app.get('/models/{m}')
async def model(m: Model): return {'m': m, 'ok': m is Model.alex}
@app.get('/files/{p:path}')
async def path(p: str): return p
@app.get('/types')
async def types(u: UUID, d: date, td: timedelta = timedelta(0), b: bool = False, f: float = 1.5, l: Annotated[list[int], Query()] = []): return locals()
@app.get('/common')
async def cm(c: Annotated[dict, Depends(common)], d: Annotated[int, Depends(Dep(5))]): return c, d
@app.get('/db')
def db(d: str = Depends(get_db), fail: bool = False):
    if fail: raise HTTPException(404, 'no item', headers={'X': 'y'})
    print('endpoint'); return d
@app.get('/dictdetail')
async def dd(): raise HTTPException(status_code=400, detail={'code': 1, 'l': [1]})
@app.get('/resp')
async def resp(response: Response): response.headers['X-H'] = '1'; response.status_code = 202; response.set_cookie('a', 'b'); return None
@app.delete('/del', status_code=status.HTTP_204_NO_CONTENT)
async def dele(): pass
@app.get('/badmodel', response_model=Out)
async def bm(): return {'name': 'x'}
@app.get('/excl', response_model=Item, response_model_exclude_unset=True)
async def ex(): return {'name': 'nn', 'price': 1}
@app.get('/oa')
async def oa(t: Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl='token'))]): return t
@app.get('/basic')
async def basic(c: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]): return c
@app.get('/key')
async def key(k: str = Security(APIKeyHeader(name='X-Key'))): return k
@app.get('/crash')
async def crash(): return 1 / 0
r = APIRouter(prefix='/r', tags=['r'], dependencies=[Depends(lambda: print('router dep'))])
@r.get('/{x}')
async def rx(x: str, request: Request): return {'x': x, 'url': str(request.url_for('rx', x='z')), 'n': request.app.state.n}
app.include_router(r, prefix='/api')
@app.middleware('http')
async def mid(request: Request, call_next):
    print('->', request.method, request.url.path); resp = await call_next(request); resp.headers['X-M'] = '1'; print('<-', resp.status_code); return resp
@app.exception_handler(RequestValidationError)
async def rv(request, exc): return JSONResponse({'errs': [(e['type'], e['loc'], e['msg']) for e in exc.errors()], 'body': exc.body}, status_code=422)
class MyErr(Exception): pass
@app.exception_handler(MyErr)
async def me(request, exc): return PlainTextResponse(f'my {exc}', 499)
@app.get('/myerr')
def myerr(): raise MyErr('oops')
app.add_middleware(CORSMiddleware, allow_origins=['http://a.com'], allow_methods=['*'], allow_headers=['*'], allow_credentials=True)
def show(r): print(r.status_code, r.text[:600], {k: v for k, v in r.headers.items() if k != 'date'})
with TestClient(app, raise_server_exceptions=False) as c:
    for u in ('/items/5', '/items/0', '/items/x', '/items/5?item-query=fo', '/items/5?item-query=foo', '/items/5?item-query=xyz', '/models/alexnet', '/models/zz', '/files/a/b.txt', '/types?u=12345678-1234-5678-1234-567812345678&d=2024-01-05&b=yes&l=1&l=2', '/types?u=1&d=x&b=maybe&f=q&l=a', '/types', '/common?skip=2&b=7', '/common?limit=1000', '/db', '/db?fail=1', '/dictdetail', '/resp', '/badmodel', '/excl', '/oa', '/basic', '/key', '/crash', '/api/r/q', '/myerr', '/none', '/api/r'): print(u); show(c.get(u))
    show(c.delete('/del')); show(c.get('/oa', headers={'Authorization': 'Bearer abc'})); show(c.get('/basic', auth=('u', 'p'))); show(c.get('/key', headers={'X-Key': 'k'})); show(c.get('/items/5', headers=[('x-token', 'a'), ('x-token', 'b')], cookies={'ads': '1'}))
    for b in ({'item': {'name': 'foo', 'price': 1.5}}, {'item': {'name': 'f', 'price': 'x', 'image': {'w': -1}, 'kind': 'z', 'tags': 5, 'when': 'no'}, 'importance': 0}, {'name': 'foo', 'price': 1}, {'item': {'name': 'bad one', 'price': 1}}, [], 'str', None, {'item': None}): show(c.post('/items', json=b))
    show(c.post('/items')); show(c.post('/full', json={'name': 'foo', 'price': 2, 'tags': ['a', 'a'], 'image': {'url': 'u'}, 'when': '2024-01-01T00:00:00Z', 'extra': 1})); show(c.put('/embed/3', json={'item': {'url': 'x'}})); show(c.put('/embed/3', json={'url': 'x'}))
    show(c.get('/items/5', headers={'Origin': 'http://a.com'})); show(c.options('/items/5', headers={'Origin': 'http://a.com', 'Access-Control-Request-Method': 'GET'})); show(c.options('/items/5', headers={'Origin': 'http://b.com', 'Access-Control-Request-Method': 'GET'}))
    app.dependency_overrides[common] = lambda: {'over': 1}; show(c.get('/common'))
print(jsonable_encoder({'d': datetime(2024, 1, 1), 'i': Image(url='x'), 's': {1}, 't': timedelta(1), 'e': Model.alex, 'b': b'x', 'dec': Decimal('1.10')}))
