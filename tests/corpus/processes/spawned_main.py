"""A spawned process imports the main module again, under another name."""
import multiprocessing as mp

print("module runs as", __name__)
setting = "as written"


def show(queue):
    queue.put((__name__, setting))


if __name__ == "__main__":
    setting = "changed by the parent"
    for method in ("fork", "spawn"):
        context = mp.get_context(method)
        queue = context.Queue()
        process = context.Process(target=show, args=(queue,))
        process.start()
        print(method, process.name, queue.get())
        process.join()
    try:
        mp.get_context("spawn").Process(target=lambda: None).start()
    except Exception as exc:
        print(type(exc).__name__, str(exc).split(" at 0x")[0])
