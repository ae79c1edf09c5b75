"""Photos of an article in a WordPress: each is one attachment, whatever was cut.

A photo is known by its id, else looked up by the slug that it was given in the call that brings it,
else brought.
"""

import html
from collections.abc import Mapping, Sequence

from publisher.articles.edition import Edition, EditionPhoto
from publisher.articles.notes import print_caption
from publisher.targets.target import Article, Known, MadePhoto, Refused
from publisher.targets.wp_post import Attachment, name_photo
from publisher.targets.wp_rest import Rest, Stop

_FIELDS = "id,slug,source_url,alt_text,caption"
_MOST_NAMES = 10  # of one photo that are looked for
_READ = {"context": "edit", "_fields": _FIELDS}


def find_photos(
    rest: Rest, edition: Edition, photos: Sequence[MadePhoto], known: Known | None
) -> dict[str, Attachment]:
    """Those that are there, by the original's SHA-256. Reads only."""
    there: dict[str, Attachment] = {}
    for photo in photos:
        attachment = _find_known(rest, known, photo.original) or _find_named(
            rest, name_photo(edition.submission, photo.original)
        )
        if attachment:
            there[photo.original] = attachment
    return there


def put_photos(
    rest: Rest, article: Article, there: Mapping[str, Attachment]
) -> dict[str, Attachment]:
    """All of the edition's, those brought that are not `there`, each with its words. Raises Stop."""
    made = {photo.original: photo for photo in article.photos}
    placed: dict[str, Attachment] = {}
    for words in article.edition.photos:
        photo = made.get(words.sha256)
        if photo is None:
            raise Stop(Refused(code="photo_failed", detail=words.sha256[:12]))
        attachment = there.get(words.sha256)
        is_new = attachment is None
        if attachment is None:
            attachment = _bring(rest, article.edition, photo)
        if is_new or _needs_words(attachment, words, article.before):
            _write_words(rest, attachment, words)
        placed[words.sha256] = attachment
    return placed


def _find_known(rest: Rest, known: Known | None, original: str) -> Attachment | None:
    media = known.media.get(original) if known else None
    if media is None or not media.id.isdecimal():
        return None
    reply = rest.get(f"wp/v2/media/{media.id}", _READ)
    return None if reply.status in (404, 410) else reply.read(Attachment)


def _find_named(rest: Rest, name: str) -> Attachment | None:
    """By slug. Where something else has that name already, WordPress numbers it."""
    slugs = [name, *(f"{name}-{count}" for count in range(1, _MOST_NAMES))]
    reply = rest.get("wp/v2/media", {"slug[]": slugs, **_READ})
    return min(reply.read(tuple[Attachment, ...]), key=lambda each: each.id, default=None)


def _bring(rest: Rest, edition: Edition, photo: MadePhoto) -> Attachment:
    try:
        content = photo.read()
    except OSError as error:
        raise Stop(Refused(code="photo_failed", detail=photo.original[:12])) from error
    reply = rest.upload(f"{name_photo(edition.submission, photo.original)}", content)
    if reply.status == 413:
        raise Stop(Refused(code="photo_failed", detail=f"HTTP 413, {len(content)} bytes"))
    return reply.read(Attachment)


def _needs_words(attachment: Attachment, words: EditionPhoto, before: Edition | None) -> bool:
    """Where a cut left none, and where a correction changes them. What somebody wrote there stays
    otherwise."""
    if words.alt and not attachment.alt_text:
        return True
    photos = before.photos if before else ()
    old = next((each for each in photos if each.sha256 == words.sha256), words)
    return (old.alt, print_caption(old)) != (words.alt, print_caption(words))


def _write_words(rest: Rest, attachment: Attachment, words: EditionPhoto) -> None:
    """Alt text and caption, in a call of their own: they may be long."""
    caption = html.escape(print_caption(words), quote=False)
    body = {"alt_text": words.alt, "caption": caption}
    rest.post(f"wp/v2/media/{attachment.id}", body).read(Attachment)
