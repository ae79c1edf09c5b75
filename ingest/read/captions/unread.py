"""Lines that may be captions and were not understood: what keeps "there is no caption" from being
told (the guard asks; an editor sees the lines).

Such a line begins with a word for a photo or a caption and has at least four words, or ends in
"(Foto 1)", or holds the name of a photo and at least four words more; a heading of captions with
words under it; a table. A letter's sentences about its files, credits and sign-offs are none; that
captions are elsewhere ("ada di dalam naskah") is one.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.read.captions.grammar.designators import Known, know_photos, space_words
from ingest.read.captions.grammar.headings import weigh_heading
from ingest.read.captions.grammar.prose import (
    claims_captions,
    is_credit,
    is_evasive,
    is_greeting,
    is_letter,
    is_remark_on_photos,
    is_sign_off,
)
from ingest.read.captions.grammar.spelling import mend
from ingest.read.captions.grammar.words import (
    CAMERA,
    CAMERA_NAME,
    CAPTION,
    EXTENSION,
    LEAD,
    NAMED_FILE,
    PHOTO,
    may_name_camera,
)
from ingest.read.captions.labels import Parsed, recall
from redaksi.model import Unread
from redaksi.text import clean

_OPENS = re.compile(
    rf"[\W_]*(?:\d{{1,2}}[.)]\s*)?(?P<word>{PHOTO}|(?!judul|teks|uraian){CAPTION})", re.IGNORECASE
)
_ENDS = re.compile(
    rf"[(\[]\s*(?:{CAPTION}\s*)?{PHOTO}\s*\.?\s*(?:no\.?|ke-?|#)?\s*\w{{1,12}}\s*[)\]]\W*$",
    re.IGNORECASE,
)
# the article's title, not a photo's
_TITLE = re.compile(r"[\W_]*judul\b(?!\s*(?:foto|gambar|photo|gbr))", re.IGNORECASE)
_PLACED = re.compile(r"[\W_]*(?:kiri|kanan|atas|bawah|tengah)\s?[:=–—-]", re.IGNORECASE)
_NAMES = re.compile(rf"(?:[\w()-]{{1,120}}{EXTENSION}|{CAMERA})", re.IGNORECASE)
_FEWEST_WORDS, _MOST, _SHORTEST_NAME = 4, 50, 5


def find_unread(text: str, place: str = "", photos: Sequence[str] = ()) -> tuple[Unread, ...]:
    """What of `text` may be a caption though `find_labels` took it for none. `photos`: the names
    of the photos that came along; `place` as in Unread. Pure; linear in `text`."""
    known = know_photos(photos)
    return list_unread(recall(text, known), known, place)


def list_unread(parsed: Parsed, known: Known, place: str = "") -> tuple[Unread, ...]:
    """As `find_unread`, of a text that was parsed already."""
    found: list[Unread] = []
    in_table = {at for table in parsed.tables for at in table}
    for table in parsed.tables:
        row = clean.line(parsed.lines[table[0]].replace("|", " | "))
        found.append(Unread(may_be="caption", kind="table", text=row, place=place))
    for at in _find_lines(parsed, known):
        if at not in in_table:
            words = clean.line(parsed.lines[at])
            found.append(Unread(may_be="caption", kind="line", text=words, place=place))
    return tuple(found[:_MOST])


def _find_lines(parsed: Parsed, known: Known) -> Iterator[int]:
    """The lines that may be captions, by index."""
    headed = {at for at in parsed.bare if _has_words_under(parsed, at)}
    for at, line in enumerate(parsed.lines):
        if parsed.used[at] or not line:
            continue
        if at in headed or may_be_caption(line, known):
            yield at


def _has_words_under(parsed: Parsed, at: int) -> bool:
    """A heading of captions with something like a caption right under it."""
    if weigh_heading(parsed.lines[at]) != "strong":
        return False
    below = next((i for i in range(at + 1, len(parsed.lines)) if parsed.lines[i]), -1)
    if below < 0 or parsed.used[below]:
        return False
    line = parsed.lines[below]
    return len(line.split()) >= 2 and not (_is_letters(line) or _NAMES.search(line))


def _is_letters(line: str) -> bool:
    return is_sign_off(line) or is_greeting(line) or is_letter(line) or is_credit(line)


def may_be_caption(line: str, known: Known) -> bool:
    """Whether a single line may be a caption by its first word, its end, or a photo's name."""
    if claims_captions(line):
        return True
    # its shape first, which few lines have: what speaks against it costs more to find
    return _is_shaped(line, known) and not _is_other(line)


def _is_other(line: str) -> bool:
    """A letter's own words, a heading, a remark on the photos, the article's title."""
    return (
        _is_letters(line)
        or bool(weigh_heading(line))
        or is_remark_on_photos(line)
        or _TITLE.match(line) is not None
    )


def _is_shaped(line: str, known: Known) -> bool:
    """Whether a line begins or ends as captions do, or holds a photo's name."""
    if _PLACED.match(line) and _count_words(line) > _FEWEST_WORDS:
        return True
    bracketed = ")" in line or "]" in line
    if bracketed and _ENDS.search(line) and _count_words(line) >= _FEWEST_WORDS:  # "(Foto" is one
        return True
    line = mend(line)
    opens = _OPENS.match(line)
    if opens and _count_words(line) >= _FEWEST_WORDS:
        rest = line[LEAD.match(line, opens.start("word")).end() :].lstrip(" .:=–—-")  # type: ignore[union-attr]
        return not (is_credit(rest) or is_evasive(rest) or is_evasive(line))
    return _holds_name(line, known)


def _holds_name(line: str, known: Known) -> bool:
    """A photo's name, and four words more."""
    # the short patterns first: most lines name nothing
    is_named = NAMED_FILE.search(line) or (may_name_camera(line) and CAMERA_NAME.search(line))
    if is_named and _NAMES.search(line):
        return _count_words(_NAMES.sub(" ", line)) >= _FEWEST_WORDS
    if not known.spaced or _count_words(line) <= _FEWEST_WORDS:
        return False
    words = f" {space_words(line)} "
    return any(len(name) >= _SHORTEST_NAME and f" {name} " in words for name in known.spaced)


def _count_words(line: str) -> int:
    return sum(any(c.isalpha() for c in word) for word in line.split())
