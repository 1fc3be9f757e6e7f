"""Finds tests in classes, modules and names."""
import functools
import os
import sys
from fnmatch import fnmatchcase

from unittest import case, suite


class _FailedTest(case.TestCase):
    """A test that could not be loaded."""

    def __init__(self, name, exception):
        self._exception = exception
        super().__init__(name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            raise AttributeError(name)

        def failing():
            raise self._exception

        return failing


class TestLoader:
    testMethodPrefix = "test"
    sortTestMethodsUsing = staticmethod(lambda a, b: (a > b) - (a < b))
    testNamePatterns = None
    suiteClass = suite.TestSuite

    def __init__(self):
        self.errors = []

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError(
                "Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?"
            )
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass([testCaseClass(name) for name in names])

    def loadTestsFromModule(self, module, *, pattern=None):
        tests = []
        for name in dir(module):
            found = getattr(module, name)
            if (
                isinstance(found, type)
                and issubclass(found, case.TestCase)
                and found not in (case.TestCase, case.FunctionTestCase)
                and found.__module__.split(".")[0] != "unittest"
            ):
                tests.append(self.loadTestsFromTestCase(found))
        tests = self.suiteClass(tests)
        load_tests = getattr(module, "load_tests", None)
        return load_tests(self, tests, pattern) if load_tests is not None else tests

    def loadTestsFromName(self, name, module=None):
        parts = name.split(".")
        if module is None:
            parts_left = parts[:]
            while parts_left:
                try:
                    module = __import__(".".join(parts_left), fromlist=["*"])
                    break
                except ImportError as exc:
                    parts_left.pop()
                    if not parts_left:
                        return self.suiteClass([_FailedTest(name, ImportError(f"Failed to import test module: {name}\n{exc}"))])
            parts = parts[len(parts_left) :]
        found, parent = module, None
        for part in parts:
            try:
                parent, found = found, getattr(found, part)
            except AttributeError as exc:
                return self.suiteClass([_FailedTest(part, exc)])
        if isinstance(found, type(sys)):
            return self.loadTestsFromModule(found)
        if isinstance(found, type) and issubclass(found, case.TestCase):
            return self.loadTestsFromTestCase(found)
        if isinstance(parent, type) and issubclass(parent, case.TestCase):
            return self.suiteClass([parent(parts[-1])])
        if isinstance(found, suite.TestSuite):
            return found
        if callable(found):
            test = found()
            if isinstance(test, suite.TestSuite):
                return test
            if isinstance(test, case.TestCase):
                return self.suiteClass([test])
            raise TypeError(f"calling {found} returned {test}, not a test")
        raise TypeError(f"don't know how to make test from: {found}")

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        def fits(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            full = f"{testCaseClass.__module__}.{testCaseClass.__qualname__}.{name}"
            return self.testNamePatterns is None or any(fnmatchcase(full, fit) for fit in self.testNamePatterns)

        names = [name for name in dir(testCaseClass) if fits(name)]
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        tests = []
        for name in sorted(os.listdir(start_dir)):
            if fnmatchcase(name, pattern) and name.endswith(".py"):
                prefix = "" if start_dir in (".", os.getcwd()) else start_dir.strip("./").replace("/", ".") + "."
                tests.append(self.loadTestsFromName(prefix + name[:-3]))
        return self.suiteClass(tests)


defaultTestLoader = TestLoader()


def _loader(prefix, order, suite_class):
    loader = TestLoader()
    loader.testMethodPrefix, loader.sortTestMethodsUsing, loader.suiteClass = prefix, order, suite_class
    return loader


def getTestCaseNames(testCaseClass, prefix, sortUsing=TestLoader.sortTestMethodsUsing, testNamePatterns=None):
    return _loader(prefix, sortUsing, suite.TestSuite).getTestCaseNames(testCaseClass)


def makeSuite(testCaseClass, prefix="test", sortUsing=TestLoader.sortTestMethodsUsing, suiteClass=suite.TestSuite):
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix="test", sortUsing=TestLoader.sortTestMethodsUsing, suiteClass=suite.TestSuite):
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)
