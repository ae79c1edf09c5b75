"""The photos of an article as files to be set by hand: their names, and what is to stand beside each."""

from collections.abc import Iterator

from publisher.articles.edition import Edition, EditionPhoto
from publisher.articles.notes import label_author
from publisher.articles.photo_words import gather_words
from redaksi import catalog

LIST = "keterangan.txt"


def name_photo_files(edition: Edition) -> tuple[str, ...]:
    """1-<slug>.jpg, 2-<slug>.jpg, … in the article's order."""
    return tuple(f"{n}-{edition.slug}.jpg" for n in range(1, len(edition.photos) + 1))


def list_photos(edition: Edition) -> str:
    """Caption, credit, who took it and the alternative text of each, beside its file."""
    head = "\n".join((edition.headline, *label_author(edition)))
    named = zip(name_photo_files(edition), edition.photos, strict=True)
    rest = ("\n".join(_describe(edition, name, photo)) for name, photo in named)
    return "\n\n".join((head, *rest)) + "\n"


def _describe(edition: Edition, name: str, photo: EditionPhoto) -> Iterator[str]:
    words, made = catalog.load(edition.language), gather_words(edition, photo)
    yield name
    for key, text in (
        ("caption", made.caption),
        ("credit", made.credit),
        ("byline", made.byline),
        ("alt", made.alt),
    ):
        if text:
            yield f"{words.say('photo_list', key)}: {text}"
