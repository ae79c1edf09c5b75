"""What a folder holds of an article: `warta.json` (ninjs), `warta.html` (a fragment), `warta.md`
(with front matter) and its photos. Pure, but that a photo's bytes are read when they are wanted."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence

from publisher.articles import html, markdown
from publisher.articles.edition import Edition
from publisher.articles.ninjs import Json, Rendition, make_canceled, make_ninjs
from publisher.targets.folders.exchange import LAST, NAME
from publisher.targets.folders.printed import print_fragment, print_markdown
from publisher.targets.target import Article, MadePhoto, has_its_photos
from redaksi.errors import RedaksiError

PAGE = "warta.html"
_NAME = re.compile(NAME)
_YEAR = re.compile(r"[A-Za-z]+-(\d{4})-\d+")

Read = Callable[[], bytes]


class PhotoFailed(Exception):
    """A photo of the edition cannot be had as it was made."""


def find_place(edition: Edition) -> tuple[str, str] | None:
    """The year's folder and the article's in it, the same for every edition; None where its number
    is no name for a folder."""
    if not _NAME.fullmatch(edition.submission):
        return None
    numbered = _YEAR.fullmatch(edition.submission)
    year = numbered[1] if numbered else f"{(edition.first_made_at or edition.made_at).year:04d}"
    return year, edition.submission


def list_files(article: Article, address: str) -> Iterator[tuple[str, Read]]:
    """Every file with how to make it. `address`: where the folder is served, with "/" at its end;
    "" where it is not. Raises PhotoFailed where photos lack, and when one cannot be read."""
    edition, photos = article.edition, article.photos
    if not has_its_photos(article):
        raise PhotoFailed
    names = name_photos(photos)
    for name, photo in zip(names, photos, strict=True):
        yield name, lambda photo=photo: _read(photo)  # type: ignore[misc]
    yield PAGE, lambda: print_fragment(edition, names).encode()
    yield "warta.md", lambda: print_markdown(edition, names).encode()
    yield LAST, lambda: encode(_make_news(article, names, address))


def list_withdrawn(article: Article) -> Iterator[tuple[str, Read]]:
    """What is left of an article that was taken down."""
    yield LAST, lambda: encode(make_canceled(article.edition, article.now))


def name_photos(photos: Sequence[MadePhoto]) -> list[str]:
    """foto-1.jpg, foto-2.jpg, …"""
    return [f"foto-{n}.jpg" for n in range(1, len(photos) + 1)]


def encode(news: Json) -> bytes:
    """For people too: indented, in UTF-8."""
    return (json.dumps(news, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _make_news(article: Article, names: Sequence[str], address: str) -> Json:
    edition = article.edition
    return make_ninjs(
        edition,
        html=html.print_blocks(edition.body),
        markdown=markdown.print_blocks(edition.body),
        renditions=[
            Rendition(
                href=f"{address}{name}", width=photo.width, height=photo.height, size=photo.size
            )
            for name, photo in zip(names, article.photos, strict=True)
        ],
    )


def _read(photo: MadePhoto) -> bytes:
    try:
        content = photo.read()
    except (OSError, RedaksiError) as error:
        raise PhotoFailed from error
    if hashlib.sha256(content).hexdigest() != photo.sha256:
        raise PhotoFailed
    return content
