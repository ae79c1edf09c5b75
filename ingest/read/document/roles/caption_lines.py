"""A line of a document that says itself that it is a caption: "Foto 1: …", "[Foto 1]", a file's name
above its words, Word's Caption style.

The forms are the grammar's (ingest.read.captions.grammar); what is a document's own is how a line is
set, and that an article's sentence may begin with "Foto" too.
"""

import re

from ingest.read.captions.grammar.anchors import strip_lead
from ingest.read.captions.grammar.designators import Known
from ingest.read.captions.grammar.headings import read_headed, weigh_heading
from ingest.read.captions.grammar.items import read_item
from ingest.read.captions.grammar.marks import Mark, read_opening, split_designator
from ingest.read.captions.grammar.prose import is_credit, is_letter
from ingest.read.captions.grammar.spelling import mend
from ingest.read.captions.grammar.words import CAMERA, CAPTION, NAMED_FILE, PHOTO
from ingest.read.captions.labels import make_labels, parse, tidy_caption
from ingest.read.captions.prepared import is_record_field
from ingest.read.document.roles.byline import is_name, parse_keyed
from ingest.read.document.roles.byline import parse as parse_person
from ingest.read.document.roles.role_map import Sheet, is_prose
from redaksi.model import Label, LabelKind, Role

NOBODY = Known()  # which photos came along no document knows
HINT = re.compile(
    rf"[\W_]*(?:\d{{1,2}}\s?[.)]\s*)?(?:(?:(?:untuk|pada|dalam|lampiran|(?:nama\s+)?file\s*:)\s*)?{PHOTO}|{CAPTION}|{CAMERA}|semua|berikut|\d{{4,6}}\b|\w{{1,60}}\.\w{{3,4}}\b)",
    re.IGNORECASE,
)
PHOTO_FIRST = re.compile(rf"[\W_]*(?:(?:lampiran|daftar|berikut)\s+)?{PHOTO}", re.IGNORECASE)
# "[Foto 1]", "(sisipkan foto IMG_2041.jpg di sini)": where the author would have a picture.
_PLACEHOLDER = re.compile(
    rf"[\[(<{{]\s*(?:(?:sisip\w*|letak\w*|tempat\w*|masuk\w*|lihat|insert|di\s?sini)\s+)?{PHOTO}[^\])}}>:]{{0,60}}[\])>}}]\.?",
    re.IGNORECASE,
)
# the same without brackets: "Foto 1 di sini", "Lihat foto 2", "-- foto 3 --", "Foto: terlampir"
_GO = r"(?:sisip\w*|letak\w*|tempat\w*|masuk\w*|pasang\w*|lihat|insert)"
_HERE = r"(?:(?:ada\s+)?di\s?(?:sini|bawah(?:\s+ini)?|atas|samping|lampiran)|(?:ter|di)lampir(?:kan)?|menyusul)"
_NUMBERED = rf"{PHOTO}(?:\s*(?:ke-?|no\.?|nomor)?\s*\d{{1,2}})?"
_PLACE = re.compile(
    rf"[\W_]*(?:{_GO}\s+{_NUMBERED}(?:\s+{_HERE})?|{_NUMBERED}\s*[:=]?\s*{_HERE})[\W_]*"
    rf"|[-–—=~#*•.]{{1,5}}\s*{_NUMBERED}\s*[-–—=~#*•.]{{1,5}}",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:kata|ujar|tutur|ucap|ungkap|jelas|papar|tegas|imbuh|tambah|terang|sebut|cetus|pungkas|harap|kenang|cerita"
    r"|lanjut|pesan)(?:nya)?\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?…][\"”’')\]]{0,3}(?:\s+[\"“‘'(\[]?[A-Z]|\s*$)")
