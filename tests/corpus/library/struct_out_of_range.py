# Numbers that do not fit: what is said of each format.
import struct
for f in "bBhHiIlLqQ":
    for v in (-2**70, 2**70, "x"):
        try: struct.pack(f, v)
        except struct.error as e: print(f, e)
