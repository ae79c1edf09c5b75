"""Where a request came from, as coarse as it is counted."""

import ipaddress
from collections.abc import Collection


def find_network(peer: str, forwarded: str, trusted: Collection[str]) -> str:
    """The /24 (IPv4) or /64 (IPv6) of whoever asked; "" where nobody can tell. X-Forwarded-For is
    believed from the right, as far as the addresses that wrote it are trusted."""
    written = reversed(forwarded.split(",")) if forwarded else ()
    hops = [peer, *(each.strip() for each in written)]
    client = next((hop for hop in hops if hop not in trusted), hops[-1])
    try:
        address = ipaddress.ip_address(client.strip("[]"))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    length = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False))
