"""What a reading emits on its way, written into the folder that the parent gave. Bounded in bytes:
a role has its most, and so has a parcel."""

import string
from pathlib import Path

from ingest.read.photo.derivatives import MOST_SCREEN, MOST_THUMBNAIL
from ingest.read.photo.picture import Emit, EmittedRole
from redaksi.limits import MB

MOST: dict[EmittedRole, int] = {
    "original": 64 * MB,
    "jpeg": 64 * MB,
    "screen": MOST_SCREEN,
    "thumbnail": MOST_THUMBNAIL,
}
MOST_IN_ALL = 512 * MB


def write_into(folder: Path, most_in_all: int = MOST_IN_ALL) -> Emit:
    """An `emit` that writes originals as `<sha256>` and the rest as `<sha256>.<role>.jpg`, each
    once. What is too large is left out. Raises OSError when the disk refuses."""
    left = most_in_all

    def emit(original: str, role: EmittedRole, content: bytes) -> None:
        nonlocal left
        name = original if role == "original" else f"{original}.{role}.jpg"
        target = folder / name
        if not _is_sha256(original) or len(content) > min(MOST[role], left) or target.exists():
            return
        target.write_bytes(content)
        left -= len(content)

    return emit


def _is_sha256(name: str) -> bool:
    return len(name) == 64 and set(name) <= set(string.hexdigits.lower())
