"""The house keeps its own rules: packaging, floors, sizes, and nothing that must not be written
down."""

import re
import subprocess
from pathlib import Path

import pytest

import validators

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("redaksi", "ingest", "validators", "publisher", "desk")


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_the_validators_that_are_imported_are_ours() -> None:
    """PyPI has a distribution `validators` with the same top-level folder."""
    assert Path(str(validators.__file__)).parent == ROOT / "validators"


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_is_one_idea(room: str) -> None:
    long = {
        f.name: n for f in tracked(f"{room}/*.py") if (n := len(f.read_text().splitlines())) > 350
    }
    assert not long


def test_no_file_names_a_package_registry_or_a_machine() -> None:
    registry = re.compile(
        r"https?://[^\s\"']*(pypi|pythonhosted|npmjs|debian)\.[a-z]+|/work/(main|shared)|/root/|/home/\w"
    )
    bad = [
        f.relative_to(ROOT)
        for f in tracked("*")
        if f.suffix in {".py", ".toml", ".md", ".lock", ".txt", ".cfg", ".yml", ""}
        and f.name != Path(__file__).name
        and registry.search(f.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not bad


def test_nothing_silences_a_checker_without_saying_which() -> None:
    silenced = re.compile(r"#\s*type:\s*ignore(?!\[)|#\s*noqa(?!:)")
    bad = [
        f.relative_to(ROOT)
        for f in tracked("*.py")
        if f != Path(__file__) and silenced.search(f.read_text())
    ]
    assert not bad
