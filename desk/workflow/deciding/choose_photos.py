"""An editor chooses photos and their words: which are used, the main one, whose caption is whose."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from desk.app import App
from desk.domain.actor import name_actor
from desk.domain.photos.choices import (
    Choice,
    Choices,
    find_caption,
    find_main,
    is_confirmed,
    list_photos,
    name_key,
    read_caption,
)
from desk.store import Transaction, events
from desk.store.editors import claims, form_drafts
from desk.store.publications import photo_choices
from desk.store.submissions import submission_rows, threads
from redaksi.errors import IllegalMove, Stale, StaleRevision, StaleVersion
from redaksi.model import Photo
from redaksi.text import clean

MOST = 500  # characters of a caption, a credit, an alternative text
SCOPE = "photos"  # of the form's draft


class PhotoWords(Struct, frozen=True, kw_only=True):
    """What was typed of a photo. `taken_from`: the photo whose caption it is to have, by its key, ""
    for its own; `is_right`: its pairing was confirmed."""

    used: bool = False
    caption: str = ""
    credit: str = ""
    alt: str = ""
    taken_from: str = ""
    is_right: bool = False


class PhotoWish(Struct, frozen=True, kw_only=True):
    """The whole form, by the keys of photos (desk.domain.photos.choices). `main`: the main photo's,
    "" for none."""

    account: int
    seen_revision: int
    seen_version: int
    words: Mapping[str, PhotoWords]
    main: str = ""


class WrongField(Struct, frozen=True, kw_only=True):
    """Why a field cannot be taken. `field`: of PhotoWords; `code`: of [desk.photos.wrong]."""

    key: str
    field: str
    code: str
    facts: Mapping[str, object] = {}


def choose_photos(app: App, number: str, wish: PhotoWish) -> tuple[WrongField, ...]:
    """Keep what was chosen; what is wrong with it, and then nothing was kept. Raises IllegalMove
    for a submission of which nothing was read, StaleRevision and StaleVersion for a page that is
    older than what there is; the same form sent twice is no second one."""
    with app.store.begin() as tx:
        found = submission_rows.id_of(tx, number)
        if found is None:
            raise IllegalMove("no_submission", number=number)
        submission_rows.lock(tx, found)
        stand = submission_rows.get_stand(tx, found)
        judged = threads.at_revision(tx, found, stand.revision)
        known = list_photos(judged.submission.photos) if judged else ()
        photos = [photo for photo in known if name_key(photo.sha256) in wish.words]
        before = photo_choices.of_submission(tx, found)
        chosen = _resolve(photos, before, wish, app)
        try:
            _check_seen(stand, wish)
        except Stale:
            if _is_kept(chosen, before):
                return ()
            raise
        if wrong := tuple(_find_wrong(photos, before, wish)):
            return wrong
        if not _is_kept(chosen, before):
            _keep(tx, app, found, wish.account, chosen)
        form_drafts.discard(tx, wish.account, found, SCOPE)
    return ()


def _check_seen(stand: submission_rows.Stand, wish: PhotoWish) -> None:
    if wish.seen_revision != stand.revision:
        raise StaleRevision(number=stand.number, seen=wish.seen_revision, now=stand.revision)
    if wish.seen_version != stand.version:
        raise StaleVersion(number=stand.number, seen=wish.seen_version, now=stand.version)


def _keep(tx: Transaction, app: App, submission_id: int, account: int, chosen: Choices) -> None:
    now = app.clock()
    photo_choices.keep(tx, submission_id, chosen, now)
    submission_rows.grow(tx, submission_id)
    actor = name_actor(account=account)
    happened = events.Happened(at=now, actor=actor, what="photos", submission_id=submission_id)
    events.record(tx, happened)
    claims.claim(tx, submission_id, account, now)


def _is_kept(chosen: Choices, before: Choices) -> bool:
    """Whether it stands already: the same but for whose word it is and when."""
    return all(_words_of(before.get(sha256)) == _words_of(c) for sha256, c in chosen.items())


def _words_of(choice: Choice | None) -> tuple[object, ...] | None:
    if choice is None:
        return None
    is_right = choice.confirmed_at is not None
    texts = (choice.caption, choice.credit, choice.alt, choice.source)
    return (choice.used, choice.is_main, *texts, is_right)


def _resolve(
    photos: Sequence[Photo], before: Choices, wish: PhotoWish, app: App
) -> dict[str, Choice]:
    """What is chosen of each photo that the form speaks of."""
    main = _find_main(before, wish)
    sources = {name_key(photo.sha256): photo.sha256 for photo in photos}
    chosen = {}
    for photo in photos:
        words, old = wish.words[name_key(photo.sha256)], before.get(photo.sha256)
        caption, source = _choose_caption(photo, old, wish, sources)
        is_right = words.is_right or (caption is not None and source != photo.sha256)
        was = old.confirmed_at if old is not None and is_confirmed(photo, old) else None
        chosen[photo.sha256] = Choice(
            used=words.used,
            is_main=name_key(photo.sha256) == main,
            caption=caption,
            credit=_line(words.credit) or None,
            alt=_line(words.alt) or None,
            source=source,
            confirmed_at=(was or app.clock()) if is_right else None,
            account_id=wish.account,
        )
    return chosen


def _find_main(before: Choices, wish: PhotoWish) -> str:
    """The key of the main photo. One of which the form does not speak stays it."""
    old = name_key(find_main(before))
    return wish.main if wish.main in wish.words or old in wish.words else old


def _choose_caption(
    photo: Photo, old: Choice | None, wish: PhotoWish, sources: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """The caption and the photo whose it was; None where the machine's stands. One that was
    confirmed is kept as it was read."""
    words, read = wish.words[name_key(photo.sha256)], read_caption(photo)
    source = sources.get(words.taken_from, photo.sha256)
    if source != photo.sha256:
        return _line(wish.words[words.taken_from].caption), source
    typed, standing = _line(words.caption), find_caption(photo, old)
    if typed == _line(read):
        return (read, photo.sha256) if words.is_right and read else (None, None)
    if old is not None and standing is not None and typed == _line(standing):
        return standing, old.source
    return typed, None


def _find_wrong(photos: Sequence[Photo], before: Choices, wish: PhotoWish) -> Iterator[WrongField]:
    taken = {words.taken_from for words in wish.words.values()}
    for photo in photos:
        key = name_key(photo.sha256)
        words, standing = wish.words[key], find_caption(photo, before.get(photo.sha256))
        is_typed = _line(words.caption) not in (_line(read_caption(photo)), _line(standing or ""))
        if is_typed and words.taken_from not in ("", key) and key not in taken:
            yield WrongField(key=key, field="caption", code="both")
        for name in ("caption", "credit", "alt"):
            length = len(_line(getattr(words, name)))
            if length > MOST and (name != "caption" or is_typed):
                facts = {"n": length, "most": MOST}
                yield WrongField(key=key, field=name, code=name, facts=facts)
    is_left_out = wish.main in wish.words and not wish.words[wish.main].used
    if is_left_out and any(words.used for words in wish.words.values()):
        yield WrongField(key=wish.main, field="main", code="main")


def _line(typed: str) -> str:
    """As it is published: one line, nothing unseen."""
    return clean.prose(typed).strip()
