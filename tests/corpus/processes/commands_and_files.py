# Commands of the shell, pipelines, files as a child's streams, the traceback of a child.
import subprocess
import sys


def shell(line):
    done = subprocess.run(line, shell=True, capture_output=True, text=True)
    print([done.stdout, done.stderr, done.returncode])


shell("echo a b | tr a-z A-Z")
shell("printf 'b\\na\\nc\\na\\n' | sort | uniq -c | tr -d ' '")
shell("seq 5 | grep -v 3 | head -n 3 | wc -l")
shell("echo one > f.txt; echo two >> f.txt && cat f.txt | tail -n 1; cat < f.txt")
shell("cat nothing 2>/dev/null || echo failed")
shell("echo hidden 2>&1 >/dev/null; exit 4")
shell("env A=1 printenv A")
first = subprocess.Popen(["printf", "%s-%d\\n", "x", "5", "y", "6"], stdout=subprocess.PIPE)
second = subprocess.Popen(["sort", "-r"], stdin=first.stdout, stdout=subprocess.PIPE)
first.stdout.close()
print(second.communicate())
with open("out.txt", "w") as file:
    print(subprocess.run([sys.executable, "-c", "print('to a file')"], stdout=file).returncode)
print(open("out.txt").read())
with open("out.txt") as file:
    print(subprocess.run(["cat"], stdin=file, capture_output=True))
with open("both.txt", "w") as file:
    code = "import sys; print('out', flush=True); print('err', file=sys.stderr)"
    subprocess.run([sys.executable, "-c", code], stdout=file, stderr=subprocess.STDOUT)
print(open("both.txt").read())
done = subprocess.run(
    [sys.executable, "-c", "def f():\n    1 / 0\nf()"], stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True
)
print(done.stdout)
