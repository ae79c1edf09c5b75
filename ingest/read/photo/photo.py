"""A photo as its bytes show it: kind, size, rotation, and whether it really decodes. Pure, memory
bounded.

Sizes come from the header before anything is inflated (a 21 KB PNG can expand to 837 MB); PNG is checked as a stream
(photo_png); a JPEG is decoded at an eighth of its size, which reads every coefficient and needs 10 MB for
200 megapixels. A variety that no decoder knows is not damaged: an editor judges it.
"""

from ingest.read.photo.boxes import read_boxes
from ingest.read.photo.decode import NotDecoded, NotOpened, decode
from ingest.read.photo.derivatives import convert_to_jpeg, make_thumbnail
from ingest.read.photo.formats import STILL_KINDS, Header, is_starved, look
from ingest.read.photo.jpeg import Jpeg, find_interruption, scan_jpeg, strip_metadata
from ingest.read.photo.metadata import is_animated, read_description, read_orientation
from ingest.read.photo.png import find_png_damage
from ingest.read.photo.strict_jpeg import decode_strictly, find_share_from_top
from ingest.read.photo.tags import COMPRESSION, read_tags
from redaksi.arrival import File
from redaksi.limits import Safety
from redaksi.model import Photo
from redaksi.reasons import Reason, ReasonCode, explain

__all__ = ["convert_to_jpeg", "make_thumbnail", "read_description", "read_photo"]

_CUT = explain(ReasonCode.PICTURE_CUT)
_SIZELESS = explain(ReasonCode.PICTURE_SIZELESS)
Verdict = tuple[Reason | None, tuple[str, ...]]  # damage and notes
_MOST_JPEG_PIXELS = 400_000_000  # 200-megapixel phones are real, more is not
# libjpeg keeps those of a progressive picture in memory, 2 bytes each
_MOST_COEFFICIENTS = 128_000_000
_MOST_SCANS = 100  # libjpeg goes over the whole picture in each; encoders write 10
_LEAST = 8  # pixels: asks libjpeg for its smallest scale
# TIFF: JBIG, JP2, LZMA, Zstd, WebP, JXL
_RARE_COMPRESSIONS = frozenset({34661, 34712, 34925, 50000, 50001, 50002})


def read_photo(file: File, safety: Safety) -> Photo:
    """`file` as a photo. Whatever the bytes are, there is an answer; `damage` is None when the
    photo is intact.

    No still picture (kind "psd", "pdf", "raw", "mp4", …): width 0 and `judged` False, for the rule
    about formats. Notes: "not-decoded" (sound as far as its structure tells), "too-many-pixels"
    (not looked into: to be asked for smaller), "unsupported" (`judged` False), "animated" (only the
    first frame counts).
    """
    content = file.load()
    header = look(content)
    kind = header.kind if header.kind in STILL_KINDS else file.kind or header.kind
    if header.kind not in STILL_KINDS:
        return _not_still(file, content, kind)
    damage, notes = _verdict(content, header, safety)
    if is_animated(content, kind):
        notes = (*notes, "animated")
    sized = header.width > 0 and header.height > 0
    return Photo(
        name=file.name,
        kind=kind,
        sha256=file.sha256,
        size=file.size,
        width=header.width if sized else 0,
        height=header.height if sized else 0,
        orientation=read_orientation(content, kind),
        intact=not damage,
        damage=damage,
        judged="unsupported" not in notes,
        origin=file.origin,
        notes=notes,
    )


def _not_still(file: File, content: bytes, kind: str) -> Photo:
    """A file that is no picture we can look into: asked for if its kind is known, broken if it
    is nothing at all."""
    damage: Reason | None = None
    if not content:
        damage = explain(ReasonCode.FILE_EMPTY)
    elif not any(content[:4096]):
        damage = explain(ReasonCode.ALL_ZEROS)
    elif kind in STILL_KINDS or kind in ("", "unknown", "text", "empty", "ole", "zip"):
        damage = explain(ReasonCode.NOT_A_PICTURE)
    return Photo(
        name=file.name,
        kind=kind or "unknown",
        sha256=file.sha256,
        size=file.size,
        intact=not damage,
        damage=damage,
        judged=bool(damage),
        origin=file.origin,
    )


