"""Where a request came from, as coarse as it is counted."""

import ipaddress
from collections.abc import Collection

from redaksi.config.web_mistakes import read_address


def find_network(peer: str, forwarded: str, trusted: Collection[str]) -> str:
    """The /24 (IPv4) or /64 (IPv6) of whoever asked; "" where nobody can tell. X-Forwarded-For is
    believed from the right, as far as the addresses that wrote it are trusted."""
    believed = {read_hop(each) for each in trusted} - {None}
    written = reversed(forwarded.split(",")) if forwarded else ()
    hops = [read_hop(peer), *(read_hop(each) for each in written)]
    client = next((hop for hop in hops if hop not in believed), hops[-1])
    if client is None:
        return ""
    length = 24 if client.version == 4 else 64
    return str(ipaddress.ip_network(f"{client}/{length}", strict=False))


def read_hop(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address in what a proxy wrote: some add a port, IPv6 stands in brackets then, and a
    socket for both kinds calls IPv4 "::ffff:192.0.2.1" (RFC 4291, 2.5.5.2). None for none."""
    bare = written.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    found = read_address(bare.partition("%")[0])
    return getattr(found, "ipv4_mapped", None) or found
