"""Where the HTML of a mail shows its pictures (RFC 2392), and how large: in the words of its
author, below his signature or closing formula, or in what he quotes. Pure and linear.

The markup is laid out as text with a mark for each picture; then lines tell what stands where, by
the same habits that `ingest.read.mail.quoted` cuts quotations by.
"""

import html
import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import unquote

from ingest.read.mail import html_text, quoted
from redaksi.arrival import Place, Shown

_MOST = 200  # pictures that are looked for
_MOST_LINES = 5000  # as far as quotations are looked for
_MOST_PIXELS = 100_000  # nothing is shown larger
_PICTURE = re.compile(r"<(?:img|v:imagedata|image)\b[^<>]*>", re.IGNORECASE)
_CID = re.compile(r"""\bsrc\s*=\s*["']?\s*cid:([^"'\s>]{1,500})""", re.IGNORECASE)
_ATTRIBUTE = r"""(?<![\w-]){name}\s*=\s*["']?\s*(\d{{1,6}}(?:\.\d{{1,4}})?)\s*(px|pt|in|cm|%)?"""
_STYLE = r"""(?<![\w-])(?:max-)?{name}\s*:\s*(\d{{1,6}}(?:\.\d{{1,4}})?)\s*(px|pt|in|cm|mm|em|rem|%|vw)?"""
_SIZES = {
    name: (
        re.compile(_ATTRIBUTE.format(name=name), re.IGNORECASE),
        re.compile(_STYLE.format(name=name), re.IGNORECASE),
    )
    for name in ("width", "height")
}
_ORDER: tuple[Place, ...] = ("text", "signature", "quotation")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
_OPENING = re.compile(r"<[a-zA-Z][^<>]{0,2000}>")
_SIGNATURE_TAG = re.compile(
    r"""\b(?:class|id|data-smartmail)\s*=\s*["']?[^"'>]{0,80}?signature""",
    re.IGNORECASE,
)
_REPLY_TAG = re.compile(
    r"""\b(?:class|id)\s*=\s*["']?[^"'>]{0,80}?(?:divRplyFwdMsg|OutlookMessageHeader"""
    r"""|mail-editor-reference-message-container|ms-outlook-mobile-reference-message"""
    r"""|yahoo_quoted|zmail_extra|protonmail_quote|moz-forward-container|tutanota_quote)""",
    re.IGNORECASE,
)
# marks of ours in the text; characters of a private use area, which no mail needs
_OWN = re.compile("[\ue0f0-\ue0f4]")
_PICTURE_MARK = re.compile("\ue0f0(\\d{1,4})\ue0f1")
_SIGNED, _REPLIED, _FORWARDED = "\ue0f2", "\ue0f3", "\ue0f4"
_DELIMITER = re.compile(r"\s*(?:--|—|__)\s*")
_CLOSING = re.compile(
    r"\W*(?:(?:demikian\b.{0,60}?\W+)?(?:atas\b.{0,60}?\W+)?)?(?:(?:salam|hormat)(?:\s+(?:hormat|hangat|kami|saya|takzim"
    r"|sukses|budaya|sejahtera|kotaku|lestari|dari\b.{0,40}))*|(?:kami|saya)\s+(?:ucapkan\s+)?terima\s*kasih\b.{0,40}"
    r"|(?:ucapkan\s+)?(?:terima\s*kasih|trima\s*kasih|makasih|trims|thx|tks)\b.{0,40}"
    r"|wa?ss?alam\w*\b.{0,60}|wr\W{0,3}wb|wabill?ah\w*\b.{0,60}"
    r"|matur\s+(?:sembah\s+)?(?:nuwun|suksma)|hatur\s+nuhun"
    r"|(?:(?:best|kind|warm|kindest|warmest)\s+)?(?:regards|wishes)|sincerely(?:\s+yours)?|yours\s+\w+|cheers"
    r"|(?:many\s+)?thanks?(?:\s+(?:you|and\s+regards|&\s*regards))?(?:\s+\w+){0,3}|tertanda|ttd)\W*",
    re.IGNORECASE,
)
_GREETING = re.compile(r"\W*(?:salam|terima\s*kasih\s+(?:redaksi|bapak|ibu))\b", re.IGNORECASE)
_LONGEST_CLOSING = 90  # characters
_PROSE = 110  # characters: a longer line is no signature's
# a disclaimer, or an address
_NO_PROSE = re.compile(
    r"confidential|rahasia|disclaimer|penafian|intended|recipient|penerima|virus|mencetak|printing"
    r"|\btelp|\bfax|\bjl\.|www\.|@",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\W*(?:\(?\d{1,2}[).:]\s+\S|(?:keterangan|ket|caption|foto|gambar|gbr|photo)\b[^\n]{0,20}?[\d:.=)\-]\s*\S)",
    re.IGNORECASE,
)


def find_shown(
    markups: Iterable[str], *, reply: bool = False, forward: bool = False
) -> dict[str, Shown]:
    """Content-ID, lower case -> where it is shown. `reply` and `forward` are what the mail's header
    says it is, as for `quoted.trim`.

    A picture shown twice counts where it is most the author's, and at its largest.
    """
    found: dict[str, Shown] = {}
    for markup in markups:
        for cid, shown in _read_markup(markup, reply=reply, forward=forward):
            before = found.get(cid)
            found[cid] = shown if before is None else _better(before, shown)
    return found


