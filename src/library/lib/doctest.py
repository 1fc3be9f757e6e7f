"""Runs the examples in docstrings and compares what they print."""
import inspect
import io
import re
import sys
import traceback

__all__ = [
    "OPTIONFLAGS_BY_NAME", "register_optionflag", "DONT_ACCEPT_TRUE_FOR_1", "DONT_ACCEPT_BLANKLINE",
    "NORMALIZE_WHITESPACE", "ELLIPSIS", "SKIP", "IGNORE_EXCEPTION_DETAIL", "COMPARISON_FLAGS", "REPORT_UDIFF",
    "REPORT_CDIFF", "REPORT_NDIFF", "REPORT_ONLY_FIRST_FAILURE", "REPORTING_FLAGS", "FAIL_FAST", "Example", "DocTest",
    "DocTestParser", "DocTestFinder", "DocTestRunner", "OutputChecker", "DocTestFailure", "UnexpectedException",
    "testmod", "testfile", "run_docstring_examples",
]  # fmt: skip

OPTIONFLAGS_BY_NAME = {}


def register_optionflag(name):
    return OPTIONFLAGS_BY_NAME.setdefault(name, 1 << len(OPTIONFLAGS_BY_NAME))


DONT_ACCEPT_TRUE_FOR_1 = register_optionflag("DONT_ACCEPT_TRUE_FOR_1")
DONT_ACCEPT_BLANKLINE = register_optionflag("DONT_ACCEPT_BLANKLINE")
NORMALIZE_WHITESPACE = register_optionflag("NORMALIZE_WHITESPACE")
ELLIPSIS = register_optionflag("ELLIPSIS")
SKIP = register_optionflag("SKIP")
IGNORE_EXCEPTION_DETAIL = register_optionflag("IGNORE_EXCEPTION_DETAIL")
COMPARISON_FLAGS = (
    DONT_ACCEPT_TRUE_FOR_1 | DONT_ACCEPT_BLANKLINE | NORMALIZE_WHITESPACE | ELLIPSIS | SKIP | IGNORE_EXCEPTION_DETAIL
)
REPORT_UDIFF = register_optionflag("REPORT_UDIFF")
REPORT_CDIFF = register_optionflag("REPORT_CDIFF")
REPORT_NDIFF = register_optionflag("REPORT_NDIFF")
REPORT_ONLY_FIRST_FAILURE = register_optionflag("REPORT_ONLY_FIRST_FAILURE")
FAIL_FAST = register_optionflag("FAIL_FAST")
REPORTING_FLAGS = REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE | FAIL_FAST

_BLANKLINE = "<BLANKLINE>"


class TestResults(tuple):
    """How many examples failed, and how many there were."""

    def __new__(cls, failed, attempted):
        return tuple.__new__(cls, (failed, attempted))

    failed = property(lambda self: self[0])
    attempted = property(lambda self: self[1])

    def __repr__(self):
        return f"TestResults(failed={self[0]}, attempted={self[1]})"


class Example:
    """A piece of source and what it is to print."""

    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        self.source = source if source.endswith("\n") else source + "\n"
        self.want = want + "\n" if want and not want.endswith("\n") else want
        self.exc_msg = exc_msg + "\n" if exc_msg is not None and not exc_msg.endswith("\n") else exc_msg
        self.lineno = lineno
        self.indent = indent
        self.options = options or {}


class DocTest:
    """The examples of one docstring."""

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples = examples
        self.globs = dict(globs)
        self.name = name
        self.filename = filename
        self.lineno = lineno
        self.docstring = docstring

    def __repr__(self):
        n = len(self.examples)
        shown = "no examples" if n == 0 else "1 example" if n == 1 else f"{n} examples"
        return f"<{type(self).__name__} {self.name} from {self.filename}:{self.lineno} ({shown})>"

    def __lt__(self, other):
        return (self.name, self.filename or "", self.lineno or 0) < (other.name, other.filename or "", other.lineno or 0)


