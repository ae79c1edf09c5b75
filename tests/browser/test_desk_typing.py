"""Nothing typed is lost: a server that is killed while somebody types."""

from pathlib import Path

from playwright.sync_api import Browser as Chromium

from tests.desk_web import signed_in
from tests.typing_under_fire import MOST_LOST, furnished, running, type_and_kill


def test_a_killed_server_takes_nothing_that_was_typed(tmp_path: Path, chromium: Chromium) -> None:
    with furnished(tmp_path) as (app, config, number), running(config) as server:
        nina = signed_in(server.base, "nina@example.org")
        kept, anew = type_and_kill(chromium, app, server, nina, number, seed=1)
        assert kept.typed > 0 and kept.lost == 0
        assert anew.typed > 0 and anew.lost <= MOST_LOST
