"""Pages: the article set line by line in Times metrics, held against LibreOffice's own
typesetting of the same text."""

import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from desk.demo.texts import CLOSING, MIDDLES, OPENINGS
from ingest.read.document.metrics import measure_width
from ingest.read.document.pages import LINES, count_lines, count_pages
from tests.builders import saved

LIBERATION = Path("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf")
TEXTS = 30


def test_the_widths_are_those_of_a_font_with_the_metrics_of_times() -> None:
    if not LIBERATION.exists():
        pytest.skip("needs libreoffice")
    font = TTFont(LIBERATION)
    names, metrics = font.getBestCmap(), font["hmtx"]
    letters = [chr(code) for code in range(32, 127)] + list("“”‘’–—…•·éñÜÀçß×÷«»©®°½€™\u00a0")
    wrong = {c: (measure_width(c), metrics[names[ord(c)]][0] * 1000 / 2048) for c in letters}
    assert {c: pair for c, pair in wrong.items() if abs(pair[0] - pair[1]) > 1} == {}


def test_short_paragraphs_fill_a_line_each() -> None:
    assert count_pages(["Warga."] * LINES) == 1
    assert count_pages([]) == 0
    assert count_pages(["", " \u00a0 "]) == 0


def test_a_line_break_starts_a_line() -> None:
    assert count_lines("satu\ndua\vtiga") == 3


def test_spaces_hang_over_the_edge_and_the_no_break_space_does_not_part() -> None:
    assert count_lines("kata " * 3 + " " * 500) == 1
    word = "m" * 20
    assert count_lines(" ".join([word] * 4)) == 2
    assert count_lines(f"{word} {word}\u00a0{word} {word}") == 3


def test_a_hyphen_may_end_a_line() -> None:
    assert count_lines("m" * 40 + "-" + "m" * 15) == 2
    assert count_lines("m" * 110) == 3


@given(st.text(st.characters(codec="utf-8"), max_size=400), st.text("abc ", max_size=100))
def test_more_text_never_fills_fewer_lines(one: str, two: str) -> None:
    assert 1 <= count_lines(one) <= count_lines(one + two)


def normalised(number: int) -> list[str]:
    """One of thirty texts of one to four pages: paragraphs of uneven length, quotations,
    numbers, slashes, hyphens."""
    pool = [
        text.format(
            place=("Siantan Hulu", "Talise", "Tallo", "Legok")[number % 4],
            work="menata kota/kabupaten",
        )
        for text in (
            *OPENINGS,
            *MIDDLES,
            CLOSING,
            "Kegiatan diikuti anak-anak, bapak-bapak, dan ibu-ibu se-Kelurahan.",
        )
    ]
    paragraphs: list[str] = []
    turn = number
    while sum(map(len, paragraphs)) < 3000 + 360 * number:
        first, second = pool[turn % len(pool)], pool[(turn * 7 + 3) % len(pool)]
        paragraphs.append(first if turn % 3 else f"{first} {second}")
        turn += 1
    return paragraphs


def test_pages_are_within_five_percent_of_libreoffice(tmp_path: Path) -> None:
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if soffice is None or not LIBERATION.exists():
        pytest.skip("needs libreoffice")
    if pdftotext is None:
        pytest.skip("needs pdftotext")
    texts = [normalised(number) for number in range(TEXTS)]
    for number, paragraphs in enumerate(texts):
        (tmp_path / f"{number}.docx").write_bytes(typeset(paragraphs))
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *(str(tmp_path / f"{number}.docx") for number in range(TEXTS)),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    filled = [lines_a_page(tmp_path / f"{number}.pdf", pdftotext) for number in range(TEXTS)]
    full = max(max(counts) for counts in filled)
    assert full == LINES
    assert max(map(len, filled)) >= 4
    far = {}
    for number, (paragraphs, counts) in enumerate(zip(texts, filled, strict=True)):
        real = len(counts) - 1 + counts[-1] / full
        if abs(count_pages(paragraphs) - real) > 0.05 * real:
            far[number] = (round(count_pages(paragraphs), 2), round(real, 2))
    assert far == {}


def typeset(paragraphs: list[str]) -> bytes:
    """A4, 2.54 cm margins, 12 points, single, no space between paragraphs, no widow control."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(
        2.54
    )
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Serif", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Liberation Serif")
    layout = normal.paragraph_format
    layout.line_spacing, layout.space_before, layout.space_after = 1.0, Pt(0), Pt(0)
    layout.widow_control = False
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def lines_a_page(pdf: Path, pdftotext: str) -> list[int]:
    """How many lines stand on each page of a PDF."""
    told = subprocess.run(
        [pdftotext, "-bbox-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    sheets = told.stdout.split("<page ")[1:]
    return [
        len({round(float(y)) for y in re.findall(r'<line [^>]*yMin="([\d.]+)"', page)})
        for page in sheets
    ]


def test_a_book_is_reckoned_from_its_first_thirty_pages() -> None:
    paragraphs = normalised(3) * 12
    assert count_pages(paragraphs) == pytest.approx(
        sum(map(count_lines, paragraphs)) / LINES, rel=0.02
    )
