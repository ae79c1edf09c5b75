"""Caption lines inside a document: under a heading, marked one by one, in Word's Caption style, or
under a picture.

A false caption takes words out of the article, a missed one asks for what is there: a line is a
caption when it is marked as one, and an ordinary sentence that begins with "Foto" is not.
"""

import re

from ingest.read.captions.labels import find_labels
from ingest.read.document.byline import is_name, parse, parse_keyed, parse_lone_key
from ingest.read.document.lines import Line
from ingest.read.document.role_map import Sheet, is_heading, is_prose
from redaksi.model import Label
from redaksi.text import clean

_PHOTO = r"(?:foto|photo|gambar|gbr|image|picture|figure|fig|pic|dokumentasi)"
_EXTENSION = r"\.(?:jpe?g|jpe|jfif|png|tiff?|heic|heif|webp|bmp|gif)"
_CAPTION = r"(?:keterangan|ket|captions?|teks|judul|takarir|narasi)\b\.?\s*(?:untuk\s+)?"
_MARKED = re.compile(
    rf"[\"“(\[*_\s]*(?:(?:{_CAPTION})?(?:"
    rf"{_PHOTO}\.?\s*(?:ke-?\s*|no(?:mor)?\.?\s*|#\s*)?(?:\d{{1,2}}(?!\d)|pertama|kedua|ketiga|keempat|kelima|keenam)"
    rf"|[^:]{{1,200}}?{_EXTENSION}\b"
    r"|(?:IMG|DSC[NF]?|DSCF|PXL|MVIMG|DJI|WhatsApp Image|Screenshot)[-_ ]?\d{3}|P\d{6})"
    rf"|(?:keterangan|ket|captions?|takarir)\.?\s*(?:{_PHOTO}[-\s]*)*[:=–—])",
    re.IGNORECASE,
)
_HEADING = re.compile(
    rf"[\W_]*(?:berikut\s+(?:adalah\s+|ini\s+)?)?(?:(?:daftar|lampiran)\s+)?"
    rf"(?:(?:{_CAPTION})?(?:{_PHOTO}[-\s]*){{1,2}}(?:captions?)?"
    r"|captions?|takarir)(?:\s+(?:kegiatan|pendukung|terlampir|berita|warta|sebagai berikut|berikut"
    r"|adalah|lampiran|acara))*"
    r"\s*[:：.]?[\W_]*",
    re.IGNORECASE,
)
_WEAK_HEADING = re.compile(r"[\W_]*keterangan\s*[:：]?[\W_]*", re.IGNORECASE)
_ITEM = re.compile(r"(?:\d{1,2}\s*[.):]|[-•*–▪·]\s)\s*\S")
_KEY_ALONE = re.compile(
    rf"[\"“(\[]*(?P<key>(?:(?:{_CAPTION})?{_PHOTO}\.?\s*(?:ke-?\s*|no\.?\s*)?\d{{1,2}}|[^:]{{1,200}}?{_EXTENSION}))[\"”)\]]*\s*[:=.–—-]?",
    re.IGNORECASE,
)
_UNKEYED = re.compile(
    r"[(\[]?(?:foto(?:-foto)?|photos?|gambar)(?:\s+(?:[A-I]|I{2,3}|IV|VI{0,3}|atas|bawah|kiri|kanan|tengah|utama|pembuka|penutup|sampul"
    r"|cover|kegiatan|pendukung|tambahan))?\s*[:=–—]\s*(?P<text>.+)",
    re.IGNORECASE,
)
# "[Foto 1]", "(sisipkan foto IMG_2041.jpg di sini)": where the author would have a picture.
_PLACEHOLDER = re.compile(
    rf"[\[(<{{]\s*(?:(?:sisip\w*|letak\w*|tempat\w*|masuk\w*|lihat|insert)\s+)?{_PHOTO}\b[^\])}}>:]{{0,60}}[\])>}}]\.?",
    re.IGNORECASE,
)
_ENDS_WITH_CREDIT = re.compile(r".*[(\[]\s*(?:foto|photo|dok)\b[^)\]]{1,60}[)\]]\.?", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:dok\b|dok\.|dokumentasi|dokumen|istimewa|ist\.?$|humas|kredit|credit|courtesy|oleh\b|by\b|terlampir|milik|pribadi|sumber)",
    re.IGNORECASE,
)
_STYLED_NUMBER = re.compile(
    rf"[(\[]?{_PHOTO}\.?\s*(?:ke-?\s*|no(?:mor)?\.?\s*|#\s*)?(?P<key>\d{{1,2}})\s*[.:–—-]?\s+(?P<text>\S.*)",
    re.IGNORECASE,
)
_TABLE_CAPTION = re.compile(r"(?:tabel|table|grafik|bagan|diagram|peta)\s*\d", re.IGNORECASE)
_STYLES = frozenset(
    {"caption", "keterangan", "keterangan gambar", "keterangan foto", "takarir", "image caption"}
)
_SIGN_OFF = re.compile(
    r"(?:demikian|terima\s*kasih|terimakasih|salam|hormat|wassalam|editor|penyunting|kontak|email|e-mail|no\.?\s*hp"
    r"|sumber|catatan|tentang penulis|profil penulis|biodata|data penulis)\b",
    re.IGNORECASE,
)
_LONGEST, _MOST_WORDS, _SHORT_WORDS = 600, 80, 40
_LOOK_AHEAD = 50  # lines


