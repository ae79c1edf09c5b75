"""One address, however it is spelt: what letters are counted, found and marked by. Envelopes
keep what was composed."""

from sqlalchemy import text

from desk.store.engine import Transaction
from redaksi.sender_policy.header_fields import ascii_domain


def address_key(address: str) -> str:
    """In lower case, the domain in ASCII. That the local part is one in any case is not RFC 5321
    (2.4) but every provider's habit; a limit must not be passed by a capital letter."""
    local, at, domain = address.strip().rpartition("@")
    return f"{local.lower()}{at}{ascii_domain(domain)}"


def spellings(address: str) -> frozenset[str]:
    """The key, and how people's addresses may be written down: as given, and with the domain in
    Unicode."""
    local, at, domain = address_key(address).rpartition("@")
    try:
        shown = domain.encode("ascii").decode("idna")
    except UnicodeError:
        shown = domain
    return frozenset({f"{local}{at}{domain}", f"{local}{at}{shown}", address.strip().lower()})


def lock_sender(tx: Transaction, address: str) -> None:
    """No other mail of this sender is filed until `tx` ends. SQLite has one writer anyway."""
    if tx.get_bind().dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        tx.execute(lock, {"key": f"sender:{address_key(address)}"})
