"""Pictures inside a document, looked into just enough to know them again among the attached photos:
at a small scale, and only so many."""

from msgspec import Struct

from ingest.read.budget import Budget
from ingest.read.photo.decode_cost import count_pixels
from ingest.read.photo.decoders import find_closed_decoder
from ingest.read.photo.derivatives import decode_upright
from ingest.read.photo.formats import look
from ingest.read.photo.looks.drawing import looks_drawn
from ingest.read.photo.perceptual_hash import hash_picture
from redaksi.errors import Unreadable
from redaksi.limits import Safety

_SIDE = 512  # pixels: a JPEG is decoded to no less
_LEAST = 200  # pixels: what is smaller on a side is an ornament
_MOST_PICTURES = 40
_MOST_PIXELS = 24_000_000  # of one picture that cannot be decoded at a scale
_MOST_SCALED = 100_000_000  # of a JPEG
_MOST_NAMED = 500  # of one document
_MOST_IN_ALL = 160_000_000
_KINDS = frozenset({"jpeg", "png", "gif", "bmp", "tiff", "webp"})


class Glance(Struct, frozen=True):
    """What a look at a picture tells: its likeness ("" = not known), and whether it looks drawn."""

    likeness: str = ""
    is_drawn: bool = False


class Room:
    """How much may still be looked at of one document, of what its mail still has."""

    def __init__(self, budget: Budget | None = None) -> None:
        self._budget = budget or Budget(Safety())
        self._pictures = _MOST_PICTURES
        self._pixels = _MOST_IN_ALL

    def may_name(self, count: int) -> bool:
        """Whether another picture is told of beside `count`; how many there are is not known
        then."""
        if count >= _MOST_NAMED:
            self._budget.exceed("pixels")
        return count < _MOST_NAMED

    def glance(self, content: bytes, kind: str, width: int, height: int) -> Glance:
        """A look at a picture, nothing where there is no room or it cannot be decoded."""
        pixels = width * height
        most = _MOST_SCALED if kind == "jpeg" else _MOST_PIXELS
        if kind not in _KINDS or min(width, height) < _LEAST or pixels > most:
            return Glance()
        if self._pictures <= 0 or pixels > self._pixels:
            return Glance()
        self._pictures -= 1
        self._pixels -= pixels
        if not self._may_decode(content):
            return Glance()
        try:
            image = decode_upright(content, _SIDE, most)
        except Unreadable:
            return Glance()
        return Glance(hash_picture(image), looks_drawn(image))

    def _may_decode(self, content: bytes) -> bool:
        """Whether its decoder is in use and its pixels are to be had."""
        header = look(content)
        if find_closed_decoder(content, header.kind, self._budget) is not None:
            return False
        return self._budget.take_pixels(count_pixels(header, _SIDE))
