"""A later try: what was sent before and what a mail brings now, as one parcel. Each file is a slot. Pure.

The newer document replaces the older one. A photo replaces the one of its name, whatever case, extension or "(1)" it
now bears; so does the larger copy of a picture that was asked for again, and the only new photo the only photo that
was asked for again; any other is added. A photo that replaces takes the slot's name, by which captions speak of it.
Captions from the text of earlier mails still count.
"""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from desk.match import OTHER_TEXT, similarity, stem, text_of
from ingest.read.likeness import ALIKE, UNLIKE, distance
from redaksi.model import Document, File, Finding, Judged, Mail, Origin, Other, Parcel, Photo, Submission

_ARTICLE = 600  # characters; a Word file below it beside an article is captions or a note, not the article
_CLOSED = frozenset({"zip", "rar", "7z", "gz"})
_WRITTEN = frozenset(
    {"docx", "docm", "dotx", "doc", "odt", "rtf", "wordml", "wordperfect", "encrypted", "pdf", "html"}
)
_PICTURES = frozenset(
    {"jpeg", "png", "tiff", "gif", "bmp", "webp", "heic", "avif", "raw", "psd", "svg", "wmf", "emf"}
)


# Rules that speak of one thing: as long as one of them finds something, the thing is not mended.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "document-missing": ("document",), "document-not-word": ("document",), "document-unreadable": ("document",),
    "link-instead-of-files": ("document", "photos"), "attachment-refused": ("document", "photos"),
    "photo-missing": ("photos",), "photo-in-document": ("photos",), "photo-too-small": ("photo",),
    "photo-format": ("photo",), "photo-broken": ("photo",), "photo-too-large": ("photo",),
    "caption-missing": ("captions",),
}  # fmt: skip


class Kept(Struct, frozen=True, kw_only=True):
    """A file of an earlier try that stays."""

    name: str
    sha256: str
    origin: Origin = "attached"


class Plan(Struct, frozen=True, kw_only=True):
    """How a mail's files and those of the try before become one parcel."""

    keep: tuple[Kept, ...] = ()
    names: Mapping[str, str] = {}  # SHA-256 of a file of the mail -> the slot's name
    captions: str = ""  # lines from the texts of earlier mails
    unsure: bool = False  # new photos were added while others still wait to be replaced: perhaps by these


def plan(before: Judged, now: Submission, *, sure: bool = False) -> Plan | None:
    """The plan; None when the mail brings another article, which is no try of this one, unless an editor is `sure`."""
    old = before.submission
    replaced = _replaces(old, now)
    if replaced is None and not sure:
        return None
    replaced = replaced is not False
    files: tuple[Document | Photo | Other, ...] = (*old.documents, *old.photos, *old.others)
    had = {file.sha256 for file in files if file.sha256}
    slots, unsure = _slots(before, now, had)
    documents = () if replaced else old.documents
    photos = [photo for photo in old.photos if photo.sha256 not in set(slots.values())]
    brought = bool(now.documents or now.photos or now.others)
    others = [
        o for o in old.others
        if o.sha256 and o.kind not in _PICTURES
        and not (replaced and o.kind in _WRITTEN) and not (brought and o.kind in _CLOSED)
    ]  # fmt: skip
    by_sha = {photo.sha256: photo for photo in old.photos}
    stay: list[Document | Photo | Other] = [*documents, *photos, *others]
    return Plan(
        keep=tuple(Kept(name=one.name, sha256=one.sha256, origin=one.origin) for one in stay),
        names={new: _slot_name(by_sha[replacing], new, now) for new, replacing in slots.items()},
        captions=_captions(old, now), unsure=unsure,
    )  # fmt: skip


