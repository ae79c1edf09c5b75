"""Where the pictures of a page lie: among the blobs, by the store's table; in the folder of
thumbnails for what was made before there was one."""

from collections.abc import Collection, Mapping
from pathlib import Path

from desk.app import App
from desk.store import Transaction, derivatives
from desk.store.tables.derivative import DerivativeRole

Pictures = Mapping[tuple[str, DerivativeRole], Path]
_BEFORE: tuple[tuple[DerivativeRole, str], ...] = (("thumbnail", ".jpg"), ("jpeg", ".full.jpg"))


def find_pictures(
    app: App,
    tx: Transaction,
    originals: Collection[str],
    mails: Collection[int] = (),
    look: str = "",
) -> Pictures:
    """The file of each role of these originals, by their SHA-256, as `mails` brought them; what
    was not made is absent. `look`: of tidied copies."""
    found: dict[tuple[str, DerivativeRole], Path] = {}
    for original in originals:
        for role, ending in _BEFORE:
            path = app.thumbnails / original[:2] / f"{original}{ending}"
            if path.is_file():
                found[original, role] = path
    for (original, role), sha256 in derivatives.find(tx, originals, mails, look).items():
        if app.blobs.exists(sha256):
            found[original, role] = app.blobs.local_path(sha256)
    return found
