# python: 3.13
"""From 3.13 on a traceback that nobody gets has no carets."""

import io
import sys


class Failing:
    def __del__(self):
        print("dies"); raise ValueError("in __del__")  # fmt: skip


sys.stderr = said = io.StringIO()
failing = Failing()
del failing
sys.stderr = sys.__stderr__
print([line.strip() for line in said.getvalue().splitlines() if "File" not in line and " at 0x" not in line])
