"""Whether two hashes of pictures (ingest.read.photo.perceptual_hash) are of one picture. Pure."""

BITS = 128
LENGTH = BITS // 4  # hexadecimal digits; hashes stored by earlier versions are longer
ALIKE, UNLIKE = 12, 24  # bits that differ: one picture compressed anew; two pictures


def measure_distance(left: str, right: str) -> int:
    """How many bits differ; all when either is not known, or they are no hashes of one kind."""
    if len(left) != LENGTH or len(right) != LENGTH:
        return BITS
    return (int(left, 16) ^ int(right, 16)).bit_count()


def is_alike(left: str, right: str) -> bool:
    """Whether both are known and of one picture."""
    return measure_distance(left, right) <= ALIKE
