"""The demo's folder of mails: what is dropped there is delivered, or answered with why not. Whatever
lies there never ends the demo."""

import time
from collections.abc import Callable
from pathlib import Path

from redaksi.catalog import Catalog, Sentence
from redaksi.errors import RedaksiError
from redaksi.fault import name_fault

GROWING = 0.3  # seconds after the last byte
_DELIVERED = "diantar"

Say = Callable[[str], None]
Deliver = Callable[[bytes], None]


class DropFolder:
    """Remembers what it refused, so that each is told once; what is mended is tried again."""

    def __init__(self, folder: Path, deliver: Deliver, say: Say, words: Catalog) -> None:
        self._folder, self._deliver, self._say, self._words = folder, deliver, say, words
        self._refused: dict[str, tuple[int, int]] = {}

    def look(self) -> None:
        """Deliver what has stopped growing, and move it out of the way."""
        for file in sorted(self._folder.glob("*.eml")):
            try:
                found = file.lstat()
            except OSError:
                continue  # taken away meanwhile
            mark = (found.st_mtime_ns, found.st_mode)
            is_growing = 0 <= time.time() - found.st_mtime < GROWING
            if not is_growing and self._refused.get(file.name) != mark:
                self._take(file, mark)

    def _take(self, file: Path, mark: tuple[int, int]) -> None:
        try:
            raw = file.read_bytes()
            if not raw:
                self._refuse(file, mark, Sentence("demo", "drop_empty", {}))
                return
            self._deliver(raw)
            done = self._folder / _DELIVERED
            done.mkdir(exist_ok=True)
            file.rename(done / file.name)
        except OSError as error:
            self._refuse(file, mark, name_fault(error))
        except RedaksiError as error:
            self._refuse(file, mark, error.say(self._words.language))
        else:
            self._say(self._words.say("demo", "dropped_in", name=file.name))

    def _refuse(self, file: Path, mark: tuple[int, int], why: Sentence | str) -> None:
        self._refused[file.name] = mark
        self._say(self._words.say("demo", "drop_refused", name=file.name, why=why))
