"""Other programs: the simulated machine has none to start, and says so when one is asked for."""

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    __module__ = "subprocess"


class CalledProcessError(SubprocessError):
    """A program ended with a status that is not zero."""

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            return f"Command {self.cmd!r} died with signal {-self.returncode}."
        return f"Command {self.cmd!r} returned non-zero exit status {self.returncode}."

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    """A program did not end in time."""

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    def __str__(self):
        return f"Command {self.cmd!r} timed out after {self.timeout} seconds"

    stdout = CalledProcessError.stdout


class CompletedProcess:
    """What a program that has ended leaves."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def __repr__(self):
        parts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        if self.stdout is not None:
            parts.append(f"stdout={self.stdout!r}")
        if self.stderr is not None:
            parts.append(f"stderr={self.stderr!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


class Popen:
    def __init__(self, args, *more, **options):
        name = args if isinstance(args, (str, bytes)) else " ".join(map(str, args))
        raise NotImplementedError(
            f"subprocess: the simulated machine has no program {name!r} to start; "
            "use multiprocessing, or a process of the scenario's Procfile"
        )


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **options):
    return Popen(*popenargs, **options)


def call(*popenargs, timeout=None, **options):
    return Popen(*popenargs, **options)


check_call = check_output = call


def getstatusoutput(cmd, **options):
    return Popen(cmd, **options)


getoutput = getstatusoutput
