"""Structured header fields of a mail (RFC 5322), read in linear time and without trust.

The standard library's parsers are not used: `email.policy.default` takes seconds on a few hostile
kilobytes, and `email.utils.getaddresses` has changed its mind about malformed lists between patch
releases.
"""

import binascii
import re
import unicodedata
from typing import Literal

from msgspec import Struct

from redaksi.text import clean

Kind = Literal["atom", "quoted", "literal", "special"]

_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(=\?)")
# as one atom, whatever commas are in it
_ENCODED_PHRASE = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?<>@]*\?=")
# Charsets a header of interest may name; a sender's word never reaches `bytes.decode` as it is.
_CHARSETS = re.compile(
    r"us-ascii|utf-?8|iso-8859-\d{1,2}|windows-125\d|cp125\d|latin-?1", re.IGNORECASE
)
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
# Atoms and labels of any script. Written as what may not stand in them: a set that reaches to
# U+10FFFF takes `re` 10 ms to compile, at the start of every process.
_ATEXT = re.compile(r"""[^\x00- "(),.:;<>@\[\\\]\x7f-\u00a0]+""")
_LABEL = re.compile(r"[^\x00-/:-^`{-\u00a0](?:[^\x00-,./:-^`{-\u00a0]{0,61}[^\x00-/:-^`{-\u00a0])?")


class Token(Struct, frozen=True):
    """A lexical token (RFC 5322, 3.2): comments and white space are gone, quoting is undone."""

    kind: Kind
    text: str
    spaced: bool = False  # white space or a comment stood before it


class Mailbox(Struct, frozen=True, kw_only=True):
    """The addr-spec of one mailbox (RFC 5322, 3.4.1): local part unquoted and as written, domain
    in lower case."""

    local: str
    domain: str

    @property
    def address(self) -> str:
        """The addr-spec as it is written in a header or an envelope; the local part quoted where
        it must be."""
        plain = all(_ATEXT.fullmatch(word) for word in self.local.split("."))
        local = self.local if plain else '"' + re.sub(r'([\\"])', r"\\\1", self.local) + '"'
        return f"{local}@{self.domain}"

    @property
    def deliverable(self) -> str:
        """`address` with its domain in ASCII."""
        return f"{self.address.rpartition('@')[0]}@{ascii_domain(self.domain)}"


def ascii_domain(domain: str) -> str:
    """`domain` as DNS knows it (RFC 5890 A-labels, lower case); as it is where it has no such
    form."""
    if domain.isascii() or len(domain) > 253:
        return domain.lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain.lower()


def plain(value: str) -> str:
    """`value` for comparing: encoded words decoded, compatibility forms and case folded,
    invisible characters gone."""
    folded = unicodedata.normalize("NFKC", decode_words(value)).casefold()
    return "".join(
        c for c in folded if unicodedata.category(c) not in ("Cf", "Cc", "Cs") or c in "\t\r\n"
    ).strip()


def decode_words(value: str) -> str:
    """`value` with its encoded words decoded (RFC 2047); what cannot be decoded stays as it was
    written."""
    if "=?" not in value:
        return value
    return _ENCODED.sub(_decode_word, _BETWEEN.sub(r"\1\2", value))


def _decode_word(match: re.Match[str]) -> str:
    charset, encoding, text = (
        match.group(1).split("*", 1)[0],
        match.group(2).lower(),
        match.group(3),
    )
    raw = text.encode("ascii", "replace")
    if not _CHARSETS.fullmatch(charset):
        return match.group(0)
    try:
        if encoding == "b":
            packed = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
            octets = binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
        else:
            octets = _HEX.sub(lambda m: bytes([int(m.group(1), 16)]), raw.replace(b"_", b" "))
        return octets.decode(charset, "replace")
    except (binascii.Error, LookupError, ValueError):
        return match.group(0)


def tokenize(value: str, specials: str) -> list[Token]:
    """The tokens of a structured field body: atoms, quoted strings, domain literals and `specials`.

    A comment or a quoted string that is never closed runs to the end of the field, as RFC 5322
    parsers take it.
    """
    found: list[Token] = []
    at, spaced = 0, False
    while at < len(value):
        character = value[at]
        if character.isspace():
            at, spaced = at + 1, True
            continue
        if character == "(":
            at, spaced = _after_comment(value, at), True
            continue
        token, at = _token(value, at, specials, spaced=spaced)
        found.append(token)
        spaced = False
    return found


def _token(value: str, at: int, specials: str, *, spaced: bool) -> tuple[Token, int]:
    character = value[at]
    if character == '"':
        text, after = _until(value, at + 1, '"')
        return Token("quoted", text, spaced), after
    if character == "[":
        text, after = _until(value, at + 1, "]")
        return Token("literal", text, spaced), after
    if character in specials:
        return Token("special", character, spaced), at + 1
    if encoded := _ENCODED_PHRASE.match(value, at):
        return Token("atom", encoded.group(), spaced), encoded.end()
    after = at + 1
    while after < len(value) and value[after] not in specials and value[after] not in '("[ \t\r\n':
        after += 1
    return Token("atom", value[at:after], spaced), after


def _after_comment(value: str, at: int) -> int:
    """The index after the comment that opens at `at`; comments nest (RFC 5322, 3.2.2)."""
    depth = 0
    while at < len(value):
        character = value[at]
        at += 1
        if character == "\\":
            at += 1
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                break
    return at


