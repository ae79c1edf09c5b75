"""What a contributor wrote beside his files, and whether it asks something.

Of his own words alone: above what he quotes or hands on, outside greeting, signature, captions and
an article typed into the mail, whose own question marks call nobody. Pure.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ingest.read.body_article import find_beside, join_paragraphs
from redaksi.model import Submission
from redaksi.text import asking, clean

MOST = 4000  # characters that are kept
_MOST_LINES = 2000
_SHORTEST = 12  # letters by which a line is known for a caption's or a title's
_CLOSING = re.compile(
    r"\W*(?:salam(?: (?:hormat|hangat|kompak|sukses|sehat|redaksi|literasi|dari)\b.{0,30})?|hormat (?:kami|saya)|wassalam\w*(?: .{0,40})?"
    r"|(?:best |kind |warm )*regards|sincerely(?: yours)?|yours (?:sincerely|truly|faithfully)|cheers|ttd|tertanda)\W*",
    re.IGNORECASE,
)
_AFTERTHOUGHT = re.compile(r"\W*(?:n\.?b|p\.?s)\b\.?\s*[:.–-]?", re.IGNORECASE)
_CAPTION = re.compile(
    r"\W*(?:(?:foto|gambar|photo|picture|caption|keterangan|takarir|narasi|ket)\b[^.?]{0,30}[:=–-]|\S{1,80}\.(?:jpe?g|png|heic|webp|tiff?)\b)",
    re.IGNORECASE,
)
_CAPTIONS = re.compile(
    r"\W*(?:(?:foto|photo) (?:dan|&|and) )?(?:keterangan|caption|takarir|narasi)s?(?: \w+){0,4}\s*[:.]?\W*",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:\(?\d{1,2}[.)\]:]|[-•*–]|[a-z][.)])\s*", re.IGNORECASE)


class Written(Struct, frozen=True, kw_only=True):
    """The words, cleaned, their lines kept, at most MOST characters."""

    text: str = ""
    asks: bool = False


def read_written(own: str, submissions: Iterable[Submission] = ()) -> Written:
    """`own` are the words above every quotation; `submissions`, what was read of the mail: their
    captions and titles ask nothing."""
    lines = unicodedata.normalize("NFC", own).splitlines()[:_MOST_LINES]
    kept = [clean.line(line, MOST) for line in lines if not line.lstrip().startswith(">")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    passed = frozenset(_known(submissions))
    spoken = find_beside("\n".join(_speaking(kept)))
    paragraphs = join_paragraphs(spoken)
    called = any(asking.asks(each) for each in paragraphs if not _is_known(each, passed))
    return Written(text=text if len(text) <= MOST else f"{text[: MOST - 1]}…", asks=called)


def _speaking(lines: Iterable[str]) -> Iterator[str]:
    """The lines that speak to somebody: no signature, no captions."""
    signed = captions = False
    for line in lines:
        if _CLOSING.fullmatch(line):
            signed = True
        if _AFTERTHOUGHT.match(line):
            signed = captions = False
        if _CAPTIONS.fullmatch(line):
            captions = True
        elif captions and line and not _LISTED.match(line) and asking.asks(line):
            captions = False
        if not signed and not captions and not _CAPTION.match(line):
            yield line


def _known(submissions: Iterable[Submission]) -> Iterator[str]:
    """The captions and titles that were read, as letters and digits."""
    for each in submissions:
        paired = [photo.caption.text for photo in each.photos if photo.caption]
        labels = [label.text for label in (*each.orphans, *each.loose)]
        titles = [each.title, *(document.title for document in each.documents)]
        yield from filter(
            lambda known: len(known) >= _SHORTEST, map(_letters, (*paired, *labels, *titles))
        )


def _is_known(paragraph: str, passed: frozenset[str]) -> bool:
    """Whether it is a caption or a title, perhaps with its number or its mark before it."""
    letters = _letters(paragraph)
    return len(letters) >= _SHORTEST and any(
        letters in known or (known in letters and len(letters) - len(known) < _SHORTEST)
        for known in passed
    )


def _letters(text: str) -> str:
    return "".join(c for c in text[:MOST].casefold() if c.isalnum())
