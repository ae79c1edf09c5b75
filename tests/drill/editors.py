"""Two editors and arriving revisions in 200 orders on each database."""

import tempfile
import time
from pathlib import Path

from sqlalchemy import select, update

from desk.store.tables import Submission
from tests import postgres
from tests.desk_web import add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, bench
from tests.two_editors import STEPS, Scene

SEEDS = 200


def drill() -> bool:
    """Whether no decision was stale and nothing typed was lost."""
    held = _play("SQLite", "")
    programs = postgres.binaries()
    if programs is None:
        print("editors: no PostgreSQL here")
        return held
    with postgres.cluster(programs) as cluster:
        return _play("PostgreSQL", cluster.url(cluster.create())) and held


def _play(name: str, url: str) -> bool:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, bench(Path(folder), MONDAY, url) as desk:
        fill(desk.app.store, SEEDS, MONDAY)
        with desk.app.store.begin() as tx:
            tx.execute(update(Submission).values(state="review"))
            numbers = list(tx.scalars(select(Submission.number).order_by(Submission.id)))
        for login in ("nina@example.org", "budi@example.org"):
            add_account(desk.app, login, "chief")
        with served(desk.app) as base:
            nina, budi = (signed_in(base, f"{one}@example.org") for one in ("nina", "budi"))
            scenes = [Scene(desk.app, nina, budi, number) for number in numbers]
            for seed, scene in enumerate(scenes):
                scene.play(seed)
    wrong = [each for scene in scenes for each in scene.wrong]
    print(
        f"editors on {name}: {SEEDS} orders of {STEPS} steps, "
        f"{sum(scene.decided for scene in scenes)} decided, "
        f"{sum(scene.refused for scene in scenes)} refused as stale, {len(wrong)} wrong, "
        f"{time.monotonic() - begun:.0f} s"
    )
    for each in sorted(set(wrong)):
        print(f"  {each}")
    return not wrong
