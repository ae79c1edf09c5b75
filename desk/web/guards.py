"""What stands before every page: Host, bounds of address and header, cross-site requests, and the
header fields of every answer. Pure functions of the request's header."""

from collections.abc import Mapping
from typing import Literal

from desk.web.visit import Desk, Method

LONGEST_URL, LONGEST_HEADER = 4_096, 16_384  # bytes
_SELF = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PAGE_POLICY = f"{_SELF}; script-src 'self'; connect-src 'self'"
SIGN_IN_POLICY = _SELF  # no script where a password is typed
FILE_POLICY = "sandbox; default-src 'none'"
YEAR = 365 * 24 * 3600

Refusal = Literal["", "host", "url", "header", "cross_site"]
STATUS: Mapping[Refusal, int] = {"host": 400, "url": 414, "header": 431, "cross_site": 403}


def find_refusal(desk: Desk, method: Method, url: str, headers: Mapping[str, str]) -> Refusal:
    """Why a request is refused before anybody looks at it; "" when it is not."""
    if headers.get("host", "").lower() not in desk.hosts:
        return "host"
    if len(url) > LONGEST_URL:
        return "url"
    if sum(len(name) + len(value) for name, value in headers.items()) > LONGEST_HEADER:
        return "header"
    return "" if method == "GET" or is_own_form(desk, headers) else "cross_site"


def is_own_form(desk: Desk, headers: Mapping[str, str]) -> bool:
    """Whether a form was sent by a page of ours. `none` is a reload or an address typed: no other
    site can cause it (W3C Fetch Metadata)."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    return headers.get("origin", "").lower() in desk.origins


def headers_of_every_answer(desk: Desk) -> dict[str, str]:
    """What a page may add to, and only its Content-Security-Policy and Cache-Control replace."""
    fields = {
        "content-security-policy": PAGE_POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    }
    if desk.is_secure:
        fields["strict-transport-security"] = f"max-age={YEAR}"
    return fields
