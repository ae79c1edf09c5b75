"""A later try: what was sent before and what a mail brings now, as one parcel. Each file is a slot.
Pure.

The newest readable document replaces the older one. A photo replaces another as `photos.slots` says,
and takes the slot's name, by which captions speak of it; any other is added. Captions from the text
of earlier mails still count.
"""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from desk.domain.photos.slots import assign_slots, has_lost_photos, slot_name
from desk.domain.similarity import OTHER_TEXT, count_characters, measure_similarity, stem, text_of
from redaksi.arrival import File, Mail, Origin, Parcel, Unread, never_mended
from redaksi.decide import BROKEN_IN_TRANSPORT
from redaksi.model import Assessment, Caption, Document, Other, Photo, Submission
from redaksi.reasons import ATTACKS, ReasonCode

# characters; a Word file below it beside an article is captions or a note, not the article
_ARTICLE = 600
_CLOSED = frozenset({"zip", "rar", "7z", "gz"})
_WRITTEN = frozenset(
    {
        "docx",
        "docm",
        "dotx",
        "doc",
        "odt",
        "rtf",
        "wordml",
        "wordperfect",
        "encrypted",
        "pdf",
        "html",
    }
)
_CAPTIONS = ReasonCode.CAPTIONS_DOCUMENT
# What mail programs add by themselves: a thank-you with a signature's logo brings nothing.
_NO_FILE_OF_THEIRS = frozenset(
    {
        ReasonCode.CALENDAR,
        ReasonCode.MAIL,
        ReasonCode.VCARD,
        ReasonCode.CONTACT_CARD,
        ReasonCode.TEXT_FILE,
        ReasonCode.EMPTY_FILE,
        ReasonCode.DRAWING,
        ReasonCode.SIGNATURE_LOGO,
        ReasonCode.SMALL_INLINE_PICTURE,
        ReasonCode.SMIME_SIGNATURE,
        ReasonCode.PGP_SIGNATURE,
        ReasonCode.SYSTEM_FILE,
        ReasonCode.FORWARDED_MAIL,
        ReasonCode.RETURNED_MAIL,
        ReasonCode.MAIL_FRAGMENT,
        ReasonCode.UNPACKED_ARCHIVE,
        ReasonCode.UNPACKED_WINMAIL,
        ReasonCode.SMIME_OPENED,
        ReasonCode.NEITHER,
    }
)
_PICTURES = frozenset(
    {"jpeg", "png", "tiff", "gif", "bmp", "webp", "heic", "avif", "raw", "psd", "svg", "wmf", "emf"}
)


class Kept(Struct, frozen=True, kw_only=True):
    """A file of an earlier try that stays."""

    name: str
    sha256: str
    origin: Origin = "attached"
    # it may have come in a form that was broken on its way: damage of it need not be its own
    mended: bool = False


class Plan(Struct, frozen=True, kw_only=True):
    """How a mail's files and those of the try before become one parcel."""

    keep: tuple[Kept, ...] = ()
    names: Mapping[str, str] = {}  # SHA-256 of a file of the mail -> the slot's name
    captions: str = ""  # lines from the texts of earlier mails
    # what earlier mails held that was not understood; files among it stay with `keep`
    unread: tuple[Unread, ...] = ()
    # photos of before stay that no photo of a mail complete by itself is a copy of
    loses: bool = False
    # new photos were added while others still wait to be replaced: perhaps by these
    unsure: bool = False


def plan(before: Assessment, now: Submission, *, sure: bool = False) -> Plan | None:
    """The plan; None when the mail brings another article, which is no try of this one, unless
    an editor is `sure`."""
    old = before.submission
    replaced = _replaces(old, now)
    if replaced is None and not sure:
        return None
    replaced = replaced is not False
    files: tuple[Document | Photo | Other, ...] = (*old.documents, *old.photos, *old.others)
    had = {file.sha256 for file in files if file.sha256}
    taken, unsure = assign_slots(before, now, had)
    documents = () if replaced else old.documents
    photos = [photo for photo in old.photos if photo.sha256 not in set(taken.values())]
    brought = bool(now.documents or now.photos or now.others)
    others = [file for file in old.others if _stays(file, replaced=replaced, brought=brought)]
    by_sha = {photo.sha256: photo for photo in old.photos}
    stay: list[Document | Photo | Other] = [*documents, *photos, *others]
    mended = BROKEN_IN_TRANSPORT in old.doubts
    return Plan(
        keep=tuple(
            Kept(name=one.name, sha256=one.sha256, origin=one.origin, mended=mended) for one in stay
        ),
        names={new: slot_name(by_sha[replacing], new, now) for new, replacing in taken.items()},
        captions=_captions(old, now, replaced=replaced),
        unread=tuple(one for one in old.unread if one.kind != "file" and not one.place),
        loses=has_lost_photos(old, now, taken),
        unsure=unsure,
    )


