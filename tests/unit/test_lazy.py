"""A verb loads what it needs. Held by what must not be in memory, never by a clock."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from desk.cli import VERBS, cli


def loaded_by(*words: str) -> set[str]:
    """The top-level packages and modules in memory when `redaksi WORDS` has ended."""
    script = (
        f"import sys, desk.cli; sys.argv = ['redaksi', *{list(words)!r}]\n"
        "try: desk.cli.main()\n"
        "except SystemExit: pass\n"
        "print('\\n' + '\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(ended.stderr.split())


def test_the_list_of_verbs_loads_no_verb() -> None:
    loaded = loaded_by("--help")
    ours = {name for name in loaded if name.partition(".")[0] in ("desk", "ingest", "publisher")}
    assert ours == {"desk", "desk.cli"}
    assert "msgspec" not in loaded


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_answers_for_itself(verb: str) -> None:
    told = CliRunner().invoke(cli, [verb, "--help"])
    assert told.exit_code == 0, told.output
    assert VERBS[verb].split(".")[0].split()[-1] in told.output


def test_a_verb_that_is_none_is_a_usage_error() -> None:
    told = CliRunner().invoke(cli, ["chekc"])
    assert (told.exit_code, "No such command" in told.output) == (2, True)
