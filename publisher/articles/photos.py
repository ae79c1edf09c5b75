"""Photos as they are published: which, in which order, with caption, credit and alternative text."""

import re
from collections.abc import Iterator

from publisher.articles.edition import Amendments, EditionFacts, EditionPhoto
from redaksi import catalog
from redaksi.errors import IllegalMove
from redaksi.model import Photo, Submission
from redaksi.text import clean

LONGEST_ALT = 125  # characters
LEFT_OUT = "photos-left-out"  # the mark: damaged, or of a kind that is not decoded
_SENTENCE_END = re.compile(r"(?P<word>[\w.]*)[.!?][\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z0-9])")


def choose_photos(
    submission: Submission, amendments: Amendments
) -> tuple[tuple[Photo, ...], tuple[str, ...]]:
    """The photos an editor named, in that order; where none did, all that can be shown. And the
    marks of what is left out without a word of an editor's."""
    known: dict[str, Photo] = {}
    for photo in submission.photos:
        known.setdefault(photo.sha256, photo)
    if amendments.photos is not None:
        named = dict.fromkeys(amendments.photos)
        return tuple(known[sha256] for sha256 in named if sha256 in known), ()
    shown = tuple(photo for photo in known.values() if photo.intact and photo.judged)
    return shown, (LEFT_OUT,) if len(shown) < len(known) else ()


def compose_photos(
    photos: tuple[Photo, ...], amendments: Amendments, facts: EditionFacts, author: str
) -> Iterator[EditionPhoto]:
    """The photos with their words. Raises IllegalMove for the first without a caption."""
    for number, photo in enumerate(photos, 1):
        read = photo.caption.text if photo.caption else ""
        caption = clean.prose(amendments.captions.get(photo.sha256, read)).strip()
        if not caption:
            raise IllegalMove("caption_missing", number=number)
        alt = clean.prose(amendments.alts.get(photo.sha256, "")).strip()
        yield EditionPhoto(
            sha256=photo.sha256,
            caption=caption,
            credit=_credit(photo, amendments, facts, author),
            alt=alt or make_alt(caption),
            alt_is_caption=not alt,
        )


def _credit(photo: Photo, amendments: Amendments, facts: EditionFacts, author: str) -> str:
    """The editor's, the original's own (IPTC 2:80, then its credit line), else "Foto: Budi/Redaksi
    Warta"."""
    given = amendments.credits.get(photo.sha256, "") or photo.byline or photo.credit
    if words := clean.prose(given).strip():
        return words
    who = "/".join(filter(None, (author, clean.prose(facts.credit).strip())))
    return catalog.load("id").say("article", "photo", who=who) if who else ""


def make_alt(caption: str) -> str:
    """The caption's first sentence, up to 125 characters and whole words."""
    sentence = _cut_sentence(caption)
    if len(sentence) <= LONGEST_ALT:
        return sentence
    cut = sentence[:LONGEST_ALT]
    whole, _, _ = cut.rpartition(" ")
    return f"{(whole or cut[:-1]).rstrip(' ,;:–-')}…"


def _cut_sentence(caption: str) -> str:
    """Up to the first full stop that ends one: not behind an abbreviation ("Prov. Kalbar", "H.
    Ahmad", "Jl. Merdeka")."""
    for end in _SENTENCE_END.finditer(caption):
        word = end["word"]
        short = len(word) <= 4 and word[:1].isupper()
        if not (short and caption[end.end("word")] == "."):
            return caption[: end.end()].rstrip()
    return caption
