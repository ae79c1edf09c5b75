"""Which kinds of pictures are opened (`safety.decoders`): a decoder with an open hole is taken out, and
its pictures are kept and shown, unjudged. Asked wherever pixels are decoded.
"""

from ingest.read.budget import Budget
from ingest.read.photo.coded.tags import COMPRESSION, find_page
from redaksi.reasons import Reason, ReasonCode, explain

# TIFF hands its strips to the decoder of another format: tag 259 -> its kind
_WITHIN_TIFF = {6: "jpeg", 7: "jpeg", 34892: "jpeg", 50001: "webp"}
# a HEIF file names the coding of each picture in it (ISO/IEC 23008-12, 6.2)
_WITHIN_HEIF = ((b"av01", "avif"), (b"hvc1", "heic"), (b"jpeg", "jpeg"))
_HEAD = 1 << 16


def find_closed_decoder(content: bytes, kind: str, budget: Budget) -> Reason | None:
    """Why a picture is not decoded: a decoder that it needs is taken out. None where all are
    there."""
    decoders = budget.safety.decoders
    if all(needed in decoders for needed in (kind, *_list_within(content, kind))):
        return None
    return budget.leave(explain(ReasonCode.NO_DECODER))


def _list_within(content: bytes, kind: str) -> tuple[str, ...]:
    """The kinds whose decoders a picture of `kind` may call besides its own."""
    if kind == "tiff":
        within = _WITHIN_TIFF.get(find_page(content)[1].number(COMPRESSION))
        return (within,) if within else ()
    if kind in ("heic", "avif"):
        head = content[:_HEAD]
        return tuple(needed for mark, needed in _WITHIN_HEIF if mark in head and needed != kind)
    return ()
