"""Mistakes of [web]: where the desk listens, how it is reached, whose word about an address is
taken, how long somebody stays signed in."""

import ipaddress
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

from redaksi.config.fields import Mistake, explain_key, make_mistake
from redaksi.config.schema import Config, Web

SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=90)  # of a session that is remembered
_PORTS = range(65_536)
_DIGITS = 5


def find_web_mistakes(config: Config) -> Iterator[Mistake]:
    """Each with its key."""
    web = config.web
    if web.listen and not split_listen(web.listen):
        yield _blame("listen", "no_listen", value=web.listen)
    if web.base_url and not is_base_url(web.base_url, at_root=bool(web.listen)):
        yield _blame("base_url", "no_base_url", value=web.base_url)
    elif needs_https(web.listen, web.base_url):
        yield _blame("base_url", "https_needed", listen=web.listen)
    for proxy in web.trusted_proxies:
        if read_address(proxy) is None:
            yield _blame("trusted_proxies", "no_proxy", value=proxy)
    if not SHORTEST <= web.session <= LONGEST:
        yield _blame("session", "session_length")


def split_listen(listen: str) -> tuple[str, int] | None:
    """Host (without brackets) and port of "127.0.0.1:8025", "[::1]:8025" or "localhost:8025"; None
    for what is none. Port 0 is any that is free."""
    host, _, port = listen.rpartition(":")
    is_number = port.isascii() and port.isdecimal() and len(port) <= _DIGITS
    if not is_number or int(port) not in _PORTS:
        return None
    if host.startswith("[") and host.endswith("]"):
        bare = host[1:-1]
        return (bare, int(port)) if read_address(bare) is not None else None
    is_host = bool(host) and all(each.isalnum() or each in ".-_" for each in host)
    return (host, int(port)) if is_host else None


def is_this_machine(host: str) -> bool:
    """Whether nobody but this machine reaches it."""
    address = read_address(host)
    return address.is_loopback if address is not None else host.lower() == "localhost"


def needs_https(listen: str, base_url: str) -> bool:
    """Whether passwords would cross a net where everybody reads them: others reach it, and nobody
    says that they do by https."""
    found = split_listen(listen)
    is_far = found is not None and not is_this_machine(found[0])
    return is_far and not base_url.lower().startswith("https://")


def is_base_url(value: str, *, at_root: bool) -> bool:
    """Whether it is an address that pages hang below; `at_root`: the desk's, which is all of its
    host."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    is_site = parts.scheme in ("https", "http") and bool(parts.hostname)
    is_bare = "@" not in parts.netloc and not _has_more(parts)
    return is_site and is_bare and (not at_root or parts.path in ("", "/"))


def read_address(value: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that is written there; None for none."""
    try:
        return ipaddress.ip_address(value)
    except ValueError:
        return None


def _has_more(parts: SplitResult) -> bool:
    return bool(parts.query or parts.fragment)


def _blame(key: str, code: str, **facts: object) -> Mistake:
    where = f"web.{key}"
    return make_mistake(where, code, where=where, **facts, meaning=explain_key(Web, key))
