"""A photo as readers get it: decoded once more, for that alone. What people at the desk were shown is
published, a damaged photo too: an editor saw it and chose it."""

from ingest.read.budget import Budget
from ingest.read.photo.decode import DECODER_ERRORS
from ingest.read.photo.decoders import find_closed_decoder
from ingest.read.photo.derivatives import make_published
from ingest.read.photo.formats import STILL_KINDS, Header, look
from ingest.read.photo.integrity import judge_picture
from redaksi.limits import SCREEN
from redaksi.reasons import Reason, ReasonCode, explain


def publish_picture(content: bytes, budget: Budget) -> bytes | Reason:
    """Its JPEG, or why there is none. Whatever the bytes are, there is an answer."""
    header = look(content)
    if header.kind not in STILL_KINDS:
        return explain(ReasonCode.NO_DECODER if header.kind else ReasonCode.NOT_A_PICTURE)
    if reason := find_closed_decoder(content, header.kind, budget):
        return reason
    try:
        return _publish(content, header, budget)
    except MemoryError:  # the child's limit says nothing of the photo
        raise
    except DECODER_ERRORS:
        return explain(ReasonCode.NO_DECODER)


def _publish(content: bytes, header: Header, budget: Budget) -> bytes | Reason:
    longest = min(max(header.width, header.height), SCREEN)
    verdict = judge_picture(content, header, budget.safety, longest, budget.take_pixels)
    if verdict.image is not None:
        return make_published(verdict.image, content, header.kind)
    if verdict.left:
        return budget.exceed("pixels")
    if verdict.damage is not None:
        return verdict.damage
    is_large = "too-many-pixels" in verdict.notes
    return explain(ReasonCode.TOO_MANY_PIXELS if is_large else ReasonCode.NO_DECODER)
