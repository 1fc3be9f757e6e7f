"""A forked process has a copy of everything; what it changes stays there."""
import multiprocessing as mp

counter = 10
names = ["parent"]


class Account:
    def __init__(self, balance):
        self.balance = balance


account = Account(100)
index = {account: "first", "me": account}


def child(extra):
    global counter
    counter += extra
    names.append("child")
    account.balance -= 70
    print("child: ", counter, names, account.balance, index[account], index["me"] is account)


def main():
    numbers = iter(range(5))
    next(numbers)
    process = mp.get_context("fork").Process(target=child, args=(next(numbers),))
    process.start()
    process.join()
    print("parent:", counter, names, account.balance, next(numbers))


main()
