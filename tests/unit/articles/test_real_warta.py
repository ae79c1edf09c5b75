"""The Warta that the redaksi really published (REDAKSI_CORPUS, warta/kotaku-kalbar.txt), set as its
contributor would have sent it, comes out as readers found it on the site."""

import re
from pathlib import Path

import pytest

from desk.pipeline import examine
from publisher.articles import html
from publisher.articles.edition import Amendments, Edition
from publisher.articles.markdown import print_blocks
from publisher.articles.notes import label_author, label_editor
from publisher.articles.spans import read_blocks
from redaksi.limits import Limits
from redaksi.model import Assessment
from tests.real_warta import CAPTION, TAGS, Original, fold, read_original, set_as_mail
from tests.unit.articles.editions import compose
from tests.unit.articles.test_print import Page
from tests.unit.read_mail.mails import parcel


@pytest.fixture(scope="module")
def original(corpus: Path) -> Original:
    return read_original(corpus)


@pytest.fixture(scope="module")
def judged(original: Original) -> Assessment:
    """As examined."""
    (assessment,) = examine(parcel(set_as_mail(original)), Limits()).assessments
    return assessment


@pytest.fixture(scope="module")
def edition(judged: Assessment) -> Edition:
    return compose(judged, tags=TAGS, province="")


def test_headline_penulis_editor_and_category_are_the_sites(
    original: Original, edition: Edition
) -> None:
    assert edition.headline == original.headline == "Kotaku Kalbar Buka Komunikasi Lintas Sektoral"
    assert list(label_author(edition)) == original.author
    assert list(label_editor(edition)) == [original.editor]
    assert f"Kategori {edition.category}" == original.category
    assert edition.slug == "kotaku-kalbar-buka-komunikasi-lintas-sektoral-w-2026-0143"


def test_the_body_is_the_sites_word_for_word(original: Original, edition: Edition) -> None:
    paragraphs = read_blocks(edition.body)
    assert [block.kind for block in edition.body] == ["p"] * len(original.body) == ["p"] * 5
    assert fold("".join(paragraphs)) == f"{original.words}[Kalbar]"
    assert paragraphs[-1].endswith("secara bersama-sama. [Kalbar]")
    assert "".join(paragraphs).count("[Kalbar]") == 1
    assert not re.search(r"\xa0|  ", "".join(paragraphs))
    assert edition.marks == ()


def test_the_tags_line_is_suggested(original: Original, edition: Edition) -> None:
    suggested = set(" ".join(edition.tags).split())
    assert suggested >= set(original.tags)
    assert set(edition.tags) - {"Kota Pontianak"} == {
        "Kalimantan Barat", "Kalbar", "Program Kotaku", "Kotaku", "Pokja PKP", "PKP", "BPM", "CFW",
        "BPPW",
    }  # fmt: skip


def test_its_photo_stands_with_caption_and_credit(edition: Edition) -> None:
    (photo,) = edition.photos
    assert photo.caption == CAPTION
    assert photo.credit == "Foto: Inayatullah/Redaksi Warta"
    assert (photo.alt, photo.alt_is_caption) == ("Suasana pembukaan koordinasi di Pontianak.", True)


def test_a_browser_shows_it_as_the_site_does(original: Original, edition: Edition) -> None:
    page = Page(html.render_article(edition, {edition.photos[0].sha256: "foto-1.jpg"}))
    assert page.lines[5:] == [
        f"{CAPTION} (Foto: Inayatullah/Redaksi Warta)",
        "".join(original.author),
        original.editor,
    ]
    assert fold("".join(page.lines[:5])) == f"{original.words}[Kalbar]"


def test_an_editor_mends_a_word(judged: Assessment, edition: Edition) -> None:
    draft = print_blocks(edition.body)
    mended = compose(judged, Amendments(body=draft.replace("dilaksnakan", "dilaksanakan")))
    assert "dilaksnakan" in read_blocks(edition.body)[0]
    assert "dilaksanakan selama 3 hari" in read_blocks(mended.body)[0]
    assert mended.body[1:] == edition.body[1:]
