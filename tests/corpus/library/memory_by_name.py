from multiprocessing import shared_memory, Process, Pool
def work(name, k):
    s = shared_memory.SharedMemory(name=name); s.buf[k] = k * 2; s.buf[10:13] = b"abc"; s.close()
def bump(sl): sl[0] += 1; sl[2] = "bye"
if __name__ == "__main__":
    s = shared_memory.SharedMemory(create=True, size=32)
    print(s.size, len(s.buf), s.name.startswith("psm_"), bytes(s.buf[:4]))
    ps = [Process(target=work, args=(s.name, i)) for i in range(1, 4)]
    for p in ps: p.start()
    for p in ps: p.join()
    print(list(s.buf[:5]), bytes(s.buf[10:13]), s.buf[3])
    t = shared_memory.SharedMemory(s.name); t.buf[0] = 255; print(s.buf[0])
    try: s.buf[0] = 300
    except ValueError as e: print(e)
    t.close(); s.close(); s.unlink()
    try: shared_memory.SharedMemory(name=s.name)
    except FileNotFoundError as e: print(e.strerror)
    for kw in ({}, {"create": True}):
        try: shared_memory.SharedMemory(**kw)
        except ValueError as e: print(e)
    sl = shared_memory.ShareableList([1, 2.5, "hello", b"x", None, True]); print(list(sl), len(sl), sl[-1], sl.index(2.5), sl.count(1))
    p = Process(target=bump, args=(sl,)); p.start(); p.join(); print(list(sl))
    try: sl[2] = "much too long a text"
    except ValueError as e: print(e)
    try: sl[9]
    except IndexError as e: print(e)
    u = shared_memory.ShareableList(name=sl.shm.name); u[1] = 7.5; print(sl[1]); sl.shm.close(); sl.shm.unlink()
