"""Tests as classes, the way of xUnit."""
from unittest.async_case import IsolatedAsyncioTestCase
from unittest.case import (
    FunctionTestCase,
    SkipTest,
    TestCase,
    addModuleCleanup,
    doModuleCleanups,
    enterModuleContext,
    expectedFailure,
    skip,
    skipIf,
    skipUnless,
)
from unittest.loader import TestLoader, defaultTestLoader, findTestCases, getTestCaseNames, makeSuite
from unittest.main import TestProgram, main
from unittest.result import TestResult, TextTestResult
from unittest.runner import TextTestRunner
from unittest.suite import BaseTestSuite, TestSuite
