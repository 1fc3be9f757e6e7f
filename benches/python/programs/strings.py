"""Strings."""


def formatting(n=40_000):
    x = 0
    for i in range(n):
        x += len(f"{i} of {n}: {i / 7:.2f} {i:5d}")
    return x


def percent_and_format(n=60_000):
    x = 0
    for i in range(n):
        x += len("%d of %s" % (i, "all")) + len("{} of {:>4}".format(i, "all"))
    return x


def join_split_replace(n=80_000):
    x = 0
    for _ in range(n):
        x += len("-".join(["a", "b", "c"]).replace("b", "x").split("-"))
    return x


def concatenation(n=200_000):
    s = ""
    for i in range(n):
        s += "ab"
        if len(s) > 1000:
            s = ""
    return len(s)


def characters(n=600_000):
    vowels = 0
    text = "the quick brown fox jumps over the lazy dog " * 10
    while n > 0:
        for c in text:
            if c in "aeiou":
                vowels += 1
        n -= len(text)
    return vowels


def indexing_and_comparing(n=300_000):
    text = "the quick brown fox jumps over the lazy dog"
    x = 0
    for i in range(n):
        if text[i % 43] == "o" or text[i % 40 : i % 40 + 3] == "fox":
            x += 1
    return x


def methods(n=60_000):
    x = 0
    for i in range(n):
        line = "  Key: Value %d  " % (i & 255)
        name, _, value = line.strip().partition(": ")
        if name.lower().startswith("k") and value.isalnum() is False:
            x += value.find(" ") + len(name.upper())
    return x


def parsing(n=12_000):
    x = 0
    for i in range(n):
        total, number = 0, ""
        for c in "12+345+6789+" + str(i) + "+":
            if c.isdigit():
                number += c
            else:
                total += int(number)
                number = ""
        x += total
    return x


def bytes_and_codes(n=100_000):
    x = 0
    for i in range(n):
        data = str(i).encode()
        x += data[0] + ord(chr(97 + i % 26)) + len(data.decode())
    return x
