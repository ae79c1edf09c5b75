"""The record of erasures: what a restored backup must let go of again. A line of JSON each, with no
address in it: an HMAC of it, by what the database and its blobs alone know each other by, which every
backup holds too, however old.
"""

import hmac
from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from desk.store import schema_meta
from desk.store.engine import Transaction

FILE = "erasures.jsonl"  # beside the database
_PURPOSE, _NAME = b"erasure:", b"erasures of"


class Erasure(Struct, frozen=True, kw_only=True):
    """One person went. `key`: whose store's key it was; `addresses`: HMAC-SHA-256 of each, in hex;
    `blobs`: SHA-256 of what nothing named any more."""

    at: datetime
    key: str
    addresses: tuple[str, ...]
    blobs: tuple[str, ...] = ()


def make_line(
    tx: Transaction, addresses: Iterable[str], blobs: Iterable[str], now: datetime
) -> bytes:
    """The line of an erasure, its end included. `addresses` as people.addresses.address_key has
    them."""
    secret = find_secret(tx)
    if secret is None:
        raise AssertionError("a store that is open is tied to its blobs")
    digests = sorted(digest(secret, address) for address in addresses)
    line = Erasure(
        at=now, key=name_key(secret), addresses=tuple(digests), blobs=tuple(sorted(blobs))
    )
    return msgspec.json.encode(line) + b"\n"


def read_lines(content: bytes) -> list[Erasure]:
    """The erasures of a file. A last line that was cut off is none: nothing had gone by then. Raises
    msgspec.DecodeError for any other that is not one."""
    lines = content.split(b"\n")
    return [msgspec.json.decode(line, type=Erasure) for line in lines[:-1] if line.strip()]


def find_secret(tx: Transaction) -> bytes | None:
    """The key of this store; None before it was first opened by a program."""
    tie = schema_meta.value_of(tx, schema_meta.TIE)
    return None if tie is None else tie.encode()


def name_key(secret: bytes) -> str:
    """What a key is known by."""
    return hmac.new(secret, _NAME, "sha256").hexdigest()[:16]


def digest(secret: bytes, address: str) -> str:
    """What stands for an address in a line."""
    return hmac.new(secret, _PURPOSE + address.encode(), "sha256").hexdigest()


def find_erased(
    tx: Transaction, lines: Iterable[Erasure], addresses: Collection[str]
) -> list[Erasure]:
    """The lines that are about one of these addresses."""
    secret = find_secret(tx)
    if secret is None:
        return []
    his = {digest(secret, each) for each in addresses}
    return [line for line in lines if his & {*line.addresses}]
