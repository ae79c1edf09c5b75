"""Which lines of a document are captions: the forms as a table."""

import pytest
from msgspec import Struct

from ingest.read.document.roles.captions import find_captions, find_unread_lines
from ingest.read.document.roles.lines import Line
from ingest.read.document.roles.role_map import Sheet

PROSE = (
    "Warga Siantan Hulu membangun saluran air sepanjang dua ratus meter secara gotong royong pada "
    "hari Minggu pagi bersama lurah, ketua RT dan para pemuda setempat yang membawa alat sendiri."
)
WORDS = "Warga mengangkat batu fondasi"
SENTENCE = f"{WORDS} untuk saluran."
SPEECH = "“Kami tidak ingin menunggu bantuan saja,” katanya sambil mengangkat karung."
PLACES = [
    "Foto 1 di sini", "Lihat foto 2", "-- foto 1 --", "Foto: terlampir", "Insert foto 1", "Sisipkan gambar 1",
    "*foto 1*", "FOTO 1",
]  # fmt: skip
ROLES = {"caption": "C", "label": "L", None: "."}


def look(text: str, at: int) -> Line:
    """A line; marks before its text say how it looks: `c` in Word's Caption style, `^` centred,
    `-` smaller than the text, `*` bold, `|` in a table, `o` a picture right above it."""
    marks, _, words = text.rpartition("` ")
    return Line(
        paragraph=at,
        start=0,
        end=len(words),
        text=words,
        weight=len(words.replace(" ", "")),
        words=len(words.split()),
        story="table" if "|" in marks else "body",
        style="caption" if "c" in marks else "normal",
        centered="^" in marks,
        listed=False,
        bold="*" in marks,
        size=9.0 if "-" in marks else 12.0,
        font="Times New Roman",
        pictures=marks.count("o"),
    )


class Case(Struct, frozen=True):
    """`lines` below an article's text; their `roles`: C caption, L label, . none; the captions
    as "key|words"."""

    what: str
    lines: list[str]
    roles: str
    found: list[str] = []


