"""`python -m uvicorn` and the command `uvicorn`."""

from uvicorn._main import main

main()
