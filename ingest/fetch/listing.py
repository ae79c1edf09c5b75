"""What is said about a mailbox: how to enter it, a folder as selected, a mail before it is
downloaded."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Literal

from msgspec import Struct

# messages a SEARCH covers: its answer is one line, and imaplib reads no line above 1 MB
_SEARCHED = 50_000
_OVERLAP = 1_000
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"  # RFC 3501, 9: date-month
_MESSAGE_ID = re.compile(rb"<[^<>\s]{1,996}>")


class Account(Struct, frozen=True, kw_only=True):
    """Where a mailbox is and how to enter it. `password` is the secret itself: for OAuth2 the
    access token."""

    id: str  # the mailbox's immutable name in config.toml
    host: str
    user: str
    password: str
    port: int = 993
    security: Literal["tls", "starttls", "none"] = "tls"  # "none" on a loopback address only
    auth: Literal["password", "xoauth2", "oauthbearer"] = "password"
    tls_ca: str = ""  # a file of certificates to trust instead of the system's
    connect_timeout: float = 20.0  # seconds
    read_timeout: float = 60.0  # seconds of silence

    def __repr__(self) -> str:
        return f"Account(id={self.id!r}, host={self.host!r}, port={self.port})"


class Selected(Struct, frozen=True, kw_only=True):
    """A folder as it was selected. UIDs mean something only together with `uidvalidity` (RFC
    3501, 2.3.1.1)."""

    folder: str
    uidvalidity: int
    uidnext: int  # 0 when the server does not say
    exists: int
    junk: bool = False  # what the server takes for spam lies there


class Listed(Struct, frozen=True, kw_only=True):
    """What is known of a mail before it is downloaded."""

    uid: int
    size: int  # bytes as the server says; some servers estimate
    internaldate: datetime | None = None  # UTC: when the server received it
    gm_msgid: int | None = None  # Gmail's own: the same under every label
    message_id: str = ""  # with angle brackets; "" when it has none


def listed_as(uid: int, fields: Mapping[bytes, Any]) -> Listed:
    """A mail out of the items of its FETCH answer."""
    header = next(
        (value for key, value in fields.items() if key.startswith(b"BODY[HEADER.FIELDS")), b""
    )
    found = _MESSAGE_ID.search(header) if isinstance(header, bytes) else None
    date_ = fields.get(b"INTERNALDATE")
    gm_msgid = fields.get(b"X-GM-MSGID")
    return Listed(
        uid=uid,
        size=int(fields[b"RFC822.SIZE"]),
        internaldate=date_.astimezone(UTC) if isinstance(date_, datetime) else None,
        gm_msgid=gm_msgid if isinstance(gm_msgid, int) else None,
        message_id=found.group().decode("latin-1") if found else "",
    )


def split_search(after_uid: int, exists: int, since: date | None) -> Iterator[list[str]]:
    """The criteria that find the mails above `after_uid` in a folder of `exists`, received since a
    day.

    `n:*` always holds the last mail, whatever its UID (RFC 3501, 6.4.8). At first the search goes by
    sequence numbers, overlapping: mails may be expunged between two answers.
    """
    month = _MONTHS.split()[since.month - 1] if since else ""
    age = ["SINCE", f"{since.day}-{month}-{since.year}"] if since else []
    if after_uid:
        yield ["UID", f"{after_uid + 1}:*", *age]
        return
    starts = range(1, max(exists - _OVERLAP, 1) + 1, _SEARCHED - _OVERLAP)
    for low in starts[:-1]:
        yield [f"{low}:{low + _SEARCHED - 1}", *age]
    yield [f"{starts[-1]}:*", *age]


def is_junk_name(folder: str) -> bool:
    """Whether a folder is called what servers without special uses (RFC 6154) call the one for
    spam, in Indonesian, Malay or English."""
    last = re.split(r"[/.\\]", folder)[-1]
    return " ".join(re.findall(r"\w+", last.casefold())) in _JUNK


_JUNK = frozenset(
    {
        "spam", "junk", "junk e mail", "junk email", "junk mail", "bulk", "bulk mail", "spambox", "quarantine",
        "surel sampah", "email sampah", "e mail sampah", "surel spam", "mel sarap", "e mel sarap", "surat sampah",
    }
)  # fmt: skip