_EXCEPTION = re.compile(
    r"Traceback \((?:most recent call last|innermost last)\):\s*$(?P<stack>.*?)^(?P<msg>\w+.*)", re.M | re.S
)
_OPTION = re.compile(r"#\s*doctest:\s*([^\n'\"]*)$", re.M)


class DocTestParser:
    """Finds examples in a text."""

    def parse(self, string, name="<string>"):
        """Examples and the texts between them."""
        lines = string.expandtabs().split("\n")
        pieces = []
        between = []
        at = 0
        while at < len(lines):
            line = lines[at]
            stripped = line.lstrip()
            if not (stripped.startswith(">>>")):
                between.append(line + "\n")
                at += 1
                continue
            indent = len(line) - len(stripped)
            start = at
            source = []
            while at < len(lines):
                mark = lines[at][indent : indent + 3]
                if lines[at][:indent].strip() or mark != (">>>" if at == start else "..."):
                    break
                if len(lines[at]) > indent + 3 and lines[at][indent + 3] != " ":
                    raise ValueError(
                        f"line {at + 1} of the docstring for {name} lacks blank after {mark}: {lines[at]!r}"
                    )
                source.append(lines[at][indent + 4 :])
                at += 1
            want = []
            while at < len(lines) and lines[at].strip() and not lines[at].lstrip().startswith(">>>"):
                if lines[at][:indent].strip():
                    raise ValueError(
                        f"line {at + 1} of the docstring for {name} has inconsistent leading whitespace: {lines[at]!r}"
                    )
                want.append(lines[at][indent:].rstrip("\n"))
                at += 1
            text = "\n".join(source)
            if not text.strip() or text.strip().startswith("#"):
                between.append("\n")
                continue
            pieces.append("".join(between))
            between = []
            want_text = "\n".join(want)
            match = _EXCEPTION.match(want_text)
            message = match["msg"] if match else None
            pieces.append(Example(text, want_text, message, start, indent, self._options(text, name, start)))
        pieces.append("".join(between))
        return pieces

    def _options(self, source, name, lineno):
        options = {}
        for match in _OPTION.finditer(source):
            for option in match[1].replace(",", " ").split():
                if option[0] not in "+-" or option[1:] not in OPTIONFLAGS_BY_NAME:
                    raise ValueError(
                        f"line {lineno + 1} of the doctest for {name} has an invalid option: {option!r}"
                    )
                options[OPTIONFLAGS_BY_NAME[option[1:]]] = option[0] == "+"
        return options

    def get_examples(self, string, name="<string>"):
        return [piece for piece in self.parse(string, name) if isinstance(piece, Example)]

    def get_doctest(self, string, globs, name, filename, lineno):
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)


