"""An installation's life by its verbs: upgraded, backed up, restored, a person erased, the older backup
restored. PostgreSQL too: `make drill ARGS=ops`."""

from pathlib import Path

from tests.drill.ops import live_on_sqlite


def test_every_step_is_as_asked(tmp_path: Path) -> None:
    steps = list(live_on_sqlite(tmp_path / "sqlite"))
    assert [step for step in steps if step.asked != step.found] == []
    assert len(steps) >= 22
