"""Workers take jobs from one queue and put results into another; None ends them. A pipe for a talk of two."""
import multiprocessing as mp
import queue


def work(jobs, results):
    while True:
        job = jobs.get()
        if job is None:
            break
        results.put((job, job * job))


def talk(connection):
    connection.send({"hello": [1, 2]})
    print("child got", connection.recv())
    connection.close()


if __name__ == "__main__":
    jobs, results = mp.Queue(), mp.Queue()
    workers = [mp.Process(target=work, args=(jobs, results)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for job in range(9):
        jobs.put(job)
    for _ in workers:
        jobs.put(None)
    print(sorted(results.get() for _ in range(9)))
    for worker in workers:
        worker.join()
    print([worker.exitcode for worker in workers])

    small = mp.Queue(maxsize=1)
    small.put("x")
    try:
        small.put("y", timeout=0.1)
    except queue.Full:
        print("full")
    print(small.get())
    try:
        small.get(timeout=0.1)
    except queue.Empty:
        print("empty")

    here, there = mp.Pipe()
    process = mp.Process(target=talk, args=(there,))
    process.start()
    there.close()
    print("parent got", here.recv())
    here.send("bye")
    process.join()
    try:
        here.recv()
    except EOFError:
        print("closed")
