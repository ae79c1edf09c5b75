"""What people who do this job met, made anew: each case of ../shared/cases comes out as it says.

A case stands for a kind: mend the kind, never the file. expected.json tells a folder's cases, or
NAME.json the one beside it. Those with a `run` (dialogues, conversations) are journeys of their own.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from desk.cli.check import examine as examine_in_child
from desk.cli.check import is_mail
from desk.pipeline import examine
from desk.presentation.check_json import plain_examination
from desk.sandbox.host import Sandbox, SandboxLimits
from ingest.read.mail.delivery import read_report
from ingest.read.parcel import read_files
from redaksi.limits import Identity, Limits
from redaksi.model import Examination
from tests.cases.expected import find_differences, is_part
from tests.cases.waiting import LATER, NOT_YET
from tests.readings import examine_believed

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(os.environ.get("REDAKSI_CASES", ROOT.parent / "shared" / "cases"))
USUAL = Identity(authserv_id="mx.google.com", addresses=("redaksi@warta-kotaku.example",))
FIELD = Identity(authserv_id="mx.warta.example", addresses=("redaksi@warta.example",))
SECONDS = 15  # what a hostile mail may take


class Case(Struct, frozen=True):
    """An input and what is right of it: `entry` of a folder's expected.json, or `part` of the
    object."""

    name: str  # folder/name
    file: Path
    entry: dict[str, Any] | None = None
    part: object = None


def find_cases(folder: Path) -> Iterator[Case]:
    """The cases of a folder that are inputs to be judged."""
    expected = folder / "expected.json"
    if expected.exists():
        for name, entry in json.loads(expected.read_text(encoding="utf-8")).items():
            file = folder / name
            yield Case(
                f"{folder.name}/{name}",
                file if file.exists() else folder / f"{name}.eml",
                entry=entry,
            )
        return
    for file in sorted(folder.glob("*.eml")):
        case = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        part = case.get("expected")
        if part is not None and "run" not in case and "read_report" not in part:
            yield Case(f"{folder.name}/{file.stem}", file, part=part)


def find_all_cases() -> list[Case]:
    folders = sorted(p for p in CASES.iterdir() if p.is_dir()) if CASES.is_dir() else []
    return [case for folder in folders if folder.name[0] not in "._" for case in find_cases(folder)]


ALL = find_all_cases()


def as_parameter(case: Case) -> Any:
    reason = LATER.get(case.name) or ("not yet" if case.name in NOT_YET else "")
    marks = (pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError),)
    return pytest.param(case, id=case.name, marks=marks if reason else ())


def judge(case: Case) -> Examination:
    """In this process; a mail that attacks in the child that is there for it."""
    hostile = case.file.parent.name == "hostile"
    limits = Limits(identity=FIELD if case.file.parent.name == "field" else USUAL)
    if hostile:
        walls = SandboxLimits(wall_clock=float(SECONDS), processor=SECONDS)
        with Sandbox(walls) as sandbox:
            return examine_in_child(sandbox, case.file.name, (case.file,), limits)
    octets = case.file.read_bytes()
    if is_mail(case.file):
        return examine_believed(octets, case.file.name, limits)
    return examine(read_files([(case.file.name, octets)], case.file.name, limits.safety), limits)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", [as_parameter(case) for case in ALL])
def test_a_case_comes_out_right(case: Case) -> None:
    started = time.monotonic()
    examination = judge(case)
    took = time.monotonic() - started
    found = json.loads(
        json.dumps(plain_examination(examination, "id", full=False, milliseconds=0.0))
    )
    if case.entry is None:
        assert is_part(case.part, found), {key: found[key] for key in ("decision", "answer")}
        return
    assert find_differences(case.entry, found) == []
    assert took <= case.entry.get("seconds", 60)


def find_returned() -> list[Any]:
    """Bounces, and the Message-ID that is to be found in each."""
    if not CASES.is_dir():
        return []
    cases = ((file, json.loads(file.read_text("utf-8"))) for file in CASES.glob("field/dsn-*.json"))
    return [
        pytest.param(file.with_suffix(".eml"), case["expected"]["read_report"], id=file.stem)
        for file, case in cases
    ]


@pytest.mark.parametrize(("file", "right"), find_returned())
def test_a_bounce_names_its_letter_and_whom_it_did_not_reach(
    file: Path, right: dict[str, str]
) -> None:
    report = read_report(file.read_bytes(), Limits().safety)
    assert right["returned"] in report.returned
    (delivery,) = report.deliveries
    assert (delivery.recipient, delivery.status) == ("siti.aminah@kelurahan.example", "5.1.1")


def test_the_cases_are_there() -> None:
    """Skipped, and named, where the folder is missing."""
    if not CASES.is_dir():
        pytest.skip("needs cases: set REDAKSI_CASES")
    assert {case.name.partition("/")[0] for case in ALL} >= {"field", "mail", "photo", "word"}
    assert (LATER.keys() | NOT_YET) - {case.name for case in ALL} == set()
    assert LATER.keys() & NOT_YET == set()
