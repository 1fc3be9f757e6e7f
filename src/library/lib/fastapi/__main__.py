"""`fastapi run FILE` and `fastapi dev FILE`: uvicorn with the application of that file."""

import sys

import uvicorn


def main():
    words = sys.argv[1:]
    if not words or words[0] not in ("run", "dev"):
        sys.stderr.write("Usage: fastapi run|dev [FILE] [--port PORT] [--host HOST] [--app NAME] [--workers N]\n")
        sys.exit(2)
    command, *rest = words
    file, options = None, {"host": "0.0.0.0" if command == "run" else "127.0.0.1", "port": 8000}
    app_name = None
    while rest:
        word, equals, value = rest.pop(0).partition("=")
        if not word.startswith("-"):
            file = word
            continue
        if word in ("--reload", "--no-reload", "--proxy-headers", "--no-proxy-headers"):
            continue
        if not equals:
            value = rest.pop(0)
        if word == "--app":
            app_name = value
        elif word in ("--port", "--workers"):
            options[word[2:]] = int(value)
        elif word in ("--host", "--root-path"):
            options[word[2:].replace("-", "_")] = value
        else:
            sys.stderr.write(f"No such option: {word}\n")
            sys.exit(2)
    if file is None:
        file = next((name for name in ("main", "app", "api") if _exists(name)), "main") + ".py"
    module = file.removesuffix(".py").replace("/", ".")
    if app_name is None:
        __import__(module)
        from fastapi import FastAPI

        found = [name for name, value in vars(sys.modules[module]).items() if isinstance(value, FastAPI)]
        app_name = next((name for name in ("app", "api") if name in found), found[0] if found else "app")
    uvicorn.run(f"{module}:{app_name}", **options)


def _exists(name):
    import _sys

    return _sys.own_file(name) is not None


main()
