"""Something that was made to attack came along: an editor's to look at, and no letter goes by
itself."""

from msgspec.structs import replace

from redaksi.arrival import Parcel
from redaksi.model import Submission
from redaksi.reasons import ATTACKS

MADE_TO_ATTACK = "made-to-attack"


def doubt_attacks(submission: Submission, parcel: Parcel) -> Submission:
    """With the doubt `made-to-attack`, where a file of the parcel is closed for what it is, whatever
    its name and whichever submission of several it may belong to."""
    closed = (file.refused for file in parcel.files if file.refused and not file.aside)
    if not any(reason.code in ATTACKS for reason in closed):
        return submission
    return replace(submission, doubts=(*submission.doubts, MADE_TO_ATTACK))
