"""Progress bars, drawn to stderr every tenth of a second of virtual time."""
from .std import TqdmDeprecationWarning, TqdmWarning, tqdm, trange

__version__ = "4.67.1"
__all__ = ["tqdm", "trange", "tqdm_notebook", "TqdmWarning", "TqdmDeprecationWarning"]

tqdm_notebook, tnrange = tqdm, trange
