"""Whether two hashes of pictures (ingest.read.photo.perceptual_hash) are of one picture. Pure."""

BITS = 128
LENGTH = BITS // 4  # hexadecimal digits; hashes stored by earlier versions are longer
ALIKE, UNLIKE = 12, 24  # bits that differ: one picture compressed anew; two pictures


def measure_distance(one: str, other: str) -> int:
    """How many bits differ; all when either is not known, or they are no hashes of one kind."""
    if len(one) != LENGTH or len(other) != LENGTH:
        return BITS
    return (int(one, 16) ^ int(other, 16)).bit_count()


def is_alike(one: str, other: str) -> bool:
    """Whether both are known and of one picture."""
    return measure_distance(one, other) <= ALIKE
