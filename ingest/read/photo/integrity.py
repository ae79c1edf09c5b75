"""Whether a still picture decodes, and the pixels of that one decode.

Sizes come from the header before anything is inflated (a 21 KB PNG can expand to 837 MB); PNG is
checked as a stream too. A variety that no decoder knows is not damaged: an editor judges it.
"""

from collections.abc import Callable

from msgspec import Struct
from PIL.Image import Image

from ingest.read.photo.coded.boxes import read_boxes
from ingest.read.photo.coded.png import find_png_damage
from ingest.read.photo.coded.strict_jpeg import decode_strictly, find_share_from_top
from ingest.read.photo.coded.tags import COMPRESSION, read_tags
from ingest.read.photo.decode import NotDecoded, NotOpened, decode
from ingest.read.photo.decode_cost import count_pixels, needs_too_much
from ingest.read.photo.formats import Header, is_starved
from ingest.read.photo.jpeg import Jpeg, find_interruption, has_begun, scan_jpeg, strip_metadata
from redaksi.limits import Safety
from redaksi.reasons import Reason, ReasonCode, explain

TakePixels = Callable[[int], bool]
_CUT = explain(ReasonCode.PICTURE_CUT)
_SIZELESS = explain(ReasonCode.PICTURE_SIZELESS)
_MOST_JPEG_PIXELS = 400_000_000  # 200-megapixel phones are real, more is not
# libjpeg keeps those of a picture of several scans in memory, 2 bytes each
_MOST_COEFFICIENTS = 128_000_000
_MOST_SCANS = 100  # libjpeg goes over the whole picture in each; encoders write 10
# TIFF: JBIG, JP2, LZMA, Zstd, WebP, JXL
_RARE_COMPRESSIONS = frozenset({34661, 34712, 34925, 50000, 50001, 50002})


def has_all(pixels: int) -> bool:  # noqa: ARG001 - whoever is asked is given the number
    """For a picture that no mail's budget counts."""
    return True


class Verdict(Struct, frozen=True):
    """`damage`: None = intact. `image`: what was decoded, as it is stored (neither upright nor
    sRGB), perhaps with gaps; None where nothing can be shown. `left`: it was not decoded, for its
    pixels are more than the mail still has."""

    damage: Reason | None = None
    notes: tuple[str, ...] = ()
    image: Image | None = None
    left: bool = False


_LEFT = Verdict(left=True)


def judge_picture(
    content: bytes, header: Header, safety: Safety, longest: int, take: TakePixels = has_all
) -> Verdict:
    """The verdict on a still picture. A JPEG is decoded at libjpeg's smallest scale of which the
    longer side is at least `longest`, which reads every coefficient all the same. `take` is asked
    before so many pixels are decoded."""
    pixels = header.width * header.height
    if header.kind == "jpeg":
        return _judge_jpeg(content, header, longest, take)
    if header.kind in ("heic", "avif") and not read_boxes(content).complete:
        return Verdict(_CUT)
    if header.kind == "heic" and not 0 < pixels <= safety.max_pixels:
        # phones write larger ones; nobody is asked for less
        return Verdict(None, ("not-decoded", "unsupported"))
    if header.kind == "avif" and not pixels:  # minimised: its size is in a box of its own
        return Verdict(None, ("not-decoded", "unsupported"))
    if not pixels:
        return Verdict(_CUT if is_starved(content, header.kind) else _SIZELESS)
    if pixels > safety.max_pixels:
        return Verdict(None, ("too-many-pixels",))
    if not take(pixels):  # of one that needs too much as well: a mail full of them is looked at
        return _LEFT
    if needs_too_much(content, header):
        return Verdict(None, ("not-decoded", "unsupported"))
    if header.kind == "png":
        return _judge_png(content)
    return _judge_decoded(content, header.kind)


