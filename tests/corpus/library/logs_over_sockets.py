# Records go to a server over a socket, as in the logging cookbook; formatters may be changed by their style.
import logging
import logging.handlers
import pickle
import socket
import socketserver
import struct
import threading
import warnings


class RecordHandler(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            chunk = self.connection.recv(4)
            if len(chunk) < 4:
                break
            length = struct.unpack(">L", chunk)[0]
            chunk = self.connection.recv(length)
            while len(chunk) < length:
                chunk += self.connection.recv(length - len(chunk))
            record = logging.makeLogRecord(pickle.loads(chunk))
            print(record.name, record.levelname, record.getMessage(), record.args, record.exc_text is not None)
        done.set()


done = threading.Event()
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), RecordHandler)
server.daemon_threads = True
thread = threading.Thread(target=server.serve_forever, args=(0.05,))
thread.start()
handler = logging.handlers.SocketHandler(*server.server_address)
logger = logging.getLogger("app.area")
logger.propagate = False
logger.addHandler(handler)
logger.setLevel(logging.DEBUG)
logger.info("jackdaws %s my %d", "love", 5)
try:
    1 / 0
except ZeroDivisionError:
    logger.exception("failed")
logger.removeHandler(handler)
handler.close()
done.wait(5)
server.shutdown()
thread.join()
server.server_close()

absent = logging.handlers.SocketHandler("127.0.0.1", server.server_address[1])
absent.emit(logging.makeLogRecord({"msg": "lost"}))
print(absent.sock, absent.retryPeriod, absent.retryTime is not None)

receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
datagrams = logging.handlers.DatagramHandler(*receiver.getsockname())
datagrams.emit(logging.makeLogRecord({"msg": "in one piece", "levelname": "INFO"}))
data = receiver.recv(4096)
print(pickle.loads(data[4:])["msg"], struct.unpack(">L", data[:4])[0] == len(data) - 4)
datagrams.close()
receiver.close()


class ByLevel(logging.Formatter):
    FORMATS = {logging.ERROR: "ERROR! %(message)s", logging.DEBUG: "dbg: %(message)s"}

    def format(self, record):
        original = self._style._fmt
        self._style._fmt = self.FORMATS.get(record.levelno, original)
        result = super().format(record)
        self._style._fmt = original
        return result


formatter = ByLevel("%(levelname)s: %(message)s")
for level in (logging.DEBUG, logging.INFO, logging.ERROR):
    print(formatter.format(logging.makeLogRecord({"msg": "text", "levelno": level, "levelname": "INFO"})))
for style, text in (("{", "{message:>8}|"), ("$", "$message|${name}")):
    made = logging.Formatter(text, style=style)
    print(type(made._style).__name__, made._style._fmt, made.usesTime(), made.format(logging.makeLogRecord({"msg": "m", "name": "n"})))
try:
    logging.Formatter("%(nothing)s").format(logging.makeLogRecord({}))
except ValueError as error:
    print(error)
logging.captureWarnings(True)
caught = logging.getLogger("py.warnings")
warnings.warn("nobody handles it")
print(caught.handlers)
