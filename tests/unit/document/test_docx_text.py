"""Which characters of a .docx are shown, and to which story they belong."""

import pytest

from redaksi.limits import Safety
from tests import builders
from tests.unit.document.word_parts import (
    SPACES,
    TIMES_12,
    package,
    para,
    paragraphs,
    read,
    run,
    style,
)


def texts(body: str, styles: str = TIMES_12, **parts: str) -> list[str]:
    return [each.text for each in paragraphs(body, styles, **parts)]


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


# ── characters ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("<w:tab/>", "\t"),
        ("<w:br/>", "\n"),
        ('<w:br w:type="page"/>', "\n"),
        ("<w:cr/>", "\n"),
        ("<w:noBreakHyphen/>", "\u2011"),
        ("<w:softHyphen/>", "\u00ad"),
        ("<w:lastRenderedPageBreak/>", ""),
        ("<w:t>a&#10;b\tc</w:t>", "a b c"),
        ('<w:t xml:space="preserve"> a </w:t>', " a "),
        ("<w:t> a </w:t>", "a"),
        ("<w:t/>", ""),
    ],
)
def test_characters_that_have_an_element_of_their_own(element: str, text: str) -> None:
    assert texts(f"<w:p><w:r>{element}</w:r></w:p>") == [text]


def test_a_symbol_is_shown_in_the_font_it_names() -> None:
    (only,) = paragraphs(
        '<w:p><w:r><w:t>a</w:t><w:sym w:font="Wingdings" w:char="F0E0"/></w:r></w:p>', TIMES_12
    )
    assert [(each.text, each.font) for each in only.runs] == [
        ("a", "Times New Roman"),
        ("\uf0e0", "Wingdings"),
    ]


def test_runs_inside_links_content_controls_and_smart_tags_are_read() -> None:
    inside = (
        f"<w:hyperlink>{run('a')}</w:hyperlink><w:smartTag>{run('b')}</w:smartTag>"
        f"<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>{run('c')}</w:sdtContent></w:sdt>"
        f"<w:customXml>{run('d')}</w:customXml><w:bdo>{run('e')}</w:bdo>"
    )
    assert texts(f"<w:p>{inside}</w:p><w:sdt><w:sdtContent>{para('f')}</w:sdtContent></w:sdt>") == [
        "abcde",
        "f",
    ]


def test_of_a_guided_text_the_base_is_read() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('atas')}</w:rt><w:rubyBase>{run('dasar')}</w:rubyBase></w:ruby></w:r>"
    assert texts(f"<w:p>{ruby}</w:p>") == ["dasar"]


# ── fields ────────────────────────────────────────────────────────────────────────────────────────


def test_of_a_field_the_result_is_shown() -> None:
    code = "<w:r><w:instrText>PAGE</w:instrText><w:t>kode</w:t></w:r>"
    field = char("begin") + code + char("separate") + run("7") + char("end")
    assert texts(f"<w:p>{run('hal ')}{field}{run('.')}</w:p>") == ["hal 7."]


def test_of_a_simple_field_the_content_is_shown() -> None:
    assert texts(f'<w:p><w:fldSimple w:instr="DATE">{run("hari ini")}</w:fldSimple></w:p>') == [
        "hari ini"
    ]


def test_a_field_inside_the_code_of_another_is_not_shown() -> None:
    inner = char("begin") + char("separate") + run("dalam") + char("end")
    outer = char("begin") + inner + char("separate") + run("luar") + char("end")
    assert texts(f"<w:p>{outer}</w:p>") == ["luar"]


def test_a_field_may_reach_over_paragraphs() -> None:
    body = f"<w:p>{char('begin')}{char('separate')}{run('a')}</w:p><w:p>{run('b')}{char('end')}{run('c')}</w:p>"
    assert texts(body) == ["a", "bc"]


def test_a_field_that_nothing_ends_hides_nothing() -> None:
    assert texts(f"<w:p>{char('begin')}{run('a')}</w:p>{para('b')}") == ["a", "b"]


# ── tracked changes ───────────────────────────────────────────────────────────────────────────────