class DocTestFinder:
    """Finds the docstrings of a module, of its functions and classes."""

    def __init__(self, verbose=False, parser=None, recurse=True, exclude_empty=True):
        self._parser = parser or DocTestParser()
        self._recurse = recurse
        self._exclude_empty = exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        if name is None:
            name = getattr(obj, "__name__", None)
            if name is None:
                raise ValueError(
                    f"DocTestFinder.find: name must be given when obj.__name__ doesn't exist: {type(obj)!r}"
                )
        if module is None:
            module = obj if inspect.ismodule(obj) else sys.modules.get(getattr(obj, "__module__", None))
        if globs is None:
            globs = {} if not module else module.__dict__.copy()
        else:
            globs = globs.copy()
        globs.update(extraglobs or {})
        globs.setdefault("__name__", "__main__")
        tests = []
        self._find(tests, obj, name, module, globs, set())
        return sorted(tests)

    def _find(self, tests, obj, name, module, globs, seen):
        if id(obj) in seen:
            return
        seen.add(id(obj))
        doc = getattr(obj, "__doc__", None)
        if isinstance(doc, str) and (doc or not self._exclude_empty) and (">>>" in doc or not self._exclude_empty):
            lineno = self._line(obj, doc, module)
            tests.append(self._parser.get_doctest(doc, globs, name, getattr(module, "__file__", None), lineno))
        if not self._recurse:
            return
        if inspect.ismodule(obj):
            for inner_name, inner in list(obj.__dict__.items()):
                own = getattr(inner, "__module__", None) == obj.__name__
                if own and (inspect.isroutine(inspect.unwrap(inner)) or inspect.isclass(inner)):
                    self._find(tests, inner, f"{name}.{inner_name}", module, globs, seen)
            for inner_name, inner in getattr(obj, "__test__", {}).items():
                if isinstance(inner, str):
                    tests.append(self._parser.get_doctest(inner, globs, f"{name}.__test__.{inner_name}", None, None))
                else:
                    self._find(tests, inner, f"{name}.__test__.{inner_name}", module, globs, seen)
        elif inspect.isclass(obj):
            for inner_name, inner in list(obj.__dict__.items()):
                if isinstance(inner, (staticmethod, classmethod)):
                    inner = inner.__func__
                if inspect.isroutine(inner) or inspect.isclass(inner) or isinstance(inner, property):
                    if getattr(inner, "__module__", obj.__module__) == obj.__module__:
                        self._find(tests, inner, f"{name}.{inner_name}", module, globs, seen)

    def _line(self, obj, doc, module):
        """The line on which the docstring begins, from 0."""
        if inspect.ismodule(obj):
            return 0
        if isinstance(obj, property):
            obj = obj.fget
        code = getattr(inspect.unwrap(obj) if callable(obj) else obj, "__code__", None)
        import linecache

        lines = linecache.getlines(getattr(module, "__file__", None) or "")
        if code is not None:
            start = code.co_firstlineno - 1
        else:
            name = getattr(obj, "__name__", "")
            pattern = re.compile(rf"^\s*class\s*{re.escape(name)}\b")
            start = next((n for n, line in enumerate(lines) if pattern.match(line)), None)
            if start is None:
                return None
        for n in range(start, len(lines)):
            if re.match(r"(^|.*:)\s*\w*(\"|')", lines[n]):
                return n
        return None


class OutputChecker:
    """Whether an output is the one that was wanted."""

    def check_output(self, want, got, optionflags):
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = re.sub(rf"(?m)^{re.escape(_BLANKLINE)}\s*?$", "", want)
            got = re.sub(r"(?m)^[^\S\n]+$", "", got)
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS and _matches(want, got))

    def output_difference(self, example, got, optionflags):
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = re.sub(r"(?m)^[ ]*(?=\n)", _BLANKLINE, got)
        if optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF) and want.count("\n") > 2 < got.count("\n"):
            import difflib

            want_lines, got_lines = want.splitlines(True), got.splitlines(True)
            if optionflags & REPORT_UDIFF:
                diff, kind = list(difflib.unified_diff(want_lines, got_lines, n=2))[2:], "unified diff with -expected +actual"
            elif optionflags & REPORT_CDIFF:
                diff, kind = list(difflib.context_diff(want_lines, got_lines, n=2))[2:], "context diff with expected followed by actual"
            else:
                diff, kind = list(difflib.ndiff(want_lines, got_lines)), "ndiff with -expected +actual"
            return f"Differences ({kind}):\n" + _indented("".join(line.rstrip() + "\n" for line in diff))
        if want and got:
            return f"Expected:\n{_indented(want)}Got:\n{_indented(got)}"
        if want:
            return f"Expected:\n{_indented(want)}Got nothing\n"
        if got:
            return f"Expected nothing\nGot:\n{_indented(got)}"
        return "Expected nothing\nGot nothing\n"


def _indented(text, indent=4):
    return re.sub("(?m)^(?!$)", " " * indent, text)


def _matches(want, got):
    """Whether the texts are equal where `...` stands for anything."""
    if "..." not in want:
        return want == got
    first, *middle, last = want.split("...")
    if not got.startswith(first) or not got.endswith(last) or len(first) + len(last) > len(got):
        return False
    at, end = len(first), len(got) - len(last)
    for part in middle:
        at = got.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


