"""The Message-ID of a letter: the same letter has the same one for ever, and nobody else can make it up.

    <redaksi-w-2026-0143.2.revise.k1.mfrggzdfmztwq2lk@redaksi.example.org>
             number      try kind key MAC

A crash while sending is settled by asking the Sent folder for it; a reply is tied to its submission by it.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping

from msgspec import Struct

_ISSUED = re.compile(r"<redaksi-([a-z0-9-]+)\.(\d+)\.([a-z-]+)\.([a-z0-9_-]+)\.([a-z2-7]{16})@([^<>@\s]+)>")


class Issued(Struct, frozen=True, kw_only=True):
    """What a Message-ID of ours says."""

    number: str  # in lower case
    try_number: int
    kind: str


def message_id(
    *, number: str, try_number: int, kind: str, answers: str, domain: str, key_id: str, secret: bytes
) -> str:
    """The Message-ID of the letter `kind` about try `try_number` of submission `number`.

    A mail that became no submission has no number: `answers`, the Message-ID of the mail, stands in for it.
    """
    about = re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-")
    if not about:
        about = "x" + hashlib.sha256(answers.encode("utf-8", "replace")).hexdigest()[:20]
    said = f"{about}.{try_number}.{kind}.{key_id.lower()}"
    return f"<redaksi-{said}.{_mac(said, domain, secret)}@{domain}>"


def issued(message_id: str, keys: Mapping[str, bytes]) -> Issued | None:
    """What `message_id` says if one of our `keys` (id -> secret) made it, else None. Never raises."""
    match = _ISSUED.fullmatch(message_id.strip())
    if not match:
        return None
    number, try_number, kind, key_id, mac, domain = match.groups()
    secret = {known.lower(): one for known, one in keys.items()}.get(key_id)
    said = f"{number}.{try_number}.{kind}.{key_id}"
    if secret is None or not hmac.compare_digest(mac, _mac(said, domain, secret)):
        return None
    return Issued(number=number, try_number=int(try_number), kind=kind)


def _mac(said: str, domain: str, secret: bytes) -> str:
    """80 bits of HMAC-SHA-256 (RFC 2104), which is more than anyone can try against a mailbox."""
    digest = hmac.digest(secret, f"redaksi message-id\n{said}\n{domain}".encode(), "sha256")
    return base64.b32encode(digest[:10]).decode("ascii").lower()
