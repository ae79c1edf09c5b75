"""What a mail server's line means for us: whose fault it is, when to come back, how to mend it.
Pure.

Response codes are those of RFC 3501 section 7.1 and RFC 5530; the sentences are Gmail's,
Microsoft's and Yahoo's.
"""

import re

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
_REMEDIES = (  # host, words, remedy; the first that fits both
    (
        "",
        "not enabled for imap",
        "Switch IMAP on in that mailbox's settings (Gmail: Settings > Forwarding and POP/IMAP).",
    ),
    ("", "privacyrequired|plaintext", 'Set security = "tls" or "starttls" for this mailbox.'),
    (
        "gmail|google",
        "web browser|webalert",
        "Sign in once in a web browser and confirm that it was you, then try again.",
    ),
    (
        "gmail|google",
        "",
        "Gmail takes no ordinary password here. Make an app password (Google Account > Security > 2-Step Verification "
        "> App passwords) and put it where this mailbox's `password` points, or use OAuth2: `redaksi login`.",
    ),
    (
        "outlook|office365",
        "",
        "Microsoft takes no password over IMAP: set up OAuth2 with `redaksi login`.",
    ),
    (
        "yahoo|icloud|mail.me.com|aol",
        "",
        "This provider wants an app password: make one in the account's security settings.",
    ),
)
_BYTES = re.compile(r"""b(['"])(.*)\1""", re.DOTALL)


def of(
    fault: BaseException,
    *,
    server: str,
    at_login: bool = False,
    broke_off: bool = False,
    remedy: str = "",
) -> ServerError:
    """The error for what the client library reports after a NO or BAD of `server`, or a BYE
    (`broke_off`)."""
    said = spoken(fault)
    if _THROTTLED.search(said):
        return Throttled(f"{server} limits us: {said}", _retry_after(said))
    if broke_off:
        return Unreachable(f"{server} broke off: {said}")
    if _TEMPORARY.search(said):
        return Unreachable(f"{server} is not able to serve now: {said}")
    if at_login or _LOGIN.search(said):
        return LoginRefused(
            f"{server} refused the login: {said}. {remedy or login_remedy(server, said)}"
        )
    return ServerError(f"{server} refused: {said}")


def spoken(fault: BaseException) -> str:
    """The server's own words out of a library's exception, on one clean line."""
    first = fault.args[0] if fault.args else ""
    text = first.decode("utf-8", "replace") if isinstance(first, bytes) else str(first)
    quoted = _BYTES.search(text)
    return clean.line(quoted.group(2) if quoted else text, 300).rstrip(". ") or type(fault).__name__


def login_remedy(server: str, said: str) -> str:
    """What an operator can do about a refused password."""
    host, words = server.lower(), said.lower()
    for in_host, in_words, remedy in _REMEDIES:
        if re.search(in_host, host) and re.search(in_words, words):
            return remedy
    return "Check `user` and the secret that `password` points at."


def _retry_after(said: str) -> float:
    backoff = _BACKOFF.search(said)
    if backoff:
        return max(1.0, int(backoff.group(1)) / 1000)
    return 300.0 if "connections" in said.lower() else 3600.0
