"""Writes src/names.txt: the names of Unicode's characters that no rule makes, as this Python knows them.

A line a character, each the one after the last, `@HEX` before a gap. A line begins with how many words it shares with
the line before, as the character that many past `0`; the other words follow. Run it with Python 3.11.
"""
import unicodedata

# Names that are the prefix and the number.
NUMBERED = ("CJK UNIFIED IDEOGRAPH-", "CJK COMPATIBILITY IDEOGRAPH-", "TANGUT IDEOGRAPH-", "NUSHU CHARACTER-",
            "KHITAN SMALL SCRIPT CHARACTER-", "HANGUL SYLLABLE ")


def main():
    lines, words, last, ranges = [], [], -2, []
    for code in range(0x110000):
        name = unicodedata.name(chr(code), None)
        if name is None:
            continue
        prefix = next((p for p in NUMBERED if name.startswith(p)), None)
        if prefix:
            if ranges and ranges[-1][0] == prefix and ranges[-1][2] == code - 1:
                ranges[-1][2] = code
            else:
                ranges.append([prefix, code, code])
            continue
        if code != last + 1:
            lines.append(f"@{code:x}")
        new = name.split(" ")
        shared = 0
        while shared < min(len(new), len(words)) and new[shared] == words[shared]:
            shared += 1
        lines.append(chr(48 + shared) + " ".join(new[shared:]))
        words, last = new, code
    with open("src/names.txt", "w") as file:
        file.write("\n".join(lines) + "\n")
    for prefix, first, last in ranges:
        print(f'    ("{prefix}", {first:#x}, {last:#x}),')


main()
