"""What is dropped into the demo's folder: delivered, or answered once; nothing ends the demo."""

import os
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.demo.inbox import DropFolder
from desk.demo.pages import serving
from redaksi import catalog
from redaksi.errors import RedaksiError, ServerError


class Terminal:
    def __init__(self, folder: Path, refusal: RedaksiError | None = None) -> None:
        self.lines: list[str] = []
        self.delivered: list[bytes] = []
        self.refusal = refusal
        self.drops = DropFolder(folder, self.deliver, self.lines.append, catalog.load("id"))

    def deliver(self, raw: bytes) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.delivered.append(raw)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def drop(folder: Path, name: str, content: bytes = b"Subject: x\r\n\r\nx") -> Path:
    file = folder / name
    file.write_bytes(content)
    os.utime(file, (1, 1))
    return file


def test_a_mail_is_delivered_and_moved_away(folder: Path) -> None:
    drop(folder, "a.eml")
    terminal = Terminal(folder)
    terminal.drops.look()
    assert (len(terminal.delivered), terminal.lines) == (1, ["a.eml diantar"])
    assert (folder / "diantar" / "a.eml").exists()


def test_what_is_still_written_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(folder, "a.eml")
    monkeypatch.setattr(time, "time", lambda: 1.1)
    terminal = Terminal(folder)
    terminal.drops.look()
    assert (terminal.delivered, terminal.lines) == ([], [])


def make_empty(folder: Path) -> None:
    drop(folder, "b.eml", b"")


def make_folder(folder: Path) -> None:
    (folder / "b.eml").mkdir()
    os.utime(folder / "b.eml", (1, 1))


def make_dangling(folder: Path) -> None:
    (folder / "b.eml").symlink_to(folder / "tiada")
    os.utime(folder / "b.eml", (1, 1), follow_symlinks=False)


def make_closed(folder: Path) -> None:
    drop(folder, "b.eml").chmod(0)


MAKERS = [make_empty, make_folder, make_dangling]
if os.geteuid():  # nothing is closed to root
    MAKERS.append(make_closed)


@pytest.mark.parametrize("make", MAKERS)
def test_what_cannot_be_delivered_is_answered_once(
    folder: Path, make: Callable[[Path], None]
) -> None:
    make(folder)
    drop(folder, "c.eml")
    terminal = Terminal(folder)
    for _ in range(3):
        terminal.drops.look()
    refused = [line for line in terminal.lines if line.startswith("b.eml tidak diantar: ")]
    assert len(refused) == 1
    assert len(terminal.delivered) == 1


def test_what_was_mended_is_tried_again(folder: Path) -> None:
    terminal = Terminal(folder)
    drop(folder, "b.eml", b"")
    terminal.drops.look()
    os.utime(drop(folder, "b.eml"), (2, 2))
    terminal.drops.look()
    assert len(terminal.delivered) == 1


def test_a_server_that_refuses_is_answered(folder: Path) -> None:
    drop(folder, "b.eml")
    terminal = Terminal(folder, ServerError("no_uidvalidity", host="h", folder="INBOX"))
    terminal.drops.look()
    (line,) = terminal.lines
    assert line.startswith("b.eml tidak diantar: ")


def test_the_root_leads_to_the_queue(tmp_path: Path) -> None:
    (tmp_path / "antrean").mkdir()
    (tmp_path / "antrean" / "index.html").write_text("antrean")
    with serving(tmp_path) as address, urllib.request.urlopen(address) as answer:
        assert (answer.url, answer.read()) == (f"{address}antrean/", b"antrean")
