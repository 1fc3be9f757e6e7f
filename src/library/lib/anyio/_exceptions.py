"""The exception classes of AnyIO."""


class BrokenResourceError(Exception):
    pass


class BrokenWorkerProcess(Exception):
    pass


class BusyResourceError(Exception):
    def __init__(self, action):
        super().__init__(f"Another task is already {action} this resource")


class ClosedResourceError(Exception):
    pass


class ConnectionFailed(OSError):
    pass


class DelimiterNotFound(Exception):
    def __init__(self, max_bytes):
        super().__init__(f"The delimiter was not found among the first {max_bytes} bytes")


class EndOfStream(Exception):
    pass


class IncompleteRead(Exception):
    def __init__(self):
        super().__init__("The stream was closed before the read operation could be completed")


class NoEventLoopError(RuntimeError):
    pass


class RunFinishedError(RuntimeError):
    def __init__(self):
        super().__init__("The event loop associated with the given token has already finished")


class TypedAttributeLookupError(LookupError):
    pass


class WouldBlock(Exception):
    pass


class TaskFailed(Exception):
    pass


class TaskCancelled(TaskFailed):
    pass


class TaskNotFinished(Exception):
    pass


class FutureFailed(Exception):
    pass


class FutureCancelled(FutureFailed):
    pass


class FutureNotFinished(Exception):
    pass


class FutureAlreadyFinished(Exception):
    pass
