"""The effective font, size, weight and spacing of a .doc: styles, pages of formatting, what fast
saves leave."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.document import doc
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from redaksi.model import Spacing
from tests.unit.document.doc_parts import (
    NORMAL,
    TEXT,
    TIMES_12,
    Made,
    StyleOf,
    chpx_page,
    font,
    hps,
    looks,
    read,
    streams,
)
from tests.unit.document.doc_parts import compound as made_compound

BOLD = bytes.fromhex("350801")
TABLE = bytes.fromhex("162401")


def line(height: int, multiple: int) -> bytes:
    """sprmPDyaLine"""
    return struct.pack("<Hhh", 0x6412, height, multiple)


def istd(number: int) -> bytes:
    """sprmCIstd"""
    return struct.pack("<HH", 0x4A30, number)


def only(made: Made) -> list[tuple[str, str, float]]:
    return looks(read(made))[0]


def test_nothing_stated_is_the_standard_font_in_ten_points() -> None:
    assert only(Made(styles=(StyleOf("Normal"),))) == [("Halo", "Times New Roman", 10.0)]


def test_a_paragraph_style_builds_on_what_it_is_based_on() -> None:
    styles = (NORMAL, StyleOf("Judul", based=0, character=font(1)))
    assert only(Made(styles=styles, blocks=((0, 1, b""),))) == [("Halo", "Calibri", 12.0)]


def test_styles_based_on_each_other_are_read() -> None:
    styles = (StyleOf("A", based=1, character=TIMES_12), StyleOf("B", based=0, character=font(1)))
    assert only(Made(styles=styles)) == [("Halo", "Calibri", 12.0)]


def test_a_character_style_stands_over_the_paragraphs_and_under_the_text() -> None:
    styles = (NORMAL, StyleOf("Kuat", kind=2, character=font(1) + hps(40)))
    made = Made(text="abc\r", styles=styles, runs=((0, istd(1)), (1, istd(1) + hps(22)), (2, b"")))
    assert only(made) == [
        ("a", "Calibri", 20.0),
        ("b", "Calibri", 11.0),
        ("c", "Times New Roman", 12.0),
    ]


@pytest.mark.parametrize(("operand", "bold"), [(0, False), (1, True), (0x80, True), (0x81, False)])
def test_a_toggle_may_follow_or_turn_over_the_style(operand: int, bold: bool) -> None:
    made = Made(
        styles=(StyleOf("Normal", character=BOLD),), runs=((0, bytes([0x35, 0x08, operand])),)
    )
    assert read(made).paragraphs[0].runs[0].bold is bold


def test_a_page_of_formatting_rules_only_its_range_of_the_bin_table() -> None:
    """The page of the first half still has runs for the second, from before."""
    parts = streams(Made(text="abcd\r", runs=((0, hps(20)), (2, hps(40)))))
    word = parts["WordDocument"]
    second = len(word) // 512
    word += chpx_page([(TEXT + 2, hps(28))], TEXT + 5)
    table = parts["1Table"]
    bins = struct.pack("<IIIII", TEXT, TEXT + 2, TEXT + 5, (second - 2), second)
    at = struct.unpack_from("<I", word, 34 + 28 + 2 + 88 + 2 + 8 * 12)[0]
    assert struct.unpack_from("<I", table, at)[0] == TEXT
    place = 34 + 28 + 2 + 88 + 2 + 8 * 12
    word = word[:place] + struct.pack("<II", len(table), len(bins)) + word[place + 8 :]
    reading = doc.read(made_compound({"WordDocument": word, "1Table": table + bins}), Safety())
    assert looks(reading) == [[("ab", "Times New Roman", 10.0), ("cd", "Times New Roman", 14.0)]]


def test_a_piece_may_carry_one_modifier() -> None:
    """Prm0: sprmCFBold by its number, 0x55."""
    made = Made(text="ab\r", pieces=((0, 0), (1, 0x01 << 8 | 0x55 << 1), (2, 0)))
    assert [(run.text, run.bold) for run in read(made).paragraphs[0].runs] == [
        ("a", False),
        ("b", True),
    ]


def test_a_piece_may_carry_a_list_of_modifiers() -> None:
    """Prm1: the number of a Prc in the Clx."""
    made = Made(text="ab\r", pieces=((0, 0), (1, 1), (2, 0)), prcs=(font(1) + hps(20),))
    assert only(made) == [("a", "Times New Roman", 12.0), ("b", "Calibri", 10.0)]


def test_the_piece_of_the_mark_changes_the_paragraph() -> None:
    made = Made(text="ab\r", pieces=((0, 0), (2, 1)), prcs=(line(480, 1),))
    assert read(made).paragraphs[0].spacing == Spacing(value=2.0)


def test_plain_text_goes_back_to_the_style() -> None:
    assert only(Made(runs=((0, font(1) + hps(40) + bytes.fromhex("332a00")),))) == [
        ("Halo", "Times New Roman", 12.0)
    ]


def test_the_style_of_a_paragraph_may_be_stated_again() -> None:
    styles = (NORMAL, StyleOf("Besar", based=0, character=hps(40)))
    assert only(Made(styles=styles, blocks=((0, 0, struct.pack("<HH", 0x4600, 1)),))) == [
        ("Halo", "Times New Roman", 20.0)
    ]


def test_styles_may_be_exchanged_by_a_table() -> None:
    """sprmPIstdPermute, as a paste into a fast-saved document leaves it."""
    styles = (NORMAL, StyleOf("Besar", based=0, character=hps(40)))
    permute = struct.pack("<HBBBHHH", 0xC601, 8, 0, 0, 0, 0, 1)
    assert only(Made(styles=styles, blocks=((0, 0, permute),))) == [
        ("Halo", "Times New Roman", 20.0)
    ]


@pytest.mark.parametrize(
    ("stated", "spacing"),
    [
        (b"", Spacing()),
        (line(240, 1), Spacing()),
        (line(360, 1), Spacing(value=1.5)),
        (line(280, 0), Spacing(rule="atLeast", value=14.0)),
        (line(-280, 0), Spacing(rule="exact", value=14.0)),
        (line(0, 0), Spacing()),
    ],
)
def test_line_spacing(stated: bytes, spacing: Spacing) -> None:
    assert read(Made(blocks=((0, 0, stated),))).paragraphs[0].spacing == spacing


def test_a_long_list_of_modifiers_may_lie_in_the_data_stream() -> None:
    far = line(480, 1)
    made = Made(
        blocks=((0, 0, struct.pack("<HI", 0x6646, 4)),),
        elsewhere=bytes(4) + struct.pack("<H", len(far)) + far,
    )
    assert read(made).paragraphs[0].spacing == Spacing(value=2.0)


def test_centred_and_listed_paragraphs_are_told() -> None:
    made = Made(
        text="a\rb\r", blocks=((0, 0, bytes.fromhex("612401")), (2, 0, bytes.fromhex("0b460100")))
    )
    assert [(each.centered, each.listed) for each in read(made).paragraphs] == [
        (True, False),
        (False, True),
    ]


def test_a_paragraph_taken_out_of_its_styles_list_is_not_listed() -> None:
    listed = StyleOf("Butir", block=bytes.fromhex("0b460100"))
    made = Made(styles=(listed,), blocks=((0, 0, bytes.fromhex("0b4601f8")),))
    assert not read(made).paragraphs[0].listed


def test_a_font_outside_the_table_is_not_guessed() -> None:
    assert only(Made(runs=((0, font(99)),))) == [("Halo", "", 12.0)]


def test_complex_script_text_takes_its_own_font_and_size() -> None:
    stated = bytes.fromhex("5a0801") + struct.pack("<HHHH", 0x4A5E, 1, 0x4A61, 32)  # sprmCFBiDi
    assert only(Made(runs=((0, stated),))) == [("Halo", "Calibri", 16.0)]


def test_a_page_of_formatting_that_cannot_be_read_is_told() -> None:
    made = Made(parts={12: struct.pack("<III", TEXT, TEXT + 5, 4000)})
    reading = read(made)
    assert reading.notes == ("damaged",)
    assert looks(reading) == [[("Halo", "Times New Roman", 12.0)]]


# ── table styles ──────────────────────────────────────────────────────────────────────────────────


def conditions(part: int, grpprl: bytes) -> bytes:
    """sprmCCnf"""
    return struct.pack("<HBH", 0xCA85, 2 + len(grpprl), part) + grpprl


PLAIN = StyleOf("Normal")


def table(look: int, style: StyleOf, normal: StyleOf = PLAIN) -> list[tuple[str, str, float]]:
    """Two rows of two cells, a b / c d, in a table style."""
    end = (
        bytes.fromhex("162401172401")
        + struct.pack("<HH", 0x563A, 1)
        + struct.pack("<HHH", 0x740A, 0, look)
    )
    rows = Made(
        text="a\x07b\x07\x07c\x07d\x07\x07",
        styles=(normal, style),
        blocks=((0, 0, TABLE), (4, 0, end), (5, 0, TABLE), (9, 0, end)),
    )
    return [each[0] for each in looks(read(rows))]


def test_a_table_style_reaches_the_text_in_its_table() -> None:
    assert table(0x0600, StyleOf("Kisi", kind=3, character=hps(18)))[0] == (
        "a",
        "Times New Roman",
        9.0,
    )


def test_a_paragraph_style_stands_over_the_table_style() -> None:
    normal = StyleOf("Normal", character=font(1) + hps(26))
    style = StyleOf("Kisi", kind=3, character=font(2) + hps(18))
    assert table(0x0600, style, normal)[0] == ("a", "Calibri", 13.0)


def test_but_twelve_points_of_the_style_normal_give_way() -> None:
    style = StyleOf("Kisi", kind=3, character=hps(18))
    assert table(0x0600, style, NORMAL)[0] == ("a", "Times New Roman", 9.0)


def test_the_conditions_of_a_table_style_hold_where_the_table_takes_them() -> None:
    style = StyleOf(
        "Kisi",
        kind=3,
        character=hps(18) + conditions(0x0001, hps(40)) + conditions(0x0008, font(1)),
    )
    both = table(0x0020 | 0x0100 | 0x0600, style)
    assert both == [
        ("a", "Times New Roman", 20.0),
        ("b", "Calibri", 20.0),
        ("c", "Times New Roman", 9.0),
        ("d", "Calibri", 9.0),
    ]
    assert {size for _, _, size in table(0x0600, style)} == {9.0}


def test_bands_of_rows_alternate() -> None:
    banded = conditions(0x0040, hps(30)) + conditions(0x0080, hps(32))
    # sprmTCHorzBands 1
    style = StyleOf("Kisi", kind=3, character=banded, table=bytes.fromhex("883401"))
    assert [size for _, _, size in table(0x0400, style)] == [15.0, 15.0, 16.0, 16.0]
    assert {size for _, _, size in table(0x0400, StyleOf("Kisi", kind=3, character=banded))} == {
        10.0
    }


@pytest.mark.parametrize("count", [10, -10])
def test_a_text_that_is_not_all_there_is_broken(count: int) -> None:
    made = Made()
    word = bytearray(streams(made)["WordDocument"])
    place = 34 + 28 + 2 + 12  # ccpText
    struct.pack_into("<i", word, place, struct.unpack_from("<i", word, place)[0] + count)
    with pytest.raises(Unreadable, match="broken"):
        doc.read(made_compound(streams(made) | {"WordDocument": bytes(word)}), Safety())


@given(st.lists(st.integers(1, 38), max_size=6), st.lists(st.integers(1, 38), max_size=6))
def test_how_the_text_is_cut_changes_nothing(pieces: list[int], runs: list[int]) -> None:
    """Pieces of the text, and runs that state the same, are how the file came about, not what it
    says."""
    text = "Warga bergotong royong.\rJalan dibangun.\r"
    whole = read(Made(text=text, runs=((0, font(1)),)))
    cut = Made(
        text=text,
        runs=tuple((at, font(1)) for at in sorted({0, *runs})),
        pieces=tuple((at, 0) for at in sorted({0, *pieces})),
    )
    assert read(cut) == whole
