"""What stands above the article, line by line: its role, the title and the dateline."""

import pytest
from msgspec import Struct

from ingest.read.document.roles.front_matter import Head, find_head, label_letterhead
from ingest.read.document.roles.lines import Line
from ingest.read.document.roles.role_map import Sheet

PROSE = (
    "Warga Siantan Hulu membangun saluran air sepanjang dua ratus meter secara gotong royong pada "
    "hari Minggu pagi bersama lurah, ketua RT dan para pemuda setempat yang membawa alat sendiri."
)
ROLES = {"title": "T", "label": "L", None: "."}


def look(text: str, at: int) -> Line:
    """A line; marks before its text say how it looks: `*` bold, `^` centred, `+` large, `|` in a
    table, `~` in another font, `#` in the style of a title, `1` in that of a first heading, `_`
    in its own paragraph's next line."""
    marks, _, words = text.rpartition("` ")
    return Line(
        paragraph=at - ("_" in marks),
        start=0,
        end=len(words),
        text=words,
        weight=len(words.replace(" ", "")),
        words=len(words.split()),
        story="table" if "|" in marks else "body",
        style="title" if "#" in marks else "heading 1" if "1" in marks else "normal",
        centered="^" in marks,
        listed=False,
        bold="*" in marks,
        size=16.0 if "+" in marks else 12.0,
        font="Arial" if "~" in marks else "Times New Roman",
    )


class Case(Struct, frozen=True):
    """`lines` above the article; `roles` of those: T title, L label, . none."""

    what: str
    lines: list[str]
    roles: str
    title: str = ""
    dateline: str = ""
    logo: bool = False


