# sigwait takes what is blocked, begins anew by itself, and a thread may wait on behalf of the process.
import os, signal, threading, time

signal.signal(signal.SIGUSR1, lambda s, f: print("handler", s))
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})


def other():
    time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGUSR1)
    time.sleep(0.1)
    print("usr2 soon")
    os.kill(os.getpid(), signal.SIGUSR2)


threading.Thread(target=other).start()
print(repr(signal.sigwait({signal.SIGUSR2})))
print("end")


def waiter():
    print("thread got", signal.sigwait([signal.SIGTERM]).name)


signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
t = threading.Thread(target=waiter)
t.start()
time.sleep(0.1)
os.kill(os.getpid(), signal.SIGTERM)
t.join()
os.kill(os.getpid(), signal.SIGUSR2)
print(signal.sigpending(), signal.sigwait({signal.SIGUSR2}))
