"""What the letters say, and that they say it in the language of the reader and the order of
courtesy."""

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from publisher.letters import samples
from publisher.letters.compose import compose
from publisher.letters.letter_context import KINDS, FindingText, LetterKind
from publisher.letters.proofread import proofread
from redaksi.model import Language
from tests.unit.letters.letterbox import occasion, stationery, templates, written

EVERY = [(kind, language) for kind in KINDS for language in ("id", "en")]

# What Gmail, Outlook (Word's engine) and Yahoo keep of inline styles, by caniemail.com; nothing
# else is used.
KEPT = {
    "background-color", "border", "border-bottom", "border-left", "border-top", "color", "font-family", "font-size",
    "line-height", "margin", "max-width", "padding", "text-decoration", "white-space", "word-break",
}  # fmt: skip
TAGS = {
    "html", "head", "meta", "title", "style", "body", "table", "tr", "td", "p", "div", "span", "b", "br", "a",
    "ul", "li",
}  # fmt: skip


class Page(HTMLParser):
    """The tags, styles and links of a page; complains about what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.styles: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("meta", "br"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "style":
                self.styles |= {
                    one.split(":")[0].strip() for one in (value or "").split(";") if one.strip()
                }
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_html_uses_only_what_clients_keep(kind: LetterKind, language: Language) -> None:
    page = Page(written(kind, occasion(kind, language)).html)
    assert page.tags <= TAGS
    assert page.styles <= KEPT
    assert not any(name.startswith("on") for name in page.attributes)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_only_our_own_addresses_are_links(kind: LetterKind, language: Language) -> None:
    page = Page(written(kind, occasion(kind, language)).html)
    assert all(re.match(r"https://(redaksi|www)\.example\.org/", link) for link in page.links)


@pytest.mark.parametrize(
    "seen", ["evil.example/x", "korban@evil.example", "https://evil.example", "www.evil.example"]
)
def test_what_a_stranger_wrote_is_not_even_linked_by_a_client_that_links_by_itself(
    seen: str,
) -> None:
    html = written("accepted", replace(occasion("accepted"), title=seen)).html
    assert "evil.example" not in html
    assert "evil.&zwnj;example" in html


def test_file_names_stay_as_they_are() -> None:
    assert "Warta_SiantanHulu.docx" in written("accepted", occasion("accepted")).html


def test_a_letter_with_five_hundred_findings_is_not_clipped_by_gmail() -> None:
    many = tuple(
        FindingText(
            title=f"Foto IMG_{n}.jpg terlalu kecil", found="x" * 150, rule="y" * 100, fix="z" * 300
        )
        for n in range(500)
    )
    letter = written("revise", replace(occasion(), findings=many))
    assert len(letter.html.encode()) < 100_000
    assert "dan 400 hal lain" in letter.text


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_barest_occasion_still_makes_a_whole_letter(
    kind: LetterKind, language: Language
) -> None:
    text = written(kind, samples.letter_contexts(kind, language)[1]).text
    assert "None" not in text
    assert (
        not re.search(
            r"“”|  ,| ,|\(\)|: *$", re.sub(r"(?m)^[^\n]*:\n\n[-\d]", "", text), flags=re.MULTILINE
        )
        or kind
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_finding_is_told_with_what_was_found_what_is_asked_and_how_to_mend_it(
    language: Language,
) -> None:
    about = occasion("revise", language)
    flat = re.sub(r"\s+", " ", written("revise", about).text)
    for told in about.findings:
        for sentence in (told.title, told.found, told.rule, told.fix):
            assert sentence in flat


def test_the_same_remedy_is_told_once_in_a_row() -> None:
    small = [
        FindingText(
            title=f"Foto {n} terlalu kecil",
            found=f"{n}00 piksel",
            rule="aturan",
            fix="Kirim aslinya.",
        )
        for n in "ABC"
    ]
    other = FindingText(title="Huruf", found="Calibri", rule="aturan lain", fix="Pilih huruf.")
    text = written("revise", replace(occasion(), findings=(other, *small))).text
    assert text.count("Kirim aslinya.") == 1
    assert text.count("sama dengan nomor 2") == 2
    assert all(told.found in text for told in small)


@pytest.mark.parametrize(
    ("language", "right"), [("id", "Yang sudah sesuai"), ("en", "Already fine")]
)
def test_what_is_right_comes_before_what_is_wrong(language: Language, right: str) -> None:
    text = written("revise", occasion("revise", language)).text
    assert 0 < text.index(right) < text.index("1. ")


def test_advice_is_told_as_small_notes_of_an_accepted_letter() -> None:
    text = written("accepted", occasion("accepted")).text
    assert "- Foto IMG_2044.heic kami ubah menjadi JPEG." in text


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Rahmawati", "Yth. Bapak/Ibu Rahmawati,"),
        ("Ibu Rahmawati, S.Sos", "Yth. Ibu Rahmawati, S.Sos,"),
        ("Budiman", "Yth. Bapak/Ibu Budiman,"),
        ("", "Yth. Bapak/Ibu Kontributor,"),
        ("\u202e\u200b", "Yth. Bapak/Ibu Kontributor,"),
        ("budi@example.net", "Yth. Bapak/Ibu Kontributor,"),
        ("https://evil.example", "Yth. Bapak/Ibu Kontributor,"),
    ],
)
def test_a_contributor_is_greeted_by_name_where_there_is_one(name: str, greeting: str) -> None:
    assert (
        greeting in written("accepted", replace(occasion("accepted"), name=name)).text.splitlines()
    )


def test_nothing_is_promised_that_is_not_there() -> None:
    plain = replace(stationery(), check_url="", guide_url="", merge=False, withdraw=False)
    for kind in KINDS:
        text = compose(kind, replace(occasion(kind), deadline=None, sla_days=0), plain).text
        assert not re.search(
            r"https://redaksi\.example\.org/p|BATAL|gabung|hari kerja\.? Keputusan", text
        ), kind


def test_sizes_are_the_configured_ones() -> None:
    letter = compose(
        "nothing-attached",
        occasion("nothing-attached"),
        replace(stationery(), photo_pixels=(1600, 1200)),
    )
    assert "1600 × 1200" in letter.text


def test_our_templates_pass_their_own_proofreading() -> None:
    assert proofread(templates()) == []
