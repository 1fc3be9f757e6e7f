"""Addresses, networks and interfaces of IPv4 and IPv6."""
import functools

IPV4LENGTH, IPV6LENGTH = 32, 128


class AddressValueError(ValueError):
    pass


class NetmaskValueError(ValueError):
    pass


def ip_address(address):
    for cls in (IPv4Address, IPv6Address):
        try:
            return cls(address)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f"{address!r} does not appear to be an IPv4 or IPv6 address")


def ip_network(address, strict=True):
    for cls in (IPv4Network, IPv6Network):
        try:
            return cls(address, strict)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f"{address!r} does not appear to be an IPv4 or IPv6 network")


def ip_interface(address):
    for cls in (IPv4Interface, IPv6Interface):
        try:
            return cls(address)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f"{address!r} does not appear to be an IPv4 or IPv6 interface")


def v4_int_to_packed(address):
    return address.to_bytes(4, "big")


def v6_int_to_packed(address):
    return address.to_bytes(16, "big")


def _read_v4(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(".")
    if len(parts) != 4:
        raise AddressValueError(f"Expected 4 octets in {text!r}")
    n = 0
    for part in parts:
        try:
            if not part:
                raise ValueError("Empty octet not permitted")
            if not (part.isascii() and part.isdigit()):
                raise ValueError(f"Only decimal digits permitted in {part!r}")
            if len(part) > 3:
                raise ValueError(f"At most 3 characters permitted in {part!r}")
            if part != "0" and part[0] == "0":
                raise ValueError(f"Leading zeros are not permitted in {part!r}")
            if int(part) > 255:
                raise ValueError(f"Octet {int(part)} (> 255) not permitted")
        except ValueError as exc:
            raise AddressValueError(f"{exc} in {text!r}") from None
        n = n << 8 | int(part)
    return n


def _show_v4(n):
    return ".".join([str(n >> shift & 255) for shift in (24, 16, 8, 0)])


def _read_v6(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(":")
    if len(parts) < 3:
        raise AddressValueError(f"At least 3 parts expected in {text!r}")
    if "." in parts[-1]:
        try:
            low = _read_v4(parts.pop())
        except AddressValueError as exc:
            raise AddressValueError(f"{exc} in {text!r}") from None
        parts += [f"{low >> 16:x}", f"{low & 0xFFFF:x}"]
    if len(parts) > 9:
        raise AddressValueError(f"At most 8 colons permitted in {text!r}")
    gaps = [i for i in range(1, len(parts) - 1) if not parts[i]]
    if len(gaps) > 1:
        raise AddressValueError(f"At most one '::' permitted in {text!r}")
    if gaps:
        high, low = gaps[0], len(parts) - gaps[0] - 1
        if not parts[0]:
            high -= 1
            if high:
                raise AddressValueError(f"Leading ':' only permitted as part of '::' in {text!r}")
        if not parts[-1]:
            low -= 1
            if low:
                raise AddressValueError(f"Trailing ':' only permitted as part of '::' in {text!r}")
        if high + low > 7:
            raise AddressValueError(f"Expected at most 7 other parts with '::' in {text!r}")
        words = parts[:high] + ["0"] * (8 - high - low) + (parts[-low:] if low else [])
    else:
        if len(parts) != 8:
            raise AddressValueError(f"Exactly 8 parts expected without '::' in {text!r}")
        if not parts[0]:
            raise AddressValueError(f"Leading ':' only permitted as part of '::' in {text!r}")
        if not parts[-1]:
            raise AddressValueError(f"Trailing ':' only permitted as part of '::' in {text!r}")
        words = parts
    n = 0
    for word in words:
        if not word.isascii() or not all([c in "0123456789abcdefABCDEF" for c in word]) or not word:
            raise AddressValueError(f"Only hex digits permitted in {word!r} in {text!r}")
        if len(word) > 4:
            raise AddressValueError(f"At most 4 characters permitted in {word!r} in {text!r}")
        n = n << 16 | int(word, 16)
    return n


def _show_v6(n):
    words = [f"{n >> shift & 0xFFFF:x}" for shift in range(112, -1, -16)]
    best, best_at = 1, -1
    at = 0
    while at < 8:
        end = at
        while end < 8 and words[end] == "0":
            end += 1
        if end - at > best:
            best, best_at = end - at, at
        at = max(end, at + 1)
    if best_at < 0:
        return ":".join(words)
    return ":".join(words[:best_at]) + "::" + ":".join(words[best_at + best :])


@functools.total_ordering
class _Address:
    __slots__ = ("_ip",)

    def __init__(self, address):
        if isinstance(address, int):
            if address < 0:
                raise AddressValueError(f"{address} (< 0) is not permitted as an IPv{self.version} address")
            if address >> self.max_prefixlen:
                raise AddressValueError(
                    f"{address} (>= 2**{self.max_prefixlen}) is not permitted as an IPv{self.version} address"
                )
            self._ip = address
        elif isinstance(address, bytes):
            if len(address) != self.max_prefixlen // 8:
                raise AddressValueError(
                    f"{address!r} (len {len(address)} != {self.max_prefixlen // 8}) is not permitted as an "
                    f"IPv{self.version} address"
                )
            self._ip = int.from_bytes(address, "big")
        else:
            text = str(address)
            if "/" in text:
                raise AddressValueError(f"Unexpected '/' in {text!r}")
            self._ip = self._read(text)

    def __int__(self):
        return self._ip

    def __eq__(self, other):
        return self._ip == other._ip and self.version == other.version if isinstance(other, _Address) else NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _Address):
            return NotImplemented
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same version")
        return self._ip < other._ip

    def __hash__(self):
        return hash(hex(self._ip))

    def __add__(self, n):
        return self.__class__(self._ip + n) if isinstance(n, int) else NotImplemented

    def __sub__(self, n):
        return self.__class__(self._ip - n) if isinstance(n, int) else NotImplemented

    def __str__(self):
        return self._show(self._ip)

    def __repr__(self):
        return f"{self.__class__.__name__}({str(self)!r})"

    def __format__(self, spec):
        if not spec or spec[-1] == "s":
            return format(str(self), spec)
        if spec[-1] == "n":
            spec = spec[:-1] + ("b" if self.version == 4 else "x")
        if spec[-1] in "bxX":
            width = self.max_prefixlen if spec[-1] == "b" else self.max_prefixlen // 4
            prefix = "#" in spec
            return format(self._ip, f"{'#' if prefix else ''}0{width + 2 * prefix}{'_' if '_' in spec else ''}{spec[-1]}")
        return format(str(self), spec)

    @property
    def packed(self):
        return self._ip.to_bytes(self.max_prefixlen // 8, "big")

    @property
    def exploded(self):
        return str(self)

    @property
    def compressed(self):
        return str(self)

    @property
    def reverse_pointer(self):
        if self.version == 4:
            return ".".join(reversed(str(self).split("."))) + ".in-addr.arpa"
        return ".".join(self.exploded[::-1].replace(":", "")) + ".ip6.arpa"

    def _in(self, *networks):
        return any([self._ip >> self.max_prefixlen - bits == high for high, bits in networks])

    def __reduce__(self):
        return self.__class__, (str(self),)


class IPv4Address(_Address):
    __slots__ = ()
    version = 4
    max_prefixlen = 32
    _read = staticmethod(_read_v4)
    _show = staticmethod(_show_v4)

    @property
    def is_private(self):
        return self._in(
            (0, 8), (10, 8), (127, 8), (0xA9FE, 16), (0xAC1, 12), (0xC0000000 >> 3, 29), (0xC00000AA >> 1, 31),
            (0xC00002, 24), (0xC0A8, 16), (0xC612 >> 1, 15), (0xC63364, 24), (0xCB0071, 24), (0xF, 4), (0xFFFFFFFF, 32),
        )  # fmt: skip

    @property
    def is_global(self):
        return not self._in((0x6440 >> 6, 10)) and not self.is_private

    @property
    def is_loopback(self):
        return self._in((127, 8))

    @property
    def is_multicast(self):
        return self._in((0xE, 4))

    @property
    def is_reserved(self):
        return self._in((0xF, 4))

    @property
    def is_link_local(self):
        return self._in((0xA9FE, 16))

    @property
    def is_unspecified(self):
        return self._ip == 0


class IPv6Address(_Address):
    __slots__ = ()
    version = 6
    max_prefixlen = 128
    _read = staticmethod(_read_v6)
    _show = staticmethod(_show_v6)

    @property
    def exploded(self):
        return ":".join([f"{self._ip >> shift & 0xFFFF:04x}" for shift in range(112, -1, -16)])

    @property
    def is_private(self):
        if self.ipv4_mapped is not None:
            return self.ipv4_mapped.is_private
        return self._ip in (0, 1) or self._in((0x0100 << 48, 64), (0x2001 << 7, 23), (0x20010DB8, 32), (0x7E, 7), (0x3FA, 10))

    @property
    def is_global(self):
        return not self.is_private

    @property
    def is_loopback(self):
        return self._ip == 1

    @property
    def is_multicast(self):
        return self._in((0xFF, 8))

    @property
    def is_link_local(self):
        return self._in((0x3FA, 10))

    @property
    def is_unspecified(self):
        return self._ip == 0

    @property
    def ipv4_mapped(self):
        return IPv4Address(self._ip & 0xFFFFFFFF) if self._ip >> 32 == 0xFFFF else None


@functools.total_ordering
class _Network:
    def __init__(self, address, strict=True):
        prefix = self.max_prefixlen
        if isinstance(address, tuple):
            address, prefix = address[0], address[1] if len(address) > 1 else prefix
        elif isinstance(address, str) and "/" in address:
            address, _, prefix = address.partition("/")
            if "/" in prefix:
                raise AddressValueError(f"Only one '/' permitted in {address + '/' + prefix!r}")
        base = self._address_class(address)
        self._prefixlen = self._prefix(prefix)
        mask = int(self.netmask)
        if base._ip & mask != base._ip and strict:
            raise ValueError(f"{base}/{self._prefixlen} has host bits set")
        self.network_address = self._address_class(base._ip & mask)

    def _prefix(self, given):
        if isinstance(given, int):
            if not 0 <= given <= self.max_prefixlen:
                raise NetmaskValueError(f"{given!r} is not a valid netmask")
            return given
        text = str(given)
        if text.isascii() and text.isdigit() and int(text) <= self.max_prefixlen:
            return int(text)
        if self.version == 4 and "." in text:
            try:
                n = _read_v4(text)
            except AddressValueError:
                raise NetmaskValueError(f"{text!r} is not a valid netmask") from None
            for mask in (n, n ^ 0xFFFFFFFF):
                bits = bin(mask).count("1")
                if mask == 0xFFFFFFFF >> bits ^ 0xFFFFFFFF:
                    return bits
        raise NetmaskValueError(f"{text!r} is not a valid netmask")

    @property
    def prefixlen(self):
        return self._prefixlen

    @property
    def netmask(self):
        full = (1 << self.max_prefixlen) - 1
        return self._address_class(full >> self._prefixlen ^ full)

    @property
    def hostmask(self):
        return self._address_class(((1 << self.max_prefixlen) - 1) >> self._prefixlen)

    @property
    def broadcast_address(self):
        return self._address_class(self.network_address._ip | int(self.hostmask))

    @property
    def num_addresses(self):
        return 1 << self.max_prefixlen - self._prefixlen

    @property
    def with_prefixlen(self):
        return f"{self.network_address}/{self._prefixlen}"

    @property
    def with_netmask(self):
        return f"{self.network_address}/{self.netmask}"

    @property
    def with_hostmask(self):
        return f"{self.network_address}/{self.hostmask}"

    compressed = exploded = with_prefixlen

    def hosts(self):
        first, last = self.network_address._ip, self.broadcast_address._ip
        if self._prefixlen == self.max_prefixlen:
            return [self.network_address]
        if self._prefixlen == self.max_prefixlen - 1:
            return [self._address_class(first), self._address_class(last)]
        return (self._address_class(n) for n in range(first + 1, last + (self.version == 6)))

    def __iter__(self):
        for n in range(self.network_address._ip, self.broadcast_address._ip + 1):
            yield self._address_class(n)

    def __getitem__(self, n):
        base = self.network_address._ip if n >= 0 else self.broadcast_address._ip + 1
        if not self.network_address._ip <= base + n <= self.broadcast_address._ip:
            raise IndexError("address out of range")
        return self._address_class(base + n)

    def __contains__(self, other):
        if isinstance(other, _Network) or self.version != other.version:
            return False
        return self.network_address._ip <= other._ip <= self.broadcast_address._ip

    def overlaps(self, other):
        return other.network_address in self or other.broadcast_address in self or self.network_address in other

    def subnet_of(self, other):
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same version")
        return other.network_address <= self.network_address and other.broadcast_address >= self.broadcast_address

    def supernet_of(self, other):
        return other.subnet_of(self)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        if self._prefixlen == self.max_prefixlen:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self._prefixlen:
                raise ValueError("new prefix must be longer")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = new_prefix - self._prefixlen
        if prefixlen_diff < 0:
            raise ValueError("prefix length diff must be > 0")
        prefix = self._prefixlen + prefixlen_diff
        if prefix > self.max_prefixlen:
            raise ValueError(f"prefix length diff {prefix} is invalid for netblock {self}")
        for n in range(self.network_address._ip, self.broadcast_address._ip + 1, 1 << self.max_prefixlen - prefix):
            yield self.__class__((n, prefix))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        if self._prefixlen == 0:
            return self
        prefix = self._prefixlen - prefixlen_diff if new_prefix is None else new_prefix
        if prefix < 0:
            raise ValueError(f"current prefixlen is {self._prefixlen}, cannot have a prefixlen_diff of {prefixlen_diff}")
        return self.__class__((self.network_address._ip, prefix), strict=False)

    def address_exclude(self, other):
        if not other.subnet_of(self):
            raise ValueError(f"{other} not contained in {self}")
        rest = self
        while rest != other:
            low, high = rest.subnets()
            rest, apart = (low, high) if other.subnet_of(low) else (high, low)
            yield apart

    def __getattr__(self, name):
        if name.startswith("is_"):
            return getattr(self.network_address, name) and getattr(self.broadcast_address, name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __eq__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        return (self.network_address, self._prefixlen) == (other.network_address, other._prefixlen)

    def __lt__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same version")
        return (self.network_address, self._prefixlen) < (other.network_address, other._prefixlen)

    def __hash__(self):
        return hash((self.network_address._ip, self._prefixlen))

    def __str__(self):
        return self.with_prefixlen

    def __repr__(self):
        return f"{self.__class__.__name__}({str(self)!r})"


class IPv4Network(_Network):
    version = 4
    max_prefixlen = 32
    _address_class = IPv4Address


class IPv6Network(_Network):
    version = 6
    max_prefixlen = 128
    _address_class = IPv6Address


class _Interface:
    def _setup(self, address, base, network_class):
        if isinstance(address, str) and "/" in address:
            host, _, prefix = address.partition("/")
        elif isinstance(address, tuple):
            host, prefix = address
        else:
            host, prefix = address, self.max_prefixlen
        base.__init__(self, host)
        self.network = network_class((self._ip, prefix), strict=False)
        self.netmask = self.network.netmask
        self.hostmask = self.network.hostmask

    @property
    def ip(self):
        return self._plain(self._ip)

    @property
    def with_prefixlen(self):
        return f"{self._show(self._ip)}/{self.network.prefixlen}"

    @property
    def with_netmask(self):
        return f"{self._show(self._ip)}/{self.netmask}"

    def __str__(self):
        return self.with_prefixlen

    def __eq__(self, other):
        if not isinstance(other, _Interface):
            return NotImplemented
        return self._ip == other._ip and self.network == other.network

    def __hash__(self):
        return hash((self._ip, self.network.prefixlen))


class IPv4Interface(_Interface, IPv4Address):
    _plain = IPv4Address

    def __init__(self, address):
        self._setup(address, IPv4Address, IPv4Network)


class IPv6Interface(_Interface, IPv6Address):
    _plain = IPv6Address

    def __init__(self, address):
        self._setup(address, IPv6Address, IPv6Network)


def collapse_addresses(addresses):
    networks = sorted([a if isinstance(a, _Network) else ip_network(a) for a in addresses])
    result = []
    for network in networks:
        if result and network.subnet_of(result[-1]):
            continue
        result.append(network)
        while len(result) > 1 and result[-1].prefixlen == result[-2].prefixlen and result[-1].prefixlen:
            above = result[-2].supernet()
            if not result[-1].subnet_of(above) or above.network_address != result[-2].network_address:
                break
            result[-2:] = [above]
    return iter(result)


def summarize_address_range(first, last):
    network_class = IPv4Network if first.version == 4 else IPv6Network
    if first > last:
        raise ValueError("last IP address must be greater than first")
    low, high = first._ip, last._ip
    while low <= high:
        bits = min((low & -low).bit_length() - 1 if low else first.max_prefixlen, (high - low + 1).bit_length() - 1)
        yield network_class((low, first.max_prefixlen - bits))
        low += 1 << bits
