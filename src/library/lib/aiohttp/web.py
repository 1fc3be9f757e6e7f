"""The server half of aiohttp is not here."""

raise ImportError("aiohttp.web (the server of aiohttp) is not simulated; serve with FastAPI or Starlette under uvicorn")
