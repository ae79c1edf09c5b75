"""Whether what a journey leaves is whole."""

from pathlib import Path

from desk.blobs.local import LocalBlobs
from desk.blobs.verify import find_differing


def assert_whole(folder: Path) -> None:
    """Every file of every store below a folder is what its name says, and ours alone: what `redaksi
    doctor --verify` looks at."""
    for blobs in sorted(folder.glob("**/blobs")):
        differing = list(find_differing(LocalBlobs(blobs, looks=True)))
        assert differing == [], f"{blobs}: not what it is called, or open to others"
