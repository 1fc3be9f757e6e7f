"""`unittest.main()` and `python -m unittest`."""
import sys

from unittest import loader, runner


class TestProgram:
    module = None

    def __init__(
        self,
        module="__main__",
        defaultTest=None,
        argv=None,
        testRunner=None,
        testLoader=loader.defaultTestLoader,
        exit=True,
        verbosity=1,
        failfast=None,
        catchbreak=None,
        buffer=None,
        warnings=None,
        *,
        tb_locals=False,
        durations=None,
    ):
        self.module = __import__(module, fromlist=["*"]) if isinstance(module, str) else module
        self.exit = exit
        self.failfast = bool(failfast)
        self.verbosity = verbosity
        self.testRunner = testRunner
        self.testLoader = testLoader
        names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest or ())
        given, patterns = [], []
        words = iter((sys.argv if argv is None else argv)[1:])
        for word in words:
            if word in ("-v", "--verbose"):
                self.verbosity = 2
            elif word in ("-q", "--quiet"):
                self.verbosity = 0
            elif word in ("-f", "--failfast"):
                self.failfast = True
            elif word == "-k":
                pattern = next(words, "")
                patterns.append(pattern if "*" in pattern else f"*{pattern}*")
            elif word in ("-b", "--buffer", "-c", "--catch", "--locals"):
                pass
            elif word.startswith("-"):
                sys.stderr.write(f"unittest: error: unrecognized arguments: {word}\n")
                sys.exit(2)
            else:
                given.append(word[:-3].replace("/", ".") if word.endswith(".py") else word)
        if patterns:
            self.testLoader.testNamePatterns = patterns
        names = given or names
        if self.module is None and (not names or names[0] == "discover"):
            self.test = self.testLoader.discover(".")
        elif names:
            self.test = self.testLoader.loadTestsFromNames(names, self.module)
        else:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        self.runTests()

    def runTests(self):
        chosen = self.testRunner or runner.TextTestRunner
        if isinstance(chosen, type):
            chosen = chosen(verbosity=self.verbosity, failfast=self.failfast)
        self.result = chosen.run(self.test)
        if self.exit:
            if self.result.testsRun == 0 and not self.result.skipped and sys.version_info >= (3, 12):
                sys.exit(5)
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
