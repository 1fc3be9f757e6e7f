"""FastAPI: 0.110.0 in the library set L2024, else 0.165.0."""

import _cost
import _sys
from starlette import status

from .applications import FastAPI
from .background import BackgroundTasks
from .datastructures import UploadFile
from .exceptions import HTTPException, WebSocketException
from .params import Body, Cookie, Depends, File, Form, Header, Path, Query, Security
from .requests import Request
from .responses import Response
from .routing import APIRouter
from .websockets import WebSocket, WebSocketDisconnect

__version__ = "0.110.0" if _sys.library_set() == "L2024" else "0.165.0"
_cost.settle("fastapi")
