"""Tests in order, with the fixtures of their classes and modules."""
import sys

from unittest.case import SkipTest, doModuleCleanups
from unittest.util import strclass


class BaseTestSuite:
    def __init__(self, tests=()):
        self._tests = []
        self.addTests(tests)

    def __repr__(self):
        return f"<{strclass(type(self))} tests={list(self)}>"

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, type(self)) else NotImplemented

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return sum(test.countTestCases() for test in self)

    def addTest(self, test):
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        self._tests.append(test)

    def addTests(self, tests):
        for test in tests:
            self.addTest(test)

    def run(self, result):
        for test in self:
            if result.shouldStop:
                break
            test(result)
        return result

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def debug(self):
        for test in self:
            test.debug()


class _ErrorHolder:
    """Stands for the test that failed where none ran."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def countTestCases(self):
        return 0

    def __str__(self):
        return self.description


class TestSuite(BaseTestSuite):
    """Runs `setUpModule`, `setUpClass` and their counterparts where the class of the tests changes."""

    def run(self, result, debug=False):
        outermost = not getattr(result, "_in_suite", False)
        if outermost:
            result._in_suite = True
            result._last_class = None
        for test in self:
            if result.shouldStop:
                break
            if not isinstance(test, BaseTestSuite):
                self._change_class(test, result)
                if getattr(type(test), "_class_setup_failed", False) or getattr(result, "_module_setup_failed", False):
                    continue
            test(result)
        if outermost:
            self._change_class(None, result)
            result._in_suite = False
        return result

    def _change_class(self, test, result):
        before, now = result._last_class, type(test) if test is not None else None
        if before is now:
            return
        if before is not None and not getattr(before, "_class_setup_failed", False):
            if not getattr(result, "_module_setup_failed", False) and not getattr(before, "__unittest_skip__", False):
                self._fixture(getattr(before, "tearDownClass", None), f"tearDownClass ({strclass(before)})", result)
                self._class_cleanups(before, "tearDownClass", result)
        module = before.__module__ if before is not None else None
        next_module = now.__module__ if now is not None else None
        if module != next_module:
            if module is not None and not getattr(result, "_module_setup_failed", False):
                self._module_fixture(module, "tearDownModule", result)
                self._fixture(doModuleCleanups, f"tearDownModule ({module})", result)
            result._module_setup_failed = False
            if next_module is not None:
                result._module_setup_failed = not self._module_fixture(next_module, "setUpModule", result)
        result._last_class = now
        if now is None or result._module_setup_failed or getattr(now, "__unittest_skip__", False):
            return
        now._class_setup_failed = False
        if not self._fixture(getattr(now, "setUpClass", None), f"setUpClass ({strclass(now)})", result):
            now._class_setup_failed = True
            self._class_cleanups(now, "setUpClass", result)

    def _class_cleanups(self, cls, name, result):
        cls.doClassCleanups()
        for exc_info in cls.tearDown_exceptions:
            result.addError(_ErrorHolder(f"{name} ({strclass(cls)})"), exc_info)

    def _module_fixture(self, module, name, result):
        function = getattr(sys.modules.get(module), name, None)
        return self._fixture(function, f"{name} ({module})", result)

    def _fixture(self, function, description, result):
        """Calls it; whether it went well."""
        if function is None:
            return True
        try:
            function()
        except SkipTest as exc:
            result.addSkip(_ErrorHolder(description), str(exc))
            return False
        except Exception:
            result.addError(_ErrorHolder(description), sys.exc_info())
            return False
        return True
