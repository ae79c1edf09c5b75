"""What a line of somebody else's must not carry into a log. Pure; every pattern is bounded."""

import re

# everything that has an @ in it
_ADDRESS = re.compile(r'(?:"[^"]{0,80}"|[^\s<>"]){0,320}[@\uff20\ufe6b][^\s<>]*')
# Python's own spelling of bytes: IMAPClient and smtplib quote a server with it, AUTH's answer too
_BYTES = re.compile(r"""\bb(?:'[^']{0,4000}'?|"[^"]{0,4000}"?)""")
_SECRET = re.compile(r"[A-Za-z0-9+/_=-]{40,}")  # a token, or what AUTH says in base64


def mask_addresses(value: str) -> str:
    """`value` with everything that has an @ in it taken out: a server's line may name an address
    (logs name none)."""
    return _ADDRESS.sub("…@…", value)


def redact(value: str) -> str:
    """The same, and without what may be a login's: quoted bytes, runs as long as a token."""
    return _SECRET.sub("…", _BYTES.sub("b'…'", mask_addresses(value)))
