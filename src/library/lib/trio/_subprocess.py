"""Processes: none can be started in the simulation, and every way to try says so."""


def _refuse():
    raise NotImplementedError(
        "starting programs is not simulated: there is no other program on the simulated machine; "
        "use trio.to_thread.run_sync for blocking work"
    )


async def run_process(command, **options):
    _refuse()


async def open_process(command, **options):
    _refuse()


class Process:
    def __init__(self, *args):
        raise TypeError("trio.Process has no public constructor")
