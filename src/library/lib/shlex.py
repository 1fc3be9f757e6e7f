"""Command lines, split and quoted as a shell does."""
import re

__all__ = ["split", "quote", "join"]
_needs_quotes = re.compile(r"[^\w@%+=:,./-]", re.ASCII).search


def split(s, comments=False, posix=True):
    words, word, quote_char, i = [], None, "", 0
    while i < len(s):
        char = s[i]
        if quote_char:
            if char == quote_char:
                quote_char = ""
                if not posix:
                    word += char
            elif char == "\\" and posix and quote_char == '"' and s[i + 1 : i + 2] in ('"', "\\"):
                i += 1
                word += s[i]
            else:
                word += char
        elif char in " \t\r\n":
            if word is not None:
                words.append(word)
                word = None
        elif comments and char == "#":
            i = s.find("\n", i) if "\n" in s[i:] else len(s)
            continue
        elif char in "'\"":
            quote_char = char
            word = (word or "") + ("" if posix else char)
        elif char == "\\" and posix:
            i += 1
            if i >= len(s):
                raise ValueError("No escaped character")
            word = (word or "") + s[i]
        else:
            word = (word or "") + char
        i += 1
    if quote_char:
        raise ValueError("No closing quotation")
    if word is not None:
        words.append(word)
    return words


def quote(s):
    if not s:
        return "''"
    return "'" + s.replace("'", "'\"'\"'") + "'" if _needs_quotes(s) else s


def join(split_command):
    return " ".join(quote(arg) for arg in split_command)
