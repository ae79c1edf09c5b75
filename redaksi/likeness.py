"""Whether two hashes of pictures (ingest.read.photo.perceptual_hash) are of one picture. Pure."""

from collections.abc import Mapping, Sequence

BITS = 128
LENGTH = BITS // 4  # hexadecimal digits; hashes stored by earlier versions are longer
ALIKE, UNLIKE = 12, 24  # bits that differ: one picture compressed anew; two pictures


def measure_distance(left: str, right: str) -> int:
    """How many bits differ; all when either is not known, or they are no hashes of one kind."""
    if len(left) != LENGTH or len(right) != LENGTH:
        return BITS
    return (int(left, 16) ^ int(right, 16)).bit_count()


def find_alike(wanted: Mapping[str, str], others: Sequence[str]) -> dict[str, int]:
    """Name -> the place of the first of the others that is of one picture with its hash; `wanted`:
    name -> hash."""
    asked = {name: int(each, 16) for name, each in wanted.items() if len(each) == LENGTH}
    found: dict[str, int] = {}
    for place, other in enumerate(others if asked else ()):
        if len(other) != LENGTH:
            continue
        bits = int(other, 16)
        for name in [name for name, each in asked.items() if (each ^ bits).bit_count() <= ALIKE]:
            found[name] = place
            del asked[name]
    return found


def is_alike(left: str, right: str) -> bool:
    """Whether both are known and of one picture."""
    return measure_distance(left, right) <= ALIKE
