"""An address that somebody pasted: what may be kept of it and shown as a link. Pure.

RFC 3986. Nothing is asked of the network here: whether the article stands there is seen elsewhere.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from redaksi.errors import IllegalMove

LONGEST = 500  # characters


def check_address(written: str, hosts: Collection[str] = ()) -> str:
    """The address as it is kept. `hosts`: where it may lead; none: anywhere.

    Raises IllegalMove for what is no http(s) address of a host, is too long, carries a user name or
    leads to another host.
    """
    address = written.strip()
    if not address or len(address) > LONGEST or not address.isprintable() or " " in address:
        raise IllegalMove("no_web_address", value=address[:LONGEST])
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        _ = parts.port  # raises where it is no number
    except ValueError as error:
        raise IllegalMove("no_web_address", value=address) from error
    if parts.scheme.lower() not in ("http", "https") or not host or "\\" in address:
        raise IllegalMove("no_web_address", value=address)
    if "@" in parts.netloc:
        raise IllegalMove("address_with_user", value=address)
    if hosts and host not in {each.lower() for each in hosts}:
        raise IllegalMove("foreign_address", host=host, hosts=sorted(hosts))
    return address
