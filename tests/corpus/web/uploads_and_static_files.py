# /// script
# dependencies = ["fastapi", "httpx", "python-multipart"]
# ///
# Forms with files, files as responses, ranges, folders of static files.
from pathlib import Path
from typing import Annotated, Optional, List
from fastapi import FastAPI, File, UploadFile, Form, Request, HTTPException, BackgroundTasks
from fastapi.responses import FileResponse, HTMLResponse, StreamingResponse, PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from fastapi.testclient import TestClient
import shutil, os
os.makedirs('static/sub', exist_ok=True)
Path('static/a.txt').write_text('hello static'); Path('static/sub/index.html').write_text('<p>idx'); Path('static/x.json').write_text('{}')
app = FastAPI()
app.mount('/static', StaticFiles(directory='static'), name='static')
app.mount('/html', StaticFiles(directory='static', html=True), name='html')
@app.post('/files/')
async def create_file(file: Annotated[bytes, File()]): return {'file_size': len(file)}
@app.post('/uploadfile/')
async def up(file: UploadFile): 
    data = await file.read(); await file.seek(0); part = await file.read(3)
    return {'filename': file.filename, 'type': file.content_type, 'size': file.size, 'len': len(data), 'part': part.decode('latin-1'), 'h': dict(file.headers)}
@app.post('/multi/')
def multi(files: List[UploadFile]): return [(f.filename, f.file.read().decode()) for f in files]
@app.post('/multib/')
def multib(files: Annotated[list[bytes], File()]): return [len(f) for f in files]
@app.post('/opt/')
async def opt(file: Optional[UploadFile] = None, token: str = Form('none'), n: Annotated[int, Form()] = 3): return {'f': file and file.filename, 'token': token, 'n': n}
@app.post('/mixed/')
async def mixed(file: Annotated[bytes, File()], fileb: Annotated[UploadFile, File(description='x')], token: Annotated[str, Form()]): return {'file_size': len(file), 'token': token, 'ct': fileb.content_type}
@app.post('/save/')
def save(upload: UploadFile, bg: BackgroundTasks):
    with open(upload.filename, 'wb') as f: shutil.copyfileobj(upload.file, f)
    bg.add_task(lambda: print('bg: closed', upload.file.closed)); return {'saved': os.path.getsize(upload.filename)}
@app.get('/download/{name}')
async def download(name: str): return FileResponse(name, filename='out ' + name, media_type='text/csv') if name != 'plain' else FileResponse('static/a.txt')
@app.get('/resp', response_class=FileResponse)
async def resp(): return 'static/x.json'
@app.post('/raw')
async def raw(request: Request):
    async with request.form() as form: return {k: (v if isinstance(v, str) else v.filename) for k, v in form.multi_items()}
@app.get('/stream')
def stream():
    def it():
        for i in range(3): yield f'chunk{i};'
    return StreamingResponse(it(), media_type='text/plain')
c = TestClient(app)
def show(r): print(r.status_code, r.text[:300], {k: v for k, v in r.headers.items() if k not in ('etag', 'last-modified', 'date')})
show(c.post('/files/', files={'file': b'abc'})); show(c.post('/files/')); show(c.post('/files/', data={'file': 'text'}))
show(c.post('/uploadfile/', files={'file': ('t.txt', 'hello world', 'text/plain')})); show(c.post('/uploadfile/', files={'file': ('pic.png', b'\x89PNG')})); show(c.post('/uploadfile/', files={'file': open('static/a.txt', 'rb')})); show(c.post('/uploadfile/', data={'file': 'x'})); show(c.post('/uploadfile/', json={'file': 'x'}))
show(c.post('/multi/', files=[('files', ('a.txt', 'aa')), ('files', ('b.txt', b'bbb'))])); show(c.post('/multib/', files=[('files', b'1'), ('files', b'22')])); show(c.post('/multi/'))
show(c.post('/opt/')); show(c.post('/opt/', data={'token': 't', 'n': 'x'})); show(c.post('/opt/', files={'file': ('é.txt', 'x')}, data={'token': 'tt', 'n': 5}))
show(c.post('/mixed/', files={'file': b'1234', 'fileb': ('f.csv', 'a,b', 'text/csv')}, data={'token': 'abc'})); show(c.post('/mixed/', data={'token': 'foo'}))
show(c.post('/save/', files={'upload': ('saved.bin', b'x' * 70000)})); show(c.get('/download/saved.bin')) if 0 else print(len(c.get('/download/saved.bin').content))
show(c.get('/download/static%2Fa.txt')); show(c.get('/download/plain')); show(c.get('/resp')); show(c.head('/resp')); show(c.get('/download/plain', headers={'Range': 'bytes=0-4'})); show(c.get('/download/plain', headers={'Range': 'bytes=50-'})); show(c.get('/download/plain', headers={'Range': 'x'})); show(c.get('/download/plain', headers={'Range': 'bytes=-3'}))
try: c.get('/download/nope.txt')
except RuntimeError as e: print(e)
show(c.get('/static/a.txt')); show(c.get('/static/none')); show(c.get('/static/sub/')); show(c.get('/html/sub/')); show(c.get('/html/sub', follow_redirects=False)); show(c.post('/static/a.txt')); show(c.get('/static/../upload1.py'))
e = c.get('/static/a.txt').headers['etag']; show(c.get('/static/a.txt', headers={'if-none-match': e})); print(app.url_path_for('static', path='/a.txt'))
show(c.post('/raw', files={'f': ('n.txt', 'x')}, data={'a': '1', 'b': ['2', '3']})); show(c.post('/raw', data={'a': 1})); show(c.get('/stream')); show(c.post('/files/', content=b'zzz', headers={'content-type': 'multipart/form-data'}))
try: StaticFiles(directory='nodir')
except RuntimeError as e: print(e)
print(UploadFile(open('static/a.txt', 'rb'), filename='q.txt', size=3))
