"""What stands around the body: Penulis and programme, Editor, captions with their credit, "Yang
terkait". Words alone; html and markdown print them."""

from publisher.articles.edition import Edition, EditionPhoto
from redaksi import catalog


def label_author(edition: Edition) -> tuple[str, ...]:
    """ "Penulis: Inayatullah, Sub-Prof Komunikasi", and below it the programme; () for nobody."""
    byline = edition.byline
    who = ", ".join(filter(None, (byline.name, byline.role)))
    named = _say(edition, "author", who=who) if who else ""
    return tuple(filter(None, (named, byline.programme)))


def label_editor(edition: Edition) -> tuple[str, ...]:
    """ "Editor: EPN"; () without initials."""
    return (_say(edition, "editor", initials=edition.editor),) if edition.editor else ()


def label_related(edition: Edition) -> str:
    """ "Yang terkait"."""
    return _say(edition, "related")


def print_caption(photo: EditionPhoto) -> str:
    """Its caption and, in brackets, its credit."""
    return " ".join(filter(None, (photo.caption, f"({photo.credit})" if photo.credit else "")))


def is_web(url: str) -> bool:
    """Whether it is an address of the web: what a reader may be sent to."""
    return url.lower().startswith(("https://", "http://"))


def _say(edition: Edition, key: str, **facts: object) -> str:
    return catalog.load(edition.language).say("article", key, **facts)
