"""The Warta that the redaksi really published comes out of a folder as readers found it on the site:
mailed, examined, scheduled, delivered at its hour, and read from the files that stand there."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desk.worker.articles import publish_articles
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from redaksi.config.publish import Publish, PublishTarget
from tests.contract.test_ask_again import Desk, opened
from tests.in_process import InProcess
from tests.ninjs_shape import find_faults
from tests.real_warta import CAPTION, TAGS, Original, fold, read_original, set_as_mail
from tests.unit.articles.test_print import Page

NUMBER = "W-2026-0001"
CREDIT = "Foto: Inayatullah/Redaksi Warta"


class Folder(msgspec.Struct, frozen=True):
    """The files of the article, as they stand in the target's folder."""

    files: Mapping[str, bytes]

    @property
    def news(self) -> dict[str, Any]:
        """warta.json."""
        found: dict[str, Any] = json.loads(self.files["warta.json"])
        return found

    def text(self, name: str) -> str:
        """One of them as text."""
        return self.files[name].decode()


@pytest.fixture(scope="module")
def original(corpus: Path) -> Original:
    return read_original(corpus)


@pytest.fixture(scope="module")
def folder(original: Original, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    """What readers of the folder find after its hour."""
    home, site = (tmp_path_factory.mktemp(name) for name in ("desk", "site"))
    target = PublishTarget(id="situs", kind="folder", folder=str(site))
    for desk in opened(home, settle=0):
        config = msgspec.structs.replace(
            desk.app.config, publish=Publish(target=(target,), tags=TAGS)
        )
        desk.app = msgspec.structs.replace(desk.app, config=config)
        publish(desk, set_as_mail(original))
        (article,) = site.glob("2*/W-*")
        assert article.name == NUMBER
        yield Folder({each.name: each.read_bytes() for each in article.iterdir()})


def publish(desk: Desk, mail: bytes) -> None:
    """Through the store: no part of it is left out."""
    desk.take_in(mail)
    desk.examine()
    decision = Decision(
        event="schedule",
        editor="Eko Prasetyo",
        initials="EPN",
        publish_at=desk.now + timedelta(hours=1),
        reason="Lebih panjang dari ketentuan, tetapi disepakati.",
    )
    decisions.decide(desk.app, NUMBER, decision)
    assert publish_articles(desk.app, InProcess()) == 0
    desk.minutes(61)
    assert publish_articles(desk.app, InProcess()) == 1


def names(news: dict[str, Any], key: str, **wanted: str) -> list[str]:
    """What is named under a key, of those that have these values."""
    found = news[key]
    return [each["name"] for each in found if all(each.get(k) == v for k, v in wanted.items())]


def body_of(news: dict[str, Any], media_type: str) -> str:
    (found,) = [each["value"] for each in news["bodies"] if each["contentType"] == media_type]
    return str(found)


def test_the_folder_holds_the_article_and_its_photo(folder: Folder) -> None:
    assert set(folder.files) == {"warta.json", "warta.html", "warta.md", "foto-1.jpg"}
    assert folder.files["foto-1.jpg"].startswith(b"\xff\xd8")


def test_the_news_is_the_sites(folder: Folder, original: Original) -> None:
    news = folder.news
    assert find_faults(news) == []
    assert [each["value"] for each in news["headlines"]] == [original.headline]
    page = Page(body_of(news, "text/html"))
    assert fold("".join(page.lines)) == f"{original.words}[Kalbar]"
    assert page.lines[-1].endswith("secara bersama-sama. [Kalbar]")
    assert len(page.lines) == len(original.body) == 5
    assert f"Penulis: {news['by']}" == ", ".join(original.author)
    assert original.editor == "Editor: " + ", ".join(names(news, "people", rel="editor"))
    assert names(news, "subjects", rel="category") == [original.category.removeprefix("Kategori ")]
    tags = " ".join(names(news, "subjects", rel="tag")).split()
    assert set(tags) >= set(original.tags)


def test_the_page_is_the_sites(folder: Folder, original: Original) -> None:
    text = folder.text("warta.html")
    assert original.headline in text
    lines = [line for line in lines_of(text) if line != original.headline]
    assert fold("".join(lines[:5])) == f"{original.words}[Kalbar]"
    assert lines[5:] == [f"{CAPTION} ({CREDIT})", "".join(original.author), original.editor]


def lines_of(page: str) -> list[str]:
    """Its lines without the headline above them."""
    return Page(re.sub(r"<h[12]>.*?</h[12]>", "", page)).lines


def test_the_markdown_is_the_sites(folder: Folder, original: Original) -> None:
    _, front, text = folder.text("warta.md").split("---\n", 2)
    assert original.headline in front
    assert original.category.removeprefix("Kategori ") in front
    assert all(tag in front for tag in original.tags)
    words = fold(re.sub(r"\\(.)", r"\1", text))
    assert f"{original.words}[Kalbar]" in words
    for line in (*original.author, original.editor):
        assert fold(line) in words


def test_its_photo_is_named_with_caption_and_credit(folder: Folder) -> None:
    (photo,) = folder.news["associations"]
    said = {each["role"]: each["value"] for each in photo["descriptions"]}
    assert said == {"caption": CAPTION, "alt": "Suasana pembukaan koordinasi di Pontianak."}
    assert photo["by"] == CREDIT
    (rendition,) = photo["renditions"]
    assert (rendition["href"], rendition["sizeInBytes"]) == (
        "foto-1.jpg",
        len(folder.files["foto-1.jpg"]),
    )
