"""Killed at five steps each of a backup and of a restore (the drill: at fifty): the old one stands
whole, the new one is absent or whole."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests import backup_deaths as deaths
from tests import postgres
from tests.backups import NOW, Kept
from tests.contract.test_backup import simple as simple  # noqa: PLC0414 - a fixture

POINTS = 5


def test_a_killed_backup_leaves_the_old_one_whole_and_no_half_of_its_own(simple: Kept) -> None:
    old = simple.back_up()
    later = NOW + timedelta(days=1)
    steps = deaths.run_until(0, lambda: simple.back_up(now=later, keep=2))
    assert steps
    assert steps > POINTS
    for point in deaths.points(steps, POINTS):
        again = later + timedelta(days=point)
        assert deaths.run_until(point, lambda at=again: simple.back_up(now=at)) is None  # type: ignore[misc]
        assert deaths.is_old_whole(simple, old)
    assert simple.back_up(now=later + timedelta(days=99)).manifest.missing == ()


def test_a_killed_restore_is_absent_or_whole(
    simple: Kept, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    backup = simple.back_up().folder
    is_server = simple.url.startswith("postgresql")

    def make() -> str:
        if not is_server:
            return ""
        cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
        return cluster.url(cluster.create())

    database = make()
    steps = deaths.run_until(0, lambda: deaths.bring_back(backup, tmp_path / "whole", database))
    assert steps
    assert deaths.is_absent_or_whole(tmp_path / "whole", database)
    for point in deaths.points(steps, POINTS):
        into, fresh = tmp_path / f"new{point}", make()
        died = deaths.run_until(point, lambda: deaths.bring_back(backup, into, fresh))  # noqa: B023
        assert died is None
        assert deaths.is_absent_or_whole(into, fresh)
