"""Caption lines inside a document: under a heading, marked one by one, in Word's Caption style, or
under a picture.

A false caption takes words out of the article, a missed one asks for what is there: a line is a
caption when it is marked as one, and an ordinary sentence that begins with "Foto" is not.
"""

import re

from ingest.read.captions.labels import find_labels
from ingest.read.document.roles.byline import is_name, parse, parse_keyed, parse_lone_key
from ingest.read.document.roles.lines import Line
from ingest.read.document.roles.role_map import Sheet, is_heading, is_prose
from redaksi.model import Label, Role
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
_LONGEST, _MOST_WORDS, _SHORT_WORDS, _LINES_AHEAD = 600, 80, 40, 50


def find_captions(sheet: Sheet, numbers: list[int]) -> list[Label]:
    """Give caption lines their role; their labels in order. `numbers` are the paragraphs'
    numbers by index."""
    found: list[Label] = []
    in_article = False  # article text stands above
    index = 0
    while index < len(sheet.lines):
        line = sheet.lines[index]
        if sheet.roles[index] is not None or len(line.text) > _LONGEST:
            in_article = in_article or sheet.is_prose(index)
            index += 1
            continue
        taken = _take(sheet, index, numbers, in_article=in_article)
        if taken is None:
            in_article = in_article or is_prose(line) or is_heading(line)
            index += 1
            continue
        labels, index = taken
        found += labels
    return found


Taken = tuple[list[Label], int]  # labels, and the index of the line that follows


def _take(sheet: Sheet, index: int, numbers: list[int], *, in_article: bool) -> Taken | None:
    """The captions that begin at a line: a block under a heading, a line that says itself what it
    is, lines under a picture."""
    taken = _take_block(sheet, index, numbers, in_article=in_article)
    if taken is None:
        taken = _take_line(sheet, index, numbers)
    if taken is not None:
        return taken
    if sheet.lines[index].pictures and (in_article or _is_under_bold(sheet, index)):
        return _take_under_pictures(sheet, index, numbers)
    return None


