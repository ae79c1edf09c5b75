"""An edition as the files of a folder say it: a fragment of a page, a text with front matter."""

import json
from collections.abc import Mapping, Sequence

from publisher.articles import html, markdown
from publisher.articles.edition import Edition
from publisher.articles.ninjs import write_byline, write_moment

_BMP = 0xFFFF


def print_fragment(edition: Edition, photos: Sequence[str]) -> str:
    """What is put into a page: headline, body, photos by the names of their files, and who wrote
    it."""
    return (
        f'<article lang="{edition.language}">\n<h1>{html.escape(edition.headline)}</h1>\n'
        f"{html.render_article(edition, _find_sources(edition, photos))}</article>\n"
    )


def print_markdown(edition: Edition, photos: Sequence[str]) -> str:
    """The article below its front matter: YAML, each value as JSON, which YAML reads alike. Its
    headline is the front matter's `title`."""
    values = {**_describe(edition), "photos": _list_photos(edition, photos)}
    front = "".join(f"{key}: {_quote(value)}\n" for key, value in values.items() if value)
    article = markdown.render_article(edition, _find_sources(edition, photos))
    return f"---\n{front}---\n\n{article}"


def _describe(edition: Edition) -> Mapping[str, object]:
    return {
        "id": edition.uri,
        "number": edition.submission,
        "version": edition.number,
        "title": edition.headline,
        "slug": edition.slug,
        "date": write_moment(edition.first_made_at or edition.made_at),
        "modified": write_moment(edition.made_at),
        "embargo": edition.embargo and write_moment(edition.embargo),
        "lang": edition.language,
        "category": edition.category,
        "tags": list(edition.tags),
        "province": edition.province,
        "author": write_byline(edition.byline),
        "editor": edition.editor,
    }


def _list_photos(edition: Edition, photos: Sequence[str]) -> list[Mapping[str, str]]:
    return [
        {"file": name, "caption": photo.caption, "credit": photo.credit, "alt": photo.alt}
        for name, photo in zip(photos, edition.photos, strict=True)
    ]


def _find_sources(edition: Edition, photos: Sequence[str]) -> Mapping[str, str]:
    """Where each photo lies, by its original's SHA-256."""
    return {photo.sha256: name for name, photo in zip(photos, edition.photos, strict=True)}


def _quote(value: object) -> str:
    """JSON, which is YAML too once what YAML does not print raw below U+10000 is escaped (YAML 1.2.2,
    5.1): a line break of Unicode would end the line. Above it everything may stand."""
    return "".join(
        each if each.isprintable() or ord(each) > _BMP else f"\\u{ord(each):04x}"
        for each in json.dumps(value, ensure_ascii=False)
    )
