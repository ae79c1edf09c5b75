"""Which servers an address is served by: the large providers by their domain, others by the names
that their servers usually have. Pure but for the probe it is handed."""

from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

from redaksi.sender_policy import public_providers

Security = Literal["tls", "starttls", "none"]
Probe = Callable[[str, int], bool]  # whether somebody listens there


class Door(Struct, frozen=True):
    """A server, and how it is spoken to."""

    host: str
    port: int
    security: Security = "tls"


class Servers(Struct, frozen=True, kw_only=True):
    """What serves an address. `sent`: where the relay files copies; `oauth`: whose login there
    is."""

    imap: Door
    smtp: Door
    sent: str = ""
    oauth: Literal["google", "microsoft", ""] = ""


# As each provider's help tells; the ports are those of RFC 8314.
_GOOGLE = Servers(
    imap=Door("imap.gmail.com", 993),
    smtp=Door("smtp.gmail.com", 465),
    sent="gmail",
    oauth="google",
)
_MICROSOFT = Servers(
    imap=Door("outlook.office365.com", 993),
    smtp=Door("smtp.office365.com", 587, "starttls"),
    oauth="microsoft",
)
_KNOWN = {
    "google": _GOOGLE,
    "microsoft": _MICROSOFT,
    "yahoo": Servers(imap=Door("imap.mail.yahoo.com", 993), smtp=Door("smtp.mail.yahoo.com", 465)),
    "aol": Servers(imap=Door("imap.aol.com", 993), smtp=Door("smtp.aol.com", 465)),
    "apple": Servers(
        imap=Door("imap.mail.me.com", 993), smtp=Door("smtp.mail.me.com", 587, "starttls")
    ),
    "zoho": Servers(imap=Door("imap.zoho.com", 993), smtp=Door("smtp.zoho.com", 465)),
    "yandex": Servers(imap=Door("imap.yandex.com", 993), smtp=Door("smtp.yandex.com", 465)),
}
_BY_HOST = {"imap.gmail.com": _GOOGLE, "outlook.office365.com": _MICROSOFT}


def find_servers(address: str, host: str, probe: Probe) -> Servers | None:
    """Those of an address; `host`: its IMAP server where somebody named it. None where nobody
    listens under the usual names. A password is asked for by nobody here: only a door is tried."""
    domain = address.rpartition("@")[2].lower()
    known = (
        _BY_HOST.get(host.lower())
        if host
        else _KNOWN.get(public_providers.load().providers.get(domain, ""))
    )
    if known is not None:
        return known
    imap = _find_door(_list_imap(domain, host), probe)
    smtp = _find_door(_list_smtp(domain, host), probe)
    if imap is None:
        return None
    return Servers(imap=imap, smtp=smtp or Door("", 465))


def _find_door(doors: Iterator[Door], probe: Probe) -> Door | None:
    return next((door for door in doors if probe(door.host, door.port)), None)


def _list_imap(domain: str, host: str) -> Iterator[Door]:
    for name in (host,) if host else (f"imap.{domain}", f"mail.{domain}", domain):
        yield Door(name, 993)
        yield Door(name, 143, "starttls")


def _list_smtp(domain: str, host: str) -> Iterator[Door]:
    beside = (f"smtp.{host.removeprefix('imap.')}", host) if host else ()
    for name in dict.fromkeys((*beside, f"smtp.{domain}", f"mail.{domain}", domain)):
        yield Door(name, 465)
        yield Door(name, 587, "starttls")