def _better(left: Shown, right: Shown) -> Shown:
    place = min(left.place, right.place, key=_ORDER.index)
    size = max((left.width, left.height), (right.width, right.height), key=max)
    # a size that is not known may be any
    known = all(max(each.width, each.height) for each in (left, right))
    return Shown(place=place, width=size[0], height=size[1]) if known else Shown(place=place)


def _read_markup(markup: str, *, reply: bool, forward: bool) -> list[tuple[str, Shown]]:
    pictures: list[tuple[str, int, int]] = []

    def mark(match: re.Match[str]) -> str:
        cid = _CID.search(match[0])
        if cid is None or len(pictures) >= _MOST:
            return match[0]
        name = unquote(html.unescape(cid[1])).lower()
        pictures.append((name, _size(match[0], "width"), _size(match[0], "height")))
        return f"<br>\ue0f0{len(pictures) - 1}\ue0f1<br>"

    if "cid:" not in markup.lower():
        return []
    marked = _PICTURE.sub(mark, _OPENING.sub(_mark_container, _OWN.sub("", markup)))
    places = _find_places(html_text.extract_text(marked), reply=reply, forward=forward)
    shown = [
        (cid, Shown(place=places.get(number, "text"), width=width, height=height))
        for number, (cid, width, height) in enumerate(pictures)
    ]
    grounds = html_text.find_cids(markup) - {cid for cid, _ in shown}
    return [*shown, *((cid, Shown()) for cid in sorted(grounds))]


def _mark_container(match: re.Match[str]) -> str:
    """A line before an element that mail programs put a signature or a quotation in."""
    if _SIGNATURE_TAG.search(match[0]):
        return f"<br>{_SIGNED}<br>{match[0]}"
    return f"<br>{_REPLIED}<br>{match[0]}" if _REPLY_TAG.search(match[0]) else match[0]


def _size(tag: str, name: str) -> int:
    """Pixels as displayed, the smallest that is named; 0 when none is."""
    found = []
    for pattern in _SIZES[name]:
        for number, unit in pattern.findall(tag)[:4]:
            if factor := _UNITS.get(unit.lower(), 0.0):
                found.append(min(_MOST_PIXELS, round(float(number) * factor)))
    return min((size for size in found if size), default=0)


def _find_places(text: str, *, reply: bool, forward: bool) -> dict[int, Place]:
    """Number of a picture -> where it stands; those too far down to be looked for are left out."""
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    places: dict[int, Place] = dict.fromkeys(_numbers(lines), "quotation")
    if reply:
        lines = lines[: next((at for at, line in enumerate(lines) if _REPLIED in line), None)]
    parted: list[str] = []
    for at, line in enumerate(lines):
        if quoted.begins_forward(lines, at):
            parted.append(_FORWARDED)
        parted.append(line)
    kept = quoted.trim("\n".join(parted), reply=reply, forward=forward).text.split("\n")
    places.update(dict.fromkeys(_numbers(kept), "text"))
    places.update(dict.fromkeys(_find_signed(kept), "signature"))
    return places


def _numbers(lines: list[str]) -> list[int]:
    """The pictures marked in some lines."""
    return [int(number) for line in lines for number in _PICTURE_MARK.findall(line)]


class _Signature:
    """The pictures below a signature delimiter or a closing formula, as the lines go by."""

    def __init__(self) -> None:
        self.found: set[int] = set()
        self.begun: Literal["", "words", "mark"] = ""  # by a closing formula; by a delimiter
        self.written = 0  # lines of text so far
        self._here: set[int] = set()  # of the signature that has begun

    def add(self, line: str) -> None:
        bare = line.strip(" \t>*_")
        if number := _PICTURE_MARK.search(line):
            if self.begun:
                self._here.add(int(number[1]))
        elif _FORWARDED in line:
            self.close()
            self.written = 0
        elif _SIGNED in line or (self.written and _DELIMITER.fullmatch(line)):
            self.begun = "mark"
        elif self.begun and _goes_on(bare, words=self.begun == "words"):
            self.begun, self._here = "", set()
        elif bare:
            closing = not self.begun and _is_closing(bare, first=not self.written)
            self.begun = "words" if closing else self.begun
            self.written += 1

    def close(self) -> None:
        self.found |= self._here
        self.begun, self._here = "", set()


def _find_signed(lines: list[str]) -> set[int]:
    """Numbers of the pictures that stand below a signature delimiter or a closing formula."""
    signature = _Signature()
    for line in lines:
        signature.add(line)
    signature.close()
    return signature.found


def _is_closing(line: str, *, first: bool) -> bool:
    if not line or len(line) > _LONGEST_CLOSING or _CLOSING.fullmatch(line) is None:
        return False
    return not (first and _GREETING.match(line))


def _goes_on(line: str, *, words: bool) -> bool:
    """Whether the text goes on below what looked like its end: a caption, or prose (only below
    words: a signature may hold a long address or a slogan)."""
    if _CAPTION.match(line):
        return True
    return words and len(line) > _PROSE and _NO_PROSE.search(line) is None
