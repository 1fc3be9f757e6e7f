# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "An answer beside computing threads"
# summary = "A thread answers messages while others of its process compute. Every answer first waits for the GIL: one switch interval, or one for every thread that queues before it."
# cores = 2
# leaves_out = ["other programs on the machine"]
#
# [[tool.coroscope.questions]]
# ask = "A round trip takes a twentieth of a millisecond. How long does it take beside one computing thread?"
# choices = ["twice as long", "a hundred times as long"]
# answer = 1
# because = "The message is there at once, but the answering thread needs the GIL to read it, and the computing one gives it up only after 5 ms."
# ///
# %% server.py
import socket
import sys
import threading

#@markdown How many threads compute beside the answering one
#@markdown Try none, then several. Then make the switch interval shorter.
hogs = 1  #@param {type:"slider", min:0, max:4, step:1}
#@markdown After how long a waiting thread asks for the GIL [ms]
switch_interval_ms = 5.0  #@param {type:"slider", min:0.5, max:20.0, step:0.5}

sys.setswitchinterval(switch_interval_ms / 1000)
stop = False


def hog():
    n = 0
    while not stop:
        n += 1


def answer(listener):
    connection, _ = listener.accept()
    while message := connection.recv(64):
        connection.sendall(message)


listener = socket.socket()
listener.bind(("127.0.0.1", 5007))
listener.listen(1)
answering = threading.Thread(target=answer, args=(listener,), name="answers")
answering.start()
for i in range(hogs):
    threading.Thread(target=hog, name=f"hog {i}").start()
answering.join()
stop = True
# %% client.py
import socket
import time

#@markdown How many messages are sent
messages = 10  #@param {type:"slider", min:1, max:30, step:1}

time.sleep(0.02)
connection = socket.create_connection(("127.0.0.1", 5007))
took = []
for _ in range(messages):
    start = time.perf_counter()
    connection.sendall(b"ping")
    connection.recv(64)
    took.append(time.perf_counter() - start)
    time.sleep(0.002)
connection.close()
took.sort()
print(f"{messages} round trips: from {took[0] * 1000:.2f} to {took[-1] * 1000:.2f} ms, half of them longer than {took[len(took) // 2] * 1000:.2f} ms")
# %% Procfile
# server: python server.py
# client: python client.py
