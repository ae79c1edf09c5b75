"""The house keeps its own rules: packaging, rooms, sizes, and nothing that must not be written down.

`python -m tests.unit.test_house` prints what house.md measures; `make check` runs it too.
"""

import re
import subprocess
import sys
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import validators
from tests.measure import LONGEST_LINE, measure, report

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


def modules_a_folder() -> Counter[str]:
    """How many modules each folder of the product holds; rules, tables and migrations are lists."""
    lists = {"rules", "tables", "versions"}
    found = [f for room in ROOMS for f in tracked(f"{room}/*.py") if f.name != "__init__.py"]
    return Counter(str(f.parent.relative_to(ROOT)) for f in found if f.parent.name not in lists)


def test_no_room_is_too_full() -> None:
    assert {room: n for room, n in modules_a_folder().items() if n > 16} == {}


def test_code_is_folded_at_the_line_everybody_reads() -> None:
    """Prose (strings, comments) and tables of data may go on a little longer."""
    files = [f for room in ROOMS for f in tracked(f"{room}/*.py") if "versions" not in f.parts]
    long = {str(f.relative_to(ROOT)): n for f in files if (n := measure(f).long_lines)}
    assert long == {}, f"lines over {LONGEST_LINE}"


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


def test_the_lock_pins_all_that_the_project_asks_for_with_hashes() -> None:
    """It is installed with --no-deps: what the lock lacks is nowhere."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"].values()
    asked = [Requirement(r) for r in chain(project["project"]["dependencies"], *extras)]
    lock = (ROOT / "requirements.lock").read_text().replace("\\\n", "").splitlines()
    pinned = {pin.split("==")[0]: pin.split("==")[1].split()[0] for pin in lock}
    assert [pin for pin in lock if "--hash=sha256:" not in pin] == []
    assert [
        str(r)
        for r in asked
        if r.name != "redaksi" and pinned.get(canonicalize_name(r.name), "0") not in r.specifier
    ] == []


def test_a_decision_tells_its_status_context_and_cost() -> None:
    parts = ("**Status.**", "**Context.**", "**Decision.**", "**Cost.**")
    records = tracked("docs/adr/*.md")
    lacking = {f.name for f in records if any(part not in f.read_text() for part in parts)}
    assert records and not lacking
    assert [int(f.name[:4]) for f in sorted(records)] == list(range(1, len(records) + 1))


def test_what_a_page_links_to_is_there() -> None:
    pages = [*tracked("docs/*.md"), *tracked("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s:]+)(?:#[^)\s]*)?\)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_nothing_silences_a_checker_without_saying_which() -> None:
    silenced = re.compile(r"#\s*type:\s*ignore(?!\[)|#\s*noqa(?!:)")
    bad = [
        f.relative_to(ROOT)
        for f in tracked("*.py")
        if f != Path(__file__) and silenced.search(f.read_text())
    ]
    assert not bad


def main() -> None:
    """Print the measures of the product, a line each."""
    measures = [measure(f) for room in ROOMS for f in tracked(f"{room}/*.py")]
    fullest = modules_a_folder().most_common(5)
    lines = [f"  {room:<24}{count:>4} modules" for room, count in fullest]
    sys.stdout.write("\n".join([*report(measures), "fullest rooms", *lines, ""]))


if __name__ == "__main__":
    main()
