"""What the author of a mail wrote himself: quoted replies cut off, inline forwards kept and their
author named.

There is no standard for quoting; these are the habits of Gmail, Outlook, Apple Mail, Yahoo and
Samsung in Indonesian and English. In doubt text stays: a caption lost would be asked for again, a
stray line is harmless.
"""

import re
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from redaksi.text import clean

_WROTE = re.compile(
    r"[>\s]*(?:On|Pada)\b.{4,300}?\b(?:wrote|menulis|menuliskan)\s*:\s*", re.IGNORECASE | re.DOTALL
)
_WROTE_START = re.compile(r"\s*(?:On|Pada)\s+\S", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"\s*-{3,}\s*(?:original (?:message|appointment)|pesan (?:asli|awal)|reply message|balasan)\s*-{3,}\s*",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"[>\s]*(?:-{2,}\s*(?:forwarded (?:message|by\b.{0,80})|fwd|pesan (?:terusan|yang diteruskan)|"
    r"(?:diteruskan|pesan diteruskan)\b.{0,80}?)\s*-{2,}|begin forwarded message:|"
    r"(?:awal|mulai) pesan (?:terusan|yang diteruskan):|pesan terusan dimulai:)\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"[>\s]*\*?(?P<name>from|dari|sent|terkirim|dikirim|date|tanggal|to|kepada|untuk|ke|subject|subjek|perihal|judul|"
    r"cc|bcc|reply-to|balas ke)\s*:\*?\s*(?P<value>.*)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"\s*(?:sent from|dikirim dari|terkirim dari|get outlook for|dapatkan outlook untuk)\b.{0,80}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<[^<>]*>|\[mailto:[^\[\]]*\]|\(?\S+@\S+\)?")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
MOST_LINES = 5000  # looked at
_WORDS = re.compile(r"^[ \t]*[^\s>]", re.MULTILINE)  # of a line that is no quotation
# how every quotation begins
_MARKS = (
    "-",
    "begin",
    "awal",
    "mulai",
    "pesan",
    "from",
    "dari",
    "on",
    "pada",
)


class Trimmed(Struct, frozen=True, kw_only=True):
    """The author's words, and whose words were forwarded below them ("" when nobody's). `own`:
    without these. `cut`: words may go on beyond what was looked at."""

    text: str
    forwarded_from: str = ""
    own: str = ""
    cut: bool = False


def trim(text: str, *, reply: bool = False, forward: bool = False, depth: int = 0) -> Trimmed:
    """`text` without what it quotes. `reply` and `forward` are what the mail's header says it
    is: Outlook writes the same block above a quoted and a forwarded mail."""
    pieces = re.split(r"\r\n|\r|\n", text, maxsplit=MOST_LINES)
    lines, beyond = pieces[:MOST_LINES], "".join(pieces[MOST_LINES:])
    own: list[str] = []
    at = 0
    while at < len(lines):
        found = _quotation(lines, at, reply=reply)
        if found.kind == "forward" or (found.kind == "block" and (forward or not reply)):
            handed_on = _with_forward(own, lines, at + found.length, depth)
            return replace(handed_on, cut=handed_on.cut or bool(beyond.strip()))
        if found.kind in ("end", "block"):
            beyond = ""
            break
        if found.kind == "between":
            at, reply = at + found.length, True
            continue
        if not (reply and lines[at].lstrip().startswith(">")):
            own.append(lines[at])
        at += 1
    words = _tidy(own)
    cut = _has_words(beyond) if reply else bool(beyond.strip())
    return Trimmed(text=words, own=words, cut=cut)


def _has_words(text: str) -> bool:
    """Whether a line of it is none of a quotation marked by "> "."""
    return _WORDS.search(text) is not None


def begins_forward(lines: list[str], at: int) -> bool:
    """Whether a forwarded mail begins at a line, or what may be one by its heading."""
    return _quotation(lines, at, reply=False).kind in ("forward", "block")


class _Quotation(NamedTuple):
    """What begins at a line, and how many lines to leave out: a forwarded mail, Outlook's block
    (above a quoted mail or a forwarded one), the quotation everything ends with, a quotation
    marked by "> " with the author's words between; "" for a line of his own."""

    kind: Literal["", "forward", "block", "end", "between"]
    length: int = 0


_NONE = _Quotation("")


def _quotation(lines: list[str], at: int, *, reply: bool) -> _Quotation:
    line = lines[at]
    if not line.lstrip(" \t>*")[:5].lower().startswith(_MARKS):
        return _NONE
    if _FORWARD.fullmatch(line):
        return _Quotation("forward", 1)
    original = _ORIGINAL.fullmatch(line) is not None
    if _is_block(lines, at) or (original and _is_block(lines, _next(lines, at + 1))):
        return _Quotation("block")
    if original:
        return _Quotation("end")
    length = _wrote(lines, at)
    if not length:
        return _NONE
    following = _next(lines, at + length)
    if following < len(lines) and lines[following].lstrip().startswith(">"):
        return _Quotation("between", length)
    ends = reply or "@" in "".join(lines[at : at + length])
    return _Quotation("end") if ends else _NONE  # "Pada 10.30 ia menulis:" in an article


def _with_forward(own: list[str], lines: list[str], at: int, depth: int) -> Trimmed:
    """The author's note and below it the forwarded words, their heading read and left out."""
    at = _next(lines, at)
    if at < len(lines) and _ORIGINAL.fullmatch(lines[at]):
        at = _next(lines, at + 1)
    rest = lines[at:]
    if rest and all(not line.strip() or line.lstrip().startswith(">") for line in rest[:8]):
        rest = [re.sub(r"^\s*> ?", "", line) for line in rest]
    author = ""
    body = 0
    while body < len(rest) and body < 15 and rest[body].strip():
        match = _HEADING.fullmatch(rest[body])
        if match and match["name"].lower() in ("from", "dari"):
            author = author or parse_person(match["value"])
        elif match is None and (body == 0 or not _goes_on(rest[body])):
            break
        body += 1
    inner = (
        trim("\n".join(rest[body:]), depth=depth + 1)
        if depth < 3
        else Trimmed(text="\n".join(rest[body:]))
    )
    above = _tidy(own)
    words = "\n\n".join(part for part in (above, inner.text) if part)
    return Trimmed(text=words, forwarded_from=inner.forwarded_from or author, own=above)


def _goes_on(line: str) -> bool:
    """Whether a line of a heading is the rest of the one above: more addresses, or indented."""
    return "@" in line or line[:1] in (" ", "\t") or line.rstrip().endswith((">", ";", ","))


def parse_person(value: str) -> str:
    """The name in "Siti <siti@contoh.id>", else the address."""
    name = clean.line(_ADDRESS.sub(" ", value)).strip(" *\"'")
    return name or clean.line(value).strip(" *<>\"'")


def _is_block(lines: list[str], at: int) -> bool:
    """Outlook's heading: From or Dari, and at least two more of its lines right below."""
    if at >= len(lines):
        return False
    match = _HEADING.fullmatch(lines[at])
    if match is None or match["name"].lower() not in ("from", "dari") or not match["value"].strip():
        return False
    below = [found for line in lines[at + 1 : at + 8] if (found := _HEADING.fullmatch(line))]
    return len({found["name"].lower() for found in below} - {"from", "dari"}) >= 2


def _wrote(lines: list[str], at: int) -> int:
    """How many lines an "On … wrote:" takes (mailers wrap it), 0 when this is none."""
    if not _WROTE_START.match(lines[at]) or len(lines[at]) > 400:
        return 0
    for length in (1, 2, 3, 4):
        joined = "\n".join(lines[at : at + length])
        if len(joined) > 600:
            return 0
        # Mailers wrap it only for the address's sake; without one it is a time of day that tells it
        # from prose.
        if _WROTE.fullmatch(joined) and (
            "@" in joined or (length == 1 and re.search(r"\d[.:]\d\d", joined))
        ):
            return length
    return 0


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _tidy(lines: list[str]) -> str:
    """Without a signature's "-- " tail, phone taglines and Outlook's rule."""
    for at, line in enumerate(lines):
        if line == "-- " and len(lines) - at <= 16:
            lines = lines[:at]
            break
    kept = [
        line.rstrip()
        for line in lines
        if not _PHONE.fullmatch(line) and not re.fullmatch(r"\s*_{10,}\s*", line)
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept).translate(_CONTROLS)).strip()
