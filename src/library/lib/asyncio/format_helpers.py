"""How callbacks and the places where things were created are described (S-AIO-63, S-AIO-67)."""
import sys

# Where CPython's own source has the functions whose places show in reprs, by minor version.
_PLACES = {
    "base_events.py _run_until_complete_cb": {9: 184, 10: 184, 11: 180, 12: 180, 13: 182},
    "combinators.py gather.<locals>._done_callback": {9: 767, 10: 720, 11: 764, 12: 767, 13: 820},
    "combinators.py shield.<locals>._inner_done_callback": {9: 890, 10: 847, 11: 891, 12: 905, 13: 958},
    "combinators.py shield.<locals>._outer_done_callback": {9: 907, 10: 864, 11: 908, 12: 922, 13: 975},
    "combinators.py _wait.<locals>._on_completion": {9: 509, 10: 475, 11: 519, 12: 534, 13: 521},
    "combinators.py _release_waiter": {9: 416, 10: 387, 11: 431, 12: 467, 13: 454},
    "combinators.py wait_for": {9: 421, 10: 392, 11: 436, 12: 472, 13: 459},
    "combinators.py wait": {9: 373, 10: 349, 11: 399, 12: 435, 13: 424},
    "tasks.py create_task": {9: 361, 10: 337, 11: 384, 12: 420, 13: 410},
    "tasks.py sleep": {9: 633, 10: 593, 11: 637, 12: 653, 13: 703},
    "tasks.py ensure_future": {11: 680, 12: 695, 13: 748},
    "taskgroups.py create_task": {11: 161, 12: 161, 13: 173},
    "runners.py run": {11: 100, 12: 100, 13: 100},
    "streams.py StreamReaderProtocol.connection_made.<locals>.callback": {11: 248, 12: 248, 13: 242},
    "base_events.py create_future": {9: 429, 10: 429, 11: 427, 12: 447, 13: 460},
}

# The same of coroutines that programs make tasks of: where they begin, and where they wait.
_WAITS = {
    "queues.py Queue.put": {9: (118, 128), 10: (111, 121), 11: (110, 120), 12: (110, 120), 13: (125, 139)},
    "queues.py Queue.get": {9: (157, 166), 10: (150, 159), 11: (149, 158), 12: (149, 158), 13: (172, 186)},
    "queues.py Queue.join": {9: (214, 223), 10: (207, 216), 11: (206, 215), 12: (206, 215), 13: (242, 251)},
    "locks.py Lock.acquire": {9: (99, 120), 10: (93, 114), 11: (93, 114), 12: (92, 113), 13: (90, 110)},
    "locks.py Event.wait": {9: (213, 226), 10: (201, 214), 11: (200, 213), 12: (199, 212), 13: (200, 213)},
    "locks.py Semaphore.acquire": {9: (402, 417), 10: (367, 390), 11: (364, 387), 12: (363, 386), 13: (386, 407)},
    "locks.py Condition.wait_for": {9: (308, 317), 10: (287, 296), 11: (285, 294), 12: (284, 293), 13: (303, 313)},
    "streams.py StreamReader.readline": {9: (521, 540), 10: (505, 524), 11: (544, 563), 12: (546, 565), 13: (543, 562)},
    "streams.py StreamReader.readuntil": {9: (552, 632), 10: (536, 616), 11: (575, 655), 12: (577, 657), 13: (574, 677)},
    "streams.py StreamReader.readexactly": {9: (693, 723), 10: (678, 708), 11: (717, 747), 12: (719, 749), 13: (739, 769)},
    "threads.py to_thread": {9: (12, 25), 10: (12, 25), 11: (12, 25), 12: (12, 25), 13: (12, 25)},
    "combinators.py wait": {9: (373, 413), 10: (349, 384), 11: (399, 428), 12: (435, 464), 13: (424, 451)},
    "subprocess.py Process.wait": {9: (133, 135), 10: (132, 134), 11: (135, 137), 12: (135, 137), 13: (135, 137)},
    "tasks.py sleep": {9: (633, 652), 10: (593, 605), 11: (637, 649), 12: (653, 665), 13: (703, 718)},
}