CASES = [
    # a line that says so itself
    Case("a number", [f"Foto 1: {WORDS}"], "C", [f"Foto 1|{WORDS}"]),
    Case("two numbers", [f"Foto 1 dan 2: {WORDS}"], "C", [f"Foto 1|{WORDS}", f"Foto 2|{WORDS}"]),
    Case("a file's name", [f"IMG_2041.jpg: {WORDS}"], "C", [f"IMG_2041.jpg|{WORDS}"]),
    Case("a number without a mark", [f"Foto 2 {WORDS}"], "C", [f"Foto 2|{WORDS}"]),
    Case("but not in small letters", ["Foto 2 memperlihatkan warga desa"], "."),
    Case("a number above its words", ["Foto 1", WORDS], "LC", [f"Foto 1|{WORDS}"]),
    Case("a photo's place is no caption", ["IMG_2041.jpg", "Lokasi : Kelurahan Siantan Hulu"], "L."),
    Case("a number above another", ["Foto 1", "Foto 2"], "LL"),
    Case("words alone behind the word", [f"Foto: {WORDS}"], "C", [f"|{WORDS}"]),
    Case("three words are too few", ["Foto: Warga mengangkat batu"], "."),
    Case("a credit is no caption", ["Foto: Dok. Kelurahan Siantan"], "L"),
    Case("nor is a name", ["Foto: Siti Aminah"], "L"),
    Case("a place for a picture", ["[Foto 1]"], "L"),
    Case("small, with a credit behind it", [f"-` {WORDS} (Foto: Siti)"], "C", [f"|{WORDS} (Foto: Siti)"]),
    Case("as large as the text", [f"{WORDS} (Foto: Siti)"], "."),
    # Word's Caption style
    Case("a style", [f"c` {WORDS}"], "C", [f"|{WORDS}"]),
    Case("a style and a number", [f"c` Gambar 3 {WORDS}"], "C", [f"Foto 3|{WORDS}"]),
    Case("a table's caption", ["c` Tabel 1 Anggaran desa"], "C"),
    Case("a credit in that style", ["c` Dok. Humas"], "C"),
    # a block under a heading
    Case("numbers", ["Keterangan foto:", f"1. {WORDS}", f"2. {WORDS} lagi"], "LCC", [f"Foto 1|{WORDS}", f"Foto 2|{WORDS} lagi"]),
    Case("bullets", ["Keterangan foto:", f"- {WORDS}"], "LC", [f"|{WORDS}"]),
    Case("a plain line", ["Caption:", WORDS], "LC", [f"|{WORDS}"]),
    Case("but not after marked ones", ["Keterangan foto:", f"1. {WORDS}", WORDS], "LC.", [f"Foto 1|{WORDS}"]),
    Case("a credit in brackets goes on", ["Keterangan foto:", f"1. {WORDS}", "(Dok. Humas)"], "LCC", [f"Foto 1|{WORDS}"]),
    Case("keys above their words", ["Keterangan foto:", "Foto 1", WORDS], "LLC", [f"Foto 1|{WORDS}"]),
    Case("up to thanks", ["Caption:", WORDS, "Terima kasih"], "LC.", [f"|{WORDS}"]),
    Case("up to the byline", ["Caption:", WORDS, "Penulis: Siti"], "LC.", [f"|{WORDS}"]),
    Case("nothing under it, in an article", ["Keterangan foto:"], "L"),
    Case("a weak heading needs marks", ["Keterangan:", WORDS], ".."),
    Case("a weak heading with marks", ["Keterangan:", f"1. {WORDS}"], "LC", [f"Foto 1|{WORDS}"]),
    Case("but not where the article goes on", ["Keterangan:", f"1. {WORDS}", PROSE], "..."),
    Case("unless a photo is spoken of", ["Keterangan:", f"Foto 1: {WORDS}", PROSE], "LC.", [f"Foto 1|{WORDS}"]),
    # under a picture
    Case("centred", [f"o^` {WORDS}"], "C", [f"|{WORDS}"]),
    Case("smaller", [f"o-` {WORDS} di desa."], "C", [f"|{WORDS} di desa."]),
    Case("a few words that end nothing", [f"o` {WORDS}"], "C", [f"|{WORDS}"]),
    Case("a sentence like the text's", [f"o` {WORDS}."], "."),
    Case("bold words like a title's", [f"o*` {WORDS}"], "."),
    Case("two words are too few", ["o^` Warga desa"], "."),
    Case("a credit takes the place", ["o^` Dokumentasi Kelurahan Siantan"], "C"),
    Case("one line alone", [f"o^` {WORDS}", f"^` {WORDS}"], "C.", [f"|{WORDS}"]),
    Case("in a table one a picture", [f"oo|` {WORDS}", f"|` {WORDS} lagi", f"|` {WORDS}"], "CC.", [f"|{WORDS}", f"|{WORDS} lagi"]),
    # rows of a table
    Case("a name and its words", ["|` IMG_1.jpg", f"|` {WORDS}", "|` IMG_2.jpg", f"|` {WORDS} lagi"], "LCLC", [f"IMG_1.jpg|{WORDS}", f"IMG_2.jpg|{WORDS} lagi"]),
    Case("words and then the name", [f"|` {WORDS}", "|` IMG_1.jpg", f"|` {WORDS} lagi", "|` IMG_2.jpg"], "CLCL", [f"IMG_1.jpg|{WORDS}", f"IMG_2.jpg|{WORDS} lagi"]),
    Case("a head row", ["|` No", "|` Nama file", "|` Keterangan", "|` 1", "|` IMG_1.jpg", f"|` {WORDS}"], "LLLLLC", [f"IMG_1.jpg|{WORDS}"]),
    Case("numbers under a head row", ["|` No", "|` Keterangan foto", "|` 1", f"|` {WORDS}", "|` 2", f"|` {WORDS} lagi"], "LLLCLC", [f"Foto 1|{WORDS}", f"Foto 2|{WORDS} lagi"]),
    Case("numbers of anything", ["|` No", "|` Uraian pekerjaan", "|` 1", f"|` {WORDS}"], "...."),
    Case("the word with its number", ["|` Foto 1", f"|` {WORDS}"], "LC", [f"Foto 1|{WORDS}"]),
    # other designators and headings
    Case("a letter", [f"Foto A: {WORDS}"], "C", [f"Foto 1|{WORDS}"]),
    Case("a word", [f"Foto satu: {WORDS}"], "C", [f"Foto 1|{WORDS}"]),
    Case("a place", [f"Foto kiri: {WORDS}"], "C", [f"kiri|{WORDS}"]),
    Case("a stem and a dash", [f"IMG_2041-{WORDS}"], "C", [f"IMG_2041|{WORDS}"]),
    Case("a sentence as heading", ["Berikut keterangan fotonya:", f"- {WORDS}"], "LC", [f"|{WORDS}"]),
    Case("another heading", ["Penjelasan foto:", f"1. {WORDS}"], "LC", [f"Foto 1|{WORDS}"]),
    Case("letters under it", ["Deskripsi gambar", f"a. {WORDS}", f"b. {WORDS} lagi"], "LCC", [f"Foto 1|{WORDS}", f"Foto 2|{WORDS} lagi"]),
    Case("a verb is prose", [f"Foto 1 adalah {WORDS}."], "."),
    Case("a reference to a figure", [f"{WORDS} dengan gembira (Foto 1)."], "."),
    # a place for a picture swallows nothing
    Case("prose under a place", ["[Foto 1]", PROSE, PROSE], "L.."),
    Case("prose under a number", ["Foto 1", PROSE, PROSE], "L.."),
    Case("a sentence under a number, and the article goes on", ["Foto 1", SENTENCE, PROSE], "L.."),
    Case("or under its other forms", ["Gambar 2.", SENTENCE, PROSE], "L.."),
    Case("but not in a caption's look", ["Foto 1", f"-` {SENTENCE}", PROSE], "LC.", [f"Foto 1|{SENTENCE}"]),
    Case("nor where it ends no sentence", ["Foto 1", WORDS, PROSE], "LC.", [f"Foto 1|{WORDS}"]),
    Case("nor under a file's name", ["IMG_2041.jpg", SENTENCE, PROSE], "LC.", [f"IMG_2041.jpg|{SENTENCE}"]),
    Case("nor behind a colon", ["Foto 1:", SENTENCE, PROSE], "LC.", [f"Foto 1|{SENTENCE}"]),
    Case("nor where nothing follows", ["Foto 1", SENTENCE], "LC", [f"Foto 1|{SENTENCE}"]),
    Case("nor where each photo has its own", ["Foto 1", SENTENCE, PROSE, "Foto 2", f"{WORDS} lagi.", PROSE], "LC.LC.", [f"Foto 1|{SENTENCE}", f"Foto 2|{WORDS} lagi."]),
    Case("two sentences of an article's length", ["Foto 1", f"{PROSE} {PROSE}"], "L."),
    Case("a quotation under a number", ["Foto 1:", SPEECH], "L."),
    Case("and under a heading", ["Keterangan foto:", WORDS, SPEECH, PROSE], "LC..", [f"|{WORDS}"]),
    *[Case(f"only a place: {place}", [place, SENTENCE, PROSE], "L..") for place in PLACES],
    Case("numbers below sentences here and there", [SENTENCE, "[Foto 1]", PROSE, SENTENCE, "[Foto 2]"], ".L..L"),
    Case("but one below the other", [SENTENCE, "[Foto 1]", SENTENCE, "[Foto 2]"], "CLCL", [f"Foto 1|{SENTENCE}", f"Foto 2|{SENTENCE}"]),
    Case("several photos in a sentence", ["Foto 1, 2 dan 3 di pameran itu dipotret warga."], "."),
    Case("prose under a word", ["Dokumentasi kegiatan", PROSE, PROSE], "L.."),
    Case("attached", ["(foto terlampir)", PROSE], "L."),
    Case("a block ends where prose goes on", ["Keterangan foto:", WORDS, PROSE, PROSE], "LC..", [f"|{WORDS}"]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_captions_below_an_article(case: Case) -> None:
    sheet = Sheet([look(text, at) for at, text in enumerate([PROSE, *case.lines])])
    labels = find_captions(sheet, list(range(1, len(sheet.lines) + 1)))
    roles = "".join(ROLES[role] for role in sheet.roles)
    assert roles == "." + case.roles
    assert [f"{label.key}|{label.text}" for label in labels] == case.found


def test_a_heading_above_everything_is_none_without_a_caption() -> None:
    sheet = Sheet([look("Keterangan foto:", 0), look("Foto 1", 1)])
    assert find_captions(sheet, [1, 2]) == []
    assert sheet.roles == [None, "label"]


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        (["*` Judul naskah ini", "Keterangan foto", f"{WORDS}.", WORDS, PROSE], ".LCC."),
        (["Keterangan foto", f"{WORDS}.", WORDS, "*` Judul naskah ini", PROSE], "LCC.."),
        # which of these is the title nobody can tell
        (["Keterangan foto", f"{WORDS}.", WORDS, "Judul naskah ini", PROSE], "....."),
        (["*` Judul naskah ini", "Keterangan foto", *[f"{WORDS}."] * 5, PROSE], "........"),
    ],
)
def test_captions_above_an_article(lines: list[str], roles: str) -> None:
    sheet = Sheet([look(text, at) for at, text in enumerate(lines)])
    find_captions(sheet, list(range(1, len(lines) + 1)))
    assert "".join(ROLES[role] for role in sheet.roles) == roles


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["Foto 1", SENTENCE, PROSE], [SENTENCE]),
        (["[Foto 1]", SENTENCE, PROSE], []),
        (["Foto-foto:", SENTENCE, PROSE], [SENTENCE]),
        ([SENTENCE, "[Foto 1]", PROSE, SENTENCE, "[Foto 2]"], [SENTENCE, SENTENCE]),
        ([SENTENCE, "(foto terlampir)", PROSE], []),
        (["Foto 1", SPEECH, PROSE], []),
    ],
)
def test_what_may_be_a_caption_and_is_counted_is_shown(lines: list[str], shown: list[str]) -> None:
    sheet = Sheet([look(text, at) for at, text in enumerate([PROSE, *lines])])
    numbers = list(range(1, len(sheet.lines) + 1))
    find_captions(sheet, numbers)
    assert [unread.text for unread in find_unread_lines(sheet, numbers)] == shown


def test_a_label_knows_its_paragraph() -> None:
    sheet = Sheet([look(PROSE, 0), look(f"Foto 1: {WORDS}", 1)])
    (label,) = find_captions(sheet, [1, 7])
    assert (label.place, label.source) == ("7", "document")
