"""Where the virus scanner is: [scan] and its one mistake."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct

from redaksi.config.fields import Mistake, explain_key, make_mistake
from redaksi.config.key import mean

_PORTS = range(1, 65_536)


class Scan(Struct, frozen=True, kw_only=True):
    """The virus scanner."""

    clamd: Annotated[
        str,
        mean('ClamAV: "unix:/run/clamav/clamd.ctl" or "tcp:host:3310"; empty: nothing is scanned'),
    ] = ""


class Address(Struct, frozen=True, kw_only=True):
    """A socket of this machine (`path`), or a host and port."""

    path: str = ""
    host: str = ""
    port: int = 0

    def __str__(self) -> str:
        """As config.toml writes it."""
        return f"unix:{self.path}" if self.path else f"tcp:{self.host}:{self.port}"


def read_address(clamd: str) -> Address | None:
    """What `scan.clamd` says; None for what is neither form."""
    kind, _, rest = clamd.partition(":")
    if kind == "unix" and rest.startswith("/"):
        return Address(path=rest)
    host, colon, port = rest.rpartition(":")
    is_port = port.isascii() and port.isdecimal() and len(port) <= 5 and int(port) in _PORTS
    if kind == "tcp" and colon and host and is_port:
        return Address(host=host.strip("[]"), port=int(port))
    return None


def find_scan_mistakes(scan: Scan) -> Iterator[Mistake]:
    """Each with its key."""
    if scan.clamd and read_address(scan.clamd) is None:
        meaning = explain_key(Scan, "clamd")
        yield make_mistake("scan.clamd", "no_clamd", value=scan.clamd, meaning=meaning)