class DocTestFailure(Exception):
    """Raised by a runner that stops at the first failure."""

    def __init__(self, test, example, got):
        self.test, self.example, self.got = test, example, got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    def __init__(self, test, example, exc_info):
        self.test, self.example, self.exc_info = test, example, exc_info

    def __str__(self):
        return str(self.test)


class DocTestRunner:
    """Runs examples and tells of those that fail."""

    DIVIDER = "*" * 70

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = "-v" in sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self.tries = self.failures = 0
        # `(failed, attempted)` by the test's name.
        self._by_name = {}

    def report_start(self, out, test, example):
        if self._verbose:
            if example.want:
                out("Trying:\n" + _indented(example.source) + "Expecting:\n" + _indented(example.want))
            else:
                out("Trying:\n" + _indented(example.source) + "Expecting nothing\n")

    def report_success(self, out, test, example, got):
        if self._verbose:
            out("ok\n")

    def report_failure(self, out, test, example, got):
        out(self._header(test, example) + self._checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(self, out, test, example, exc_info):
        text = "".join(traceback.format_exception(*exc_info))
        out(self._header(test, example) + "Exception raised:\n" + _indented(text))

    def _header(self, test, example):
        lines = [self.DIVIDER]
        if test.filename:
            line = "?" if test.lineno is None else test.lineno + example.lineno + 1
            lines.append(f'File "{test.filename}", line {line}, in {test.name}')
        else:
            lines.append(f"Line {example.lineno + 1}, in {test.name}")
        lines.append("Failed example:")
        lines.append(_indented(example.source))
        return "\n".join(lines)

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        own_stdout = sys.stdout
        if out is None:
            out = own_stdout.write
        captured = io.StringIO()
        sys.stdout = captured
        own_hook = sys.displayhook
        sys.displayhook = sys.__displayhook__
        try:
            return self._run(test, out, captured)
        finally:
            sys.stdout = own_stdout
            sys.displayhook = own_hook
            if clear_globs:
                test.globs.clear()

    def _run(self, test, out, captured):
        failures = tries = 0
        for number, example in enumerate(test.examples):
            quiet = self.optionflags & REPORT_ONLY_FIRST_FAILURE and failures > 0
            self.optionflags = self.original_optionflags
            for flag, is_on in example.options.items():
                self.optionflags = self.optionflags | flag if is_on else self.optionflags & ~flag
            if self.optionflags & SKIP:
                continue
            tries += 1
            if not quiet:
                self.report_start(out, test, example)
            problem = None
            try:
                _execute(example.source, f"<doctest {test.name}[{number}]>", test.globs)
            except KeyboardInterrupt:
                raise
            except:
                problem = sys.exc_info()
                # The runner's own frames are no part of it.
                problem = (problem[0], problem[1], _own_part(problem[2]))
            got = captured.getvalue()
            captured.truncate(0)
            captured.seek(0)
            if problem is None:
                good = self._checker.check_output(example.want, got, self.optionflags)
            else:
                message = traceback.format_exception_only(*problem[:2])[-1]
                got += "".join(traceback.format_exception(*problem)) if not quiet else message
                if example.exc_msg is None:
                    good = None
                else:
                    good = self._checker.check_output(example.exc_msg, message, self.optionflags)
                    if not good and self.optionflags & IGNORE_EXCEPTION_DETAIL:
                        good = _kind_of(example.exc_msg) == _kind_of(message)
            if good:
                if not quiet:
                    self.report_success(out, test, example, got)
                continue
            failures += 1
            if not quiet:
                if good is None:
                    self.report_unexpected_exception(out, test, example, problem)
                else:
                    self.report_failure(out, test, example, got)
            if self.optionflags & FAIL_FAST:
                break
        self.optionflags = self.original_optionflags
        failed, attempted = self._by_name.get(test.name, (0, 0))
        self._by_name[test.name] = (failed + failures, attempted + tries)
        self.failures += failures
        self.tries += tries
        return TestResults(failures, tries)

    def summarize(self, verbose=None):
        verbose = self._verbose if verbose is None else verbose
        without, passed, failed = [], [], []
        for name, (failures, attempted) in self._by_name.items():
            if attempted == 0:
                without.append(name)
            elif failures == 0:
                passed.append((name, attempted))
            else:
                failed.append((name, failures, attempted))
        if verbose:
            if without:
                print(len(without), "items had no tests:")
                for name in sorted(without):
                    print("   ", name)
            if passed:
                print(len(passed), "items passed all tests:")
                for name, attempted in sorted(passed):
                    print(" %3d tests in %s" % (attempted, name))
        if failed:
            print(self.DIVIDER)
            print(len(failed), "items had failures:")
            for name, failures, attempted in sorted(failed):
                print(" %3d of %3d in %s" % (failures, attempted, name))
        if verbose:
            print(self.tries, "tests in", len(self._by_name), "items.")
            print(self.tries - self.failures, "passed and", self.failures, "failed.")
        if self.failures:
            print("***Test Failed***", self.failures, "failures.")
        elif verbose:
            print("Test passed.")
        return TestResults(self.failures, self.tries)


def _execute(source, filename, globs):
    """Runs an example as an interactive interpreter does: the value of an expression is shown."""
    exec(compile(source, filename, "single"), globs)


def _own_part(tb):
    while tb is not None and not tb.tb_frame.f_code.co_filename.startswith("<doctest "):
        tb = tb.tb_next
    return tb


def _kind_of(message):
    """The exception's name without its module and what it says."""
    return message.partition("\n")[0].partition(":")[0].strip().rpartition(".")[2]


class DebugRunner(DocTestRunner):
    """Raises at the first failure."""

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


def testmod(
    m=None,
    name=None,
    globs=None,
    verbose=None,
    report=True,
    optionflags=0,
    extraglobs=None,
    raise_on_error=False,
    exclude_empty=False,
):
    if m is None:
        m = sys.modules.get("__main__")
    if not inspect.ismodule(m):
        raise TypeError(f"testmod: module required; {m!r}")
    kind = DebugRunner if raise_on_error else DocTestRunner
    runner = kind(verbose=verbose, optionflags=optionflags)
    finder = DocTestFinder(exclude_empty=exclude_empty)
    for test in finder.find(m, name or m.__name__, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    if report:
        runner.summarize()
    return TestResults(runner.failures, runner.tries)


def testfile(
    filename,
    module_relative=True,
    name=None,
    package=None,
    globs=None,
    verbose=None,
    report=True,
    optionflags=0,
    extraglobs=None,
    raise_on_error=False,
    parser=None,
    encoding=None,
):
    with open(filename, encoding=encoding) as file:
        text = file.read()
    name = name or filename.rpartition("/")[2]
    globs = dict(globs or {}, **(extraglobs or {}))
    globs.setdefault("__name__", "__main__")
    kind = DebugRunner if raise_on_error else DocTestRunner
    runner = kind(verbose=verbose, optionflags=optionflags)
    runner.run((parser or DocTestParser()).get_doctest(text, globs, name, filename, 0))
    if report:
        runner.summarize()
    return TestResults(runner.failures, runner.tries)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    finder = DocTestFinder(verbose=verbose, recurse=False)
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in finder.find(f, name, globs=globs):
        runner.run(test)


def DocTestSuite(*args, **kwargs):
    raise NotImplementedError("doctest.DocTestSuite() is not simulated: call doctest.testmod()")


def script_from_examples(s):
    """The examples as a program; what they print is in its comments."""
    lines = []
    for piece in DocTestParser().parse(s):
        if isinstance(piece, Example):
            lines.append(piece.source[:-1])
            if piece.want:
                lines.append("# Expected:")
                lines += ["## " + line for line in piece.want.split("\n")[:-1]]
        else:
            lines += ["#" + (" " + line if line else "") for line in piece.split("\n")[:-1]]
    while lines and lines[-1] == "#":
        lines.pop()
    while lines and lines[0] == "#":
        lines.pop(0)
    return "\n".join(lines) + "\n"
