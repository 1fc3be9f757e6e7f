"""Handlers that pass records on to another thread, keep them, or write them to files that are changed now and then."""
import logging
import os
import queue
import threading


class QueueHandler(logging.Handler):
    """Puts records into a queue."""

    def __init__(self, queue):
        logging.Handler.__init__(self)
        self.queue = queue
        self.listener = None

    def enqueue(self, record):
        self.queue.put_nowait(record)

    def prepare(self, record):
        import copy

        text = self.format(record)
        record = copy.copy(record)
        record.message = record.msg = text
        record.args = record.exc_info = record.exc_text = record.stack_info = None
        return record

    def emit(self, record):
        try:
            self.enqueue(self.prepare(record))
        except Exception:
            self.handleError(record)


class QueueListener:
    """A thread that takes records from a queue and gives them to handlers."""

    _sentinel = None

    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue = queue
        self.handlers = handlers
        self.respect_handler_level = respect_handler_level
        self._thread = None

    def start(self):
        self._thread = threading.Thread(target=self._monitor, daemon=True)
        self._thread.start()

    def handle(self, record):
        for handler in self.handlers:
            if not self.respect_handler_level or record.levelno >= handler.level:
                handler.handle(record)

    def _monitor(self):
        while True:
            try:
                record = self.queue.get(True)
                if record is self._sentinel:
                    if hasattr(self.queue, "task_done"):
                        self.queue.task_done()
                    return
                self.handle(record)
                if hasattr(self.queue, "task_done"):
                    self.queue.task_done()
            except queue.Empty:
                return

    def stop(self):
        if self._thread:
            self.queue.put_nowait(self._sentinel)
            self._thread.join()
            self._thread = None


DEFAULT_TCP_LOGGING_PORT, DEFAULT_UDP_LOGGING_PORT = 9020, 9021


class SocketHandler(logging.Handler):
    """Sends records over a connection: each pickled, behind its length. After a failure it tries again later and later."""

    closeOnError = False
    retryStart, retryMax, retryFactor = 1.0, 30.0, 2.0
    _socket_type = "SOCK_STREAM"

    def __init__(self, host, port):
        logging.Handler.__init__(self)
        self.host = host
        self.port = port
        self.address = host if port is None else (host, port)
        self.sock = None
        self.retryTime = None

    def makeSocket(self, timeout=1):
        import socket

        kind = getattr(socket, self._socket_type)
        made = socket.socket(socket.AF_UNIX if self.port is None else socket.AF_INET, kind)
        if self._socket_type == "SOCK_STREAM":
            made.settimeout(timeout)
            try:
                made.connect(self.address)
            except OSError:
                made.close()
                raise
        return made

    def createSocket(self):
        import time

        now = time.time()
        if self.retryTime is not None and now < self.retryTime:
            return
        try:
            self.sock = self.makeSocket()
            self.retryTime = None
        except OSError:
            if self.retryTime is None:
                self.retryPeriod = self.retryStart
            else:
                self.retryPeriod = min(self.retryPeriod * self.retryFactor, self.retryMax)
            self.retryTime = now + self.retryPeriod

    def send(self, s):
        if self.sock is None:
            self.createSocket()
        if self.sock:
            try:
                self.sock.sendall(s)
            except OSError:
                self.sock.close()
                self.sock = None

    def makePickle(self, record):
        import pickle
        import struct

        if record.exc_info:
            # What the formatter makes of the exception is kept as text.
            self.format(record)
        state = dict(record.__dict__, msg=record.getMessage(), args=None, exc_info=None)
        state.pop("message", None)
        data = pickle.dumps(state, 1)
        return struct.pack(">L", len(data)) + data

    def handleError(self, record):
        if self.closeOnError and self.sock:
            self.sock.close()
            self.sock = None
        else:
            logging.Handler.handleError(self, record)

    def emit(self, record):
        try:
            self.send(self.makePickle(record))
        except Exception:
            self.handleError(record)

    def close(self):
        with self.lock:
            if self.sock:
                self.sock.close()
                self.sock = None
            logging.Handler.close(self)


class DatagramHandler(SocketHandler):
    """The same in a datagram a record."""

    _socket_type = "SOCK_DGRAM"

    def send(self, s):
        if self.sock is None:
            self.createSocket()
        self.sock.sendto(s, self.address)


class MemoryHandler(logging.Handler):
    """Keeps records until there are many, or a grave one."""

    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        logging.Handler.__init__(self)
        self.capacity = capacity
        self.buffer = []
        self.flushLevel = flushLevel
        self.target = target
        self.flushOnClose = flushOnClose

    def emit(self, record):
        self.buffer.append(record)
        if len(self.buffer) >= self.capacity or record.levelno >= self.flushLevel:
            self.flush()

    def setTarget(self, target):
        self.target = target

    def flush(self):
        if self.target:
            for record in self.buffer:
                self.target.handle(record)
            self.buffer.clear()

    def close(self):
        if self.flushOnClose:
            self.flush()
        logging.Handler.close(self)


