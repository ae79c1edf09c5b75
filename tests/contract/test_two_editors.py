"""Two editors never collide: whatever the order of pages, drafts, decisions and new revisions, no
decision is taken on what was not seen, and nothing typed is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from desk.store.tables import Submission
from tests.desk_web import add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, bench
from tests.two_editors import Scene

SEEDS = 10  # on each database; `make drill ARGS=editors` plays 200


@pytest.fixture
def scenes(tmp_path: Path, database: str) -> Iterator[list[Scene]]:
    """A submission in review for each seed."""
    with bench(tmp_path, MONDAY, database) as desk:
        fill(desk.app.store, SEEDS, MONDAY)
        with desk.app.store.begin() as tx:
            tx.execute(update(Submission).values(state="review"))
            numbers = list(tx.scalars(select(Submission.number).order_by(Submission.id)))
        for login in ("nina@example.org", "budi@example.org"):
            add_account(desk.app, login, "chief")
        with served(desk.app) as base:
            nina, budi = (signed_in(base, f"{name}@example.org") for name in ("nina", "budi"))
            yield [Scene(desk.app, nina, budi, number) for number in numbers]


def test_no_decision_is_stale_and_nothing_typed_is_lost(scenes: list[Scene]) -> None:
    for seed, scene in enumerate(scenes):
        scene.play(seed)
    assert [wrong for scene in scenes for wrong in scene.wrong] == []
    assert sum(scene.decided for scene in scenes) > 0
    assert sum(scene.refused for scene in scenes) > 0
