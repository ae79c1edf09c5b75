"""Two revisions of a submission beside each other: text, photos, captions, findings."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from desk.app import App
from desk.domain import resolved_findings
from desk.domain.photos.choices import read_caption
from desk.domain.photos.pairs import Change, PhotoChange, compare_photos
from desk.domain.text_changes import Paragraph, compare_texts
from desk.presentation.pictures import Pictures, find_pictures
from desk.store.submissions import review_queue, threads
from desk.store.submissions.review_queue import QueueRow
from redaksi.model import Assessment, Finding, Language, Photo, Severity
from redaksi.text import clean
from validators.words import say

MOST = 60_000  # characters of an article that are compared, as many as its page shows
_REST: tuple[Severity, ...] = ("tidy", "advice")  # what is not asked for
AROUND = 1  # paragraphs that stayed, shown on either side of a change
_NAME, _CAPTION = 80, 2_000  # characters


class Line(Struct, frozen=True, kw_only=True):
    """A paragraph as it changed, or how many that stayed are left out."""

    pieces: Paragraph = ()
    skipped: int = 0


class Side(Struct, frozen=True, kw_only=True):
    """A photo in one of the revisions. `place`: from 1; `is_pictured`: its picture was made."""

    name: str
    place: int
    is_pictured: bool


class PhotoLine(Struct, frozen=True, kw_only=True):
    """A slot of photos; `caption` as it changed, a paragraph or two."""

    what: Change
    before: Side | None
    after: Side | None
    caption: tuple[Paragraph, ...]


class Told(Struct, frozen=True, kw_only=True):
    """A finding in words."""

    title: str
    found: str


class Comparison(Struct, frozen=True, kw_only=True):
    """The page. `revisions`: all there are, each with the moment it was examined; `is_purged`: one
    of the two is kept no more; `is_cut`: the articles are longer than what is compared."""

    number: str
    title: str
    earlier: int
    later: int
    revisions: tuple[tuple[int, datetime], ...]
    is_purged: bool = False
    is_cut: bool = False
    lines: tuple[Line, ...] = ()
    photos: tuple[PhotoLine, ...] = ()
    mended: tuple[Told, ...] = ()
    left: tuple[Told, ...] = ()
    new: tuple[Told, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether the text is the same."""
        return all(line.skipped for line in self.lines)


def compare_revisions(
    app: App, number: str, earlier: int | None, later: int | None
) -> Comparison | None:
    """Two revisions; None: the one that was last written about, and the newest. None where there
    are none of these numbers, and of what is in quarantine."""
    with app.store.read() as tx:
        found = review_queue.submission_page(tx, number)
        if found is None or found.row.state in ("quarantined", "not_a_submission"):
            return None
        revisions = threads.list_revisions(tx, found.row.id)
        known = {number for _, number, _ in revisions}
        later = found.row.latest_revision if later is None else later
        earlier = _find_written_about(found.row, revisions, later) if earlier is None else earlier
        if earlier not in known or later not in known:
            return None
        before = threads.at_revision(tx, found.row.id, earlier)
        after = threads.at_revision(tx, found.row.id, later)
        photos = [photo.sha256 for photo in (*_photos(before), *_photos(after))]
        mails = [mail.id for mail in found.mails]
        pictures = find_pictures(app, tx, photos, mails)
    empty = Comparison(
        number=number,
        title=found.row.title,
        earlier=earlier,
        later=later,
        revisions=tuple((each, at) for _, each, at in revisions),
        is_purged=before is None or after is None,
    )
    if before is None or after is None:
        return empty
    return _compare(empty, before, after, pictures, app.config.language)


def _find_written_about(
    row: QueueRow, revisions: Sequence[tuple[int, int, datetime]], later: int
) -> int:
    """The newest revision before `later` of which a letter was sent, else the one before it."""
    sent = {letter.revision_id for letter in row.letters if letter.state == "sent"}
    before = {number: each for each, number, _ in revisions if number < later}
    written = [number for number, each in before.items() if each in sent]
    return max(written or before, default=later)


def _compare(
    empty: Comparison,
    before: Assessment,
    after: Assessment,
    pictures: Pictures,
    language: Language,
) -> Comparison:
    old, is_old_cut = _cut(before)
    new, is_new_cut = _cut(after)
    must = resolved_findings.compare(before, after)
    rest = resolved_findings.compare(before, after, _REST)
    return Comparison(
        number=empty.number,
        title=empty.title,
        earlier=empty.earlier,
        later=empty.later,
        revisions=empty.revisions,
        is_cut=is_old_cut or is_new_cut,
        lines=tuple(_fold(compare_texts(old, new))),
        photos=tuple(_list_photos(before, after, pictures)),
        mended=_tell((*must.fixed, *rest.fixed), language),
        left=_tell((*must.remaining, *rest.remaining), language),
        new=_tell((*must.new, *rest.new), language),
    )


def _tell(findings: Iterable[Finding], language: Language) -> tuple[Told, ...]:
    words = [say(finding, language) for finding in findings]
    return tuple(Told(title=each.title, found=each.found) for each in words)


def _photos(judged: Assessment | None) -> tuple[Photo, ...]:
    return judged.submission.photos if judged is not None else ()


def _cut(judged: Assessment) -> tuple[list[str], bool]:
    """The article's paragraphs up to MOST characters; whether some are left out."""
    document = judged.submission.document
    kept: list[str] = []
    room = MOST
    for paragraph in document.paragraphs if document is not None else ():
        text = clean.text(paragraph.text, room + 1)
        if len(text) > room:
            return kept, True
        if text.strip():
            kept.append(text)
            room -= len(text)
    return kept, False


def _fold(paragraphs: Sequence[Paragraph]) -> Iterator[Line]:
    """What changed, with what stands around it; of the rest how many paragraphs there are."""
    changed = [i for i, each in enumerate(paragraphs) if any(p.kind != "same" for p in each)]
    shown = {i + by for i in changed for by in range(-AROUND, AROUND + 1)}
    skipped = 0
    for i, paragraph in enumerate(paragraphs):
        if i not in shown:
            skipped += 1
            continue
        if skipped:
            yield Line(skipped=skipped)
        skipped = 0
        yield Line(pieces=paragraph)
    if skipped:
        yield Line(skipped=skipped)


def _list_photos(before: Assessment, after: Assessment, pictures: Pictures) -> Iterator[PhotoLine]:
    old, new = _photos(before), _photos(after)
    for change in compare_photos(old, new):
        yield PhotoLine(
            what=change.what,
            before=_side(change.before, old, pictures),
            after=_side(change.after, new, pictures),
            caption=_compare_captions(change),
        )


def _side(photo: Photo | None, photos: Sequence[Photo], pictures: Pictures) -> Side | None:
    if photo is None:
        return None
    return Side(
        name=clean.line(photo.name, _NAME),
        place=photos.index(photo) + 1,
        is_pictured=(photo.sha256, "thumbnail") in pictures,
    )


def _compare_captions(change: PhotoChange) -> tuple[Paragraph, ...]:
    sides = (change.before, change.after)
    before, after = (
        [clean.text(read_caption(photo), _CAPTION)] if photo and read_caption(photo) else []
        for photo in sides
    )
    return compare_texts(before, after)
