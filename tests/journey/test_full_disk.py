"""The disk is full from any step on: bytes, inodes or quota. Nothing is lost, at most
one attempt is counted, `status` says so while it lasts and no longer."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desk.demo import dovecot
from desk.demo.post import Letterbox, capturing
from desk.demo.samples import samples

# `make faults`: every step; else one of nineteen
LONG = os.environ.get("REDAKSI_FAULTS") == "long"
STRIDE = 1 if LONG else 19
CHOSEN = ("lengkap", "pantulan", "tautan-drive")
# status names the folder that cannot be written, or the room that is left, or the last error
FULL = re.compile(
    r"tidak dapat ditulis|inode hampir habis|tinggal 0 MB|penuh|(disk|inode|kuota) habis"
)


def may_mount(folder: Path) -> bool:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        return False
    subprocess.run(["umount", "-l", str(folder)], check=True)
    return True


def says_so(status: tuple[int, str]) -> tuple[bool, bool]:
    """Whether it asks for somebody, and whether for the disk."""
    code, output = status
    lines = re.split(r"(?m)^(?=\w+: )", output)  # what is mended is a line "catatan: "
    troubles = [" ".join(line.split()) for line in lines if line.startswith("perhatikan: ")]
    return code == 1, any(FULL.search(line) for line in troubles)


def run(kind: str, home: Path) -> list[dict[str, Any]]:
    with dovecot.running() as server, capturing(Letterbox()) as port:
        told = {
            "host": server.host,
            "imap": server.port,
            "password": server.password,
            "smtp": port,
            "home": str(home),
            "kind": kind,
            "first": 1,
            "every": STRIDE,
            "most": 1000,
            "mails": [s.raw.decode("latin-1") for s in samples() if s.name in CHOSEN],
        }
        driver = subprocess.run(
            [sys.executable, "-m", "tests.journey.full_disk"],
            input=json.dumps(told),
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )
    assert driver.returncode == 0, driver.stderr[-2000:]
    print(driver.stderr[-3000:])
    return [json.loads(line) for line in driver.stdout.splitlines()]


@pytest.mark.parametrize("kind", ["bytes", "inodes", "quota"])
def test_a_full_disk_loses_nothing_and_is_said(kind: str, tmp_path: Path) -> None:
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    if kind != "quota" and not may_mount(tmp_path / "trial"):
        pytest.skip("only root may mount a small disk")
    chosen = [s for s in samples() if s.name in CHOSEN]
    points = run(kind, tmp_path)
    assert sum(point["full"] for point in points) > (60 if LONG else 4)
    for point in points:
        assert point["clean"], point
        # what was refused may have been given back by then: a file in the making is taken away
        is_full = point["full"] and point["inodes"] <= 1
        assert says_so(point["during"])[0] == point["full"], point
        assert says_so(point["during"])[1] or not is_full, point
        assert not says_so(point["after"])[1], point["after"][1]
        assert point["strange"] == [], point
        assert point["outcomes"] == sorted(s.decision for s in chosen), point
        assert point["submissions"] == len(chosen), point
        assert point["letters"] == ["sent"] * sum(bool(s.letter) for s in chosen), point
        # one that was begun before the disk was full and could not be given back costs one
        assert set(point["attempts"]) <= {1, 2}, point
    print(f"{sum(point['full'] for point in points)} points of {kind}")
