"""A form sent over HTTPS, its answer read as JSON: what OAuth's endpoints speak."""

import contextlib
import json
import urllib.error
import urllib.parse
import urllib.request
from ipaddress import ip_address
from typing import Any

from redaksi.errors import ConfigError, Throttled, Unreachable
from redaksi.fault import name_fault
from redaksi.text import clean

_HTTP_SECONDS = 20.0
_ANSWER_BYTES = 1024 * 1024


def post_form(url: str, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Status and JSON of a form's answer. Raises Unreachable and Throttled."""
    _only_loopback_in_clear(url)
    request = urllib.request.Request(  # noqa: S310  https, or http on the loopback: checked above
        url, data=urllib.parse.urlencode(fields).encode(), headers={"Accept": "application/json"}
    )
    host = urllib.parse.urlsplit(url).hostname
    try:
        with urllib.request.urlopen(request, timeout=_HTTP_SECONDS) as answer:  # noqa: S310
            status, body = answer.status, answer.read(_ANSWER_BYTES)
    except urllib.error.HTTPError as fault:
        with fault:
            status, body = fault.code, fault.read(_ANSWER_BYTES)
    except OSError as fault:
        raise Unreachable("unreachable", host=host, fault=name_fault(fault)) from fault
    if status == 429:
        raise Throttled("limited_silently", 300.0, server=host)
    if status >= 500:
        raise Unreachable("not_now", server=host, reply=f"HTTP {status}")
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise Unreachable("unreadable_answer", host=host, status=status)
    return status, said


def _only_loopback_in_clear(url: str) -> None:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https":
        return
    with contextlib.suppress(ValueError):
        if parts.scheme == "http" and ip_address(parts.hostname or "").is_loopback:
            return
    raise ConfigError("https_only", url=clean.line(url))
