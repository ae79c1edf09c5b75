"""Bytes to text for mails: the charsets that are believed, and RFC 2047 encoded words.

A charset's name comes from the sender, so it never reaches `bytes.decode` unless it is in the table
below: Python also knows "unicode_escape", "idna", "undefined" and "utf-7", which no newsroom's mail
needs.
"""

import binascii
import re
from itertools import groupby

# Names of the IANA registry (lower case, "_" and space as "-") to Python's codec. ISO-8859-1 and
# US-ASCII are read as the WHATWG Encoding Standard does (windows-1252); the East Asian ones as
# their superset.
_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "utf-8-sig": "utf-8", "cp65001": "utf-8",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be", "utf-32": "utf-32", "utf-32le": "utf-32-le", "utf-32be": "utf-32-be",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252", "l1": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874",
    "koi8-r": "koi8-r", "koi8-u": "koi8-u", "macintosh": "mac-roman", "x-mac-roman": "mac-roman",
    "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "cp932": "cp932",
    "euc-jp": "euc-jp", "iso-2022-jp": "iso2022-jp-2", "iso-2022-kr": "iso2022-kr",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "euc-kr": "cp949", "ks-c-5601-1987": "cp949", "cp949": "cp949",
    "ibm437": "cp437", "cp437": "cp437", "ibm850": "cp850", "cp850": "cp850", "ibm866": "cp866", "cp866": "cp866",
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"cp{n}": f"cp{n}" for n in range(1250, 1259)},
}  # fmt: skip

# One RFC 2047 word; real mailers put spaces into "Q" text and leave out what they should not.
# A "?" within a Q word is no symbol of it (RFC 2047, 4.2); some mailers write it all the same.
_WORD = re.compile(
    r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*(?:(?<!=)\?(?!=)[^?\r\n]{0,200}){0,20})\?="
)


def find_codec(name: str) -> str | None:
    """Python's codec for a charset name of a mail, None when it is not one that we believe."""
    return _CODECS.get(
        name.strip(" \"'\t").lower().replace("_", "-").replace(" ", "-").split("*", 1)[0]
    )


def decode_unlabelled(octets: bytes) -> str:
    """Text of no known charset: UTF-8 when it is, else windows-1252, else ISO-8859-1 (which
    never fails)."""
    for name in ("utf-8", "cp1252"):
        try:
            return octets.decode(name)
        except UnicodeDecodeError:
            continue
    return octets.decode("latin-1")


def decode_text(octets: bytes, name: str) -> str:
    """`octets` in the charset `name` (a label of a sender); where the label lies, as
    `decode_unlabelled`."""
    known = find_codec(name)
    if known in (None, "cp1252"):  # senders say iso-8859-1 or us-ascii and write UTF-8
        decoded = decode_unlabelled(octets)
    else:
        assert known is not None
        try:
            decoded = octets.decode(known)
        except UnicodeError:
            decoded = _mislabelled(octets, known)
    return _scalar(decoded.removeprefix("\ufeff"))


def _mislabelled(octets: bytes, known: str) -> str:
    """What is not quite in its charset: damaged when it shows some of it, else in another one."""
    damaged = octets.decode(known, "replace")
    if known != "utf-8":
        other = decode_unlabelled(octets)
        return other if other.encode("utf-8", "replace") == octets else damaged
    return (
        damaged
        if any(ord(char) > 127 and char != "\ufffd" for char in damaged)
        else decode_unlabelled(octets)
    )


def _scalar(value: str) -> str:
    """`value` without lone surrogates, which some codecs make and no UTF-8 sink takes."""
    return value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value


def decode_field(value: str) -> str:
    """A field as Python's header parser gives it (8-bit octets as surrogates), read as
    `decode_unlabelled`."""
    if value.isascii():
        return value
    return decode_unlabelled(value.encode("utf-8", "surrogateescape"))


def decode_words(value: str) -> str:
    """`value` with its encoded words decoded (RFC 2047), inside quotes too, as senders write them.

    Neighbouring words of one charset are joined before decoding: some mailers split a character in
    two. Words that cannot be decoded stay as written.
    """
    if "=?" not in value:
        return value
    out: list[str] = []
    pending: list[tuple[str, bytes]] = []
    end = 0
    for match in _WORD.finditer(value):
        between = value[end : match.start()]
        if not pending or between.strip(" \t\r\n"):
            out.append(_joined(pending) + between)
            pending = []
        octets = _octets(match[2], match[3])
        if octets is None:
            out.append(_joined(pending) + match[0])
            pending = []
        else:
            pending.append((match[1], octets))
        end = match.end()
    out.append(_joined(pending) + value[end:])
    return "".join(out)


def _joined(pending: list[tuple[str, bytes]]) -> str:
    return "".join(
        decode_text(b"".join(octets for _, octets in group), name)
        for name, group in groupby(pending, key=lambda word: word[0].lower())
    )


def _octets(encoding: str, encoded: str) -> bytes | None:
    octets = encoded.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(octets, header=True)
    try:
        return binascii.a2b_base64(octets.rstrip(b"=") + b"===")
    except binascii.Error:
        return None
