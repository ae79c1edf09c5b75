"""Two editors never collide: whatever the order of pages, drafts, decisions, letters and new revisions,
no decision is taken on what was not seen, no letter goes twice, and nothing typed is lost."""

from pathlib import Path

from tests.postoffice import MONDAY, bench
from tests.two_editors import make_scenes, send_all

SEEDS = 8  # on each database; `make drill ARGS=editors` plays 200


def test_no_decision_is_stale_no_letter_goes_twice_and_nothing_typed_is_lost(
    tmp_path: Path, database: str
) -> None:
    with bench(tmp_path, MONDAY, database) as on, make_scenes(on, SEEDS) as scenes:
        for seed, scene in enumerate(scenes):
            scene.play(seed)
        sent = send_all(on, scenes)
    assert [wrong for scene in scenes for wrong in scene.wrong] == []
    assert sum(scene.decided for scene in scenes) > 0
    assert sum(scene.refused for scene in scenes) > 0
    assert sum(scene.undone for scene in scenes) > 0
    assert sum(scene.letters for scene in scenes) > sent > 0
