# A group that carries more than a message and exceptions, and main threads that interrupt themselves.
import _thread
import signal


class Coded(ExceptionGroup):
    def __new__(cls, message, exceptions, code):
        made = super().__new__(cls, message, exceptions)
        made.code = code
        return made

    def derive(self, exceptions):
        return Coded(self.message, exceptions, self.code)


group = Coded("several", [ValueError(1), TypeError(2)], 7)
print(repr(group), group.args, group.code)
rest = group.subgroup(TypeError)
print(repr(rest), rest.code, rest.message, rest.exceptions)
try:
    _thread.interrupt_main()
    for _ in range(100):
        pass
except KeyboardInterrupt:
    print("interrupted")
signal.signal(signal.SIGUSR1, lambda number, frame: print("signal", number))
_thread.interrupt_main(signal.SIGUSR1)
_thread.interrupt_main(signal.SIGUSR2)
print("end")
