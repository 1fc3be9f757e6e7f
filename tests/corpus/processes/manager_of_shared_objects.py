"""A manager's dict, list, namespace and lock, and a class of one's own behind a proxy."""
import multiprocessing as mp
from multiprocessing.managers import BaseManager


class Till:
    def __init__(self):
        self.sum = 0

    def take(self, amount):
        self.sum += amount

    def total(self):
        return self.sum


class ShopManager(BaseManager):
    pass


ShopManager.register("Till", Till)


def work(squares, seen, lock, stats, i):
    squares[i] = i * i
    seen.append(i)
    with lock:
        stats.n += 1


def sell(till, amount):
    till.take(amount)


if __name__ == "__main__":
    with mp.Manager() as manager:
        squares, seen, lock, stats = manager.dict(), manager.list(), manager.Lock(), manager.Namespace(n=0)
        workers = [mp.Process(target=work, args=(squares, seen, lock, stats, i)) for i in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print(sorted(squares.items()), sorted(seen), stats.n, len(seen), 3 in squares)
        squares["list"] = [1]
        squares["list"].append(2)
        print("a copy was changed:", squares["list"])
        try:
            squares["nothing"]
        except KeyError as exc:
            print(repr(exc))
    with ShopManager() as manager:
        till = manager.Till()
        workers = [mp.Process(target=sell, args=(till, amount)) for amount in (5, 10, 20)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print("total", till.total())
