"""What a reading left in its folder becomes blobs: the files of the mail, and the pictures made of
them, with whose they are."""

from collections.abc import Mapping
from pathlib import Path

from desk.app import App
from desk.sandbox.host import Crashed
from desk.store import derivatives
from desk.store.tables.derivative import DerivativeRole

_ROLES: Mapping[str, DerivativeRole] = {
    "thumbnail": "thumbnail",
    "screen": "screen",
    "jpeg": "jpeg",
}


def keep_files(app: App, folder: Path) -> None:
    """Take in every file of `folder`: `<sha256>`, or `<sha256>.<role>.jpg`. Raises Crashed when
    the child left anything else."""
    made: list[tuple[str, DerivativeRole, str, int]] = []
    for file in folder.iterdir():
        original, _, role = file.name.removesuffix(".jpg").partition(".")
        try:
            if role not in _ROLES:
                app.blobs.adopt(file, file.name)
                continue
            if not file.is_file() or file.is_symlink():
                raise ValueError(file.name)
            made.append((original, _ROLES[role], app.blobs.put(file), file.stat().st_size))
        except ValueError as error:  # what is there is not what its name says
            raise Crashed("child_left_something", line=error) from error
    if made:
        with app.store.begin() as tx:
            for original, known, sha256, size in made:
                derivatives.record(tx, original, known, sha256, size, app.clock())