def find_captions(sheet: Sheet, numbers: list[int]) -> list[Label]:
    """Give caption lines their role; their labels in order. `numbers` are the paragraphs'
    numbers by index."""
    found: list[Label] = []
    told = False  # article text stands above
    index = 0
    while index < len(sheet.lines):
        line = sheet.lines[index]
        if sheet.roles[index] is not None or len(line.text) > _LONGEST:
            told = told or sheet.is_prose(index)
            index += 1
            continue
        taken = _block(sheet, index, numbers, told=told) or _one(sheet, index, numbers)
        if taken is None and line.pictures and (told or _under_bold(sheet, index)):
            taken = _under_pictures(sheet, index, numbers)
        if taken is None:
            told = told or is_prose(line) or is_heading(line)
            index += 1
            continue
        labels, index = taken
        found += labels
    return found


Taken = tuple[list[Label], int]  # labels, and the index of the line that follows


def _one(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """A line that says itself that it is a caption."""
    line = sheet.lines[index]
    place = str(numbers[line.paragraph] or "")
    if line.style in _STYLES:
        sheet.give(index, "caption")
        return _styled(line.text, place), index + 1
    if _MARKED.match(line.text):
        labels = list(find_labels(line.text, "document", place))
        if labels:
            sheet.give(index, "caption")
            return labels, index + 1
        if _KEY_ALONE.fullmatch(line.text) and _may_follow(sheet, index + 1):
            return _with_next(sheet, index, numbers)
        bare = _STYLED_NUMBER.fullmatch(line.text)
        unmarked = (
            bare is not None and bare["text"][0].isupper() and 3 <= line.words <= _SHORT_WORDS
        )
        if bare is not None and unmarked:
            sheet.give(index, "caption")
            return [_label(bare["text"], f"Foto {int(bare['key'])}", place)], index + 1
    if _PLACEHOLDER.fullmatch(line.text):
        sheet.give(index, "label")
        return [], index + 1
    smaller = 0 < line.size < sheet.usual_size
    if smaller and line.words <= _SHORT_WORDS and _ENDS_WITH_CREDIT.fullmatch(line.text):
        sheet.give(index, "caption")
        return [_label(line.text, "", place)], index + 1
    if unkeyed := _UNKEYED.fullmatch(line.text):
        text = unkeyed["text"].strip()
        if _CREDIT.match(text) or is_name(parse(text).name):
            sheet.give(index, "label")
            return [], index + 1
        if len(text.split()) >= 4:
            sheet.give(index, "caption")
            return [_label(text, "", place)], index + 1
    return None


def _styled(text: str, place: str) -> list[Label]:
    """In the Caption style Word writes "Gambar 1" and the words without a mark between them."""
    if _TABLE_CAPTION.match(text):
        return []
    if labels := find_labels(text, "document", place):
        return list(labels)
    numbered = _STYLED_NUMBER.fullmatch(text)
    if numbered:
        return [_label(numbered["text"], f"Foto {int(numbered['key'])}", place)]
    if _KEY_ALONE.fullmatch(text) or _HEADING.fullmatch(text) or _CREDIT.match(text):
        return []
    return [_label(text, "", place)]


def _label(text: str, key: str, place: str) -> Label:
    return Label(text=clean.line(text, _LONGEST).strip('"“”*_ '), key=key, place=place)


def _may_follow(sheet: Sheet, index: int) -> bool:
    """May the line be the words of a key that stands above it?"""
    if not sheet.is_free(index):
        return False
    line = sheet.lines[index]
    return (
        3 <= line.words <= _SHORT_WORDS
        and not _MARKED.match(line.text)
        and not _HEADING.fullmatch(line.text)
        and parse_keyed(line.text) is None
    )


def _with_next(sheet: Sheet, index: int, numbers: list[int]) -> Taken:
    """A key alone, its words on the next line."""
    key = sheet.lines[index].text.strip(' :=.–—-"“”()[]')
    words = sheet.lines[index + 1]
    labels = list(
        find_labels(f"{key}: {words.text}", "document", str(numbers[words.paragraph] or ""))
    )
    sheet.give(index, "label")
    sheet.give(index + 1, "caption")
    return labels, index + 2


def _block(sheet: Sheet, index: int, numbers: list[int], *, told: bool) -> Taken | None:
    """A heading and the captions under it."""
    text = sheet.lines[index].text
    weak = bool(_WEAK_HEADING.fullmatch(text))
    if not weak and not _HEADING.fullmatch(text):
        return None
    found: list[Label] = []
    marked = False
    at = index + 1
    while sheet.is_free(at):
        line = sheet.lines[at]
        if _HEADING.fullmatch(line.text) or _ends_block(line):
            break
        is_marked = bool(_MARKED.match(line.text) or _ITEM.match(line.text))
        if _KEY_ALONE.fullmatch(line.text) and _may_follow(sheet, at + 1):
            labels, at = _with_next(sheet, at, numbers)
            found += labels
            marked = True
            continue
        if not is_marked and (weak or not _goes_on(line, marked=marked, told=told)):
            break
        place = str(numbers[line.paragraph] or "")
        found += find_labels(f"Keterangan foto:\n{line.text}", "document", place)
        marked = marked or is_marked
        sheet.give(at, "caption")
        at += 1
    photos = any(_MARKED.match(sheet.lines[i].text) for i in range(index + 1, at))
    goes_on = any(sheet.is_prose(i) for i in range(at, min(at + _LOOK_AHEAD, len(sheet.lines))))
    if (not found and (weak or not told)) or (weak and not photos and goes_on):
        for i in range(index + 1, at):
            sheet.roles[i] = None
        return None
    sheet.give(index, "label")
    return found, at


def _ends_block(line: Line) -> bool:
    return (
        bool(_SIGN_OFF.match(line.text))
        or parse_keyed(line.text) is not None
        or bool(parse_lone_key(line.text))
    )


def _goes_on(line: Line, *, marked: bool, told: bool) -> bool:
    """May an unmarked line stand in a block? Not after marked ones, unless it is a credit in
    brackets."""
    if marked:
        return line.listed or (line.text.startswith("(") and line.words <= 8)
    return (told or line.listed) and line.words <= _MOST_WORDS


def _under_bold(sheet: Sheet, index: int) -> bool:
    """A plain line under a photo under a bold title: no title itself."""
    line = sheet.lines[index]
    above = sheet.lines[max(0, index - 3) : index]
    return not (line.bold or line.capitals) and any(one.bold and not one.capitals for one in above)


def _under_pictures(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """Lines right under pictures, set as captions are: centred or smaller than what stands
    around them; in a table one for each picture of the row above."""
    first = sheet.lines[index]
    usual = sheet.usual_size
    found: list[Label] = []
    at = index
    many = first.pictures if first.story == "table" else 1
    while at < index + many and sheet.is_free(at):
        line = sheet.lines[at]
        unended = (
            not line.bold
            and not line.listed
            and 4 <= line.words <= 25
            and line.text[-1] not in ".!?:;,"
        )
        dressed = 0 < line.size < usual or bool(line.font and line.font != sheet.usual_font)
        set_apart = line.centered or line.story == "table" or dressed or unended
        if (
            not set_apart
            or not 3 <= line.words <= _SHORT_WORDS
            or _ends_block(line)
            or is_heading(line)
        ):
            break
        if line.story != first.story or (at > index and line.pictures):
            break
        place = str(numbers[line.paragraph] or "")
        if not _CREDIT.match(line.text):
            found.append(_label(line.text, "", place))
        sheet.give(at, "caption")
        at += 1
    return (found, at) if at > index else None
