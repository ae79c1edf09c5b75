"""Each character takes one of four fonts of its run (ECMA-376 17.3.2.26, [MS-OI29500] 2.1.88); a
theme names them."""

import pytest

from tests.unit.document.word_parts import SPACES, TIMES_12, para, run, shown, theme

FOUR = '<w:rFonts w:ascii="A" w:hAnsi="H" w:eastAsia="E" w:cs="C"/>'


@pytest.mark.parametrize(
    ("character", "font"),
    [
        ("a", "A"),
        ("1", "A"),
        (" ", "A"),
        ("é", "H"),
        ("ÿ", "H"),
        ("ā", "H"),
        ("–", "H"),
        ("”", "H"),
        ("€", "H"),
        ("Ж", "H"),
        ("א", "A"),
        ("ع", "A"),
        ("漢", "E"),
        ("か", "E"),
        ("한", "E"),
        ("，", "E"),
        ("𠀋", "E"),
        ("\U0001f600", "H"),
        ("ก", "H"),
        ("क", "H"),
    ],
)
def test_the_slot_of_a_character(character: str, font: str) -> None:
    assert shown(para(run(character, FOUR)), TIMES_12) == [(character, font, 12.0)]


def test_a_run_is_cut_where_the_slot_changes() -> None:
    assert shown(para(run("café 漢字", FOUR)), TIMES_12) == [
        ("caf", "A", 12.0),
        ("é", "H", 12.0),
        (" ", "A", 12.0),
        ("漢字", "E", 12.0),
    ]


def test_a_run_whose_slots_are_the_same_font_stays_whole() -> None:
    same = '<w:rFonts w:ascii="A" w:hAnsi="A" w:eastAsia="A"/>'
    assert shown(para(run("“café” 漢", same)), TIMES_12) == [("“café” 漢", "A", 12.0)]


def test_times_new_roman_is_no_east_asian_font() -> None:
    stated = '<w:rFonts w:ascii="A" w:hAnsi="A" w:eastAsia="Times New Roman"/>'
    assert shown(para(run("a漢", stated)), TIMES_12) == [("a漢", "A", 12.0)]


@pytest.mark.parametrize(
    ("text", "language", "font"),
    [
        ("”", "", "E"),
        ("±", "", "E"),
        ("é", "", "H"),
        ("é", '<w:lang w:eastAsia="zh-CN"/>', "E"),
        ("a", "", "A"),
    ],
)
def test_the_east_asian_hint_moves_ambiguous_characters(
    text: str, language: str, font: str
) -> None:
    hinted = FOUR.replace("/>", ' w:hint="eastAsia"/>') + language
    assert shown(para(run(text, hinted)), TIMES_12) == [(text, font, 12.0)]


@pytest.mark.parametrize("switch", ["<w:cs/>", "<w:rtl/>"])
def test_complex_script_runs_take_font_size_and_weight_of_their_own(switch: str) -> None:
    stated = FOUR + '<w:b/><w:sz w:val="20"/><w:szCs w:val="36"/>' + switch
    assert shown(para(run("abc é", stated)), TIMES_12) == [("abc é", "C", 18.0)]


def test_a_switched_off_complex_script_is_none() -> None:
    assert shown(para(run("abc", FOUR + '<w:rtl w:val="0"/>')), TIMES_12) == [("abc", "A", 12.0)]


@pytest.mark.parametrize(
    ("reference", "font"),
    [
        ("minorHAnsi", "Calibri"),
        ("majorHAnsi", "Cambria"),
        ("minorAscii", "Calibri"),
        ("majorBidi", "Times New Roman"),
    ],
)
def test_theme_references(reference: str, font: str) -> None:
    stated = f'<w:rFonts w:asciiTheme="{reference}" w:hAnsiTheme="{reference}"/>'
    assert shown(para(run("a", stated)), TIMES_12, theme=theme()) == [("a", font, 12.0)]


def test_a_theme_reference_goes_before_the_name_beside_it() -> None:
    stated = '<w:rFonts w:ascii="Arial" w:asciiTheme="minorHAnsi"/>'
    assert shown(para(run("a", stated)), TIMES_12, theme=theme()) == [("a", "Calibri", 12.0)]


def test_without_a_theme_the_name_beside_the_reference_counts() -> None:
    stated = '<w:rFonts w:ascii="Arial" w:asciiTheme="minorHAnsi"/>'
    assert shown(para(run("a", stated)), TIMES_12) == [("a", "Arial", 12.0)]


def test_a_name_on_the_run_goes_over_a_theme_reference_in_the_defaults() -> None:
    themed = '<w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/></w:rPr>'
    defaults = f"<w:docDefaults><w:rPrDefault>{themed}</w:rPrDefault></w:docDefaults>"
    assert shown(para(run("a", '<w:rFonts w:ascii="Arial"/>')), defaults, theme=theme()) == [
        ("a", "Arial", 10.0)
    ]


SCRIPTS = (
    '<a:font script="Arab" typeface="Arial"/><a:font script="Hebr" typeface="David"/>'
    '<a:font script="Jpan" typeface="MS Mincho"/>'
)


@pytest.mark.parametrize(
    ("language", "font"), [("", "Arial"), ('w:bidi="he-IL"', "David"), ('w:bidi="ar-SA"', "Arial")]
)
def test_an_empty_complex_script_font_is_that_of_the_document_s_script(
    language: str, font: str
) -> None:
    settings = f"<w:settings {SPACES}><w:themeFontLang {language}/></w:settings>"
    stated = '<w:rFonts w:asciiTheme="majorBidi"/>'
    assert shown(
        para(run("a", stated)), TIMES_12, theme=theme(scripts=SCRIPTS), settings=settings
    ) == [("a", font, 12.0)]


@pytest.mark.parametrize(
    ("language", "font"), [('w:eastAsia="ja-JP"', "MS Mincho"), ("", "Calibri")]
)
def test_an_empty_east_asian_font_is_that_of_the_document_s_script_or_none(
    language: str, font: str
) -> None:
    settings = f"<w:settings {SPACES}><w:themeFontLang {language}/></w:settings>"
    stated = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>'
    read = shown(para(run("漢", stated)), TIMES_12, theme=theme(scripts=SCRIPTS), settings=settings)
    assert read == [("漢", font, 12.0)]


@pytest.mark.parametrize(
    ("stated", "points"),
    [
        ("24", 12.0),
        ("23", 11.5),
        ("12pt", 12.0),
        ("1in", 72.0),
        ("-4", 12.0),
        ("besar", 12.0),
        ("", 12.0),
    ],
)
def test_sizes(stated: str, points: float) -> None:
    assert shown(para(run("a", f'<w:sz w:val="{stated}"/>')), TIMES_12) == [
        ("a", "Times New Roman", points)
    ]
