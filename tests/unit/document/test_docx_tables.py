"""Text in tables: their style stands between document defaults and paragraph style (ECMA-376
17.7.2, 17.7.6)."""

import pytest

from redaksi.model import Spacing
from tests.unit.document.word_parts import (
    SPACES,
    TIMES_12,
    fonts,
    para,
    paragraphs,
    shown,
    size,
    style,
)

LOOK_ALL = '<w:tblLook w:firstRow="1" w:lastRow="1" w:firstColumn="1" w:lastColumn="1" w:noHBand="0" w:noVBand="1"/>'


def table(rows: int, columns: int, look: str = "", named: str = "T", cell: str = "x") -> str:
    """A table whose cells hold one paragraph each."""
    row = "<w:tr>" + f"<w:tc>{para(cell)}</w:tc>" * columns + "</w:tr>"
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="{named}"/>{look}</w:tblPr>{row * rows}</w:tbl>'


def condition(kind: str, points: float) -> str:
    return f'<w:tblStylePr w:type="{kind}"><w:rPr>{size(points)}</w:rPr></w:tblStylePr>'


BANDED = '<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblStyleColBandSize w:val="1"/></w:tblPr>'


def sizes(styles: str, body: str) -> list[float]:
    return [each for _, _, each in shown(body, TIMES_12 + styles)]


def test_cells_are_of_the_story_table_in_reading_order() -> None:
    read = paragraphs(para("atas") + table(1, 2) + para("bawah"), TIMES_12)
    assert [(each.story, each.text) for each in read] == [
        ("body", "atas"),
        ("table", "x"),
        ("table", "x"),
        ("body", "bawah"),
    ]


def test_a_table_style_goes_over_the_document_defaults() -> None:
    styles = style(
        "T",
        "table",
        inner=f'<w:pPr><w:spacing w:line="480"/></w:pPr><w:rPr>{fonts("Arial")}</w:rPr>',
    )
    (cell,) = paragraphs(table(1, 1), TIMES_12 + styles)
    assert (cell.runs[0].font, cell.spacing) == ("Arial", Spacing(value=2.0))


def test_a_paragraph_style_goes_over_the_table_style() -> None:
    normal = style("Normal", default=True, inner=f"<w:rPr>{size(15)}</w:rPr>")
    assert sizes(style("T", "table", inner=f"<w:rPr>{size(9)}</w:rPr>") + normal, table(1, 1)) == [
        15.0
    ]


def test_a_paragraph_style_goes_over_the_table_style_even_where_it_repeats_the_defaults() -> None:
    defaults = TIMES_12.replace('w:sz w:val="24"', 'w:sz w:val="28"')
    normal = style("Normal", default=True, inner=f"<w:rPr>{size(14)}</w:rPr>")
    table_style = style("T", "table", inner=f"<w:rPr>{size(9)}</w:rPr>")
    assert shown(table(1, 1), defaults + normal + table_style) == [("x", "Times New Roman", 14.0)]


OVERRIDE = '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:val="1"/>'


@pytest.mark.parametrize(
    ("normal", "compat", "shows"),
    [(12, "", 9.0), (11, "", 9.0), (10, "", 10.0), (14, "", 14.0), (12, OVERRIDE, 12.0)],
)
def test_11_or_12_points_of_the_default_style_give_way_to_the_table_style(
    normal: float, compat: str, shows: float
) -> None:
    styles = style("Normal", default=True, inner=f"<w:rPr>{size(normal)}</w:rPr>") + style(
        "T", "table", inner=f"<w:rPr>{size(9)}</w:rPr>"
    )
    settings = f"<w:settings {SPACES}><w:compat>{compat}</w:compat></w:settings>"
    assert shown(table(1, 1), styles, settings=settings) == [("x", "Times New Roman", shows)]


def test_12_points_of_another_style_do_not_give_way() -> None:
    styles = (
        style("Normal", default=True)
        + style("P", based="Normal", inner=f"<w:rPr>{size(12)}</w:rPr>")
        + style("T", "table", inner=f"<w:rPr>{size(9)}</w:rPr>")
    )
    body = table(1, 1).replace("<w:pPr></w:pPr>", '<w:pPr><w:pStyle w:val="P"/></w:pPr>')
    assert shown(body, styles) == [("x", "Times New Roman", 12.0)]


def test_left_alignment_of_the_default_style_gives_way_to_a_centring_table_style() -> None:
    styles = style("Normal", default=True, inner='<w:pPr><w:jc w:val="left"/></w:pPr>') + style(
        "T", "table", inner='<w:pPr><w:jc w:val="center"/></w:pPr>'
    )
    assert [each.centered for each in paragraphs(table(1, 1), styles)] == [True]


def test_what_the_style_named_normal_table_states_is_ignored() -> None:
    ignored = style("T", "table", inner=f"<w:rPr>{size(9)}</w:rPr>").replace(
        'w:name w:val="T"', 'w:name w:val="Normal Table"'
    )
    assert sizes(ignored, table(1, 1)) == [12.0]


def test_a_table_without_a_style_is_in_the_default_table_style() -> None:
    styles = style("Biasa", "table", default=True, inner=f"<w:rPr>{size(9)}</w:rPr>")
    assert sizes(styles, table(1, 1, named="Hilang")) == [9.0]


