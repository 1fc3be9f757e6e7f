# A lock taken twice, a semaphore of tellers, a deadlock with time limits.
import threading, time, random
class BankAccount:
    def __init__(self): self.balance = 100; self.account_lock = threading.RLock()
    def deposit(self, amount):
        print(f"Thread {threading.current_thread().name} waiting to acquire lock for .deposit()")
        with self.account_lock: print(f"Thread {threading.current_thread().name} acquired lock for .deposit()"); time.sleep(0.1); self._update_balance(amount)
    def _update_balance(self, amount):
        with self.account_lock: print(f"Thread {threading.current_thread().name} updating"); self.balance += amount
from concurrent.futures import ThreadPoolExecutor
account = BankAccount()
with ThreadPoolExecutor(max_workers=3, thread_name_prefix="Worker") as executor:
    for _ in range(3): executor.submit(account.deposit, 100)
print(f"Final account balance: {account.balance}")
sem = threading.Semaphore(2)
def now(): return round(time.monotonic() - T)
T = time.monotonic()
def serve(c):
    print(f"{now()}: {c} is waiting for a teller.")
    with sem: print(f"{now()}: {c} is being served by a teller."); time.sleep(1); print(f"{now()}: {c} is done being served.")
ts = []
for i in range(1, 5): t = threading.Thread(target=serve, args=(f"Customer {i}",)); ts.append(t); t.start(); time.sleep(0.01)
for t in ts: t.join()
print("All customers have been served.")
lock_a, lock_b = threading.Lock(), threading.Lock()
def d1():
    with lock_a: time.sleep(0.1); print('d1 got b:', lock_b.acquire(timeout=1))
def d2():
    with lock_b: time.sleep(0.2); print('d2 got a:', lock_a.acquire(timeout=0.5))
ts = [threading.Thread(target=f) for f in (d1, d2)]; [t.start() for t in ts]; [t.join() for t in ts]
counter = 0
def inc():
    global counter
    for _ in range(1000): counter += 1
ts = [threading.Thread(target=inc) for _ in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print(counter)