def test_insertions_are_shown_and_marked_deletions_are_not_shown() -> None:
    body = (
        f"<w:p>{run('a')}<w:ins>{run('b')}</w:ins><w:del><w:r><w:delText>c</w:delText></w:r>{run('d')}</w:del>"
        f"<w:moveFrom>{run('e')}</w:moveFrom><w:moveTo>{run('f')}</w:moveTo></w:p>"
    )
    reading = read(package(body, styles=TIMES_12))
    assert [(each.text, each.inserted) for each in reading.paragraphs[0].runs] == [
        ("a", False),
        ("bf", True),
    ]
    assert reading.notes == ("tracked-changes",)


MARK = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'


def test_a_paragraph_whose_mark_is_deleted_runs_into_the_next_and_looks_like_it() -> None:
    styles = TIMES_12 + style("P", inner='<w:rPr><w:sz w:val="40"/></w:rPr>')
    first, second = paragraphs(
        para("a", MARK) + para("b", '<w:pStyle w:val="P"/>') + para("c"), styles
    )
    assert (first.text, first.style, [each.size for each in first.runs]) == ("ab", "P", [20.0])
    assert second.text == "c"


def test_a_deleted_paragraph_is_no_paragraph() -> None:
    gone = f"<w:p><w:pPr>{MARK}</w:pPr><w:del><w:r><w:delText>hapus</w:delText></w:r></w:del></w:p>"
    assert texts(
        para("a") + gone + "<w:tbl><w:tr><w:tc>" + para("b") + "</w:tc></w:tr></w:tbl>" + gone
    ) == [
        "a",
        "b",
    ]


# ── hidden text ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("properties", "hidden"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="0"/>', False),
        ("<w:webHidden/>", False),
        ('<w:rStyle w:val="H"/>', True),
        ('<w:rStyle w:val="H"/><w:vanish w:val="false"/>', False),
    ],
)
def test_hidden_text_is_kept_and_marked(properties: str, hidden: bool) -> None:
    styles = TIMES_12 + style("H", "character", inner="<w:rPr><w:vanish/></w:rPr>")
    (only,) = paragraphs(para(run("x", properties)), styles)
    assert (only.runs[0].hidden, only.text) == (hidden, "" if hidden else "x")


# ── alternatives and text boxes ───────────────────────────────────────────────────────────────────


def alternate(*choices: tuple[str, str], fallback: str = "") -> str:
    written = "".join(
        f'<mc:Choice Requires="{wanted}">{content}</mc:Choice>' for wanted, content in choices
    )
    return (
        f"<mc:AlternateContent>{written}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def test_of_alternatives_the_first_that_word_understands_is_taken() -> None:
    unknown = alternate(("asing", run("a")), fallback=run("b"))
    known = alternate(("wps", run("c")), fallback=run("d"))
    assert texts(f'<w:p xmlns:asing="http://contoh.example/asing">{unknown}{known}</w:p>') == ["bc"]


def box(text: str) -> str:
    return (
        f"<w:drawing><wps:txbx><w:txbxContent>{para(text)}</w:txbxContent></wps:txbx></w:drawing>"
    )


def vml_box(text: str) -> str:
    return f"<w:pict><v:textbox><w:txbxContent>{para(text)}</w:txbxContent></v:textbox></w:pict>"


def test_a_text_box_follows_its_paragraph_once_though_it_is_written_twice() -> None:
    both = alternate(("wps", box("kotak")), fallback=vml_box("kotak"))
    reading = read(
        package(f"<w:p>{run('a')}<w:r>{both}</w:r>{run('b')}</w:p>{para('c')}", styles=TIMES_12)
    )
    assert [(each.story, each.text) for each in reading.paragraphs] == [
        ("body", "ab"),
        ("textbox", "kotak"),
        ("body", "c"),
    ]
    assert reading.notes == ("text-boxes",)


def test_an_old_text_box_is_read_too() -> None:
    assert texts(f"<w:p><w:r>{vml_box('lama')}</w:r></w:p>") == ["", "lama"]


def test_a_field_in_a_text_box_does_not_reach_out_of_it() -> None:
    open_field = f"<w:txbxContent><w:p>{char('begin')}{run('x')}</w:p></w:txbxContent>"
    body = f"<w:p><w:r><w:drawing>{open_field}</w:drawing></w:r>{run('a')}</w:p>{para('b')}"
    assert texts(body)[0] == "a"
    assert texts(body)[-1] == "b"


# ── notes, headers, footers, other parts ──────────────────────────────────────────────────────────


def test_notes_are_read_in_the_order_of_their_references() -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}">{para(text)}</w:footnote>'
        for number, text in ((1, "satu"), (2, "dua"))
    )
    footnotes = f"<w:footnotes {SPACES}>{notes}</w:footnotes>"
    body = f'<w:p>{run("x")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    read_notes = paragraphs(body, TIMES_12, footnotes=footnotes)
    assert [(each.story, each.text) for each in read_notes] == [("body", "x"), ("note", "dua")]


