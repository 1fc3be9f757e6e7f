# Descriptors are copied and led elsewhere, and programs run in place of children.
import os
import sys
import tempfile

path = os.path.join(tempfile.gettempdir(), "corpus_dup_and_exec.txt")
print("kept back")
fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
pid = os.fork()
if pid == 0:
    os.dup2(fd, 1)
    os.close(fd)
    print("into the file")
    sys.stdout.flush()
    os._exit(0)
os.close(fd)
os.waitpid(pid, 0)
with open(path) as file:
    print(file.read().splitlines())
os.unlink(path)

saved = os.dup(1)
r, w = os.pipe()
sys.stdout.flush()
os.dup2(w, 1)
os.close(w)
print("captured")
os.write(1, b"by number\n")
sys.stdout.flush()
os.dup2(saved, 1)
os.close(saved)
print(os.read(r, 100), flush=True)
os.close(r)
for bad in (lambda: os.read(r, 1), lambda: os.dup(99), lambda: os.dup2(99, 1)):
    try:
        bad()
    except OSError as error:
        print(error)
sys.stdout.flush()

if os.fork() == 0:
    os.execvp("echo", ["echo", "hello", "from", "exec"])
print(os.wait()[1], flush=True)
if os.fork() == 0:
    try:
        os.execvp("no-such-program", ["no-such-program"])
    except FileNotFoundError as error:
        print(error, flush=True)
        os._exit(127)
print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
if os.fork() == 0:
    os.execl(sys.executable, "python", "-c", "import sys; print(sys.argv[1:]); sys.exit(5)", "a", "b")
print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
print(os.spawnlp(os.P_WAIT, "echo", "echo", "spawned"), flush=True)

# `echo … | python`, as a shell does it.
r, w = os.pipe()
if os.fork() == 0:
    os.dup2(w, 1)
    os.close(r)
    os.close(w)
    os.execlp("echo", "echo", "some words go through")
if os.fork() == 0:
    os.dup2(r, 0)
    os.close(r)
    os.close(w)
    os.execl(sys.executable, "python", "-c", "import sys; print(len(sys.stdin.read().split()))")
os.close(r)
os.close(w)
print(sorted(os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(2)))
