"""What ties an answer to its submission: the Message-ID of a letter and the plus-address it asks to
be answered at.

    <redaksi-w-2026-0143.2.revise.k1.mfrggzdfmztwq2lk@redaksi.example.org>
             number      try kind key MAC

    redaksi+w-2026-0143.k1.mfrggzdfmztwq2lk@example.org        (RFC 5233: "+" parts the user from the detail)
            number      key MAC

Both are the same for ever, and nobody else can make them up. A crash while sending is settled by
asking the Sent folder for the Message-ID.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping

from msgspec import Struct

_NUMBER = re.compile(r"[a-z]-\d{4}-\d{4,9}", re.ASCII)
_TAG = re.compile(rf"({_NUMBER.pattern})\.([a-z0-9_-]+)\.([a-z2-7]{{16}})", re.ASCII)
_LOCAL_PART = 64  # octets: RFC 5321, 4.5.3.1.1
_ISSUED = re.compile(
    r"<redaksi-([a-z0-9-]+)\.(\d+)\.([a-z-]+)\.([a-z0-9_-]+)\.([a-z2-7]{16})@([^<>@\s]+)>"
)


class Issued(Struct, frozen=True, kw_only=True):
    """What a Message-ID of ours says."""

    number: str  # in lower case
    try_number: int
    kind: str


def message_id(
    *,
    number: str,
    try_number: int,
    kind: str,
    answers: str,
    domain: str,
    key_id: str,
    secret: bytes,
) -> str:
    """The Message-ID of the letter `kind` about try `try_number` of submission `number`.

    A mail that became no submission has no number: `answers`, the Message-ID of the mail, stands in
    for it.
    """
    about = re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-")
    if not about:
        about = "x" + hashlib.sha256(answers.encode("utf-8", "replace")).hexdigest()[:20]
    said = f"{about}.{try_number}.{kind}.{key_id.lower()}"
    mac = _mac("message-id", f"{said}\n{domain}", secret)
    return f"<redaksi-{said}.{mac}@{domain}>"


def read_message_id(message_id: str, keys: Mapping[str, bytes]) -> Issued | None:
    """What `message_id` says if one of our `keys` (id -> secret) made it, else None. Never raises."""
    match = _ISSUED.fullmatch(message_id.strip())
    if not match:
        return None
    number, try_number, kind, key_id, mac, domain = match.groups()
    secret = _secret(keys, key_id)
    said = f"{number}.{try_number}.{kind}.{key_id}"
    if secret is None or not hmac.compare_digest(
        mac, _mac("message-id", f"{said}\n{domain}", secret)
    ):
        return None
    return Issued(number=number, try_number=int(try_number), kind=kind)


def plus_address(address: str, number: str, *, key_id: str, secret: bytes) -> str:
    """`address` with the detail that names submission `number`; "" where its local part has no
    room for it."""
    local, _, domain = address.rpartition("@")
    said = f"{number.lower()}.{key_id.lower()}"
    tagged = f"{local}+{said}.{_mac('plus-address', said, secret)}"
    fits = len(tagged.encode()) <= _LOCAL_PART and not local.startswith('"')
    return f"{tagged}@{domain}" if _NUMBER.fullmatch(number.lower()) and fits else ""


def named_by(local_part: str, keys: Mapping[str, bytes]) -> str | None:
    """The submission number in the plus-address with this local part, in lower case, if one of
    our `keys` made it."""
    match = _TAG.fullmatch(local_part.lower().partition("+")[2])
    if not match:
        return None
    number, key_id, mac = match.groups()
    secret = _secret(keys, key_id)
    if secret is None or not hmac.compare_digest(
        mac, _mac("plus-address", f"{number}.{key_id}", secret)
    ):
        return None
    return number


def _secret(keys: Mapping[str, bytes], key_id: str) -> bytes | None:
    """By an id whose case may not have survived the way."""
    return {known.lower(): one for known, one in keys.items()}.get(key_id)


def _mac(what: str, said: str, secret: bytes) -> str:
    """80 bits of HMAC-SHA-256 (RFC 2104), which is more than anyone can try against a mailbox."""
    digest = hmac.digest(secret, f"redaksi {what}\n{said}".encode(), "sha256")
    return base64.b32encode(digest[:10]).decode("ascii").lower()