def test_a_note_of_deleted_text_is_not_shown() -> None:
    footnotes = (
        f'<w:footnotes {SPACES}><w:footnote w:id="2">{para("dua")}</w:footnote></w:footnotes>'
    )
    body = '<w:p><w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:del></w:p>'
    assert texts(body, footnotes=footnotes) == [""]


def header(kind: str, text: str) -> str:
    return f"<w:{kind} {SPACES}>{para(text)}</w:{kind}>"


@pytest.mark.parametrize(
    ("which", "section", "settings", "expected"),
    [
        ("default", "", "", ["kop"]),
        ("first", "", "", []),
        ("first", "<w:titlePg/>", "", ["kop"]),
        ("even", "", "", []),
        ("even", "", "<w:evenAndOddHeaders/>", ["kop"]),
    ],
)
def test_headers_are_read_when_a_section_shows_them(
    which: str, section: str, settings: str, expected: list[str]
) -> None:
    reference = f'<w:headerReference w:type="{which}" r:id="h"/>'
    content = package(
        para("isi") + f"<w:sectPr>{reference}{section}</w:sectPr>",
        styles=TIMES_12,
        parts={"settings": f"<w:settings {SPACES}>{settings}</w:settings>"},
        relations=[("h", "header", "h.xml")],
        extra={"word/h.xml": header("hdr", "kop")},
    )
    assert [each.text for each in read(content).paragraphs if each.story == "header"] == expected


def test_a_footer_used_by_two_sections_is_read_once_and_its_text_box_belongs_to_it() -> None:
    section = '<w:sectPr><w:footerReference w:type="default" r:id="f"/></w:sectPr>'
    footer = f"<w:ftr {SPACES}><w:p>{run('kaki')}<w:r>{box('alamat')}</w:r></w:p></w:ftr>"
    content = package(
        para("a", section) + para("b") + section,
        relations=[("f", "footer", "f.xml")],
        extra={"word/f.xml": footer},
    )
    assert [(each.story, each.text) for each in read(content).paragraphs] == [
        ("body", "a"),
        ("body", "b"),
        ("footer", "kaki"),
        ("footer", "alamat"),
    ]


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ('<w:altChunk r:id="x"/>', "altChunk"),
        ('<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>', "comments"),
    ],
)
def test_what_is_not_read_is_noted(body: str, note: str) -> None:
    assert read(package(body)).notes == (note,)


@pytest.mark.parametrize(
    ("says", "notes"), [(builders.SIGNATURE, ("digital-signature",)), ("text/xml", ())]
)
def test_a_digital_signature_is_noted(says: str, notes: tuple[str, ...]) -> None:
    assert read(builders.signed(package(para("a")), says)).notes == notes


def test_macros_are_noted() -> None:
    reading = read(
        package(
            para("a"),
            extra={"word/vbaProject.bin": b"x"},
            main_type="application/vnd.ms-word.document.macroEnabled.main+xml",
        )
    )
    assert (reading.kind, reading.notes) == ("docm", ("macros",))


def test_paragraphs_come_without_role_and_number() -> None:
    assert [(each.role, each.number) for each in paragraphs(para("a"), TIMES_12)] == [("body", 0)]


def test_as_many_paragraphs_as_the_limit_allows_are_read_though_they_are_all_the_same() -> None:
    assert len(paragraphs(para("a") * Safety().max_paragraphs)) == Safety().max_paragraphs
