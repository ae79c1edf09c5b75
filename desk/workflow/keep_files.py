"""What a reading gave becomes blobs: the files of the mail, and the pictures made of them, with
whose they are."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.app import App
from desk.sandbox.protocol import Announced
from desk.sandbox.sink import FolderSink
from desk.store import derivatives
from desk.store.tables.derivative import DerivativeRole


@contextmanager
def make_sink(app: App) -> Iterator[FolderSink]:
    """A sink in the blobs' own file system; what was not kept is gone at the end."""
    with tempfile.TemporaryDirectory(dir=app.spool, ignore_cleanup_errors=True) as folder:
        yield FolderSink(Path(folder))


def keep_files(app: App, sink: FolderSink) -> None:
    """Take in every file of a reading that ended well."""
    made: list[tuple[DerivativeRole, Announced]] = []
    for received in sink.received:
        file = received.file
        app.blobs.adopt(received.path, file.sha256)
        if file.role != "original":
            made.append((file.role, file))
    if made:
        with app.store.begin() as tx:
            for role, file in made:
                derivatives.record(tx, file.original, role, file.sha256, file.size, app.clock())
