"""Links to an edition's photos for whoever received it and has no login: signed, good for 7 days.
Pure. The key is ours alone: with a webhook's secret its receiver could sign links to what is not
published.

    <base_url>/media/W-2026-0143-2/1.jpg?exp=1796040600&sig=…

`sig` is the HMAC-SHA256 (RFC 2104) of edition, number and end, in base64url (RFC 4648, 5). Whoever
serves them answers 403 where `verify_media` says no, 410 once the article was taken down.
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime, timedelta

from publisher.articles.edition import Edition

GOOD_FOR = timedelta(days=7)
_EDITION = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,63})-([1-9]\d{0,5})")
_END = re.compile(r"[1-9]\d{0,10}", re.ASCII)


def name_edition(edition: Edition) -> str:
    """What an edition goes by in links: "W-2026-0143-2"."""
    return f"{edition.submission}-{edition.number}"


def read_edition(name: str) -> tuple[str, int] | None:
    """The submission and the number of the edition that a link names; None: no link of ours."""
    found = _EDITION.fullmatch(name)
    return (found[1], int(found[2])) if found else None


def sign_media(key: bytes, base_url: str, edition: str, number: int, end: datetime) -> str:
    """The link to photo `number` (counted from 1) of an edition, good until `end` (with a zone)."""
    seconds = str(int(end.timestamp()))
    signature = _sign(key, edition, number, seconds)
    return f"{base_url.rstrip('/')}/media/{edition}/{number}.jpg?exp={seconds}&sig={signature}"


def verify_media(key: bytes, edition: str, number: int, exp: str, sig: str, now: datetime) -> bool:
    """Whether a link was signed by us for this photo and has not ended. `exp` and `sig` as they
    came."""
    if not _END.fullmatch(exp) or not sig.isascii():
        return False
    is_ours = hmac.compare_digest(_sign(key, edition, number, exp), sig)
    return is_ours and now.timestamp() < int(exp)


def _sign(key: bytes, edition: str, number: int, end: str) -> str:
    message = f"media\n{edition}\n{number}\n{end}".encode("utf-8", "surrogatepass")
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