def test_conditions_hold_where_the_look_says() -> None:
    styles = style(
        "T",
        "table",
        inner=BANDED
        + condition("wholeTable", 8)
        + condition("band1Horz", 9)
        + condition("band2Horz", 10)
        + condition("firstRow", 11)
        + condition("lastRow", 12.5)
        + condition("firstCol", 13)
        + condition("lastCol", 14)
        + condition("nwCell", 15),
    )
    assert sizes(styles, table(4, 3, LOOK_ALL)) == [
        15,
        11,
        11,
        13,
        9,
        14,
        13,
        10,
        14,
        12.5,
        12.5,
        12.5,
    ]


def test_the_bits_of_an_older_look_count_as_its_attributes() -> None:
    styles = style(
        "T", "table", inner=BANDED + condition("firstRow", 11) + condition("band1Horz", 9)
    )
    assert sizes(styles, table(2, 1, '<w:tblLook w:val="0020"/>')) == [11.0, 9.0]
    assert sizes(styles, table(2, 1, '<w:tblLook w:val="0220"/>')) == [11.0, 12.0]


def test_without_a_look_the_bands_hold_and_no_edge_does() -> None:
    parts = condition("wholeTable", 8) + condition("firstRow", 11) + condition("band1Horz", 9)
    assert sizes(style("T", "table", inner=BANDED + parts), table(2, 1)) == [9.0, 8.0]


def test_a_style_that_states_no_band_size_has_no_bands() -> None:
    styles = style("T", "table", inner=condition("wholeTable", 8) + condition("band1Horz", 9))
    assert sizes(styles, table(2, 1, LOOK_ALL)) == [8.0, 8.0]


def test_column_bands_go_over_row_bands() -> None:
    styles = style(
        "T", "table", inner=BANDED + condition("band1Horz", 9) + condition("band1Vert", 10)
    )
    assert sizes(styles, table(1, 2)) == [10.0, 9.0]


def test_the_bits_of_a_look_count_only_without_its_attributes() -> None:
    styles = style("T", "table", inner=condition("firstRow", 11) + condition("firstCol", 9))
    assert sizes(styles, table(2, 1, '<w:tblLook w:val="00A0" w:firstRow="1"/>')) == [11.0, 12.0]


def test_repeated_heading_rows_look_like_the_first_row() -> None:
    styles = style("T", "table", inner=condition("firstRow", 11))
    heading = "<w:tr><w:trPr><w:tblHeader/></w:trPr>"
    body = table(3, 1, '<w:tblLook w:firstRow="1"/>').replace("<w:tr>", heading, 2)
    assert sizes(styles, body) == [11.0, 11.0, 12.0]


def test_bands_are_as_wide_as_the_style_says() -> None:
    styles = style(
        "T",
        "table",
        inner='<w:tblPr><w:tblStyleRowBandSize w:val="2"/></w:tblPr>'
        + condition("band1Horz", 9)
        + condition("band2Horz", 10),
    )
    look = '<w:tblLook w:firstRow="0" w:noHBand="0" w:noVBand="1"/>'
    assert sizes(styles, table(5, 1, look)) == [9.0, 9.0, 10.0, 10.0, 9.0]


def test_conditions_of_the_style_it_is_based_on_hold_too() -> None:
    styles = style("Dasar", "table", inner=condition("firstRow", 11)) + style(
        "T", "table", based="Dasar", inner=f"<w:rPr>{size(9)}</w:rPr>"
    )
    assert sizes(
        styles, table(2, 1, '<w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/>')
    ) == [
        11.0,
        9.0,
    ]


def test_a_table_in_a_cell_has_its_own_style() -> None:
    styles = style("Luar", "table", inner=f"<w:rPr>{size(9)}</w:rPr>") + style(
        "T", "table", inner=f"<w:rPr>{fonts('Arial')}</w:rPr>"
    )
    row = f"<w:tr><w:tc>{table(1, 1)}{para('y')}</w:tc></w:tr>"
    outer = f'<w:tbl><w:tblPr><w:tblStyle w:val="Luar"/></w:tblPr>{row}</w:tbl>'
    assert shown(outer, TIMES_12 + styles) == [("x", "Arial", 12.0), ("y", "Times New Roman", 9.0)]


def test_deleted_rows_and_cells_are_not_shown() -> None:
    gone = (
        f'<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr><w:tc>{para("hapus")}</w:tc></w:tr>'
    )
    cell = f'<w:tc><w:tcPr><w:cellDel w:id="2" w:author="a"/></w:tcPr>{para("hapus")}</w:tc>'
    body = f"<w:tbl>{gone}<w:tr>{cell}<w:tc>{para('tetap')}</w:tc></w:tr></w:tbl>"
    assert [each.text for each in paragraphs(body, TIMES_12)] == ["tetap"]


def test_rows_and_cells_inside_content_controls_are_read() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = control.format("<w:tr>" + control.format(f"<w:tc>{para('isi')}</w:tc>") + "</w:tr>")
    assert [each.text for each in paragraphs(f"<w:tbl>{row}</w:tbl>", TIMES_12)] == ["isi"]
