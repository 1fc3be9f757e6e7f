"""What came of tests."""
import sys
import traceback
from functools import wraps

import _traceback
from unittest.util import strclass


def failfast(method):
    @wraps(method)
    def stopping(self, *args, **kwargs):
        if getattr(self, "failfast", False):
            self.stop()
        return method(self, *args, **kwargs)

    return stopping


class TestResult:
    """Counts, and keeps what went wrong."""

    _previousTestClass = None

    def __init__(self, stream=None, descriptions=None, verbosity=None, **options):
        self.failfast = False
        self.failures, self.errors, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self.collectedDurations = []
        self.testsRun = 0
        self.shouldStop = False
        self.buffer = False
        self.tb_locals = False

    def printErrors(self):
        pass

    def startTestRun(self):
        pass

    def stopTestRun(self):
        pass

    def startTest(self, test):
        self.testsRun += 1

    def stopTest(self, test):
        pass

    @failfast
    def addError(self, test, err):
        self.errors.append((test, self._exc_info_to_string(err, test)))

    @failfast
    def addFailure(self, test, err):
        self.failures.append((test, self._exc_info_to_string(err, test)))

    def addSubTest(self, test, subtest, err):
        if err is not None:
            if getattr(self, "failfast", False):
                self.stop()
            kept = self.failures if issubclass(err[0], test.failureException) else self.errors
            kept.append((subtest, self._exc_info_to_string(err, test)))

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    @failfast
    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)

    def addDuration(self, test, elapsed):
        self.collectedDurations.append((str(test), elapsed))

    def wasSuccessful(self):
        return not (self.failures or self.errors or self.unexpectedSuccesses)

    def stop(self):
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        """The traceback without the frames of this package, above and below."""
        kind, value, tb = err
        seen = set()
        exc = value
        while exc is not None and id(exc) not in seen:
            seen.add(id(exc))
            exc.__traceback__ = _own_frames(exc.__traceback__, isinstance(exc, test.failureException or ()))
            exc = exc.__cause__ or exc.__context__
        return "".join(traceback.format_exception(kind, value, value.__traceback__))

    def __repr__(self):
        return (
            f"<{strclass(type(self))} run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}>"
        )


def _is_ours(tb):
    name = tb.tb_frame.f_globals.get("__name__", "")
    return name.startswith("unittest") and name not in ("unittest.async_case", "unittest.mock")


def _own_frames(tb, is_failure):
    while tb is not None and _is_ours(tb):
        tb = tb.tb_next
    if not is_failure:
        return tb
    # An assertion's own frames are at the end.
    n, at = 0, tb
    while at is not None and not _is_ours(at):
        n, at = n + 1, at.tb_next
    return _traceback.head(tb, n) if at is not None else tb


class TextTestResult(TestResult):
    """Writes a letter or a line for each test."""

    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream, descriptions, verbosity, **options):
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self.showAll = verbosity > 1
        self.dots = verbosity == 1
        self.descriptions = descriptions
        self._newline = True

    def getDescription(self, test):
        first = test.shortDescription()
        return "\n".join((str(test), first)) if self.descriptions and first else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test))
            self.stream.write(" ... ")
            self.stream.flush()
            self._newline = False

    def _write(self, test, letter, word):
        if self.showAll:
            from unittest.case import _SubTest

            is_subtest = isinstance(test, _SubTest)
            if is_subtest or self._newline:
                if not self._newline:
                    self.stream.write("\n")
                if is_subtest:
                    self.stream.write("  ")
                self.stream.write(self.getDescription(test))
                self.stream.write(" ... ")
            self.stream.write(word + "\n")
            self._newline = True
        elif self.dots:
            self.stream.write(letter)
        self.stream.flush()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], subtest.failureException)
            self._write(subtest, *(("F", "FAIL") if failed else ("E", "ERROR")))
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._write(test, ".", "ok")

    def addError(self, test, err):
        super().addError(test, err)
        self._write(test, "E", "ERROR")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._write(test, "F", "FAIL")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._write(test, "s", f"skipped {reason!r}")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._write(test, "x", "expected failure")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._write(test, "u", "unexpected success")

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.write("\n")
        self.printErrorList("ERROR", self.errors)
        self.printErrorList("FAIL", self.failures)
        for test in self.unexpectedSuccesses:
            self.stream.write(f"{self.separator1}\nUNEXPECTED SUCCESS: {self.getDescription(test)}\n")

    def printErrorList(self, flavour, errors):
        for test, text in errors:
            self.stream.write(f"{self.separator1}\n{flavour}: {self.getDescription(test)}\n{self.separator2}\n{text}\n")


# Where CPython has it.
TextTestResult.__module__ = "unittest.runner"