def merged(parcel: Parcel, kept: Iterable[File], how: Plan) -> Parcel:
    """The parcel of the try: the mail with its own new files and those that stay."""
    origins = {one.sha256: one for one in how.keep}
    stays = tuple(
        msgspec.structs.replace(file, name=origins[file.sha256].name, origin=origins[file.sha256].origin)
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
    return msgspec.structs.replace(parcel, files=(*stays, *new), mail=mail)


def unchanged(before: Submission, after: Submission) -> bool:
    """Whether a mail brought nothing: the same bytes, the same captions."""
    return _content(before) == _content(after)


def mended(before: Judged, after: Judged) -> tuple[Finding, ...]:
    """What had to be mended and is no longer found, nor anything else in its place.

    A finding about the article is the same whatever its file is called, one about a photo in the same slot. Photos that
    were missing and now stand in the document, or a photo that was small and now is broken, are not mended.
    """
    left = {
        matter
        for one in after.findings
        if one.severity == "must"
        for matter in _matters(one, after.submission)
    }
    asked = [one for one in before.findings if one.severity == "must"]
    return tuple(one for one in asked if not _matters(one, before.submission) & left)


def asked_for(before: Judged | None) -> int:
    """How many things had to be mended."""
    return sum(one.severity == "must" for one in before.findings) if before else 0


def wants_withdrawal(mail: Mail) -> bool:
    """Whether the first line that is not a quotation is exactly BATAL."""
    for line in mail.text.splitlines():
        told = line.strip()
        if told and not told.startswith(">"):
            return told == "BATAL"
    return False


def _replaces(old: Submission, now: Submission) -> bool | None:
    """Whether the document of `now` takes the article's slot; None when it is another article."""
    before, document = old.document, now.document
    if document is None:
        return False
    if before is None or not before.readable or not document.readable:
        return True
    if document.sha256 == before.sha256:
        return False
    alike = similarity(text_of(before), text_of(document))
    if alike is None or alike >= OTHER_TEXT:
        return True
    return False if _length(document) < min(_ARTICLE, _length(before)) else None


def _length(document: Document) -> int:
    return len("".join(text_of(document).split()))


def _slots(before: Judged, now: Submission, had: set[str]) -> tuple[dict[str, str], bool]:
    """SHA-256 of a new photo -> SHA-256 of the photo it replaces; and whether others may be meant to replace some."""
    photos = before.submission.photos
    free = {photo.sha256: photo for photo in photos if photo.sha256 not in {p.sha256 for p in now.photos}}
    taken: dict[str, str] = {}
    loose: list[Photo] = []
    for photo in now.photos:
        if photo.sha256 in had:
            continue
        same = [sha for sha, one in free.items() if stem(one.name) == stem(photo.name)]
        if len(same) == 1:
            taken[photo.sha256] = same[0]
            del free[same[0]]
        else:
            loose.append(photo)
    failing = {f.subject for f in before.findings if f.severity == "must" and f.rule.startswith("photo-")}
    asked = [sha for sha, one in free.items() if one.name in failing]
    for photo in tuple(loose):
        if like := _same_picture(photo, [free[sha] for sha in asked], loose):
            taken[photo.sha256] = like
            asked.remove(like)
            loose.remove(photo)
    if len(loose) == 1 and len(asked) == 1:
        return {**taken, loose[0].sha256: asked[0]}, False
    return taken, bool(loose and asked)


def _same_picture(photo: Photo, asked: list[Photo], loose: list[Photo]) -> str:
    """The one photo that was asked for again and of which `photo` is a larger copy; "" when that is not plain."""
    near = [one for one in asked if distance(one.likeness, photo.likeness) <= ALIKE]
    if len(near) != 1 or photo.width * photo.height <= near[0].width * near[0].height:
        return ""
    rivals = [one for one in (*asked, *loose) if one is not photo and one is not near[0]]
    far = all(distance(one.likeness, photo.likeness) >= UNLIKE for one in rivals)
    return near[0].sha256 if far else ""


def _slot_name(slot: Photo, new: str, now: Submission) -> str:
    """The slot's name with the new file's ending; a photo the mail itself has a caption for keeps its own name."""
    photo = next(one for one in now.photos if one.sha256 == new)
    own = photo.caption
    if own and own.source in ("body", "document") and own.evidence in ("label", "name"):
        return photo.name
    bare = slot.name.rpartition(".")[0] or slot.name
    ending = photo.name.rpartition(".")[2] if "." in photo.name else ""
    return f"{bare}.{ending}" if ending else bare


def _captions(old: Submission, now: Submission) -> str:
    """Captions of earlier mails' texts as lines "name: caption", but those the new mail writes anew."""
    anew = {stem(label.key) for label in (*now.orphans, *now.loose) if label.key}
    anew |= {stem(photo.name) for photo in now.photos if photo.caption and photo.caption.source == "body"}
    lines = [
        f"{photo.name}: {photo.caption.text}"
        for photo in old.photos
        if photo.caption and photo.caption.source == "body" and stem(photo.name) not in anew
    ]
    lines += [
        f"{label.key}: {label.text}"
        for label in (*old.orphans, *old.loose)
        if label.source == "body" and label.key and stem(label.key) not in anew
    ]
    return "\n".join(lines)


def _content(submission: Submission) -> tuple[object, ...]:
    documents = frozenset(one.sha256 for one in submission.documents)
    photos = frozenset((one.sha256, one.caption.text if one.caption else "") for one in submission.photos)
    return documents, photos, frozenset(one.sha256 for one in submission.others if one.kind != "mail")


def _matters(finding: Finding, submission: Submission) -> frozenset[tuple[str, str]]:
    """What a finding is about: a family of rules, and the slot of the photo where it is about one."""
    slot = stem(finding.subject) if finding.subject in {photo.name for photo in submission.photos} else ""
    families = _FAMILIES.get(finding.rule, (finding.rule,))
    return frozenset((family, slot if family == "photo" else "") for family in families)
