"""Whether a picture looks drawn (a logo, a banner, a scanned signature) rather than photographed:
few colours, flat areas, or transparency. Pure; docs/photo-notes.md has the rates."""

from itertools import pairwise

from PIL.Image import Image, Resampling
from PIL.ImageOps import autocontrast

_SIDE = 320  # pixels: as many are looked at
_TOP = 16  # colours of 4,096 (four bits of each)
_FEW = 0.75  # share of the pixels that the commonest colours cover
_FLAT = 0.45  # share of neighbouring pixels that are the same
_CLEAR = 0.02  # share of the pixels that are transparent
_OPAQUE = 128


def looks_drawn(image: Image) -> bool:
    """Whether a decoded picture, in any mode and at any size, looks drawn."""
    if measure_clear(image) > _CLEAR:
        return True
    few, flat = measure_colours(image)
    return few > _FEW and flat > _FLAT


def measure_clear(image: Image) -> float:
    """Share of the pixels that let what is behind them show."""
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return 0.0
    small = _sample(image.convert("RGBA")).getchannel("A")
    return float(sum(small.histogram()[:_OPAQUE])) / (small.width * small.height)


def measure_colours(image: Image) -> tuple[float, float]:
    """(share of the pixels in the commonest colours, share of neighbours that are the same)."""
    plain = image.convert("RGB")
    # what was taken in little light has all its levels close together
    small = autocontrast(_sample(plain), cutoff=1).point(lambda level: level & 0xF0)
    counted = sorted((count for count, _ in small.getcolors(1 << 18) or ()), reverse=True)
    few = sum(counted[:_TOP]) / (small.width * small.height)
    return few, _measure_flat(plain.convert("L"))


def _measure_flat(grey: Image) -> float:
    """From a piece of the middle at full size: scaling makes neighbours of what was apart."""
    width, height = grey.size
    left, top = max(0, width // 2 - _SIDE), max(0, height // 2 - _SIDE)
    piece = grey.crop((left, top, min(width, left + 2 * _SIDE), min(height, top + 2 * _SIDE)))
    levels = piece.tobytes()
    row = piece.width
    same = sum(a == b for a, b in pairwise(levels))
    return same / max(1, len(levels) - len(levels) // max(1, row))


def _sample(image: Image) -> Image:
    """Every n-th pixel, none mixed with its neighbours."""
    factor = max(1.0, max(image.size) / _SIDE)
    size = max(1, round(image.width / factor)), max(1, round(image.height / factor))
    return image.resize(size, Resampling.NEAREST)
