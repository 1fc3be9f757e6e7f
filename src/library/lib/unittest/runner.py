"""Runs tests and writes what came of them to stderr."""
import sys
import time

from unittest.result import TextTestResult


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(
        self,
        stream=None,
        descriptions=True,
        verbosity=1,
        failfast=False,
        buffer=False,
        resultclass=None,
        warnings=None,
        *,
        tb_locals=False,
        durations=None,
    ):
        self.stream = _Stream(sys.stderr if stream is None else stream)
        self.descriptions = descriptions
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        result = self._makeResult()
        result.failfast = self.failfast
        began = time.perf_counter()
        result.startTestRun()
        try:
            test(result)
        finally:
            result.stopTestRun()
        took = time.perf_counter() - began
        result.printErrors()
        write = self.stream.write
        write("-" * 70 + "\n")
        n = result.testsRun
        write(f"Ran {n} test{'' if n == 1 else 's'} in {took:.3f}s\n\n")
        notes = []
        if not result.wasSuccessful():
            write("FAILED")
            if result.failures:
                notes.append(f"failures={len(result.failures)}")
            if result.errors:
                notes.append(f"errors={len(result.errors)}")
        elif n == 0 and not result.skipped and sys.version_info >= (3, 12):
            write("NO TESTS RAN")
        else:
            write("OK")
        for name, kept in (
            ("skipped", result.skipped),
            ("expected failures", result.expectedFailures),
            ("unexpected successes", result.unexpectedSuccesses),
        ):
            if kept:
                notes.append(f"{name}={len(kept)}")
        write(f" ({', '.join(notes)})\n" if notes else "\n")
        self.stream.flush()
        return result


class _Stream:
    """A stream with `writeln`."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def writeln(self, arg=None):
        self.write((arg or "") + "\n")
