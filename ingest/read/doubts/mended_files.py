"""Damage that may be the transport's: an editor's to look at, and nobody is told that his file is
broken."""

from msgspec.structs import replace

from redaksi.arrival import Parcel
from redaksi.decide import BROKEN_IN_TRANSPORT
from redaksi.model import Submission


def doubt_mended_files(submission: Submission, parcel: Parcel) -> Submission:
    """With the doubt `broken-in-transport`, where a damaged file came in a form that was broken
    on its way and mended by us."""
    damaged = {each.sha256 for each in submission.documents if not each.readable}
    damaged |= {each.sha256 for each in submission.photos if not each.intact}
    for file in parcel.files:
        is_closed = file.refused is not None and file.aside is None
        if (is_closed or file.sha256 in damaged) and file.mended():
            return replace(submission, doubts=(*submission.doubts, BROKEN_IN_TRANSPORT))
    return submission
