"""What a mail server's line means for us: whose fault it is, when to come back, how to mend it.
Pure.

Response codes are those of RFC 3501 section 7.1 and RFC 5530; the sentences are Gmail's,
Microsoft's and Yahoo's.
"""

import re

from redaksi.catalog import Sentence
from redaksi.errors import LoginRefused, ServerError, Throttled, Unreachable
from redaksi.text import clean

_THROTTLED = re.compile(
    r"\[(overquota|throttled|limit)\b|too many (simultaneous )?connections|bandwidth limit|rate limit"
    r"|is throttled|exceeded command|maximum number of connections",
    re.IGNORECASE,
)
_BACKOFF = re.compile(r"backoff time: *(\d+) *milliseconds", re.IGNORECASE)
_TEMPORARY = re.compile(
    r"\[(unavailable|inuse|serverbug)\b|temporar|system error|internal (server )?error|try again"
    r"|authenticated but not connected|server is not ready|session invalidated",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\[(authenticationfailed|authorizationfailed|expired|privacyrequired|webalert)\b"
    r"|invalid credentials|application-specific password|not enabled for imap",
    re.IGNORECASE,
)
_REMEDIES = (  # host, words, key of the remedy; the first that fits both
    (
        "",
        "not enabled for imap",
        "imap_off",
    ),
    ("", "privacyrequired|plaintext", "tls"),
    (
        "gmail|google",
        "web browser|webalert",
        "browser",
    ),
    (
        "gmail|google",
        "",
        "gmail",
    ),
    (
        "outlook|office365",
        "",
        "microsoft",
    ),
    (
        "yahoo|icloud|mail.me.com|aol",
        "",
        "app_password",
    ),
)
_BYTES = re.compile(r"""b(['"])(.*)\1""", re.DOTALL)


def of(
    fault: BaseException,
    *,
    server: str,
    at_login: bool = False,
    broke_off: bool = False,
    remedy: Sentence | None = None,
) -> ServerError:
    """The error for what the client library reports after a NO or BAD of `server`, or a BYE
    (`broke_off`)."""
    said = spoken(fault)
    if _THROTTLED.search(said):
        return Throttled("limited", _retry_after(said), server=server, reply=said)
    if broke_off:
        return Unreachable("broke_off", server=server, reply=said)
    if _TEMPORARY.search(said):
        return Unreachable("not_now", server=server, reply=said)
    if at_login or _LOGIN.search(said):
        remedy = remedy or login_remedy(server, said)
        return LoginRefused("login_refused", server=server, reply=said, remedy=remedy)
    return ServerError("refused", server=server, reply=said)


def spoken(fault: BaseException) -> str:
    """The server's own words out of a library's exception, on one clean line."""
    first = fault.args[0] if fault.args else ""
    text = first.decode("utf-8", "replace") if isinstance(first, bytes) else str(first)
    quoted = _BYTES.search(text)
    return clean.line(quoted.group(2) if quoted else text, 300).rstrip(". ") or type(fault).__name__


def login_remedy(server: str, said: str) -> Sentence:
    """What an operator can do about a refused password."""
    host, words = server.lower(), said.lower()
    for in_host, in_words, remedy in _REMEDIES:
        if re.search(in_host, host) and re.search(in_words, words):
            return Sentence(section="remedy", key=remedy)
    return Sentence(section="remedy", key="password")


def _retry_after(said: str) -> float:
    backoff = _BACKOFF.search(said)
    if backoff:
        return max(1.0, int(backoff.group(1)) / 1000)
    return 300.0 if "connections" in said.lower() else 3600.0
