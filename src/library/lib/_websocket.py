"""WebSocket frames and the handshake before them (RFC 6455): bytes in, messages out, without input and output."""
import base64
import hashlib
import os

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class FrameError(Exception):
    """What came is no frame; `code` says so to the other side."""

    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code
        self.reason = reason


def new_key():
    return base64.b64encode(os.urandom(16)).decode()


def accept_key(key):
    """What a server answers to a client's key."""
    return base64.b64encode(hashlib.sha1(key.encode() + _GUID).digest()).decode()


def _masked(payload, mask):
    repeated = mask * (len(payload) // 4 + 1)
    n = len(payload)
    return (int.from_bytes(payload, "big") ^ int.from_bytes(repeated[:n], "big")).to_bytes(n, "big")


def frame(opcode, payload, masks=False, final=True):
    """One frame as bytes; what a client sends is masked."""
    head = bytearray([(128 if final else 0) | opcode])
    n = len(payload)
    mask_bit = 128 if masks else 0
    if n < 126:
        head.append(mask_bit | n)
    elif n < 65536:
        head.append(mask_bit | 126)
        head += n.to_bytes(2, "big")
    else:
        head.append(mask_bit | 127)
        head += n.to_bytes(8, "big")
    if masks:
        mask = os.urandom(4)
        head += mask
        payload = _masked(payload, mask)
    return bytes(head) + payload


def close_payload(code, reason=""):
    return b"" if code is None else code.to_bytes(2, "big") + reason.encode()


def read_close(payload):
    """The code and the reason of a close frame; (None, "") of an empty one."""
    if not payload:
        return None, ""
    return int.from_bytes(payload[:2], "big"), payload[2:].decode("utf-8", "replace")


class Frames:
    """The incoming side: whole messages out of pieces of the stream."""

    def __init__(self, max_size=2**20):
        self._max_size = max_size
        self._buffer = bytearray()
        self._opcode = None
        self._parts = []

    def feed(self, data):
        """Yields (opcode, payload) of messages and of control frames."""
        self._buffer += data
        while (found := self._one()) is not None:
            final, opcode, payload = found
            if opcode >= CLOSE:
                yield opcode, payload
                continue
            if opcode == CONTINUATION:
                if self._opcode is None:
                    raise FrameError(1002, "unexpected continuation frame")
            elif self._opcode is not None:
                raise FrameError(1002, "expected a continuation frame")
            else:
                self._opcode = opcode
            self._parts.append(payload)
            if self._max_size is not None and (size := sum(map(len, self._parts))) > self._max_size:
                raise FrameError(1009, f"frame with {size} bytes exceeds limit of {self._max_size} bytes")
            if final:
                whole, opcode = b"".join(self._parts), self._opcode
                self._parts, self._opcode = [], None
                yield opcode, whole

    def _one(self):
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        n = buffer[1] & 127
        at = 2
        if n >= 126:
            width = 2 if n == 126 else 8
            if len(buffer) < 2 + width:
                return None
            n = int.from_bytes(buffer[2 : 2 + width], "big")
            at += width
        if self._max_size is not None and n > self._max_size:
            raise FrameError(1009, f"frame with {n} bytes exceeds limit of {self._max_size} bytes")
        is_masked = buffer[1] & 128
        if is_masked:
            mask = bytes(buffer[at : at + 4])
            at += 4
        if len(buffer) < at + n:
            return None
        payload = bytes(buffer[at : at + n])
        final, opcode = bool(buffer[0] & 128), buffer[0] & 15
        del buffer[: at + n]
        return final, opcode, _masked(payload, mask) if is_masked else payload


def read_head(data):
    """(first line, [(name, value)], rest) of a request or an answer; None while it is not complete."""
    head, end, rest = bytes(data).partition(b"\r\n\r\n")
    if not end:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = []
    for line in lines:
        name, _, value = line.partition(":")
        headers.append((name.strip(), value.strip()))
    return first, headers, rest