class BufferingHandler(logging.Handler):
    """Keeps records until there are many."""

    def __init__(self, capacity):
        logging.Handler.__init__(self)
        self.capacity = capacity
        self.buffer = []

    def shouldFlush(self, record):
        return len(self.buffer) >= self.capacity

    def emit(self, record):
        self.buffer.append(record)
        if self.shouldFlush(record):
            self.flush()

    def flush(self):
        self.acquire()
        try:
            self.buffer.clear()
        finally:
            self.release()

    def close(self):
        try:
            self.flush()
        finally:
            logging.Handler.close(self)


class WatchedFileHandler(logging.FileHandler):
    """A file that is opened anew when another has taken its name."""

    def emit(self, record):
        if self.stream is not None and not os.path.exists(self.baseFilename):
            self.stream.close()
            self.stream = self._open()
        logging.FileHandler.emit(self, record)


class BaseRotatingHandler(logging.FileHandler):
    """A file that gives its name to a new one when `shouldRollover` says so."""

    namer = None
    rotator = None

    def __init__(self, filename, mode, encoding=None, delay=False, errors=None):
        logging.FileHandler.__init__(self, filename, mode=mode, encoding=encoding, delay=delay, errors=errors)

    def emit(self, record):
        try:
            if self.shouldRollover(record):
                self.doRollover()
            logging.FileHandler.emit(self, record)
        except Exception:
            self.handleError(record)

    def rotation_filename(self, default_name):
        return self.namer(default_name) if callable(self.namer) else default_name

    def rotate(self, source, dest):
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):
            os.rename(source, dest)

    def _close_stream(self):
        if self.stream:
            self.stream.close()
            self.stream = None

    def _take(self, dest):
        if os.path.exists(dest):
            os.remove(dest)
        self.rotate(self.baseFilename, dest)


class RotatingFileHandler(BaseRotatingHandler):
    """A new file when the next record would make the old one too long."""

    def __init__(
        self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None
    ):
        if maxBytes > 0:
            mode = "a"
        BaseRotatingHandler.__init__(self, filename, mode, encoding=encoding, delay=delay, errors=errors)
        self.maxBytes = maxBytes
        self.backupCount = backupCount

    def doRollover(self):
        self._close_stream()
        if self.backupCount > 0:
            for n in range(self.backupCount - 1, 0, -1):
                source = self.rotation_filename(f"{self.baseFilename}.{n}")
                dest = self.rotation_filename(f"{self.baseFilename}.{n + 1}")
                if os.path.exists(source):
                    if os.path.exists(dest):
                        os.remove(dest)
                    os.rename(source, dest)
            self._take(self.rotation_filename(self.baseFilename + ".1"))
        if not self.delay:
            self.stream = self._open()

    def shouldRollover(self, record):
        if self.stream is None:
            self.stream = self._open()
        if self.maxBytes <= 0:
            return False
        text = self.format(record) + "\n"
        self.stream.seek(0, 2)
        return self.stream.tell() + len(text) >= self.maxBytes


class TimedRotatingFileHandler(BaseRotatingHandler):
    """A new file after so much time."""

    _UNITS = {
        "S": (1, "%Y-%m-%d_%H-%M-%S"),
        "M": (60, "%Y-%m-%d_%H-%M"),
        "H": (3600, "%Y-%m-%d_%H"),
        "D": (86400, "%Y-%m-%d"),
        "MIDNIGHT": (86400, "%Y-%m-%d"),
    }

    def __init__(
        self, filename, when="h", interval=1, backupCount=0, encoding=None, delay=False, utc=False, atTime=None,
        errors=None,
    ):
        BaseRotatingHandler.__init__(self, filename, "a", encoding=encoding, delay=delay, errors=errors)
        self.when = when.upper()
        self.backupCount = backupCount
        self.utc = utc
        self.atTime = atTime
        if self.when.startswith("W"):
            raise NotImplementedError("TimedRotatingFileHandler: days of the week are not simulated: use when='D'")
        if self.when not in self._UNITS:
            raise ValueError(f"Invalid rollover interval specified: {self.when}")
        seconds, self.suffix = self._UNITS[self.when]
        self.interval = seconds * interval
        self.rolloverAt = self.computeRollover(int(_now()))

    def computeRollover(self, currentTime):
        if self.when != "MIDNIGHT":
            return currentTime + self.interval
        start = 0 if self.atTime is None else (
            self.atTime.hour * 3600 + self.atTime.minute * 60 + self.atTime.second
        )
        left = (start - currentTime) % 86400 or 86400
        return currentTime + left

    def shouldRollover(self, record):
        return int(_now()) >= self.rolloverAt

    def getFilesToDelete(self):
        folder, name = os.path.split(self.baseFilename)
        found = sorted(os.path.join(folder, other) for other in os.listdir(folder) if other.startswith(name + "."))
        return found[: -self.backupCount] if len(found) > self.backupCount else []

    def doRollover(self):
        import time

        self._close_stream()
        began = time.gmtime(self.rolloverAt - self.interval)
        self._take(self.rotation_filename(f"{self.baseFilename}.{time.strftime(self.suffix, began)}"))
        if self.backupCount > 0:
            for old in self.getFilesToDelete():
                os.remove(old)
        if not self.delay:
            self.stream = self._open()
        now = int(_now())
        self.rolloverAt = self.computeRollover(now)
        while self.rolloverAt <= now:
            self.rolloverAt += self.interval


def _now():
    import time

    return time.time()
