"""SECURITY.md promises nothing that no test holds."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONFINED = "tests/hostile/test_confinement.py"
SANDBOX = "tests/unit/test_sandbox.py"
# The first words of each bullet, in order -> the test that holds it.
HELD_BY = {
    "A mail is read in": f"{SANDBOX}::test_each_reading_has_a_child_of_its_own_and_the_server_stays",
    "A child that does not end": (
        f"{SANDBOX}::test_a_death_is_told_by_its_cause_and_the_file_that_was_read"
    ),
    "A child learns": f"{SANDBOX}::test_a_child_that_is_held_by_less_than_the_probe_reads_nothing",
    "Who wrote": "tests/unit/trust/test_made.py::test_the_reading_of_a_header_is_given_nothing_else",
    "Where what was read": "tests/journey/test_liars.py::test_a_lying_reading_reaches_nobody_else",
    "An answer is checked": "tests/hostile/test_answers.py::test_it_ends_its_own_reading_alone",
    "Files are kept": "tests/contract/test_verify.py::test_one_that_others_may_read_is_named",
    "A picture made": "tests/unit/trust/test_made.py::test_what_was_made_is_what_its_role_says",
    "What a mail contains": (
        "tests/hostile/test_hostile_letters.py"
        "::test_nothing_is_evaluated_linked_or_taken_for_markup"
    ),
    "A mail that kills": (
        "tests/journey/test_rungs.py::test_it_is_read_with_less_and_an_editor_looks"
    ),
    "One sender takes": (
        "tests/journey/test_rungs.py::test_over_a_senders_day_the_header_alone_is_filed"
    ),
    "Secrets are never": "tests/unit/test_config.py::test_a_secret_in_the_file_is_refused",
    "Where articles are": (
        "tests/contract/test_http_guard.py::test_nothing_connects_to_what_is_not_public"
    ),
    "Code that took": f"{CONFINED}::test_at_full_no_payload_succeeds",
    "It writes no file": f"{CONFINED}::test_at_full_no_payload_succeeds",
    "So it is for root": f"{CONFINED}::test_the_level_is_full_without_user_namespaces_too",
    "Where Landlock lacks": f"{CONFINED}::test_at_basic_the_listed_ones_alone_succeed",
    "Where seccomp lacks": f"{CONFINED}::test_at_basic_the_listed_ones_alone_succeed",
    "Where both lack": f"{CONFINED}::test_at_basic_the_listed_ones_alone_succeed",
    "`run` and `poll`": (
        "tests/journey/test_levels.py"
        "::test_less_than_is_asked_for_ends_with_two_and_examines_nothing"
    ),
}


def find_tests(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_promise_has_its_test() -> None:
    page = (ROOT / "SECURITY.md").read_text()
    promises = [line.removeprefix("- ") for line in page.splitlines() if line.startswith("- ")]
    assert len(promises) == len(HELD_BY)
    for promise, begins in zip(promises, HELD_BY, strict=True):
        assert promise.startswith(begins)


def test_every_test_that_is_named_is_there() -> None:
    named = [each.partition("::") for each in HELD_BY.values()]
    assert [name for path, _, name in named if name not in find_tests(path)] == []
