"""A run looks as document defaults, styles and direct formatting make it look, the nearer over
the farther."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.model import Spacing
from tests.unit.document.word_parts import (
    TIMES_12,
    fonts,
    package,
    para,
    paragraphs,
    read,
    run,
    shown,
    size,
    style,
)


def test_without_a_styles_part_word_shows_times_new_roman_10_single() -> None:
    (only,) = paragraphs(para("Halo"), styles=None)
    assert [(each.text, each.font, each.size) for each in only.runs] == [
        ("Halo", "Times New Roman", 10.0)
    ]
    assert only.spacing == Spacing()


def test_document_defaults_apply_where_nothing_else_is_said() -> None:
    assert shown(para("Halo"), TIMES_12) == [("Halo", "Times New Roman", 12.0)]


def test_the_default_paragraph_style_needs_no_mention() -> None:
    normal = style("Normal", default=True, inner=f"<w:rPr>{fonts('Georgia')}</w:rPr>")
    assert shown(para("Halo"), TIMES_12 + normal) == [("Halo", "Georgia", 12.0)]


def test_a_style_adds_to_what_it_is_based_on() -> None:
    styles = (
        TIMES_12
        + style("Dasar", inner=f"<w:rPr>{fonts('Georgia')}{size(11)}</w:rPr>")
        + style("Anak", based="Dasar", inner=f"<w:rPr>{size(16)}</w:rPr>")
    )
    assert shown(para("Halo", '<w:pStyle w:val="Anak"/>'), styles) == [("Halo", "Georgia", 16.0)]


def test_a_character_style_goes_over_the_paragraph_style_and_direct_formatting_over_both() -> None:
    styles = (
        TIMES_12
        + style("P", inner=f"<w:rPr>{fonts('Georgia')}{size(11)}</w:rPr>")
        + style("C", "character", inner=f"<w:rPr>{fonts('Arial')}{size(9)}</w:rPr>")
    )
    body = para(
        run("satu ", '<w:rStyle w:val="C"/>') + run("dua", '<w:rStyle w:val="C"/>' + size(14)),
        '<w:pStyle w:val="P"/>',
    )
    assert shown(body, styles) == [("satu ", "Arial", 9.0), ("dua", "Arial", 14.0)]


def test_a_paragraph_style_that_does_not_exist_is_the_default_one() -> None:
    normal = style("Normal", default=True, inner=f"<w:rPr>{size(13)}</w:rPr>")
    assert shown(para("Halo", '<w:pStyle w:val="Hilang"/>'), TIMES_12 + normal) == [
        ("Halo", "Times New Roman", 13.0)
    ]


def test_a_style_based_on_itself_is_based_on_nothing() -> None:
    odd = style("Normal", default=True, based="Normal", inner=f"<w:rPr>{size(13)}</w:rPr>")
    assert shown(para("Halo"), TIMES_12 + odd) == [("Halo", "Times New Roman", 13.0)]


def test_the_formatting_of_the_paragraph_mark_is_not_that_of_the_text() -> None:
    assert shown(para("Halo", f"<w:rPr>{fonts('Arial')}{size(20)}</w:rPr>"), TIMES_12) == [
        ("Halo", "Times New Roman", 12.0)
    ]


def test_formatting_from_before_a_tracked_change_is_not_shown() -> None:
    changed = (
        f"{size(12)}<w:rPrChange w:id='1' w:author='x'><w:rPr>{size(30)}</w:rPr></w:rPrChange>"
    )
    spaced = (
        '<w:spacing w:line="240"/><w:pPrChange w:id="2" w:author="x"><w:pPr><w:spacing w:line="480"/></w:pPr>'
        "</w:pPrChange>"
    )
    (only,) = paragraphs(para(run("Halo", changed), spaced), TIMES_12)
    assert (only.runs[0].size, only.spacing) == (12.0, Spacing())


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('<w:spacing w:line="360" w:lineRule="auto"/>', Spacing(rule="auto", value=1.5)),
        ('<w:spacing w:line="480"/>', Spacing(rule="auto", value=2.0)),
        ('<w:spacing w:line="300" w:lineRule="exact"/>', Spacing(rule="exact", value=15.0)),
        ('<w:spacing w:line="240" w:lineRule="atLeast"/>', Spacing(rule="atLeast", value=12.0)),
        ('<w:spacing w:line="18pt" w:lineRule="exact"/>', Spacing(rule="exact", value=18.0)),
        ('<w:spacing w:before="240" w:after="240"/>', Spacing()),
    ],
)
def test_line_spacing_as_the_paragraph_states_it(stated: str, expected: Spacing) -> None:
    (only,) = paragraphs(para("Halo", stated), TIMES_12)
    assert only.spacing == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('<w:spacing w:line="240"/>', Spacing()),  # a line without a rule is auto
        ('<w:spacing w:lineRule="atLeast"/>', Spacing(rule="atLeast", value=18.0)),
        ('<w:spacing w:after="0"/>', Spacing(rule="exact", value=18.0)),
    ],
)
def test_what_line_spacing_inherits(stated: str, expected: Spacing) -> None:
    styles = TIMES_12 + style(
        "P", inner='<w:pPr><w:spacing w:line="360" w:lineRule="exact"/></w:pPr>'
    )
    (only,) = paragraphs(para("Halo", '<w:pStyle w:val="P"/>' + stated), styles)
    assert only.spacing == expected


def test_a_paragraph_is_centred_and_listed_by_its_style() -> None:
    listed = style(
        "L", inner='<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:jc w:val="center"/></w:pPr>'
    )
    off = '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr><w:jc w:val="left"/>'
    first, second = paragraphs(
        para("a", '<w:pStyle w:val="L"/>') + para("b", off), TIMES_12 + listed
    )
    assert (first.style, first.centered, first.listed) == ("L", True, True)
    assert (second.style, second.centered, second.listed) == ("L", False, False)


@pytest.mark.parametrize(
    ("paragraph", "character", "direct", "bold"),
    [
        ("", "", "", False),
        ("<w:b/>", "", "", True),
        ("", "<w:b/>", "", True),
        ("<w:b/>", "<w:b/>", "", False),  # one toggle turns the other over
        ("<w:b/>", "<w:b/>", "<w:b/>", True),
        ("<w:b/>", "", '<w:b w:val="0"/>', False),
        ("<w:b/>", '<w:b w:val="false"/>', "", True),
    ],
)
def test_toggle_properties_of_styles_turn_each_other_over(
    paragraph: str, character: str, direct: str, bold: bool
) -> None:
    styles = (
        TIMES_12
        + style("P", inner=f"<w:rPr>{paragraph}</w:rPr>")
        + style("C", "character", inner=f"<w:rPr>{character}</w:rPr>")
    )
    (only,) = paragraphs(
        para(run("x", '<w:rStyle w:val="C"/>' + direct), '<w:pStyle w:val="P"/>'), styles
    )
    assert only.runs[0].bold is bold


def test_a_toggle_of_the_document_defaults_is_not_turned_over() -> None:
    styles = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>"
        + style("P", inner="<w:rPr><w:b/></w:rPr>")
    )
    (only,) = paragraphs(para("x", '<w:pStyle w:val="P"/>'), styles)
    assert only.runs[0].bold


def test_a_large_styles_part_reads_as_a_small_one() -> None:
    """The part is cut at its styles above a size: the reading must not depend on it."""
    few = (
        TIMES_12
        + style("Normal", default=True, inner=f"<w:rPr>{size(11)}</w:rPr>")
        + style("P", based="Normal", inner=f"<w:rPr>{fonts('Georgia')}</w:rPr>")
    )
    body = para("a", '<w:pStyle w:val="P"/>') + para("b")
    many = few + "".join(style(f"Isi{number}", based="Normal") for number in range(800))
    commented = few + "<!-- <w:style w:type='paragraph' w:styleId='P'> -->" + many.removeprefix(few)
    readings = [read(package(body, styles=each)) for each in (few, many, commented)]
    assert readings[0].paragraphs[0].runs[0].font == "Georgia"
    assert readings[1:] == readings[:1] * 2


_pieces = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Cs", "Zs")), min_size=1),
    max_size=5,  # XML 1.0, 2.2
)


@given(_pieces)
def test_how_a_text_is_cut_into_runs_does_not_matter(pieces: list[str]) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    apart = paragraphs(para("".join(run(escaped(each)) for each in pieces) or "<w:r/>"), TIMES_12)
    together = paragraphs(para(run(escaped("".join(pieces)))), TIMES_12)
    assert apart == together


def _long(separator: str = "") -> str:
    """A document long enough to have its repeated run properties cut out before it is parsed."""
    changed = (
        f'{size(14)}<w:rPrChange w:id="1" w:author="a"><w:rPr>{size(30)}</w:rPr></w:rPrChange>'
    )
    return separator.join(
        para(
            run("satu ", fonts("Arial") + size(11)) + run("dua ", "<w:b/>") + run("tiga", changed),
            style_of,
        )
        for style_of in ("", '<w:pStyle w:val="P"/>') * 300
    )


def test_a_long_document_reads_as_a_short_one() -> None:
    styles = TIMES_12 + style("P", inner=f"<w:rPr><w:b/>{size(20)}</w:rPr>")
    first, second, *_, last = paragraphs(_long(), styles)
    assert [(each.font, each.size, each.bold) for each in first.runs] == [
        ("Arial", 11.0, False),
        ("Times New Roman", 12.0, True),
        ("Times New Roman", 14.0, False),
    ]
    assert [(each.font, each.size, each.bold) for each in second.runs] == [
        ("Arial", 11.0, True),
        ("Times New Roman", 20.0, True),
        ("Times New Roman", 14.0, True),
    ]
    assert last == second


@pytest.mark.parametrize(
    "between",
    [
        "<!-- <w:rPr> -->",
        "<!-- </w:rPr> -->",
        "<?x <w:rPr><w:b/></w:rPr> ?>",
        "<w:p><w:r><w:rPr/><w:t><![CDATA[a]]></w:t></w:r></w:p>",
        '<w:p><w:r><w:rPr cut-out="0"><w:b/></w:rPr><w:t>a</w:t></w:r></w:p>',
        '<w:p><w:r><w:rPr cut-out = "77"><w:b/></w:rPr><w:t>a</w:t></w:r></w:p>',
        "<w:p><w:r><w:rPr><w:b/><!-- </w:rPr> --></w:rPr><w:t>a</w:t></w:r></w:p>",
    ],
)
def test_markup_that_could_mislead_the_cuts_does_not(between: str) -> None:
    styles = TIMES_12 + style("P", inner=f"<w:rPr><w:b/>{size(20)}</w:rPr>")
    plain = paragraphs(_long(), styles)
    mixed = paragraphs(_long(between), styles)
    assert [each for each in mixed if each.text.strip() not in {"a", ""}] == list(plain)
    assert all(
        run.bold == ("CDATA" not in between)
        for each in mixed
        if each.text == "a"
        for run in each.runs
    )
