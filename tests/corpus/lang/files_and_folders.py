import os, io, shutil, tempfile, glob
with open("notes.txt", "w") as f:
    print(f)
    f.write("one\ntwo\n")
    print("three", file=f)
with open("notes.txt") as f:
    for n, line in enumerate(f, 1):
        print(n, line.rstrip())
print(open("notes.txt").read().split())
with open("notes.txt", "a") as f: f.write("four\n")
print(open("notes.txt").readlines())
try: open("none.txt")
except FileNotFoundError as e: print(e, e.errno, e.filename, repr(e))
try: open("none.txt", "q")
except ValueError as e: print(e)
try: open("notes.txt", "x")
except FileExistsError as e: print(e)
with open("b.bin", "wb") as f: f.write(bytes(range(10)))
with open("b.bin", "rb") as f:
    print(f.read(3), f.tell(), f.seek(5), f.read())
    print(f)
f = open("notes.txt")
f.close()
try: f.read()
except ValueError as e: print(e)
try: open("notes.txt").write("x")
except io.UnsupportedOperation as e: print(type(e), e)
try: open("notes.txt", "w").read()
except io.UnsupportedOperation as e: print(type(e), e)
os.makedirs("a/b/c", exist_ok=True)
for n in "xyz":
    with open(f"a/b/{n}.txt", "w", encoding="utf-8") as f: f.write(n * 3 + "é\n")
print(sorted(os.listdir("a/b")), os.path.exists("a/b/x.txt"), os.path.isdir("a"), os.path.getsize("a/b/x.txt"))
print(sorted(glob.glob("a/**/*.txt", recursive=True)), sorted(glob.glob("a/b/[xy].*")))
for t, d, fs in os.walk("a"): print(t, sorted(d), sorted(fs))
os.rename("a/b/x.txt", "a/x.txt"); print(open("a/x.txt").read())
try: os.remove("a/b/nope")
except OSError as e: print(e)
try: os.rmdir("a")
except OSError as e: print(e)
shutil.copy("a/x.txt", "a/b"); print(sorted(os.listdir("a/b")))
shutil.rmtree("a"); print(os.path.exists("a"))
with tempfile.TemporaryDirectory() as d:
    p = os.path.join(d, "f"); open(p, "w").write("hi"); print(open(p).read(), os.listdir(d))
with tempfile.NamedTemporaryFile("w+", suffix=".txt") as f:
    f.write("abc"); f.flush(); f.seek(0); print(f.read(), f.name.endswith(".txt"))
os.remove("notes.txt"); os.remove("b.bin")
with open("u.txt", "w+", newline="") as f:
    f.write("a\r\nb\rc\n"); f.seek(0); print(f.readlines()); f.seek(0); 
print(open("u.txt").readlines(), open("u.txt","rb").read()); os.remove("u.txt")
