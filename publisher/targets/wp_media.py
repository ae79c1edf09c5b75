"""Photos of an article in a WordPress: each is one attachment, whatever was cut.

A photo is known by its id, else looked up by the slug that WordPress makes of the file's name in the
call that brings it, else brought.
"""

import html
from collections.abc import Mapping, Sequence

from publisher.articles.edition import Edition, EditionPhoto
from publisher.articles.notes import print_caption
from publisher.targets.target import Article, Known, MadePhoto, Refused
from publisher.targets.wp_post import Attachment, name_photo
from publisher.targets.wp_rest import Rest, Stop

_FIELDS = "id,slug,source_url,alt_text,caption"
_MOST_TRIES = 10  # files of one name that are looked for
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
        attachment = there.get(words.sha256) or _bring(rest, article.edition, photo)
        _write_words(rest, attachment, words, article.before)
        placed[words.sha256] = attachment
    return placed


def _find_known(rest: Rest, known: Known | None, original: str) -> Attachment | None:
    media = known.media.get(original) if known else None
    if media is None or not media.id.isdecimal():
        return None
    reply = rest.get(f"wp/v2/media/{media.id}", _READ)
    return None if reply.status in (404, 410) else reply.read(Attachment)


def _find_named(rest: Rest, name: str) -> Attachment | None:
    """By slug. A file of the name that a cut left without its attachment makes the next one "-1"."""
    slugs = [name, *(f"{name}-{count}" for count in range(1, _MOST_TRIES))]
    reply = rest.get("wp/v2/media", {"slug[]": slugs, **_READ})
    return min(reply.read(tuple[Attachment, ...]), key=lambda each: each.id, default=None)


def _bring(rest: Rest, edition: Edition, photo: MadePhoto) -> Attachment:
    try:
        content = photo.read()
    except OSError as error:
        raise Stop(Refused(code="photo_failed", detail=photo.original[:12])) from error
    reply = rest.upload(f"{name_photo(edition.submission, photo.original)}.jpg", content)
    if reply.status == 413:
        raise Stop(Refused(code="photo_failed", detail=f"HTTP 413, {len(content)} bytes"))
    return reply.read(Attachment)


def _write_words(
    rest: Rest, attachment: Attachment, words: EditionPhoto, before: Edition | None
) -> None:
    """Alt text and caption, in a call of their own: where there are none yet, and where a
    correction changes them. What somebody wrote there stays otherwise."""
    old = (
        next((each for each in before.photos if each.sha256 == words.sha256), None)
        if before
        else None
    )
    caption = html.escape(print_caption(words), quote=False)
    is_bare = not attachment.alt_text and not attachment.caption.raw
    is_changed = old is not None and (old.alt, print_caption(old)) != (
        words.alt,
        print_caption(words),
    )
    if (is_bare and (words.alt or caption)) or is_changed:
        body = {"alt_text": words.alt, "caption": caption}
        rest.post(f"wp/v2/media/{attachment.id}", body).read(Attachment)
