"""Which characters of a .doc are shown, and in which story."""

import struct

import pytest

from ingest.read.document import doc
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from tests.unit.document.doc_parts import TIMES_12, Made, document, hps, looks, read

SPECIAL = bytes.fromhex("550801")  # sprmCFSpec
# sprmCFRMarkDel, sprmCFRMarkIns
DELETED, INSERTED = (
    bytes.fromhex("000801"),
    bytes.fromhex("010801"),
)
HIDDEN = bytes.fromhex("3c0801")  # sprmCFVanish
IN_TABLE = bytes.fromhex("162401")
ROW_END = bytes.fromhex("16240117240 1".replace(" ", ""))


def texts(made: Made) -> list[str]:
    return [each.text for each in read(made).paragraphs]


def test_paragraphs_end_at_their_marks() -> None:
    assert texts(Made(text="Satu\rDua\r")) == ["Satu", "Dua"]


def test_compressed_characters_are_of_windows_1252() -> None:
    assert texts(Made(text="“Café” – 5 €\r")) == ["“Café” – 5 €"]


def test_line_breaks_and_hyphens_are_characters() -> None:
    assert texts(Made(text="a\x0bb\x1ec\x1fd\r")) == ["a\nb\u2011c\u00add"]


def test_a_page_break_is_no_paragraph_but_a_section_is() -> None:
    assert texts(Made(text="a\x0cb\r")) == ["a\nb"]
    sections = struct.pack("<III", 0, 2, 4) + bytes(24)
    assert texts(Made(text="a\x0cb\r", parts={6: sections})) == ["a", "b"]


def test_a_field_shows_its_result_and_not_its_code() -> None:
    assert texts(Made(text="tanggal \x13 DATE \x14kini\x15.\r")) == ["tanggal kini."]


def test_a_field_in_a_field_code_is_not_shown() -> None:
    assert texts(Made(text="\x13 IF \x13 PAGE \x147\x15 = 7 \x14ya\x15\r")) == ["ya"]


def test_a_field_without_a_result_shows_nothing() -> None:
    assert texts(Made(text="a\x13 SEQ \x15b\r")) == ["ab"]


def test_a_field_code_nothing_ends_is_no_field() -> None:
    assert texts(Made(text="a\x13b\rc\r")) == ["ab", "c"]


def test_deleted_text_is_gone_and_inserted_text_is_marked() -> None:
    reading = read(Made(text="lama baru\r", runs=((0, DELETED), (5, INSERTED), (9, b""))))
    assert [(run.text, run.inserted) for run in reading.paragraphs[0].runs] == [("baru", True)]
    assert reading.notes == ("tracked-changes",)


def test_a_paragraph_whose_mark_is_deleted_runs_into_the_next() -> None:
    assert texts(Made(text="a\rb\r", runs=((0, b""), (1, DELETED), (2, b"")))) == ["ab"]


def test_but_not_into_a_table() -> None:
    made = Made(
        text="a\rb\x07\x07",
        runs=((0, b""), (1, DELETED), (2, b"")),
        blocks=((0, 0, b""), (2, 0, IN_TABLE), (4, 0, ROW_END)),
    )
    assert [(each.text, each.story) for each in read(made).paragraphs] == [
        ("a", "body"),
        ("b", "table"),
    ]


def test_hidden_text_is_kept_and_marked() -> None:
    reading = read(Made(text="ab\r", runs=((0, HIDDEN), (1, b""))))
    assert [(run.text, run.hidden) for run in reading.paragraphs[0].runs] == [
        ("a", True),
        ("b", False),
    ]
    assert reading.paragraphs[0].text == "b"


def test_a_symbol_is_a_character_of_its_own_font() -> None:
    symbol = SPECIAL + struct.pack("<HHH", 0x6A09, 2, 0xF0B7)
    assert looks(read(Made(text="(a\r", runs=((0, symbol), (1, b""))))) == [
        [("\uf0b7", "Symbol", 12.0), ("a", "Times New Roman", 12.0)]
    ]


def test_text_in_tables_is_told_and_row_ends_are_no_paragraphs() -> None:
    made = Made(text="a\x07b\x07\x07c\r", blocks=((0, 0, IN_TABLE), (4, 0, ROW_END), (5, 0, b"")))
    assert [(each.text, each.story) for each in read(made).paragraphs] == [
        ("a", "table"),
        ("b", "table"),
        ("c", "body"),
    ]


def test_stories_are_told_apart() -> None:
    """Main text, footnotes, headers (six separators, then even and odd header, even and odd
    footer, those of the first page), text boxes."""
    headers = struct.pack("<14I", *[0] * 6, 0, 0, 7, 7, 12, 12, 12, 13)
    made = Made(
        text="isi\r\x02catatan\r\rkepala\rkaki\r\rkotak\r\r",
        counts={1: 10, 2: 13, 6: 7},
        parts={11: headers},
    )
    assert [(each.text, each.story) for each in read(made).paragraphs] == [
        ("isi", "body"),
        ("kotak", "textbox"),
        ("catatan", "note"),
        ("kepala", "header"),
        ("kaki", "footer"),
    ]


def test_a_text_box_follows_the_paragraph_it_hangs_on() -> None:
    anchor = struct.pack("<III", 1, 5, 1026) + bytes(22)
    box = bytes(14) + struct.pack("<I", 1026) + bytes(4)
    made = Made(
        text="a\x08\rb\rkotak\r\r",
        runs=((0, b""), (1, SPECIAL), (2, b"")),
        counts={6: 7},
        parts={40: anchor, 56: struct.pack("<III", 0, 6, 7) + box + bytes(22)},
    )
    assert [(each.text, each.story) for each in read(made).paragraphs] == [
        ("a", "body"),
        ("kotak", "textbox"),
        ("b", "body"),
    ]


def test_neighbours_that_look_the_same_are_one_run() -> None:
    made = Made(text="abc\r", runs=((0, TIMES_12), (1, b""), (2, hps(24))))
    assert looks(read(made)) == [[("abc", "Times New Roman", 12.0)]]


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (Made(flags=0x0300), "encrypted"),
        (Made(nfib=0x0068), "word95"),
        (Made(nfib=0x0065, ident=0xA5DC), "word95"),
        (Made(ident=0x1234), "broken"),
        (Made(parts={33: b""}), "broken"),
        (Made(parts={1: b""}), "broken"),
    ],
)
def test_what_cannot_be_read_says_why(made: Made, kind: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(made)
    assert caught.value.kind == kind


def test_a_document_cut_short_in_a_mail_is_broken_not_judged_by_what_is_left() -> None:
    whole = document(Made(text="Warga bergotong royong.\r" * 400))
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(Unreadable) as caught:
            doc.read(whole[: int(len(whole) * share)], Safety())
        assert caught.value.kind == "broken"