def _stays(file: Other, *, replaced: bool, brought: bool) -> bool:
    """Whether what is neither document nor photo is still part of it: another version of the
    article is not once the article is `replaced`, a closed archive and what was made to attack once
    anything is `brought`."""
    is_closed = file.kind in _CLOSED or file.why.code in ATTACKS
    if not file.sha256 or file.kind in _PICTURES or (brought and is_closed):
        return False
    is_version = file.kind in _WRITTEN and file.why.code is not _CAPTIONS
    return not (replaced and is_version)


def merge_parcels(parcel: Parcel, kept: Iterable[File], how: Plan) -> Parcel:
    """The parcel of the try: the mail with its own new files and those that stay."""
    origins = {one.sha256: one for one in how.keep}
    again = {file.sha256: file for file in parcel.files}
    stays = tuple(
        _stand(file, origins[file.sha256], again.get(file.sha256))
        for file in kept
        if file.sha256 in origins
    )
    have = {file.sha256 for file in stays}
    new = tuple(
        msgspec.structs.replace(file, name=how.names.get(file.sha256, file.name))
        for file in parcel.files
        if file.sha256 not in have
    )
    mail = parcel.mail
    if mail is not None and how.captions:
        mail = msgspec.structs.replace(mail, text=f"{mail.text}\n\n{how.captions}\n")
    unread = tuple(dict.fromkeys((*how.unread, *parcel.unread)))
    return msgspec.structs.replace(parcel, files=(*stays, *new), mail=mail, unread=unread)


def _stand(file: File, slot: Kept, again: File | None) -> File:
    """A file that stays, in its slot. One that the mail brings `again` is judged by how it comes
    now."""
    mended = _was_mended if slot.mended else never_mended
    return msgspec.structs.replace(
        file, name=slot.name, origin=slot.origin, mended=again.mended if again else mended
    )


def _was_mended() -> bool:
    return True


def has_only_known_files(before: Submission, now: Submission) -> bool:
    """Whether every file of a mail is one we have."""
    had = {one.sha256 for one in before.documents} | {one.sha256 for one in before.photos}
    new = {one.sha256 for one in now.documents} | {one.sha256 for one in now.photos}
    return bool(new) and new <= had


def is_unchanged(before: Submission, after: Submission) -> bool:
    """Whether a mail brought nothing: the same bytes, the same captions."""
    return _content(before) == _content(after)


def is_withdrawal(mail: Mail) -> bool:
    """Whether the first line that is not a quotation is exactly BATAL."""
    for line in mail.text.splitlines():
        told = line.strip()
        if told and not told.startswith(">"):
            return told == "BATAL"
    return False


def _replaces(before: Submission, now: Submission) -> bool | None:
    """Whether the document of `now` takes the article's slot; None when it is another article.

    The newest readable one does; beside an article we have, one that cannot be read replaces
    nothing.
    """
    old, new = before.document, now.document
    if new is None:
        return False
    if old is None or not old.readable:
        return True
    if not new.readable:
        return False
    if new.sha256 == old.sha256:
        return False
    alike = measure_similarity(text_of(old), text_of(new))
    if alike is not None and alike >= OTHER_TEXT:
        return True
    if count_characters(new) < min(_ARTICLE, count_characters(old)):
        return False  # captions, or a note
    return True if alike is None else None


def _captions(old: Submission, now: Submission, *, replaced: bool) -> str:
    """Captions of earlier mails' texts as lines "name: caption", but those the new mail writes
    anew.

    Those of a document that is `replaced` by one without any captions are carried along too.
    """
    bare = replaced and not (now.loose or now.orphans or any(photo.caption for photo in now.photos))
    known = ("body", "document") if bare else ("body",)
    anew = {stem(label.key) for label in (*now.orphans, *now.loose) if label.key}
    anew |= {
        stem(photo.name) for photo in now.photos if photo.caption and photo.caption.source == "body"
    }
    captioned = [
        (photo.name, photo.caption)
        for photo in old.photos
        if photo.caption and photo.caption.source in known and stem(photo.name) not in anew
    ]
    lines = [f"{name}: {each.text}" for name, each in captioned if each.action == "auto"]
    lines += [
        f"{label.key}: {label.text}"
        for label in (*old.orphans, *old.loose)
        if label.source == "body" and label.key and stem(label.key) not in anew
    ]
    return "\n".join([*lines, *_unsure(each for _, each in captioned if each.action != "auto")])


def _unsure(captions: Iterable[Caption]) -> list[str]:
    """Captions whose photo an editor has not confirmed, without a name: a guess of one try is no
    evidence in the next."""
    found = list(captions)
    shared = dict.fromkeys(each.text for each in found if each.evidence == "shared")
    single = dict.fromkeys(each.text for each in found if each.evidence != "shared")
    lines = [f"Semua foto: {text}" for text in shared]
    return [*lines, *(["Keterangan foto:"] if single else []), *(f"- {text}" for text in single)]


def _content(submission: Submission) -> tuple[object, ...]:
    documents = frozenset(one.sha256 for one in submission.documents)
    photos = frozenset(
        (one.sha256, one.caption.text if one.caption else "") for one in submission.photos
    )
    return (
        documents,
        photos,
        frozenset(
            one.sha256 for one in submission.others if one.why.code not in _NO_FILE_OF_THEIRS
        ),
    )
