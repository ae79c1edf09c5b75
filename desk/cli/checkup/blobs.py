"""`redaksi doctor --verify`: every stored file is read and compared with its name."""

from collections.abc import Callable

from desk.app import App
from desk.blobs.verify import find_differing
from redaksi.catalog import Catalog
from redaksi.errors import RedaksiError

SHOWN = 5


def check_blobs(app: App, words: Catalog, step: Callable[[int, int], None]) -> str:
    """All of them are whole. Raises RedaksiError that names those that are not."""
    count = 0

    def tick(done: int, whole: int) -> None:
        nonlocal count
        count = done
        step(done, whole)

    differing = list(find_differing(app.blobs, tick))
    if differing:
        shown = ", ".join(differing[:SHOWN])
        raise RedaksiError("blobs_differ", n=len(differing), names=shown)
    return words.say("cli.doctor", "blobs_whole", n=count)