def _verdict(content: bytes, header: Header, safety: Safety) -> Verdict:
    """(damage, notes) of a still picture."""
    pixels = header.width * header.height
    if header.kind == "jpeg":
        return _jpeg_verdict(content, scan_jpeg(content), pixels)
    if header.kind in ("heic", "avif") and not read_boxes(content).complete:
        return _CUT, ()
    if header.kind == "heic" and not 0 < pixels <= safety.max_pixels:
        # phones write larger ones; nobody is asked for less
        return None, (
            "not-decoded",
            "unsupported",
        )
    if not 0 < pixels <= safety.max_pixels:
        return (
            (None, ("too-many-pixels",))
            if pixels
            else (_CUT if is_starved(content, header.kind) else _SIZELESS, ())
        )
    return (
        (find_png_damage(content), ())
        if header.kind == "png"
        else _decoded_verdict(content, header.kind)
    )


def _jpeg_verdict(content: bytes, jpeg: Jpeg, pixels: int) -> Verdict:
    """A picture that would need too much memory even when scaled is judged by its segments
    alone."""
    damage = (
        find_interruption(content, jpeg) if jpeg.scans else explain(ReasonCode.PICTURE_NOT_BEGUN)
    )
    # the number of lines may follow the first scan (T.81, B.2.5): legal, unknown to libjpeg
    if not pixels:
        return damage, () if damage else ("unsupported",)
    coefficients = pixels * jpeg.components if jpeg.progressive else 0
    if pixels > _MOST_JPEG_PIXELS or coefficients > _MOST_COEFFICIENTS or jpeg.scans > _MOST_SCANS:
        return damage or (None if jpeg.ended else _CUT), ("not-decoded",)
    if damage:
        return _located(damage, strip_metadata(content, jpeg), jpeg), ()
    return _decoded_jpeg_verdict(content, jpeg)


def _decoded_jpeg_verdict(content: bytes, jpeg: Jpeg) -> Verdict:
    bare = strip_metadata(content, jpeg)
    # a picture whose end mark alone is missing has all its data: libjpeg warns when it has not
    whole = bare if jpeg.ended else bare.rstrip(b"\xff") + b"\xff\xd9"
    coded = decode_strictly(whole, jpeg, _LEAST)
    if coded is None:
        damage, notes = _judge_rare_jpeg(content, jpeg)
        return damage and _located(damage, whole, jpeg), notes
    # a progressive picture may lack its last refinements, whatever it holds: without an end it is cut
    if not coded.is_damaged and (jpeg.ended or not jpeg.progressive):
        return None, ()
    code = ReasonCode.PICTURE_DAMAGED if jpeg.ended else ReasonCode.PICTURE_CUT
    return _located(explain(code), whole, jpeg), ()


def _judge_rare_jpeg(content: bytes, jpeg: Jpeg) -> Verdict:
    """CMYK and what only Pillow opens."""
    try:
        decode(content, "jpeg", _LEAST).close()
    except NotOpened:
        return (None, ("unsupported",)) if jpeg.ended else (_CUT, ())
    except NotDecoded as error:
        return _named(error), ()
    return (None if jpeg.ended else _CUT), ()


def _located(damage: Reason, bare: bytes, jpeg: Jpeg) -> Reason:
    """With the share of the picture above the damage, where the file shows it."""
    share = find_share_from_top(bare, jpeg)
    return damage if share is None else explain(damage.code, **damage.facts, from_top=share)


def _decoded_verdict(content: bytes, kind: str) -> Verdict:
    """TIFF, GIF, BMP, WebP, AVIF and HEIC: the first frame decoded."""
    try:
        decode(content, kind).close()
    except NotOpened:
        return (_CUT, ()) if is_starved(content, kind) else (None, ("unsupported",))
    except NotDecoded as error:
        if kind == "tiff" and read_tags(content, 0).number(COMPRESSION) in _RARE_COMPRESSIONS:
            return None, ("unsupported",)
        return _named(error), ()
    return None, ()


def _named(error: NotDecoded) -> Reason:
    """What a decoder said."""
    words = str(error)
    if "truncated" in words:
        return _CUT
    return explain(ReasonCode.NOT_DECODED, **({"line": words} if words else {}))
