"""What a reading gave becomes blobs: the files of the mail, and the pictures made of them, with
whose they are."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.app import App
from desk.sandbox.sink import FolderSink
from desk.store import derivatives


@contextmanager
def make_sink(app: App) -> Iterator[FolderSink]:
    """A sink in the blobs' own file system; what was not kept is gone at the end."""
    with tempfile.TemporaryDirectory(dir=app.spool, ignore_cleanup_errors=True) as folder:
        yield FolderSink(Path(folder))


def keep_files(app: App, sink: FolderSink, mail_id: int) -> None:
    """Take in every file of a reading that ended well. Of an original that did not come nothing is
    shown."""
    came = {received.file.sha256 for received in sink.received if received.file.role == "original"}
    made: list[derivatives.Made] = []
    for received in sink.received:
        file = received.file
        app.blobs.take(received.path, file.sha256)
        if file.role != "original" and file.original in came:
            made.append(
                derivatives.Made(
                    original=file.original,
                    role=file.role,
                    sha256=file.sha256,
                    size=file.size,
                    mail_id=mail_id,
                )
            )
    if made:
        with app.store.begin() as tx:
            for each in made:
                derivatives.record(tx, each, app.clock())
