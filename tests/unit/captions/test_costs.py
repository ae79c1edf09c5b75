"""What reading captions costs is counted in questions asked, not in seconds: no line is asked the same
by every line above it."""

import pytest

from ingest.read.captions.grammar import passages
from ingest.read.captions.grammar.designators import Known, know_photos
from ingest.read.captions.grammar.marks import Mark
from ingest.read.captions.labels import parse

_LINES = 300


def test_a_row_is_asked_once_which_photo_it_names_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them may go on in the next seventeen: 2,500 took three seconds."""
    asked: list[str] = []
    read_behind = passages.read_behind

    def ask(line: str, known: Known) -> Mark | None:
        asked.append(line)
        return read_behind(line, known)

    monkeypatch.setattr(passages, "read_behind", ask)
    rows = [f"1 Warga ke-{n} bergotong royong membangun jalan [cid:a]" for n in range(_LINES)]
    parse("\n".join(rows), know_photos(["IMG_2041.jpg"]))
    assert len(asked) <= 3 * _LINES
