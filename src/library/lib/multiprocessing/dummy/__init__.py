"""The interface of `multiprocessing` over threads."""
import queue as _queue
import threading
from queue import Queue
from threading import Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore

JoinableQueue = Queue
SimpleQueue = _queue.SimpleQueue


class Process(threading.Thread):
    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}):
        threading.Thread.__init__(self, group, target, name, args, kwargs)

    @property
    def exitcode(self):
        return 0 if self._started.is_set() and not self.is_alive() else None


current_process = threading.current_thread


def active_children():
    return [thread for thread in threading.enumerate() if isinstance(thread, Process)]


def freeze_support():
    pass


def Manager():
    import sys

    return sys.modules[__name__]


def Pool(processes=None, initializer=None, initargs=()):
    from ..pool import ThreadPool

    return ThreadPool(processes, initializer, initargs)


dict = dict
list = list


class Namespace:
    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)


class Value:
    def __init__(self, typecode, value, lock=True):
        self.value = value


def Array(typecode, sequence, lock=True):
    return [*sequence]
