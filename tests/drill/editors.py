"""Two editors and arriving revisions in 200 orders on each database."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests import postgres
from tests.postoffice import MONDAY, bench
from tests.two_editors import STEPS, Scene, make_scenes, send_all

SEEDS = 200


def drill() -> bool:
    """Whether no decision was stale, no letter went twice and nothing typed was lost."""
    held = _play("SQLite", "")
    programs = postgres.binaries()
    if programs is None:
        print("editors: no PostgreSQL here")
        return held
    with postgres.cluster(programs) as cluster:
        return _play("PostgreSQL", cluster.url(cluster.create())) and held


def _play(name: str, url: str) -> bool:
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        bench(Path(folder), MONDAY, url) as on,
        make_scenes(on, SEEDS) as scenes,
    ):
        for seed, scene in enumerate(scenes):
            scene.play(seed)
        sent = send_all(on, scenes)
    wrong = [each for scene in scenes for each in scene.wrong]
    decided, undone = _total(scenes, "decided"), _total(scenes, "undone")
    print(
        f"editors on {name}: {SEEDS} orders of {STEPS} steps, {decided} decided, "
        f"{undone} taken back, {_total(scenes, 'refused')} refused as stale, "
        f"{_total(scenes, 'letters')} letters, {sent} sent, {len(wrong)} wrong, "
        f"{time.monotonic() - begun:.0f} s"
    )
    for each in sorted(set(wrong)):
        print(f"  {each}")
    return not wrong


def _total(scenes: Sequence[Scene], name: str) -> int:
    return sum(getattr(scene, name) for scene in scenes)