def _take_line(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """A line that says itself that it is a caption: the first form it has decides."""
    for take in (_take_styled, _take_marked, _take_placeholder, _take_credited, _take_unkeyed):
        taken = take(sheet, index, numbers)
        if taken is not None:
            return taken
    return None


def _give(sheet: Sheet, index: int, role: Role, labels: list[Label]) -> Taken:
    """One line with its role."""
    sheet.give(index, role)
    return labels, index + 1


def _place(sheet: Sheet, index: int, numbers: list[int]) -> str:
    """The number of the line's paragraph."""
    return str(numbers[sheet.lines[index].paragraph] or "")


def _take_styled(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """In Word's Caption style."""
    line = sheet.lines[index]
    if line.style not in _STYLES:
        return None
    return _give(sheet, index, "caption", _styled(line.text, _place(sheet, index, numbers)))


def _take_marked(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """ "Foto 1: …"; "Foto 1" above its words; "Foto 1 Warga …" without a mark between them."""
    line, place = sheet.lines[index], _place(sheet, index, numbers)
    if not _MARKED.match(line.text):
        return None
    if labels := find_labels(line.text, "document", place):
        return _give(sheet, index, "caption", list(labels))
    if _is_key_above(sheet, index):
        return _take_with_next(sheet, index, numbers)
    numbered = _STYLED_NUMBER.fullmatch(line.text)
    if numbered is None or not numbered["text"][0].isupper():
        return None
    if not 3 <= line.words <= _SHORT_WORDS:
        return None
    return _give(sheet, index, "caption", [_numbered_label(numbered, place)])


def _take_placeholder(sheet: Sheet, index: int, _numbers: list[int]) -> Taken | None:
    """ "[Foto 1]": where the author would have a picture."""
    if not _PLACEHOLDER.fullmatch(sheet.lines[index].text):
        return None
    return _give(sheet, index, "label", [])


def _take_credited(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """Smaller than the text, and it ends with "(Foto: …)"."""
    line = sheet.lines[index]
    smaller = 0 < line.size < sheet.usual_size
    if not smaller or line.words > _SHORT_WORDS or not _ENDS_WITH_CREDIT.fullmatch(line.text):
        return None
    label = _label(line.text, "", _place(sheet, index, numbers))
    return _give(sheet, index, "caption", [label])


def _take_unkeyed(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """ "Foto: Warga bergotong royong …"; a credit, "Foto: Siti", is none."""
    unkeyed = _UNKEYED.fullmatch(sheet.lines[index].text)
    if unkeyed is None:
        return None
    text = unkeyed["text"].strip()
    if _CREDIT.match(text) or is_name(parse(text).name):
        return _give(sheet, index, "label", [])
    if len(text.split()) < 4:
        return None
    return _give(sheet, index, "caption", [_label(text, "", _place(sheet, index, numbers))])


def _styled(text: str, place: str) -> list[Label]:
    """In the Caption style Word writes "Gambar 1" and the words without a mark between them."""
    if _TABLE_CAPTION.match(text):
        return []
    if labels := find_labels(text, "document", place):
        return list(labels)
    numbered = _STYLED_NUMBER.fullmatch(text)
    if numbered:
        return [_numbered_label(numbered, place)]
    if _KEY_ALONE.fullmatch(text) or _HEADING.fullmatch(text) or _CREDIT.match(text):
        return []
    return [_label(text, "", place)]


def _label(text: str, key: str, place: str) -> Label:
    return Label(text=clean.line(text, _LONGEST).strip('"“”*_ '), key=key, place=place)


def _numbered_label(found: re.Match[str], place: str) -> Label:
    return _label(found["text"], f"Foto {int(found['key'])}", place)


def _is_key_above(sheet: Sheet, index: int) -> bool:
    """ "Foto 1" or a file's name alone on its line, above what may be its words."""
    alone = _KEY_ALONE.fullmatch(sheet.lines[index].text)
    return alone is not None and _may_follow(sheet, index + 1)


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


def _take_with_next(sheet: Sheet, index: int, numbers: list[int]) -> Taken:
    """A key alone, its words on the next line."""
    key = sheet.lines[index].text.strip(' :=.–—-"“”()[]')
    words = sheet.lines[index + 1]
    labels = list(
        find_labels(f"{key}: {words.text}", "document", str(numbers[words.paragraph] or ""))
    )
    sheet.give(index, "label")
    sheet.give(index + 1, "caption")
    return labels, index + 2


def _take_block(sheet: Sheet, index: int, numbers: list[int], *, in_article: bool) -> Taken | None:
    """A heading and the captions under it. "Keterangan" alone is a weak one: it may head anything."""
    text = sheet.lines[index].text
    weak = bool(_WEAK_HEADING.fullmatch(text))
    if not weak and not _HEADING.fullmatch(text):
        return None
    labels, end = _gather(sheet, index + 1, numbers, weak=weak, in_article=in_article)
    below = range(index + 1, end)
    empty = not labels and (weak or not in_article)
    if empty or (weak and _goes_on_as_article(sheet, below)):
        for i in below:
            sheet.roles[i] = None
        return None
    sheet.give(index, "label")
    return labels, end


def _gather(sheet: Sheet, at: int, numbers: list[int], *, weak: bool, in_article: bool) -> Taken:
    """The caption lines of a block, from `at` on."""
    found: list[Label] = []
    marked = False
    while sheet.is_free(at):
        line = sheet.lines[at]
        if _HEADING.fullmatch(line.text) or _ends_block(line):
            break
        if _is_key_above(sheet, at):
            labels, at = _take_with_next(sheet, at, numbers)
            found += labels
            marked = True
            continue
        is_marked = bool(_MARKED.match(line.text) or _ITEM.match(line.text))
        if not is_marked and (weak or not _goes_on(line, marked=marked, in_article=in_article)):
            break
        found += find_labels(
            f"Keterangan foto:\n{line.text}", "document", _place(sheet, at, numbers)
        )
        marked = marked or is_marked
        sheet.give(at, "caption")
        at += 1
    return found, at


def _goes_on_as_article(sheet: Sheet, block: range) -> bool:
    """No line of the block speaks of a photo, and article text follows."""
    if any(_MARKED.match(sheet.lines[i].text) for i in block):
        return False
    end = min(block.stop + _LINES_AHEAD, len(sheet.lines))
    return any(sheet.is_prose(i) for i in range(block.stop, end))


def _ends_block(line: Line) -> bool:
    return (
        bool(_SIGN_OFF.match(line.text))
        or parse_keyed(line.text) is not None
        or bool(parse_lone_key(line.text))
    )


def _goes_on(line: Line, *, marked: bool, in_article: bool) -> bool:
    """May an unmarked line stand in a block? Not after marked ones, unless it is a credit in
    brackets."""
    if marked:
        return line.listed or (line.text.startswith("(") and line.words <= 8)
    return (in_article or line.listed) and line.words <= _MOST_WORDS


def _is_under_bold(sheet: Sheet, index: int) -> bool:
    """A plain line under a photo under a bold title: no title itself."""
    line = sheet.lines[index]
    above = sheet.lines[max(0, index - 3) : index]
    return not (line.bold or line.capitals) and any(
        each.bold and not each.capitals for each in above
    )


def _take_under_pictures(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """Lines right under pictures, set as captions are; in a table one for each picture of the row
    above."""
    first = sheet.lines[index]
    most = first.pictures if first.story == "table" else 1
    found: list[Label] = []
    at = index
    while at < index + most and sheet.is_free(at):
        line = sheet.lines[at]
        if line.story != first.story or (at > index and line.pictures):
            break
        if not _is_set_as_caption(sheet, line):
            break
        if not _CREDIT.match(line.text):
            found.append(_label(line.text, "", _place(sheet, at, numbers)))
        sheet.give(at, "caption")
        at += 1
    return (found, at) if at > index else None


def _is_set_as_caption(sheet: Sheet, line: Line) -> bool:
    """Of a caption's length, set apart, and nothing else by its own words."""
    if not 3 <= line.words <= _SHORT_WORDS or not _is_set_apart(sheet, line):
        return False
    return not _ends_block(line) and not is_heading(line)


def _is_set_apart(sheet: Sheet, line: Line) -> bool:
    """Centred, in a table, smaller or in another font than what stands around it, or a few words
    that end no sentence."""
    if line.centered or line.story == "table":
        return True
    smaller = 0 < line.size < sheet.usual_size
    if smaller or (line.font and line.font != sheet.usual_font):
        return True
    plain = not line.bold and not line.listed
    return plain and 4 <= line.words <= 25 and line.text[-1] not in ".!?:;,"
