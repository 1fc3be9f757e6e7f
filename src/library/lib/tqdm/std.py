"""The bar itself."""
import sys
from time import time


class TqdmWarning(Warning):
    def __init__(self, msg, fp_write=None, *a, **k):
        super().__init__(msg, *a, **k)


class TqdmDeprecationWarning(TqdmWarning, DeprecationWarning):
    pass


def _format_sizeof(num, suffix="", divisor=1000):
    for unit in ["", "k", "M", "G", "T", "P", "E", "Z"]:
        if abs(num) < 999.5:
            if abs(num) < 99.95:
                if abs(num) < 9.995:
                    return f"{num:1.2f}{unit}{suffix}"
                return f"{num:2.1f}{unit}{suffix}"
            return f"{num:3.0f}{unit}{suffix}"
        num /= divisor
    return f"{num:3.1f}Y{suffix}"


def _format_interval(t):
    minutes, seconds = divmod(int(abs(t)), 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if t < 0 else ""
    return f"{sign}{hours:d}:{minutes:02d}:{seconds:02d}" if hours else f"{sign}{minutes:02d}:{seconds:02d}"


def _format_num(n):
    short = f"{n:.3g}".replace("e+0", "e+").replace("e-0", "e-")
    plain = str(n)
    return short if len(short) < len(plain) else plain


_BLOCKS = " ▏▎▍▌▋▊▉█"
_ASCII = " 123456789#"


def _bar(fraction, width, charset):
    fraction = min(max(fraction, 0), 1)
    full, part = divmod(int(fraction * width * (len(charset) - 1)), len(charset) - 1)
    text = charset[-1] * full
    if full < width:
        text += charset[part] + charset[0] * (width - full - 1)
    return text


class tqdm:
    """An iterable that draws how far it has come."""

    monitor_interval = 0
    _instances = []

    def __init__(
        self,
        iterable=None,
        desc=None,
        total=None,
        leave=True,
        file=None,
        ncols=None,
        mininterval=0.1,
        maxinterval=10.0,
        miniters=None,
        ascii=None,
        disable=False,
        unit="it",
        unit_scale=False,
        dynamic_ncols=False,
        smoothing=0.3,
        bar_format=None,
        initial=0,
        position=None,
        postfix=None,
        unit_divisor=1000,
        write_bytes=False,
        lock_args=None,
        nrows=None,
        colour=None,
        delay=0.0,
        gui=False,
        **kwargs,
    ):
        if kwargs:
            raise KeyError("Unknown argument(s): " + str(kwargs))
        self.iterable = iterable
        if total is None and iterable is not None:
            try:
                total = len(iterable)
            except (TypeError, AttributeError):
                total = None
        if total == float("inf"):
            total = None
        self.desc = f"{desc}: " if desc else ""
        self.total = total
        self.leave = leave
        self.fp = file
        self.ncols = ncols
        self.mininterval = mininterval or 0
        self.maxinterval = maxinterval
        self.miniters = miniters or 0
        if ascii is None:
            # Blocks are drawn where the stream says that it can.
            encoding = (getattr(self._stream, "encoding", None) or "").upper()
            ascii = "UTF" not in encoding and "U8" not in encoding
        self.ascii = ascii
        # None: drawn on a terminal alone, which there is none of.
        self.disable = True if disable is None else disable
        self.unit = unit
        self.unit_scale = unit_scale
        self.unit_divisor = unit_divisor
        self.smoothing = smoothing
        self.bar_format = bar_format
        self.initial = self.n = initial
        self.delay = delay
        self.postfix = None
        self._width = 0
        if postfix:
            try:
                self.set_postfix(refresh=False, **postfix)
            except TypeError:
                self.postfix = postfix
        self.pos = 0 if position is None else -position
        if position is None:
            taken = {abs(bar.pos) for bar in tqdm._instances}
            while -self.pos in taken:
                self.pos -= 1
        self.start_t = self.last_print_t = self._time()
        self.last_print_n = initial
        self._ema_dt = self._ema_dn = 0.0
        if self.disable:
            self.pos = 0
            return
        tqdm._instances.append(self)
        if not delay:
            self.refresh()
            self.last_print_t = self._time()

    _time = staticmethod(time)

    def __class_getitem__(cls, item):
        return cls

    def __bool__(self):
        if self.total is not None:
            return self.total > 0
        if self.iterable is None:
            raise TypeError("bool() undefined when iterable == total == None")
        return bool(self.iterable)

    def __len__(self):
        if self.iterable is None:
            return self.total
        if hasattr(self.iterable, "__len__"):
            return len(self.iterable)
        return getattr(self, "total", None)

    def __contains__(self, item):
        return item in self.iterable

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def __del__(self):
        self.close()

    def __iter__(self):
        if self.disable:
            yield from self.iterable
            return
        n = self.n
        try:
            for item in self.iterable:
                yield item
                n += 1
                if n - self.last_print_n >= self.miniters:
                    now = self._time()
                    if now - self.last_print_t >= self.mininterval and now >= self.start_t + self.delay:
                        self.update(n - self.last_print_n)
        finally:
            self.n = n
            self.close()

    def update(self, n=1):
        if self.disable:
            return None
        if n < 0:
            self.last_print_n += n
        self.n += n
        if self.n - self.last_print_n < self.miniters:
            return None
        now = self._time()
        spent = now - self.last_print_t
        if spent < self.mininterval or now < self.start_t + self.delay:
            return None
        done = self.n - self.last_print_n
        if self.smoothing and spent and done:
            keep = 1 - self.smoothing
            self._ema_dn = self.smoothing * done + keep * self._ema_dn
            self._ema_dt = self.smoothing * spent + keep * self._ema_dt
        self.refresh()
        self.last_print_n = self.n
        self.last_print_t = now
        return True

    @property
    def format_dict(self):
        rate = self._ema_dn / self._ema_dt if self._ema_dt else None
        return {
            "n": self.n,
            "total": self.total,
            "elapsed": self._time() - self.start_t,
            "ncols": self.ncols,
            "prefix": self.desc,
            "ascii": self.ascii,
            "unit": self.unit,
            "unit_scale": self.unit_scale,
            "rate": rate,
            "bar_format": self.bar_format,
            "postfix": self.postfix,
            "unit_divisor": self.unit_divisor,
            "initial": self.initial,
        }

    format_sizeof = staticmethod(_format_sizeof)
    format_interval = staticmethod(_format_interval)
    format_num = staticmethod(_format_num)

    @staticmethod
    def format_meter(
        n, total, elapsed, ncols=None, prefix="", ascii=False, unit="it", unit_scale=False, rate=None, bar_format=None,
        postfix=None, unit_divisor=1000, initial=0, **extra,
    ):
        if total and n >= total + 0.5:
            total = None
        if unit_scale and unit_scale not in (True, 1):
            if total:
                total *= unit_scale
            n *= unit_scale
            if rate:
                rate *= unit_scale
            unit_scale = False
        elapsed_text = _format_interval(elapsed)
        if rate is None and elapsed:
            rate = (n - initial) / elapsed
        inverse = 1 / rate if rate else None
        rate_noinv = (
            (_format_sizeof(rate) if unit_scale else f"{rate:5.2f}") if rate else "?"
        ) + unit + "/s"
        rate_inv = (
            (_format_sizeof(inverse) if unit_scale else f"{inverse:5.2f}") if inverse else "?"
        ) + "s/" + unit
        rate_text = rate_inv if inverse and inverse > 1 else rate_noinv
        if unit_scale:
            n_text = _format_sizeof(n, divisor=unit_divisor)
            total_text = _format_sizeof(total, divisor=unit_divisor) if total is not None else "?"
        else:
            n_text, total_text = str(n), str(total) if total is not None else "?"
        postfix_text = f", {postfix}" if postfix else ""
        remaining = (total - n) / rate if rate and total else 0
        remaining_text = _format_interval(remaining) if rate and total else "?"
        if prefix:
            prefix_text = prefix if bar_format or prefix.endswith(": ") else prefix + ": "
        else:
            prefix_text = ""
        fields = {
            "n": n, "n_fmt": n_text, "total": total, "total_fmt": total_text, "elapsed": elapsed_text,
            "elapsed_s": elapsed, "ncols": ncols, "desc": prefix_text[:-2] if prefix_text else "", "unit": unit,
            "rate": inverse if inverse and inverse > 1 else rate, "rate_fmt": rate_text,
            "rate_noinv": rate, "rate_noinv_fmt": rate_noinv, "rate_inv": inverse, "rate_inv_fmt": rate_inv,
            "postfix": postfix_text, "remaining": remaining_text, "remaining_s": remaining,
        }  # fmt: skip
        right = f"| {n_text}/{total_text} [{elapsed_text}<{remaining_text}, {rate_text}{postfix_text}]"
        if total:
            fraction = n / total
            percentage = fraction * 100
            left = f"{prefix_text}{percentage:3.0f}%|"
            if ncols == 0:
                return left[:-1] + right[1:]
            fields["l_bar"], fields["r_bar"], fields["percentage"] = left, right, percentage
            template = bar_format or "{l_bar}{bar}{r_bar}"
            if "{bar" not in template:
                return template.format(**fields)
            before, _, after = template.partition("{bar")
            spec, _, after = after.partition("}")
            before, after = before.format(**fields), after.format(**fields)
            width = max(1, ncols - len(before) - len(after)) if ncols else 10
            if spec[1:].isdigit():
                width = int(spec[1:])
            charset = _BLOCKS if not ascii else _ASCII if ascii is True else ascii
            return before + _bar(fraction, width, charset) + after
        if bar_format:
            fields["l_bar"] = prefix_text + f"{n_text}{unit} "
            return bar_format.format(bar="", r_bar=right, percentage=0, **fields)
        return f"{prefix_text}{n_text}{unit} [{elapsed_text}, {rate_text}{postfix_text}]"

    def __str__(self):
        return self.format_meter(**self.format_dict)

    __repr__ = __str__

    @property
    def _stream(self):
        return sys.stderr if self.fp is None else self.fp

    def _write(self, text):
        self._stream.write(text)

    def display(self, msg=None, pos=None):
        pos = abs(self.pos) if pos is None else pos
        text = str(self) if msg is None else msg
        self._write("\n" * pos)
        self._write("\r" + text + " " * max(0, self._width - len(text)))
        self._width = len(text)
        self._write("\x1b[A" * pos)

    def refresh(self, nolock=False, lock_args=None):
        if not self.disable:
            self.display()
        return True

    def unpause(self):
        self.start_t += self._time() - self.last_print_t
        self.last_print_t = self._time()

    def reset(self, total=None):
        self.n = 0
        if total is not None:
            self.total = total
        if self.disable:
            return
        self.last_print_n = 0
        self.start_t = self.last_print_t = self._time()
        self._ema_dn = self._ema_dt = 0.0
        self.refresh()

    def clear(self, nolock=False):
        if not self.disable:
            self._write("\r" + " " * self._width + "\r")

    def set_description(self, desc=None, refresh=True):
        self.desc = f"{desc}: " if desc else ""
        if refresh:
            self.refresh()

    def set_description_str(self, desc=None, refresh=True):
        self.desc = desc or ""
        if refresh:
            self.refresh()

    def set_postfix(self, ordered_dict=None, refresh=True, **kwargs):
        values = dict(ordered_dict or {})
        for key in sorted(kwargs):
            values[key] = kwargs[key]
        parts = []
        for key, value in values.items():
            if isinstance(value, (int, float)):
                value = _format_num(value)
            elif not isinstance(value, str):
                value = str(value)
            parts.append(f"{key}={value.strip()}")
        self.postfix = ", ".join(parts)
        if refresh:
            self.refresh()

    def set_postfix_str(self, s="", refresh=True):
        self.postfix = str(s)
        if refresh:
            self.refresh()

    def close(self):
        if self.__dict__.get("disable", True):
            return
        self.disable = True
        pos = abs(self.pos)
        if self in tqdm._instances:
            tqdm._instances.remove(self)
        if self._time() < self.start_t + self.delay:
            return
        leave = pos == 0 if self.leave is None else self.leave
        if leave:
            # The average over all.
            self._ema_dt = 0.0
            self.display(pos=0)
            self._write("\n")
        else:
            self.display(msg="", pos=pos)
            if not pos:
                self._write("\r")

    @classmethod
    def write(cls, s, file=None, end="\n", nolock=False):
        stream = sys.stdout if file is None else file
        drawn = [bar for bar in cls._instances if bar._stream in (stream, sys.stderr, sys.stdout)]
        for bar in drawn:
            bar.clear()
        stream.write(s)
        stream.write(end)
        for bar in drawn:
            bar.refresh()

    @classmethod
    def get_lock(cls):
        import threading

        if "_lock" not in cls.__dict__:
            cls._lock = threading.RLock()
        return cls._lock

    @classmethod
    def set_lock(cls, lock):
        cls._lock = lock

    @classmethod
    def wrapattr(cls, stream, method, total=None, bytes=True, **kwargs):
        raise NotImplementedError("tqdm.wrapattr() is not simulated: call update() for what was read")

    @classmethod
    def pandas(cls, **kwargs):
        raise NotImplementedError("tqdm.pandas() is not simulated: there is no pandas here")


def trange(*args, **kwargs):
    return tqdm(range(*args), **kwargs)
