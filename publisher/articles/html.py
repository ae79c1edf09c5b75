"""The body as HTML: p, h3, strong, ul, li. Printed from blocks, every character escaped; nothing that
came from outside is ever parsed as HTML.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from publisher.articles.edition import Block, Edition, EditionPhoto, Line
from publisher.articles.notes import (
    is_web,
    label_author,
    label_editor,
    label_related,
    print_caption,
)
from redaksi.text import clean
from redaksi.text.places import find_province

_BRACKET = re.compile(r"\[(?P<words>[^\[\]]{0,40}\])?")


def print_blocks(blocks: Iterable[Block]) -> str:
    """The blocks, a line each."""
    return "\n".join(map(_print_block, blocks))


def _print_block(block: Block) -> str:
    lines = map(_print_line, block.lines)
    if block.kind == "ul":
        items = "\n".join(f"<li>{line}</li>" for line in lines)
        return f"<ul>\n{items}\n</ul>"
    (line,) = lines
    return f"<{block.kind}>{line}</{block.kind}>"


def _print_line(line: Line) -> str:
    return "".join(
        f"<strong>{escape(span.text)}</strong>" if span.strong else escape(span.text)
        for span in line
    )


def escape(text: str) -> str:
    """`text` as characters and nothing else, between tags and in quoted attributes: not for a
    browser, and not for a site that reads [shortcodes] or makes players of bare addresses
    (WordPress does both). A dateline's bracket stays."""
    safe = html.escape(clean.prose(text), quote=True).replace("://", "&#58;//")
    return _BRACKET.sub(_escape_bracket, safe)


def _escape_bracket(found: re.Match[str]) -> str:
    words = (found["words"] or "").removesuffix("]")
    return found[0] if words and find_province(words) else "&#91;" + found[0][1:]


# ── the whole article ─────────────────────────────────────────────────────────────────────────────


def render_article(
    edition: Edition, sources: Mapping[str, str], *, is_first_left_out: bool = False
) -> str:
    """The article below its headline: body, photos with captions, Penulis, Editor, "Yang terkait".
    `sources` says where each photo lies, by its original's SHA-256. `is_first_left_out`: the site
    shows the main photo itself. Raises KeyError for a photo without a source."""
    photos = edition.photos[1:] if is_first_left_out else edition.photos
    parts = [print_blocks(edition.body)]
    parts += [_print_photo(photo, sources[photo.sha256]) for photo in photos]
    parts += _print_notes(edition)
    if edition.related:
        items = "\n".join(
            f"<li>{_print_link(each.headline, each.url)}</li>" for each in edition.related
        )
        parts += [f"<h3>{escape(label_related(edition))}</h3>", f"<ul>\n{items}\n</ul>"]
    return "\n".join(filter(None, parts)) + "\n"


def _print_notes(edition: Edition) -> Iterator[str]:
    for lines in (label_author(edition), label_editor(edition)):
        if lines:
            yield f"<p>{'<br>'.join(map(escape, lines))}</p>"


def _print_photo(photo: EditionPhoto, source: str) -> str:
    picture = f'<img src="{html.escape(source)}" alt="{escape(photo.alt)}">'
    return f"<figure>{picture}<figcaption>{escape(print_caption(photo))}</figcaption></figure>"


def _print_link(words: str, url: str) -> str:
    return f'<a href="{html.escape(url)}">{escape(words)}</a>' if is_web(url) else escape(words)
