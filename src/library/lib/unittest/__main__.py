"""`python -m unittest`"""
from unittest.main import main

main(module=None)
