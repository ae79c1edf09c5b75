"""What a later try mended of what an earlier one was asked for. Pure."""

from collections.abc import Mapping

from desk.domain.similarity import stem
from redaksi.model import Assessment, Finding, Submission

# Rules that speak of one thing: as long as one of them finds something, the thing is not mended.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "document-missing": ("document",), "document-not-word": ("document",), "document-unreadable": ("document",),
    "link-instead-of-files": ("document", "photos"), "attachment-refused": ("document", "photos"),
    "photo-missing": ("photos",), "photo-in-document": ("photos",), "photo-too-small": ("photo",),
    "photo-format": ("photo",), "photo-broken": ("photo",), "photo-too-large": ("photo",),
    "caption-missing": ("caption",),
}  # fmt: skip


def find_resolved(before: Assessment, after: Assessment) -> tuple[Finding, ...]:
    """What had to be mended and is no longer found, nor anything else in its place.

    A finding about the article is the same whatever its file is called, one about a photo in the
    same slot. Photos that were missing and now stand in the document, or a photo that was small and
    now is broken, are not mended.
    """
    left = {
        matter
        for finding in after.findings
        if finding.severity == "must"
        for matter in _matters(finding, after.submission)
    }
    if ("caption", "") in left:  # of which photos is not known: of any
        asked_of = (
            matter for finding in before.findings for matter in _matters(finding, before.submission)
        )
        left |= {matter for matter in asked_of if matter[0] == "caption"}
    asked = [finding for finding in before.findings if finding.severity == "must"]
    return tuple(finding for finding in asked if not _matters(finding, before.submission) & left)


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
