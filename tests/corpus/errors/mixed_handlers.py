# `except` and `except*` on one `try`: the place is the whole of the word that does not belong.
for first, second in (("except", "except*"), ("except*", "except")):
    try:
        compile(f"try: pass\n{first} KeyError: pass\n{second} ValueError: pass\n", "text", "exec")
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset, error.end_offset)
