import sys, io
sys.stdin = io.StringIO("Ann\n42\n\n")
print(input("name? "), int(input()), repr(input()))
try: input("more? ")
except EOFError as e: print(e)
import builtins
from unittest.mock import patch
with patch("builtins.input", lambda *a: "patched"): print(input())
try: input(1, 2)
except TypeError as e: print(e)