_ENDS_WITH_CREDIT = re.compile(r".*[(\[]\s*(?:foto|photo|dok)\b[^)\]]{1,60}[)\]]\.?", re.IGNORECASE)
_TABLE_CAPTION = re.compile(r"(?:tabel|table|grafik|bagan|diagram|peta)\s*\d", re.IGNORECASE)
_STYLES = frozenset(
    {"caption", "keterangan", "keterangan gambar", "keterangan foto", "takarir", "image caption"}
)
_BEHIND = re.compile(rf"[(\[][^()\[\]]{{0,20}}{CAMERA}[)\]]\.?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST = 4
SHORT_WORDS, _LINES_AHEAD = 40, 50
# a sentence under "Foto 1" with more words, where the article goes on, is the article's
_PROSE_WORDS = 20
_LONG = 140  # characters without spaces of two sentences that are no caption
_KEYS_NEAR, _KEY_WORDS = 12, 6  # lines around a key; words of one

Taken = tuple[list[Label], int]  # labels, and the index of the line that follows


def take_line(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """A line that says itself that it is a caption: the first form it has decides."""
    takers = (
        _take_styled, _take_marked, _take_placeholder, _take_credited, _take_unkeyed, _take_place,
    )  # fmt: skip
    for take in takers:
        taken = take(sheet, index, numbers)
        if taken is not None:
            return taken
    return None


def _give(sheet: Sheet, index: int, role: Role, labels: list[Label]) -> Taken:
    """One line with its role."""
    sheet.give(index, role)
    return labels, index + 1


def place_of(sheet: Sheet, index: int, numbers: list[int]) -> str:
    """The number of the line's paragraph."""
    return str(numbers[sheet.lines[index].paragraph] or "")


def _take_styled(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """In Word's Caption style."""
    line = sheet.lines[index]
    if line.style not in _STYLES:
        return None
    return _give(sheet, index, "caption", _styled(line.text, place_of(sheet, index, numbers)))


def _take_marked(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """ "Foto 1: …"; "Foto 1" above its words; "Foto 1 Warga …" without a mark between them."""
    line = sheet.lines[index]
    if not (
        HINT.match(mend(line.text)) or NAMED_FILE.search(line.text) or _BEHIND.search(line.text)
    ):
        return None
    labels = _read_line(line.text, place_of(sheet, index, numbers))
    if labels and not _may_be_sentence(sheet, index):
        return _give(sheet, index, "caption", labels)
    if is_key_above(sheet, index):
        return take_with_next(sheet, index, numbers)
    return None


def _may_be_sentence(sheet: Sheet, index: int) -> bool:
    """ "Foto 1 di papan itu …", unless a line above or below is of another number."""
    line = sheet.lines[index].text
    mark = read_opening(line, NOBODY)
    if mark is None or mark.strong or mark.kind != "number":
        return False
    if not (line[:1].isupper() and mark.text[:1].islower()):
        return False
    around = sheet.lines[max(0, index - 1) : index + 2]
    word = line.split()[0]
    alike = [each.text for each in around if each.text.split()[:1] == [word]]
    others = [other for text in alike if (other := read_opening(text, NOBODY))]
    return not any(other.kind == "number" and other.keys != mark.keys for other in others)


def _read_line(text: str, place: str) -> list[Label]:
    """The captions of a line that says itself that it is one."""
    parsed = parse(text, NOBODY)
    if not parsed.passages or not _says_itself(text, parsed.passages[0].mark):
        return []
    return list(make_labels(parsed, "document", place))


def _says_itself(text: str, mark: Mark) -> bool:
    """Not in passing ("… (Foto 1)" refers to a figure), and not by a number that may be a year."""
    if mark.spoken:
        return False
    if not mark.keys[0] or _is_headed(text):
        return _is_headed(text)
    if mark.kind == "camera" and not mark.led:
        return (
            mark.strong and not _YEAR.fullmatch(mark.keys[0]) and len(mark.text.split()) >= _FEWEST
        )
    if not mark.strong and mark.text[:1].isdigit():  # "Foto 1, 2 dan 3 di pameran itu …"
        return False
    item = read_item(text, listing=False)
    return mark.kind == "name" or (mark.led and bool(is_opened(item.text if item else text)))


def is_opened(text: str) -> bool:
    """Whether a designator stands at the beginning."""
    return read_opening(text, NOBODY) is not None


def _is_headed(text: str) -> bool:
    """ "Keterangan foto: Warga …"."""
    headed = read_headed(text)
    return headed is not None and headed.weight == "strong"


def is_marked(text: str) -> bool:
    """Whether a line opens as a caption does, with or without words."""
    return read_opening(text, NOBODY) is not None or _is_headed(text)


def is_placeholder(text: str) -> bool:
    """ "[Foto 1]", "(foto terlampir)"."""
    return _PLACEHOLDER.fullmatch(text) is not None


def _take_placeholder(sheet: Sheet, index: int, _numbers: list[int]) -> Taken | None:
    """ "[Foto 1]": where the author would have a picture."""
    if not is_placeholder(sheet.lines[index].text):
        return None
    return _give(sheet, index, "label", [])


def _take_place(sheet: Sheet, index: int, _numbers: list[int]) -> Taken | None:
    """ "Foto 1" above what is the article's, "Foto terlampir": only a photo's place, below the
    title."""
    text = sheet.lines[index].text
    if index == 0 or not (_PLACE.fullmatch(text) or is_bare_key(text)):
        return None
    return _give(sheet, index, "label", [])


def is_bare_key(text: str) -> bool:
    """A word for a photo with its designator, or a file's name, and nothing else."""
    if len(text) > 80 or not HINT.match(text):
        return False
    mark = read_opening(text, NOBODY)
    return mark is not None and not mark.text and (mark.led or bool(NAMED_FILE.search(text)))


def is_speech(text: str) -> bool:
    """ "“Kami senang,” katanya": what an article quotes, and no caption."""
    return text[:1] in "\"“”‘'" and _SAYS.search(text) is not None


def _take_credited(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """Smaller than the text, and it ends with "(Foto: …)"."""
    line = sheet.lines[index]
    smaller = 0 < line.size < sheet.usual_size
    if not smaller or line.words > SHORT_WORDS or not _ENDS_WITH_CREDIT.fullmatch(line.text):
        return None
    label = make_label(line.text, "", place_of(sheet, index, numbers))
    return _give(sheet, index, "caption", [label])


def _take_unkeyed(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """ "Foto: Warga bergotong royong …"; a credit, "Foto: Siti", is none."""
    text = sheet.lines[index].text
    headed = read_headed(text) if PHOTO_FIRST.match(text) else None
    if headed is None:
        return None
    words = headed.text
    if is_credit(words) or is_name(parse_person(words).name):
        return _give(sheet, index, "label", [])
    if len(words.split()) < 4 or is_letter(words):
        return None
    return _give(sheet, index, "caption", [make_label(words, "", place_of(sheet, index, numbers))])


def _styled(text: str, place: str) -> list[Label]:
    """In the Caption style Word writes "Gambar 1" and the words without a mark between them."""
    if _TABLE_CAPTION.match(text):
        return []
    if labels := _read_line(text, place):
        return labels
    mark = split_designator(text, NOBODY)
    if mark is not None:
        return [make_label(mark.text, key, place, mark.kind) for key in mark.keys if mark.text]
    if weigh_heading(text) or is_credit(text):
        return []
    return [make_label(text, "", place)]


def make_label(text: str, key: str, place: str, kind: LabelKind = "") -> Label:
    return Label(text=tidy_caption(text), key=key, kind=kind, place=place)


def is_key_above(sheet: Sheet, index: int) -> bool:
    """ "Foto 1" or a file's name alone on its line, above what may be its words."""
    mark = read_alone(sheet, index)
    if mark is None or not may_follow(sheet, index + 1):
        return False
    below = sheet.lines[index + 1]
    if is_record_field(below.text):
        return False
    if not is_prose(below):
        return True
    if _count_sentences(below.text) > 1 and below.weight >= _LONG:
        return False
    fewest = 0 if is_placeholder(sheet.lines[index].text) else _PROSE_WORDS
    if below.words > fewest and goes_on_below(sheet, index + 2):
        return False
    return not _may_be_articles(sheet, index, mark)


def _may_be_articles(sheet: Sheet, index: int, mark: Mark) -> bool:
    """Whether the sentence below the key may as well be the article's, which goes on right under
    it: set as the article is, under a number alone that no other key stands beside."""
    below = sheet.lines[index + 1]
    is_named = mark.kind == "name" or sheet.lines[index].text.endswith((":", "=", "-", "–"))
    is_set_as_text = (below.font, below.size) == (sheet.usual_font, sheet.usual_size)
    if is_named or not is_set_as_text or below.pictures:
        return False
    return (
        sheet.is_free(index + 2) and sheet.is_prose(index + 2) and not _are_keys_near(sheet, index)
    )


def _are_keys_near(sheet: Sheet, index: int) -> bool:
    """Whether other photos have their words in the same way: a short line under each key."""
    others = [
        i
        for i in range(max(0, index - _KEYS_NEAR), min(index + _KEYS_NEAR, len(sheet.lines) - 1))
        if i != index and sheet.lines[i].words <= _KEY_WORDS and is_bare_key(sheet.lines[i].text)
    ]
    return bool(others) and all(_is_short(sheet, i + 1) for i in others)


def _is_short(sheet: Sheet, index: int) -> bool:
    """One sentence of a caption's length."""
    line = sheet.lines[index]
    return 3 <= line.words <= _PROSE_WORDS and _count_sentences(line.text) < 2


def _count_sentences(text: str) -> int:
    return sum(1 for _ in _SENTENCE.finditer(text))


def is_under_key(sheet: Sheet, index: int) -> bool:
    """Whether a line that is counted as article stands right under "Foto 1" and may be its
    caption."""
    if index == 0 or sheet.roles[index - 1] != "label":
        return False
    line, key = sheet.lines[index], sheet.lines[index - 1].text
    if not 3 <= line.words <= SHORT_WORDS or is_placeholder(key) or is_speech(line.text):
        return False
    return is_bare_key(key)


def is_over_key(sheet: Sheet, index: int) -> bool:
    """Whether a short sentence stands right over "[Foto 1]": a caption set below the picture?"""
    line, below = sheet.lines[index], index + 1
    is_short = 3 <= line.words <= _PROSE_WORDS and not is_speech(line.text)
    return is_short and below < len(sheet.lines) and is_bare_key(sheet.lines[below].text)


def goes_on_below(sheet: Sheet, at: int) -> bool:
    """Whether article text follows."""
    return any(sheet.is_prose(i) for i in range(at, min(at + _LINES_AHEAD, len(sheet.lines))))


def may_follow(sheet: Sheet, index: int) -> bool:
    """May the line be the words of a key that stands above it?"""
    if not sheet.is_free(index):
        return False
    line = sheet.lines[index]
    return (
        3 <= line.words <= SHORT_WORDS
        and not is_opened(line.text)
        and not weigh_heading(line.text)
        and parse_keyed(line.text) is None
        and not is_speech(line.text)
    )


def take_with_next(sheet: Sheet, index: int, numbers: list[int]) -> Taken:
    """A key alone, its words on the next line."""
    words = sheet.lines[index + 1]
    mark = read_opening(sheet.lines[index].text, NOBODY) or Mark()
    place = place_of(sheet, index + 1, numbers)
    item = read_item(words.text, listing=False)
    text = item.text if item else words.text
    labels = [make_label(strip_lead(text), key, place, mark.kind) for key in mark.keys]
    sheet.give(index, "label")
    sheet.give(index + 1, "caption")
    return labels, index + 2


def read_alone(sheet: Sheet, index: int) -> Mark | None:
    """The designator that is all of a line."""
    mark = read_opening(sheet.lines[index].text, NOBODY)
    return mark if mark is not None and not mark.text else None
