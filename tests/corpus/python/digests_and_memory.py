import array
import base64
import hashlib

for name in ("sha3_224", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s"):
    h = hashlib.new(name, b"abc")
    print(name, h.hexdigest(), h.digest_size, h.block_size)
print(hashlib.shake_128(b"abc").hexdigest(10), hashlib.shake_256(b"").hexdigest(5))
print(hashlib.blake2b(b"x", digest_size=20, key=b"secret", salt=b"salt", person=b"me").hexdigest())
print(hashlib.blake2s(b"y" * 200, digest_size=4, key=b"k").hexdigest())
print(base64.b32hexencode(b"hello"), base64.b32hexdecode(b"D1IMOR3F"))
try:
    hashlib.blake2s(digest_size=33)
except ValueError as error:
    print(error)
view = memoryview(bytearray(range(12)))
words = view.cast("H")
print(words.tolist(), words.format, words.itemsize, len(words), words.nbytes, words[1], view[2:8:2].tolist())
words[0] = 0xABCD
grid = view.cast("B", [3, 4])
print(view[:2].hex(), grid.tolist(), grid[1, 2], grid.shape, grid.strides, grid.ndim, view == bytes(view))
numbers = array.array("i", [1, -2, 3])
window = memoryview(numbers)
window[1] = 7
print(numbers, window.tolist(), window.cast("B")[:4].tolist(), window.toreadonly().readonly)
for wrong in (
    lambda: view[99], lambda: view.cast("Q", [9]), lambda: memoryview(1), lambda: memoryview(b"a").__setitem__(0, 1),
    lambda: view.__setitem__(0, 300), lambda: view.cast("z"), lambda: hash(view), lambda: words.cast("I"),
):
    try:
        wrong()
    except (IndexError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
view.release()
try:
    view[0]
except ValueError as error:
    print(error)