CASES = [
    # it says so itself
    Case("a field", ["Judul: Warga Membangun Saluran"], "T", "Warga Membangun Saluran"),
    Case("a field of a form", ["Judul Berita = Saluran Baru"], "T", "Saluran Baru"),
    Case("a field above its words", ["Judul:", "Warga Membangun Saluran"], "LT", "Warga Membangun Saluran"),
    Case("a word above them", ["JUDUL", "Warga Membangun Saluran"], "LT", "Warga Membangun Saluran"),
    Case("a cell of its own for the colon", ["|` Judul", "|` :", "|` Saluran Baru"], "LLT", "Saluran Baru"),
    # the style of a title
    Case("a style", ["#` Saluran Baru", "*` Pemerintah Desa"], "T.", "Saluran Baru"),
    Case("a title's style before a heading's", ["1` Warta Kota", "#` Saluran Baru"], "TT", "Saluran Baru"),
    Case("two lines of one style", ["#` Saluran Baru", "#` Di Siantan"], "TT", "Saluran Baru Di Siantan"),
    Case("a full stop parts them", ["#` Saluran baru.", "#` Di Siantan"], "TT", "Saluran baru."),
    Case("another look parts them", ["#` Saluran Baru", "#+` Di Siantan"], "TT", "Saluran Baru"),
    Case("what stands above it is a letterhead", ["*` Kelurahan Siantan", "#` Saluran Baru"], "LT", "Saluran Baru"),
    # set apart
    Case("bold", ["*` Saluran Baru"], "T", "Saluran Baru"),
    Case("centred", ["^` Saluran Baru"], "T", "Saluran Baru"),
    Case("capitals", ["SALURAN BARU"], "T", "SALURAN BARU"),
    Case("large", ["+` Saluran Baru"], "T", "Saluran Baru"),
    Case("without a letter it is none", ["*` 12345"], "."),
    Case("what stands above what is set apart", ["Warta kota", "*` Saluran Baru"], "LT", "Saluran Baru"),
    Case("two lines alike", ["*` Saluran Baru", "*` Di Siantan"], "TT", "Saluran Baru Di Siantan"),
    Case("no more than four", [f"*` Baris {n}" for n in "abcde"], "TTTT.", "Baris a Baris b Baris c Baris d"),
    Case("capitals above a line without", ["*` SALURAN BARU", "*` Di Siantan"], "T.", "SALURAN BARU"),
    Case("a centred line below is part of it", ["*` Saluran Baru", "^` Di Siantan"], "TT", "Saluran Baru"),
    Case("a line under it in another font", ["*` Saluran Baru", "~` Siti Aminah"], "TT", "Saluran Baru"),
    Case("a line of its own paragraph", ["*` Saluran Baru", "_` Siti Aminah"], "TT", "Saluran Baru"),
    Case("a plain line of the next paragraph", ["*` Saluran Baru", "Siti Aminah"], "T.", "Saluran Baru"),
    # plain
    Case("a plain short line", ["Saluran baru di Siantan"], "T", "Saluran baru di Siantan"),
    Case("one word is none", ["Saluran"], "."),
    Case("small letters begin no title", ["saluran baru"], "."),
    Case("a figure does", ["5 saluran baru"], "T", "5 saluran baru"),
    Case("the end of a sentence is none", ["Saluran baru;"], "."),
    Case("of four plain lines none", ["Satu dua", "Tiga empat", "Lima enam", "Tujuh delapan"], "...."),
    Case("of four, the one in another font", ["Satu dua", "Tiga empat", "~` Lima enam", "Tujuh delapan"], "..T.", "Lima enam"),
    # above the title
    Case("an address ends a letterhead", ["^` Kantor Kami", "^` Jl. Merdeka 5", "*` Saluran Baru"], "LLT", "Saluran Baru"),
    Case("an office in capitals", ["^` PEMERINTAH KOTA", "*` Saluran Baru"], "LT", "Saluran Baru"),
    Case("an office in small letters is a title", ["*` Pemerintah Kota Hadir", "^` Siantan"], "TT", "Pemerintah Kota Hadir"),
    Case("but not under a logo", ["*` Pemerintah Kota", "*` Saluran Baru"], "LT", "Saluran Baru", logo=True),
    Case("nor in a table", ["|` Pemerintah Kota", "*` Saluran Baru"], "LT", "Saluran Baru"),
    Case("a title of two lines that begins with an office", ["*` DINAS PU HADIR", "*` DI SIANTAN"], "TT", "DINAS PU HADIR DI SIANTAN"),
    Case("the last line is never a letterhead", ["*` PEMERINTAH KOTA"], "T", "PEMERINTAH KOTA"),
    # labels
    Case("a place and a date", ["Pontianak, 12 November 2026", "*` Saluran Baru"], "LT", "Saluran Baru", "Pontianak"),
    Case("a date alone", ["12 November 2026", "*` Saluran Baru"], "LT", "Saluran Baru"),
    Case("a province in brackets", ["[Kalbar]", "*` Saluran Baru"], "LT", "Saluran Baru", "Kalbar"),
    Case("a field of the form", ["Editor: Siti", "*` Saluran Baru"], "LT", "Saluran Baru"),
    Case("a kind above something else", ["*` SIARAN PERS", "*` Saluran Baru"], "LT", "Saluran Baru"),
    Case("a kind alone", ["*` SIARAN PERS"], "T", "SIARAN PERS"),
    Case("a rule", ["-----", "*` Saluran Baru"], "LT", "Saluran Baru"),
    Case("a key in a table and its cell", ["|` Kategori", "|` :", "|` Infrastruktur", "*` Saluran Baru"], "LLLT", "Saluran Baru"),
    Case("a mark above the text", ["*` Saluran Baru", "Isi berita:"], "TL", "Saluran Baru"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_the_head_of_a_document(case: Case) -> None:
    texts = [*case.lines, PROSE]
    sheet = Sheet([look(text, at) for at, text in enumerate(texts)])
    label_letterhead(sheet)
    head = find_head(sheet, logo=case.logo)
    roles = "".join(ROLES[role] for role in sheet.roles)
    assert (roles, head) == (case.roles + ".", Head(title=case.title, dateline=case.dateline))


def test_of_short_lines_alone_none_is_told_to_be_the_title() -> None:
    sheet = Sheet([look("*` Saluran Baru", 0), look("Siti Aminah", 1)])
    assert find_head(sheet, logo=False) == Head()


def test_an_empty_field_above_a_text_too_long_for_a_title_is_none() -> None:
    sheet = Sheet([look("Judul:", 0), look(f"{PROSE} {PROSE}", 1)])
    assert find_head(sheet, logo=False) == Head()
    assert sheet.roles == [None, None]
