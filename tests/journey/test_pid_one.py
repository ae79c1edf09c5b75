"""A number 1 that is killed in its container holds up no letter: `make drill ARGS=pid_one`, on
SQLite."""

from pathlib import Path

import pytest

from tests.drill import pid_one


@pytest.mark.timeout(600)
def test_letters_go_on_after_a_number_one_is_killed(tmp_path: Path) -> None:
    if not pid_one.may_unshare():
        pytest.skip("needs unshare: process namespaces are not allowed here")
    home = tmp_path / "data"
    found = pid_one.run(home, f"sqlite:///{home}/redaksi.db")
    print(f"letters went on after {found.seconds:.0f} s")
    assert (found.before, found.doubled) == (1, 0)
