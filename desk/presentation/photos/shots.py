"""The photos of a submission as a page shows them: what was read, what an editor chose."""

from collections.abc import Iterator, Mapping

import msgspec

from desk.domain.photos.choices import Choices, find_caption, is_confirmed
from desk.presentation.photo_facts import describe_caption, describe_photo
from desk.presentation.pictures import Pictures
from desk.presentation.reasons import explain_unjudged, noted
from publisher.site.pages import FindingView, Shot
from redaksi import catalog
from redaksi.model import Assessment, Language, Photo
from redaksi.text import clean
from validators.seen import find_asked_inside

SAFE_ENDINGS = {"jpeg": "jpg", "docm": "docx"}  # kinds whose ending is another word
SAFE_KINDS = frozenset(
    "docx doc rtf odt pdf jpg png tiff gif webp heic bmp zip xlsx eml".split()  # noqa: SIM905 - read as words
)


def make_shot(
    index: int,
    photo: Photo,
    told: tuple[FindingView, ...],
    pictures: Pictures,
    seen: Mapping[str, str],
    language: Language,
) -> Shot:
    own = tuple(t for t in told if t.anchor == f"f{index}")
    caption = photo.caption
    full = pictures.get((photo.sha256, "jpeg"))
    return Shot(
        index=index,
        name=photo.name,
        kind=photo.kind,
        size=f"{photo.width} × {photo.height}"
        if photo.width
        else catalog.load(language).say("mark", "unknown_size"),
        caption=caption.text if caption else "",
        caption_from=describe_caption(caption, language) if caption else "",
        sha256=photo.sha256,
        thumbnail=pictures.get((photo.sha256, "thumbnail")),
        screen=pictures.get((photo.sha256, "screen")),
        jpeg=full,
        download=name_file(f"foto-{index}", photo.kind),
        told=own,
        tone="bad"
        if not photo.intact or any(t.severity == "must" for t in own)
        else "ok"
        if photo.judged
        else "info",
        about=describe_photo(photo, language),
        confirm=bool(caption and caption.action == "confirm"),
        offered=tuple(clean.line(text, 300) for text in caption.offered) if caption else (),
        unjudged=explain_unjudged(photo.unjudged, language),
        notes=tuple(_notes(photo, seen, language)),
        converted=f"foto-{index}.jpg" if photo.kind != "jpeg" and full else "",
    )


def put_choice(shot: Shot, photo: Photo, choices: Choices) -> Shot:
    """The same with what an editor chose; what was read stands beside it."""
    choice = choices.get(photo.sha256)
    if choice is None:
        return shot
    caption = find_caption(photo, choice)
    is_other = caption is not None and caption != shot.caption
    return msgspec.structs.replace(
        shot,
        caption=shot.caption if caption is None else caption,
        read=shot.caption if is_other else "",
        used=choice.used,
        main=choice.is_main and choice.used,
        credit=choice.credit or "",
        alt=choice.alt or "",
        confirm=shot.confirm and not is_confirmed(photo, choice),
        confirmed=is_confirmed(photo, choice),
    )


def _notes(photo: Photo, seen: Mapping[str, str], language: Language) -> Iterator[str]:
    """What was noted of it, and where it came before."""
    yield from (noted(note, language) for note in photo.notes)
    if number := seen.get(photo.sha256):
        yield f"{noted('seen-before', language)} ({number})"


def list_inside(judged: Assessment, pictures: Pictures) -> Iterator[Shot]:
    """Photos that are only in the document and were taken out of it."""
    for index, picture in enumerate(find_asked_inside(judged), 1):
        thumbnail = pictures.get((picture.sha256, "thumbnail"))
        if thumbnail is not None:
            yield Shot(
                index=index,
                name=clean.line(picture.name, 80),
                kind=picture.kind,
                size=f"{picture.width} × {picture.height}",
                caption="",
                sha256=picture.sha256,
                thumbnail=thumbnail,
                screen=pictures.get((picture.sha256, "screen")),
                download=name_file(f"gambar-{index}", picture.kind),
                tone="info",
            )


def name_file(stem: str, kind: str) -> str:
    """A name of our own; an ending a browser would render as a page becomes .bin."""
    ending = SAFE_ENDINGS.get(kind, kind)
    return f"{stem}.{ending if ending in SAFE_KINDS else 'bin'}"
