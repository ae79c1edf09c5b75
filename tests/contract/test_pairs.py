"""Two mails of one sender are never decided side by side: a tenth of `make drill ARGS=pairs`."""

from pathlib import Path
from typing import Any

import pytest

from desk.app import App, open_app
from desk.store import Store
from desk.store.tables import Job, Submission
from desk.workflow import process_mail
from desk.workflow.find_target import TargetChanged, confirm_target
from tests.drill import pairs


@pytest.mark.parametrize(("processes", "pool"), [(1, 4), (2, 2)], ids=["pool", "processes"])
def test_an_article_and_its_photos_in_two_mails_are_one_submission(
    database: str, tmp_path: Path, processes: int, pool: int
) -> None:
    found = pairs.run(tmp_path, database, 10, pool=pool, processes=processes)
    assert (found.whole, found.split, found.undue) == (10, 0, 0)


def file_a_pair(app: App) -> None:
    for number, raw in enumerate(pairs.pair(1)):
        pairs.take_in(app, number, raw)
        pairs.work(app)


def stands(store: Store) -> tuple[list[tuple[str, int]], set[int]]:
    """State and revision of every submission; the attempts of the jobs."""
    with store.read() as tx:
        rows = [(str(row.state), row.latest_revision) for row in tx.query(Submission)]
        return rows, {job.attempts for job in tx.query(Job)}


@pytest.mark.parametrize(
    ("changes", "becomes"),
    [(0, [("review", 2)]), (3, [("review", 2)]), (4, [("revising", 1), ("review", 1)])],
)
def test_what_changed_meanwhile_is_looked_at_again_three_times_then_by_an_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: int, becomes: list[tuple[str, int]]
) -> None:
    looks = 0

    def confirm(tx: Any, app: App, row: Any, *others: Any) -> None:
        nonlocal looks
        confirm_target(tx, app, row, *others)
        if row.id == 2 and looks < changes:
            looks += 1
            raise TargetChanged("so it is said")

    monkeypatch.setattr(process_mail, "confirm_target", confirm)
    config = pairs.configuration(tmp_path, f"sqlite:///{tmp_path}/redaksi.db", pool=1)
    with open_app(config, environment={"P": "x"}) as app:
        file_a_pair(app)
        assert stands(app.store) == (becomes, {1})
