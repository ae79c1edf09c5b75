"""What came with a mail, as the answering table asks for it: a mark of automatic mail forbids the
answer, not the reading of files. Pure.

Files are a document, or a photo (docs/photo-notes.md); what a signature, a mail program or a report
brings is none (RFC 3462, 2: a report returns the mail it is about).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from redaksi.arrival import File, Parcel
from redaksi.companions import COMPANIONS
from redaksi.model import Assessment
from redaksi.reasons import ORNAMENTS, PICTURES_ASIDE

Picture = Literal["any", "attached", "none"]

# Neither article nor photo: what machines lay beside their words, reports of DMARC among it.
_WORDS_OF_MACHINES = frozenset({"empty", "calendar", "vcard", "mail"})
_REPORTS = (".xml", ".xml.gz", ".json", ".json.gz", ".log", ".ini", ".p7s", ".p7m", ".asc", ".sig")
_DEEPEST = 10  # wrappers in wrappers that are looked through


class Brought(Struct, frozen=True, kw_only=True):
    """What came with a mail. `attached`: anything that could be a document or photo. The others
    say where it lies: `document`, `photo` (attached) and `pasted` (shown in the words) in the mail
    itself, `returned` within a mail that is attached to it."""

    attached: bool = False
    document: bool = False
    photo: bool = False
    pasted: bool = False
    returned: bool = False

    def has_files(self, *, picture: Picture = "any", returned: bool = True) -> bool:
        """Whether files came. `picture`: which pictures count without a document; `returned`:
        whether files of an attached mail do."""
        seen = (picture != "none" and self.photo) or (picture == "any" and self.pasted)
        return self.document or seen or (returned and self.returned)


NOTHING = Brought()


def describe_brought(parcel: Parcel, judged: Sequence[Assessment]) -> Brought:
    """What came with `parcel`, whose submissions are `judged`."""
    submissions = [each.submission for each in judged]
    others = {other.sha256: other.why.code for each in submissions for other in each.others}
    attached = [
        file for file in parcel.files if not file.aside and others.get(file.sha256) not in ORNAMENTS
    ]
    photos = {photo.sha256 for each in submissions for photo in each.photos}
    documents = {document.sha256 for each in submissions for document in each.documents}
    own, returned = _split(parcel.files, attached)
    return Brought(
        attached=bool(attached),
        document=any(
            file.sha256 in documents or _may_be_document(file, others)
            for file in own
            if file.sha256 not in photos
        ),
        photo=any(file.sha256 in photos and file.shown is None for file in own),
        pasted=any(file.sha256 in photos and file.shown is not None for file in own),
        returned=any(
            file.sha256 in photos or file.sha256 in documents or _may_be_document(file, others)
            for file in returned
        ),
    )


def _may_be_document(file: File, others: Mapping[str, object]) -> bool:
    """Whether what is neither read as a document nor a photo may be one all the same: an archive,
    a spreadsheet, something that could not be opened."""
    if file.kind in _WORDS_OF_MACHINES or file.name.lower().endswith(_REPORTS):
        return False
    why = others.get(file.sha256)
    return why not in COMPANIONS and why not in PICTURES_ASIDE and file.kind != "text"


def _split(every: Sequence[File], files: Iterable[File]) -> tuple[list[File], list[File]]:
    """Those of the mail itself, and those that lie in a mail attached to it."""
    by_name = {file.name: file for file in every}
    own: list[File] = []
    returned: list[File] = []
    for file in files:
        (returned if _is_in_a_mail(file, by_name) else own).append(file)
    return own, returned


def _is_in_a_mail(file: File, by_name: Mapping[str, File]) -> bool:
    here: File | None = file
    for _ in range(_DEEPEST):
        if here is None or not here.container:
            return False
        wrapper = by_name.get(here.container) or by_name.get(here.container.partition("/")[0])
        if wrapper is not None and wrapper.kind == "mail":
            return True
        here = wrapper
    return True
