"""HTML and Markdown of the same blocks: what is printed is what was composed, and never more."""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.articles import html, markdown
from publisher.articles.edition import (
    Amendments,
    Block,
    Byline,
    Edition,
    EditionPhoto,
    Related,
    Span,
)
from publisher.articles.spans import join_lists, make_block, make_line, read_blocks
from redaksi.model import Paragraph
from redaksi.text.clean import prose
from tests.unit.articles.editions import NOW, assess, compose, paragraph, run, show
from tests.unit.articles.xss import PAYLOADS

KINDS: tuple[Literal["p", "ul"], ...] = ("p", "ul")
ODD = st.sampled_from(
    [*"\\`*_{}[]<>()#+-.!|~&=@:/ \u00a0\u200b\n\t\"'", "**", "http://", "&lt;", "1."]
)
WORDS = st.lists(ODD | st.characters(), max_size=12).map("".join)
SPANS = st.lists(st.builds(Span, text=WORDS, strong=st.booleans()), max_size=5)
LINES = SPANS.map(make_line)
BLOCKS = st.lists(
    st.tuples(st.sampled_from(["p", "h3", "ul"]), st.lists(LINES, min_size=1, max_size=3)),
    max_size=5,
).map(lambda made: join_lists(make_block(kind, lines) for kind, lines in made))
PARAGRAPHS = st.lists(
    st.builds(
        lambda runs, listed: paragraph(*runs, listed=listed),
        st.lists(
            st.builds(run, WORDS, bold=st.booleans(), hidden=st.booleans()), min_size=1, max_size=4
        ),
        st.booleans(),
    ),
    max_size=5,
)


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


@given(SPANS)
def test_a_line_has_one_form(spans: list[Span]) -> None:
    line = make_line(spans)
    assert make_line(line) == line
    assert (
        "".join(span.text for span in line)
        == prose("".join(prose(span.text) for span in spans)).strip()
    )


@settings(max_examples=400)
@given(BLOCKS)
def test_markdown_is_parsed_back_into_what_was_printed(blocks: tuple[Block, ...]) -> None:
    assert markdown.parse(markdown.print_blocks(blocks)) == blocks


@settings(max_examples=200)
@given(PARAGRAPHS)
def test_so_is_the_body_of_any_document(paragraphs: list[Paragraph]) -> None:
    judged = assess(paragraph("Awal."), *paragraphs, paragraph("Akhir."))
    body = compose(judged).body
    assert markdown.parse(markdown.print_blocks(body)) == body
    amended = compose(judged, Amendments(body=markdown.print_blocks(body)))
    assert amended.body == body  # an editor who changes nothing changes nothing


@settings(max_examples=200)
@given(st.lists(ODD | st.characters(), max_size=60).map("".join))
def test_whatever_an_editor_types_is_blocks(text: str) -> None:
    blocks = markdown.parse(text)
    assert markdown.parse(markdown.print_blocks(blocks)) == blocks
    assert {block.kind for block in blocks} <= {"p", "h3", "ul"}


@settings(max_examples=200)
@given(BLOCKS)
def test_a_browser_reads_what_was_composed(blocks: tuple[Block, ...]) -> None:
    page = Page(html.print_blocks(blocks))
    assert page.tags <= {"p", "h3", "strong", "ul", "li"}
    assert page.lines == read_blocks(blocks)


# ── Markdown ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "blocks"),
    [
        ("Satu baris\nyang disambung.", ["p Satu baris yang disambung."]),
        ("Satu.\n\n\nDua.", ["p Satu.", "p Dua."]),
        ("### Hasil\nIsi.", ["h3 Hasil", "p Isi."]),
        ("# Hasil\n###### Kecil", ["h3 Hasil", "h3 Kecil"]),
        ("- satu\n- dua\n* tiga", ["ul satu | dua | tiga"]),
        ("- satu\n  lanjutannya\n- dua", ["ul satu lanjutannya | dua"]),
        ("Isi:\n- satu", ["p Isi:", "ul satu"]),
        ("1. satu\n2. dua", ["p 1. satu", "p 2. dua"]),  # no numbered lists: lines
        ("**Ketua** hadir", ["p *Ketua* hadir"]),
        ("**Ketua hadir", ["p **Ketua hadir"]),  # nothing closes it
        ("*Ketua* _hadir_", ["p *Ketua* _hadir_"]),  # no italics
        (r"\*\*Ketua\*\* \# 5\.", ["p **Ketua** # 5."]),
        ("[situs](https://x.example)", ["p [situs](https://x.example)"]),  # no links
        ("<b>Ketua</b> &amp;", ["p <b>Ketua</b> &amp;"]),
        ("", []),
        ("\n \n###\n", ["p ###"]),
        (
            f"{'kata ' * 40}\n{'kata ' * 40}",
            [f"p {('kata ' * 40).strip()}"] * 2,
        ),  # pasted from Word
        (f"Subjudul\n{'kata ' * 40}", ["p Subjudul", f"p {('kata ' * 40).strip()}"]),
    ],
)
def test_what_an_editor_types(typed: str, blocks: list[str]) -> None:
    assert show(markdown.parse(typed)) == blocks
    assert show(markdown.parse(typed.replace("\n", "\r\n"))) == blocks


