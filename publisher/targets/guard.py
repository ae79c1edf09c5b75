"""Which addresses we speak to: what is nobody's neighbourhood. Pure.

RFC 6890 and IANA's special-purpose registries, as read in November 2026; written out, because
what Python calls global has changed between its patch releases.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NEIGHBOURS = tuple(
    IPv4Network(net)
    for net in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
_NOBODYS = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",        # this host (RFC 1122)
        "169.254.0.0/16",   # link-local (RFC 3927); clouds keep their keys there
        "192.0.0.0/24",     # protocol assignments (RFC 6890)
        "192.0.2.0/24",     # documentation (RFC 5737)
        "192.88.99.0/24",   # 6to4 relays, gone (RFC 7526)
        "198.18.0.0/15",    # benchmarks (RFC 2544)
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",      # multicast (RFC 5771)
        "240.0.0.0/4",      # reserved, broadcast (RFC 1112)
    )
)  # fmt: skip
_GLOBAL = IPv6Network("2000::/3")  # all that has been handed out for unicast (RFC 4291)
_NOT_GLOBAL = tuple(
    IPv6Network(net)
    for net in (
        "2001::/23",      # Teredo, benchmarks, ORCHID (RFC 2928)
        "2001:db8::/32",  # documentation (RFC 3849)
        "2002::/16",      # 6to4: an IPv4 address inside (RFC 3056)
        "3fff::/20",      # documentation (RFC 9637)
    )
)  # fmt: skip
_ULA = IPv6Network("fc00::/7")  # RFC 4193
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052


def is_public(address: str) -> bool:
    """Whether anybody on the internet reaches the same machine there. What is no address in its
    usual spelling (four decimals, RFC 5952) is not."""
    parsed = _parse(address)
    if isinstance(parsed, IPv4Address):
        return not any(parsed in net for net in _NEIGHBOURS + _NOBODYS)
    if parsed is None:
        return False
    return parsed in _GLOBAL and not any(parsed in net for net in _NOT_GLOBAL)


def is_reachable(address: str, *, private: bool) -> bool:
    """Whether a target may stand there. `private`: a neighbour may too, but no address that is
    nobody's or only of this link."""
    if is_public(address):
        return True
    parsed = _parse(address)
    if not private or parsed is None:
        return False
    if isinstance(parsed, IPv4Address):
        return any(parsed in net for net in _NEIGHBOURS)
    return parsed in _ULA or parsed.is_loopback


def _parse(address: str) -> IPv4Address | IPv6Address | None:
    """The address a packet would go to: an IPv4 address in an IPv6 one is unpacked."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    if isinstance(parsed, IPv4Address):
        return parsed
    if parsed.scope_id is not None:
        return None
    if parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped
    if parsed in _NAT64:
        return IPv4Address(int(parsed) & 0xFFFFFFFF)
    return parsed
