"""What a worker thread knows about the loop it works for."""

import threading

local = threading.local()