@pytest.mark.parametrize(
    "text",
    [
        "# x", "#", "### x ###", "C #", "- x", "+ x", "* x", "> x", "1. x", "12) x", "---", "***", "- [ ] x",
        "**x", "**x**", "*x*", "__x__", "a_b_", "`x`", "~~x~~", "[x](y)", "[x]: y", "![x](y)", "&amp;",
        "<b>", "<https://x>", "\\", "\\*", "https://x", "www.x.example", "a@x.example",
    ],
)  # fmt: skip
def test_what_looks_like_a_mark_and_is_text_stays_text(text: str) -> None:
    paragraph_of, item_of = (
        (Block(kind=kind, lines=(make_line([Span(text=text)]),)),) for kind in KINDS
    )
    assert markdown.parse(markdown.print_blocks(paragraph_of)) == paragraph_of
    assert markdown.parse(markdown.print_blocks(item_of)) == item_of


@pytest.mark.parametrize(
    "text",
    [
        "Warga RT 03/RW 05 (12/11) hadir - semua! [Kalbar]",
        "Dana Rp1.000.000,- untuk 100-0-100 & “Kotaku”",
        "Nilai 5 + 3 = 8; berkas IMG_2041.jpg #Kotaku",
    ],
)
def test_plain_words_stay_plain_in_an_editors_text_area(text: str) -> None:
    assert markdown.print_words(text) == text


# ── HTML, the whole article ───────────────────────────────────────────────────────────────────────


class Page(HTMLParser):
    """What a browser makes of a page: its tags, attributes, and the words of each line."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.lines: list[str] = []
        self._open = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in {"p", "h3", "li", "figcaption"}:
            self.lines.append("")
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in {"p", "h3", "li", "figcaption"}

    def handle_data(self, data: str) -> None:
        if self._open:
            self.lines[-1] += data
        else:
            assert data.strip() == "", data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def make_edition(text: str) -> Edition:
    """An edition with `text` wherever a contributor's or an editor's words go."""
    return Edition(
        uri="tag:warta.example,2026:W-2026-0143",
        submission="W-2026-0143",
        number=1,
        revision=1,
        made_by="EPN",
        made_at=NOW,
        headline=text,
        slug="w-2026-0143",
        body=markdown.parse(f"{text}\n\n### {text}\n\n- {text}\n\n**{text}**"),
        byline=Byline(name=text, role=text, programme=text),
        editor=text,
        photos=(
            EditionPhoto(sha256="a", caption=text, credit=text, alt=text),
            EditionPhoto(sha256="b", caption=text, credit=text, alt=text),
        ),
        related=(
            Related(number="W-2026-0001", headline=text, url="https://warta.example/1"),
            Related(number="W-2026-0002", headline=text, url=text),
        ),
    )


SUBSET = {"p", "h3", "strong", "ul", "li", "br", "figure", "figcaption", "img", "a"}
SOURCES = {"a": "foto-1.jpg", "b": 'https://x.example/b.jpg?a=1&b="2"'}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_markup(payload: str) -> None:
    page = Page(html.render_article(make_edition(payload), SOURCES))
    assert page.tags <= SUBSET
    assert {(tag, name) for tag, name, _ in page.attributes} <= {
        ("img", "src"),
        ("img", "alt"),
        ("a", "href"),
    }
    links = {value for tag, name, value in page.attributes if name != "alt"}
    assert links <= {*SOURCES.values(), "https://warta.example/1", payload}
    assert all(link.startswith("http") for link in links - {"foto-1.jpg"})


def test_there_are_two_hundred_payloads() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 200


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("[gallery ids=1] hadir", "&#91;gallery ids=1] hadir"),  # WordPress would run it
        ("hadir. [Kalbar]", "hadir. [Kalbar]"),
        ("https://youtu.be/x", "https&#58;//youtu.be/x"),  # WordPress would make a player of it
        ("<!-- wp:html -->", "&lt;!-- wp:html --&gt;"),
    ],
)
def test_what_a_site_would_run_is_words(text: str, printed: str) -> None:
    assert html.escape(text) == printed
    assert Page(f"<p>{printed}</p>").lines == [text]


PLAIN = make_edition("Warga")
ARTICLE = """<p>Warga</p>
<h3>Warga</h3>
<ul>
<li>Warga</li>
</ul>
<p><strong>Warga</strong></p>
<figure><img src="1.jpg" alt="Warga"><figcaption>Warga (Warga)</figcaption></figure>
<figure><img src="2.jpg" alt="Warga"><figcaption>Warga (Warga)</figcaption></figure>
<p>Penulis: Warga, Warga<br>Warga</p>
<p>Editor: Warga</p>
<h3>Yang terkait</h3>
<ul>
<li><a href="https://warta.example/1">Warga</a></li>
<li>Warga</li>
</ul>
"""
AS_MARKDOWN = """Warga

### Warga

- Warga

**Warga**

![Warga](1.jpg)

Warga (Warga)

![Warga](a%20b.jpg)

Warga (Warga)

Penulis: Warga, Warga\\
Warga

Editor: Warga

### Yang terkait

- [Warga](https://warta.example/1)
- Warga
"""


def test_a_whole_article() -> None:
    assert html.render_article(PLAIN, {"a": "1.jpg", "b": "2.jpg"}) == ARTICLE
    assert markdown.render_article(PLAIN, {"a": "1.jpg", "b": "a b.jpg"}) == AS_MARKDOWN


def test_the_main_photo_may_be_the_sites() -> None:
    assert "1.jpg" not in html.render_article(PLAIN, {"b": "2.jpg"}, is_first_left_out=True)
    assert "2.jpg" in html.render_article(PLAIN, {"b": "2.jpg"}, is_first_left_out=True)
    with pytest.raises(KeyError):
        html.render_article(PLAIN, {"a": "1.jpg"})


def test_what_nobody_said_is_no_line() -> None:
    bare = compose(assess("Isi.", photos=()), editor="", programme="", province="")
    assert html.render_article(bare, {}) == "<p>Isi.</p>\n"
    assert markdown.render_article(bare, {}) == "Isi.\n"