def _until(value: str, at: int, close: str) -> tuple[str, int]:
    """The text up to `close` with quoted pairs undone, and the index after it."""
    kept: list[str] = []
    while at < len(value):
        character = value[at]
        if character == close:
            return "".join(kept), at + 1
        if character == "\\" and at + 1 < len(value):
            at += 1
            character = value[at]
        kept.append(character)
        at += 1
    return "".join(kept), at


def strip_comments(value: str) -> str:
    """A field body of unquoted words without its comments (RFC 5322 CFWS), white space folded,
    as `plain` has it."""
    words = [(" " if token.spaced else "") + token.text for token in tokenize(value, ",;")]
    return plain("".join(words))


def words(value: str) -> tuple[str, ...]:
    """The words of a field that lists keywords, however they are separated."""
    return tuple(word for word in re.split(r"[\s,;]+", strip_comments(value)) if word)


def parameter(value: str, name: str) -> str:
    """A parameter of a field such as Content-Type (RFC 2045, 5.1; RFC 2231), as `plain` has it;
    "" when absent."""
    found = tokenize(value, ";=")
    for at in range(len(found) - 3):
        semicolon, key, equals, text = found[at : at + 4]
        if (semicolon.kind, semicolon.text, equals.kind, equals.text) != (
            "special",
            ";",
            "special",
            "=",
        ):
            continue
        spelled = plain(key.text)
        if spelled == name:
            return plain(text.text)
        if spelled in (f"{name}*", f"{name}*0", f"{name}*0*"):
            return plain(text.text.rsplit("'", 1)[-1])
    return ""


def media_type(value: str) -> str:
    """The media type of a Content-Type field in lower case, without parameters."""
    return strip_comments(value).split(";", 1)[0].replace(" ", "")


def mailboxes(value: str) -> tuple[Mailbox | None, ...]:
    """The elements of an address list (RFC 5322, 3.4); None for one that is not plainly one
    mailbox.

    Not plain: a group (RFC 6854), an obsolete route, an address with characters no mailbox has, and
    a display name that is itself another address without quotes (parsers disagree about whom it
    names).
    """
    elements: list[list[Token]] = [[]]
    angle = False
    for token in tokenize(value, "<>@,:;."):
        mark = token.text if token.kind == "special" else ""
        if mark == "," and not angle:
            elements.append([])
            continue
        angle = (angle or mark == "<") and mark != ">"
        elements[-1].append(token)
    elements = _with_degrees([element for element in elements if element])
    return tuple(_mailbox(element) for element in elements)


def _with_degrees(elements: list[list[Token]]) -> list[list[Token]]:
    """A name with degrees and no quotation marks, "Rahmawati, S.Sos., M.Si. <r@x>", is one name
    before one address."""
    bare = [
        all(token.kind != "special" or token.text == "." for token in element)
        for element in elements
    ]
    if len(elements) > 1 and all(bare[:-1]) and any(token.text == "<" for token in elements[-1]):
        return [[token for element in elements for token in element]]
    return elements


def _mailbox(element: list[Token]) -> Mailbox | None:
    marks = [token.text if token.kind == "special" else "" for token in element]
    if "<" not in marks:
        return _addr_spec(element)
    opens = marks.index("<")
    if marks[-1] != ">" or marks.count("<") != 1 or marks.count(">") != 1:
        return None
    found = _addr_spec(element[opens + 1 : -1])
    phrase = marks[:opens]
    if found and ("@" in phrase or ":" in phrase or ";" in phrase):
        shown = _addr_spec(element[:opens])
        return found if shown and shown.address.lower() == found.address.lower() else None
    return found


def _addr_spec(element: list[Token]) -> Mailbox | None:
    marks = [token.text if token.kind == "special" else "" for token in element]
    if marks.count("@") != 1:
        return None
    at = marks.index("@")
    local, domain = _dotted(element[:at]), _domain(element[at + 1 :])
    if local is None or domain is None or len(local) > 64 or len(local) + len(domain) > 253:
        return None
    return Mailbox(local=local, domain=domain)


def _dotted(element: list[Token]) -> str | None:
    """Words with a dot between each two (dot-atom, or obs-local-part without white space); None
    for anything else."""
    if len(element) % 2 == 0 or any(token.spaced for token in element[1:]):
        return None
    for place, token in enumerate(element):
        if place % 2:
            if token.text != "." or token.kind != "special":
                return None
        elif token.kind == "quoted":
            if (
                not token.text.isprintable()
                or not token.text
                or clean.line(token.text, 64) != token.text
            ):
                return None
        elif (
            token.kind != "atom"
            or "=?" in token.text
            or not _ATEXT.fullmatch(token.text)
            or not token.text.isprintable()
        ):
            return None
    return "".join(token.text for token in element)


def _domain(element: list[Token]) -> str | None:
    if len(element) == 1 and element[0].kind == "literal":
        return f"[{element[0].text}]" if element[0].text.isprintable() else None
    if element and element[-1].text == "." and len(element) > 1:
        element = element[:-1]  # a trailing dot names the same domain
    if any(token.kind == "quoted" for token in element):
        return None
    dotted = _dotted(element)
    domain = unicodedata.normalize("NFKC", dotted).lower() if dotted is not None else ""
    if (
        domain
        and all(_LABEL.fullmatch(label) for label in domain.split("."))
        and domain.isprintable()
    ):
        return domain
    return None
