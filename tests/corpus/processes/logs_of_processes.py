# Records name their process; what multiprocessing itself logs of a process' start and end.
import logging
import logging.handlers
import multiprocessing
import sys


def work(queue, number):
    root = logging.getLogger()
    root.handlers[:] = [logging.handlers.QueueHandler(queue)]
    root.setLevel(logging.DEBUG)
    logging.getLogger("work").info("number %d", number)


def leave(status):
    sys.exit(status)


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(processName)s %(threadName)s %(levelname)s %(message)s"))
    listener = logging.handlers.QueueListener(queue, handler)
    listener.start()
    for number in range(2):
        process = multiprocessing.Process(target=work, args=(queue, number))
        process.start()
        process.join()
    process = multiprocessing.Process(target=work, args=(queue, 9), name="Named")
    process.start()
    process.join()
    listener.stop()
    logger = multiprocessing.get_logger()
    own = logging.StreamHandler(sys.stdout)
    own.setFormatter(logging.Formatter("[%(levelname)s/%(processName)s] %(message)s"))
    logger.addHandler(own)
    logger.setLevel(logging.INFO)
    sys.stdout.flush()
    process = multiprocessing.Process(target=leave, args=(3,))
    process.start()
    process.join()
    print(process.exitcode, multiprocessing.SUBDEBUG, logging.makeLogRecord({}).processName)
