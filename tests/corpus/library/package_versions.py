# What importlib.metadata says of the packages is what they say of themselves.
import importlib
import importlib.metadata

for name in "aiohttp celery fastapi httpx pydantic redis requests starlette trio uvicorn uvloop tqdm tenacity".split():
    own = importlib.import_module(name).__version__
    told = importlib.metadata.version(name)
    print(name, "agree" if own == told else f"{own} is not {told}")
