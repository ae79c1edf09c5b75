"""What a later try mended of what an earlier one was asked for. Pure."""

from collections.abc import Collection, Iterable, Mapping, Set

from msgspec import Struct

from desk.domain.similarity import stem
from redaksi.model import Assessment, Finding, Severity, Submission

# Rules that speak of one thing: as long as one of them finds something, the thing is not mended.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "document-missing": ("document",), "document-not-word": ("document",), "document-unreadable": ("document",),
    "link-instead-of-files": ("document", "photos"), "attachment-refused": ("document", "photos"),
    "attachment-not-read": ("document",),
    "photo-missing": ("photos",), "photo-in-document": ("photos",), "photo-too-small": ("photo",),
    "photo-format": ("photo",), "photo-broken": ("photo",), "photo-too-large": ("photo",),
    "caption-missing": ("caption",),
}  # fmt: skip

_MUST: tuple[Severity, ...] = ("must",)


class Progress(Struct, frozen=True, kw_only=True):
    """What became of what was asked for. `fixed` and `still` are what was asked, parted;
    `remaining` and `new` what is found now, parted: `new` was not asked for before."""

    fixed: tuple[Finding, ...] = ()
    still: tuple[Finding, ...] = ()
    remaining: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()


def compare(
    before: Assessment, after: Assessment, severities: Collection[Severity] = _MUST
) -> Progress:
    """What had to be mended beside what has to be now; of other severities, what was noticed.

    A finding about the article is the same whatever its file is called, one about a photo in the
    same slot. Photos that were missing and now stand in the document, or a photo that was small and
    now is broken, are not mended; nor is one that another photo with the same fault took the place
    of.
    """
    asked = [finding for finding in before.findings if finding.severity in severities]
    found = [finding for finding in after.findings if finding.severity in severities]
    left = {matter for finding in found for matter in _matters(finding, after.submission)}
    asked_of = {matter for finding in asked for matter in _matters(finding, before.submission)}
    captions = {matter for matter in left | asked_of if matter[0] == "caption"}
    if ("caption", "") in captions:  # of which photos is not known: of any
        left |= captions if captions & left else set()
        asked_of |= captions if captions & asked_of else set()
    fixed = [finding for finding in asked if not _matters(finding, before.submission) & left]
    new = [finding for finding in found if not _matters(finding, after.submission) & asked_of]
    for finding, other in _find_replaced(fixed, new, before.submission, after.submission):
        fixed.remove(finding)
        new.remove(other)
    return Progress(
        fixed=tuple(fixed),
        still=tuple(finding for finding in asked if finding not in fixed),
        remaining=tuple(finding for finding in found if finding not in new),
        new=tuple(new),
    )


def _find_replaced(
    fixed: Iterable[Finding], new: Iterable[Finding], before: Submission, after: Submission
) -> list[tuple[Finding, Finding]]:
    """Photos asked for anew that are gone, each with one that came for it and has the same fault."""
    had = {stem(photo.name) for photo in before.photos}
    have = {stem(photo.name) for photo in after.photos}
    gone = [finding for finding in fixed if _is_about_photo(finding, had - have)]
    came = [finding for finding in new if _is_about_photo(finding, have - had)]
    pairs = []
    for finding in gone:
        other = next((each for each in came if each.rule == finding.rule), None)
        if other is not None:
            came.remove(other)
            pairs.append((finding, other))
    return pairs


def _is_about_photo(finding: Finding, stems: Set[str]) -> bool:
    return _FAMILIES.get(finding.rule) == ("photo",) and stem(finding.subject) in stems


def count_asked(before: Assessment | None) -> int:
    """How many things had to be mended."""
    return sum(finding.severity == "must" for finding in before.findings) if before else 0


def has_progressed(before: Assessment | None, after: Assessment) -> bool:
    """Whether other rules find something now than those the contributor was told of."""
    return before is not None and _musts(before) != _musts(after)


def _musts(judged: Assessment) -> frozenset[str]:
    return frozenset(finding.rule for finding in judged.findings if finding.severity == "must")


def _matters(finding: Finding, submission: Submission) -> frozenset[tuple[str, str]]:
    """What a finding is about: a family of rules, and the slot of the photo where it is about
    one."""
    slot = (
        stem(finding.subject)
        if finding.subject in {photo.name for photo in submission.photos}
        else ""
    )
    families = _FAMILIES.get(finding.rule, (finding.rule,))
    return frozenset(
        (family, slot if family in ("photo", "caption") else "") for family in families
    )
