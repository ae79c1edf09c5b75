"""An edition as the files of a folder say it: a fragment of a page, a text with front matter."""

import html
import json
import re
from collections.abc import Iterator, Sequence

from publisher.articles.edition import Block, Edition, Line
from publisher.articles.ninjs import write_byline, write_moment

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~])")


def print_html(edition: Edition) -> str:
    """The body."""
    return "\n".join(_print_block(block) for block in edition.body)


def print_text(edition: Edition) -> str:
    """The body as Markdown."""
    return "\n\n".join(_write_block(block) for block in edition.body)


def print_fragment(edition: Edition, photos: Sequence[str]) -> str:
    """What is put into a page: headline, body, photos by the names of their files, and who wrote
    it."""
    figures = (
        f'<figure><img src="{html.escape(name)}" alt="{html.escape(photo.alt)}">'
        f"<figcaption>{html.escape(_join(photo.caption, photo.credit))}</figcaption></figure>"
        for name, photo in zip(photos, edition.photos, strict=True)
    )
    lines = [
        f'<article lang="{edition.language}">',
        f"<h1>{html.escape(edition.headline)}</h1>",
        print_html(edition),
        *figures,
        *(f"<p>{html.escape(line)}</p>" for line in _sign(edition)),
        "</article>",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def print_markdown(edition: Edition, photos: Sequence[str]) -> str:
    """The body below its front matter: YAML, each value as JSON, which YAML reads alike."""
    front = "\n".join(f"{key}: {_quote(value)}" for key, value in _list_front(edition, photos))
    return f"---\n{front}\n---\n\n{print_text(edition)}\n"


def _list_front(edition: Edition, photos: Sequence[str]) -> Iterator[tuple[str, object]]:
    shown = (
        {"file": name, "caption": photo.caption, "credit": photo.credit, "alt": photo.alt}
        for name, photo in zip(photos, edition.photos, strict=True)
    )
    values: dict[str, object] = {
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
        "photos": list(shown),
    }
    return ((key, value) for key, value in values.items() if value)


def _quote(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _sign(edition: Edition) -> Iterator[str]:
    if byline := write_byline(edition.byline):
        yield f"Penulis: {byline}"
    if edition.editor:
        yield f"Editor: {edition.editor}"


def _join(caption: str, credit: str) -> str:
    return f"{caption} ({credit})" if caption and credit else caption or credit


def _print_block(block: Block) -> str:
    lines = [_print_line(line) for line in block.lines]
    if block.kind == "ul":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return "\n".join(f"<{block.kind}>{line}</{block.kind}>" for line in lines)


def _print_line(line: Line) -> str:
    spans = ((html.escape(span.text), span.strong) for span in line)
    return "".join(f"<strong>{text}</strong>" if strong else text for text, strong in spans)


def _write_block(block: Block) -> str:
    mark = {"h3": "### ", "ul": "- ", "p": ""}[block.kind]
    apart = "\n" if block.kind == "ul" else "\n\n"
    return apart.join(mark + _write_line(line) for line in block.lines)


def _write_line(line: Line) -> str:
    spans = ((_SPECIAL.sub(r"\\\1", span.text), span.strong) for span in line)
    return "".join(f"**{text}**" if strong else text for text, strong in spans)