# Frames on top of a stack that belong to the making of a handle or task, not to the place that asked for it.
_MAKERS = frozenset(
    "extract_stack __init__ call_soon call_later call_at call_soon_threadsafe _call_soon create_task "
    "_add_reader _add_writer".split()
)
_HOME = __file__.rpartition("/")[0] + "/" if "/" in __file__ else __file__


def _place(code, name, line):
    """File and line as reprs show them: of this package's own functions, those that CPython's source has."""
    file = code.co_filename
    if not file.startswith(_HOME):
        return file, line
    module = file[len(_HOME) :]
    known = _PLACES.get(f"{module} {name}")
    if known is not None:
        line = known.get(sys.version_info[1], line)
    elif line == code.co_firstlineno:
        waits = _WAITS.get(f"{module} {code.co_qualname}", {}).get(sys.version_info[1])
        line = waits[0] if waits is not None else line
    return (_HOME + "tasks.py" if module == "combinators.py" else file), line


def _running_place(code, line):
    """The same for the line at which a coroutine stands."""
    version = sys.version_info[1]
    if code.co_name == "sleep" and 0 < line - code.co_firstlineno < 4 and code.co_filename == _HOME + "tasks.py":
        # `sleep(0)` gives up its turn at a line of its own.
        places = {9: 641, 10: 596, 11: 640, 12: 656, 13: 706}
        return code.co_filename, places.get(version, line)
    if code.co_filename.startswith(_HOME):
        module = code.co_filename[len(_HOME) :]
        known = _WAITS.get(f"{module} {code.co_qualname}", {}).get(version)
        if known is not None:
            line = known[line > code.co_firstlineno]
            return (_HOME + "tasks.py" if module == "combinators.py" else code.co_filename), line
    return _place(code, code.co_name, line)


def _get_function_source(func):
    while True:
        inner = getattr(func, "__wrapped__", None)
        if inner is None and type(func).__name__ == "partial":
            inner = func.func
        if inner is None:
            break
        func = inner
    # A method has no place: only of functions is it told.
    code = getattr(func, "__code__", None)
    if code is None or hasattr(func, "__func__"):
        return None
    return _place(code, code.co_qualname, code.co_firstlineno)


def _short(value):
    import reprlib

    return reprlib.repr(value)


def _format_args_and_kwargs(args, kwargs, debug=True):
    if not debug:
        return "()"
    items = [_short(arg) for arg in args or ()]
    items.extend(f"{name}={_short(value)}" for name, value in (kwargs or {}).items())
    return f"({', '.join(items)})"


def _format_callback(func, args, kwargs, suffix="", debug=True):
    if type(func).__name__ == "partial":
        inner = _format_args_and_kwargs(args, kwargs, debug) + suffix
        return _format_callback(func.func, func.args, func.keywords, inner, debug)
    name = getattr(func, "__qualname__", None) or getattr(func, "__name__", None) or repr(func)
    return name + _format_args_and_kwargs(args, kwargs, debug) + suffix


def _format_callback_source(func, args, debug=True):
    # The wake-up of a task is a method of a type written in C: it has a name but no place.
    if getattr(getattr(func, "__func__", None), "_is_wakeup", False):
        return "Task.task_wakeup()" if sys.version_info >= (3, 10) else f"<TaskWakeupMethWrapper object at {id(func):#x}>()"
    text = _format_callback(func, args, None, "", debug)
    source = _get_function_source(func)
    return f"{text} at {source[0]}:{source[1]}" if source else text


def extract_stack():
    """The places of the calling code, outermost first, without the frames that make the object itself."""
    import traceback

    frame = sys._getframe(1)
    places = []
    while frame is not None:
        code = frame.f_code
        ours = code.co_filename.startswith(_HOME)
        if places or not (ours and code.co_name in _MAKERS and not code.co_filename.endswith("/tasks.py")):
            if places or not (ours and code.co_name == "__init__"):
                places.append(traceback.FrameSummary(*_place(code, code.co_name, frame.f_lineno), code.co_name))
        if len(places) == 10:
            break
        frame = frame.f_back
    places.reverse()
    return places


def format_stack(places):
    """The text of a creation stack."""
    import traceback

    return "".join(traceback.format_list(places))
