"""`make audit` never says that all is well of packages that nobody has looked up."""

import json

import pytest

from tests.audit import OUT_OF_REACH, judge, read_audit

CLEAN = {"name": "click", "version": "8.5.1", "vulns": []}
UNKNOWN = {"name": "lxml", "skip_reason": "Dependency not found"}
VULNERABLE = {
    "name": "pillow",
    "version": "12.2.0",
    "vulns": [{"id": "PYSEC-2026-2253", "fix_versions": ["12.3.0"]}],
}


def report(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_known_vulnerability_fails_and_is_named_with_the_version_that_mends_it() -> None:
    code, lines = judge(read_audit(report(CLEAN, VULNERABLE)))
    assert code == 1
    assert lines[0] == "pillow 12.2.0: PYSEC-2026-2253, mended in 12.3.0"


def test_nothing_known_of_anything_passes() -> None:
    assert judge(read_audit(report(CLEAN))) == (0, ["1 packages looked up"])


def test_a_package_that_could_not_be_looked_up_fails() -> None:
    assert judge(read_audit(report(CLEAN, UNKNOWN)))[0] == 1


@pytest.mark.parametrize("output", ["", "Traceback …", report(), report(UNKNOWN, UNKNOWN)])
def test_where_no_data_can_be_reached_it_says_so_and_passes(output: str) -> None:
    assert judge(read_audit(output)) == (0, [OUT_OF_REACH])
