"""Records what real CPython prints for the small programs of constructs.py: `python3.11 tests/inventory/record.py`."""
import pathlib
import subprocess
import sys
import tempfile

folder = pathlib.Path(__file__).parent
parts = (folder / "constructs.py").read_text().split("# %% ")[1:]
recorded = []
for part in parts:
    name, text = part.split("\n", 1)
    with tempfile.TemporaryDirectory() as place:
        program = pathlib.Path(place) / "program.py"
        program.write_text(text)
        ran = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=60)
    error = ran.stderr.splitlines()[-1:]
    shown = (ran.stdout + "".join(line + "\n" for line in error)).rstrip()
    recorded.append(f"# %% {name}\n{shown}\n")
(folder / f"constructs-{sys.version_info[0]}.{sys.version_info[1]}.txt").write_text("".join(recorded))
