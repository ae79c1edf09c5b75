"""A post of WordPress: what we make of an edition, and whether what stands there is ours. Pure."""

import hashlib
import html
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from publisher.articles.edition import Edition
from publisher.articles.html import render_article
from redaksi.text import clean

_FACE = re.compile(r"(?<![^\s>])[:;8](?=[-()?DPOox|!a-z])")
EXCERPT = 300  # characters
FIELDS = "id,slug,status,link,date_gmt,modified_gmt,title,content,categories,tags,featured_media"


class Text(Struct, frozen=True, kw_only=True):
    """A text as it was written and is stored."""

    raw: str = ""


class Post(Struct, frozen=True, kw_only=True):
    """What WordPress says of a post to one who may edit it."""

    id: int
    status: str
    slug: str = ""
    link: str = ""
    date_gmt: str | None = None
    modified_gmt: str | None = None
    title: Text = Text()
    content: Text = Text()
    categories: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    featured_media: int = 0

    @property
    def version(self) -> str:
        """When it was last changed there, and what it says: two changes of one second differ."""
        words = f"{self.title.raw}\0{self.content.raw}".encode()
        return f"{self.modified_gmt or ''}Z {hashlib.sha256(words).hexdigest()[:12]}"

    @property
    def is_untouched(self) -> bool:
        """Whether nobody changed it since it was made."""
        return self.status == "publish" and self.modified_gmt == self.date_gmt


class Attachment(Struct, frozen=True, kw_only=True):
    """A photo there."""

    id: int
    slug: str = ""
    source_url: str = ""
    alt_text: str = ""
    caption: Text = Text()


class Wanted(Struct, frozen=True, kw_only=True):
    """The post as it should be. No date: a date ahead would make `future` of `publish`, and wait
    for a visitor."""

    title: str
    content: str
    slug: str
    excerpt: str
    categories: tuple[int, ...]
    tags: tuple[int, ...]
    featured_media: int
    status: str = "publish"

    def is_as(self, post: Post) -> bool:
        """Whether the post is that already. Who may write no HTML of every kind has the entities
        of his texts spelled anew, so characters are compared."""
        texts = ((self.title, post.title.raw), (self.content, post.content.raw))
        return (
            post.status == self.status
            and all(_normalize(ours) == _normalize(theirs) for ours, theirs in texts)
            and set(post.categories) == set(self.categories)
            and set(post.tags) == set(self.tags)
            and post.featured_media == self.featured_media
        )


def make_wanted(
    edition: Edition,
    photos: Mapping[str, Attachment],
    categories: Sequence[int],
    tags: Sequence[int],
) -> Wanted:
    """The edition as a post: the main photo is featured, the others stand below the text. `photos`
    by the original's SHA-256; raises KeyError for one that is not there."""
    sources = {original: each.source_url for original, each in photos.items()}
    main = photos[edition.photos[0].sha256].id if edition.photos else 0
    return Wanted(
        title=html.escape(clean.line(edition.headline), quote=False),
        content=_keep_signs(render_article(edition, sources, is_first_left_out=True)),
        slug=edition.slug,
        excerpt=html.escape(find_excerpt(edition), quote=False),
        categories=tuple(categories),
        tags=tuple(tags),
        featured_media=main,
    )


def find_excerpt(edition: Edition) -> str:
    """The first paragraph."""
    paragraphs = (block for block in edition.body if block.kind == "p")
    lines = ("".join(span.text for span in line) for block in paragraphs for line in block.lines)
    return clean.line(next(lines, ""), EXCERPT)


def name_photo(submission: str, original: str) -> str:
    """The slug of a photo: w-2026-0143-<12 of the original's SHA-256>."""
    return f"{submission.lower()}-{original[:12]}"


def _keep_signs(content: str) -> str:
    """The same, with signs that WordPress would draw as faces (8-) :D ;-)) spelled as entities."""
    return _FACE.sub(lambda found: f"&#{ord(found[0])};", content)


def _normalize(text: str) -> str:
    return " ".join(html.unescape(text).split())
