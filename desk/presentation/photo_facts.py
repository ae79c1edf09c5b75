"""What a photo says of itself (EXIF, IPTC, XMP) and where its caption is from, as an editor reads
it: hints, never a verdict. Pure."""

from collections.abc import Iterator
from datetime import datetime

from redaksi import catalog
from redaksi.model import Caption, Language, Photo
from redaksi.text import clean, locale

OWN = frozenset({"file_name", "metadata"})
_USUAL = frozenset({"", "digitalCapture"})  # sources of which there is nothing to say


def describe_photo(photo: Photo, language: Language) -> str:
    """ "diambil Minggu, 15 November 2026 · pemotret Siti Aminah"; "" when it says nothing."""
    return " · ".join(_facts(photo, language))


def describe_caption(caption: Caption, language: Language) -> str:
    """ "dari isi surel, menurut nomornya": where it stood, and by what it was paired; a photo's own
    name or data stood nowhere else."""
    words = catalog.load(language)
    evidence = words.say("page.evidence", caption.evidence)
    if caption.evidence in OWN:
        return evidence
    return f"{words.say('page.sources', caption.source)}, {evidence}"


def _facts(photo: Photo, language: Language) -> Iterator[str]:
    words = catalog.load(language)
    if photo.captured:
        day = locale.format_day(datetime.fromisoformat(photo.captured).date(), language)
        yield words.say("photo_facts", "captured", day=day)
    if photo.byline:
        yield words.say("photo_facts", "byline", name=clean.line(photo.byline, 80))
    if photo.credit:
        yield words.say("photo_facts", "credit", name=clean.line(photo.credit, 80))
    source = photo.digital_source_type
    if source not in _USUAL:
        other = words.say("photo_facts", "source", kind=clean.line(source, 60))
        yield words.say_or(other, "photo_facts.sources", source)