def _judge_png(content: bytes) -> Verdict:
    """By its stream, which tells more than a decoder does; the pixels are for people alone."""
    damage = find_png_damage(content)
    if damage is not None:
        return Verdict(damage)
    try:
        return Verdict(None, (), decode(content, "png"))
    except (NotOpened, NotDecoded):
        return Verdict()


def _judge_jpeg(content: bytes, header: Header, longest: int, take: TakePixels) -> Verdict:
    """A picture that would need too much memory even when scaled is judged by its segments
    alone."""
    jpeg, pixels = scan_jpeg(content), header.width * header.height
    if not has_begun(content, jpeg):
        return Verdict(explain(ReasonCode.PICTURE_NOT_BEGUN))
    damage = find_interruption(content, jpeg)
    # the number of lines may follow the first scan (T.81, B.2.5): legal, unknown to libjpeg
    if not pixels:
        return Verdict(damage, () if damage else ("unsupported",))
    several = jpeg.progressive or jpeg.scans > 1
    coefficients = pixels * jpeg.components if several else 0
    if pixels > _MOST_JPEG_PIXELS or coefficients > _MOST_COEFFICIENTS or jpeg.scans > _MOST_SCANS:
        return Verdict(damage or (None if jpeg.ended else _CUT), ("not-decoded",))
    if not take(count_pixels(header, longest)):
        return _LEFT
    bare = strip_metadata(content, jpeg)
    # a picture whose end mark alone is missing has all its data: libjpeg warns when it has not
    whole = bare if jpeg.ended else bare.rstrip(b"\xff") + b"\xff\xd9"
    verdict = _judge_coded(content, whole, jpeg, longest)
    found = damage or verdict.damage
    notes = () if found else verdict.notes
    located = found and take(count_pixels(header, 1)) and _locate(found, whole, jpeg)
    return Verdict(located or found, notes, verdict.image)


def _judge_coded(content: bytes, whole: bytes, jpeg: Jpeg, longest: int) -> Verdict:
    coded = decode_strictly(whole, jpeg, longest)
    if coded is None:
        return _judge_rare_jpeg(content, jpeg, longest)
    # a progressive picture may lack its last refinements, whatever it holds: without an end it is cut
    if not coded.is_damaged and (jpeg.ended or not jpeg.progressive):
        return Verdict(None, (), coded.image)
    code = ReasonCode.PICTURE_DAMAGED if jpeg.ended else ReasonCode.PICTURE_CUT
    return Verdict(explain(code), (), coded.image)


def _judge_rare_jpeg(content: bytes, jpeg: Jpeg, longest: int) -> Verdict:
    """CMYK and what only Pillow opens."""
    try:
        image = decode(content, "jpeg", longest)
    except NotOpened:
        return Verdict(None, ("unsupported",)) if jpeg.ended else Verdict(_CUT)
    except NotDecoded as error:
        return Verdict(_named(error))
    return Verdict(None if jpeg.ended else _CUT, (), image)


def _locate(damage: Reason, bare: bytes, jpeg: Jpeg) -> Reason:
    """With the share of the picture above the damage, where the file shows it."""
    share = find_share_from_top(bare, jpeg)
    return damage if share is None else explain(damage.code, **damage.facts, from_top=share)


def _judge_decoded(content: bytes, kind: str) -> Verdict:
    """TIFF, GIF, BMP, WebP, AVIF and HEIC: the first frame decoded."""
    try:
        return Verdict(None, (), decode(content, kind))
    except NotOpened:
        return Verdict(_CUT) if is_starved(content, kind) else Verdict(None, ("unsupported",))
    except NotDecoded as error:
        if kind == "tiff" and read_tags(content, 0).number(COMPRESSION) in _RARE_COMPRESSIONS:
            return Verdict(None, ("unsupported",))
        return Verdict(_named(error))


def _named(error: NotDecoded) -> Reason:
    """What a decoder said."""
    words = str(error)
    if "truncated" in words:
        return _CUT
    return explain(ReasonCode.NOT_DECODED, **({"line": words} if words else {}))
