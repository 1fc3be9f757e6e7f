"""The user of the simulated machine. Nobody sits at it, so that a password cannot be asked for."""
__all__ = ["getpass", "getuser", "GetPassWarning"]


class GetPassWarning(UserWarning):
    pass


def getpass(prompt="Password: ", stream=None):
    raise NotImplementedError("getpass() is not simulated: there is no terminal; put the text into the program")


def getuser():
    return "user"
