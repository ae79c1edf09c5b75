"""A server killed at 30 moments of typing: what is lost of a page that was kept open, and of one that
is loaded anew."""

import tempfile
import time
from pathlib import Path

from tests.chromium import launched
from tests.desk_web import signed_in
from tests.typing_under_fire import MOST_LOST, furnished, running, type_and_kill

DEATHS = 30


def drill() -> bool:
    """Whether nothing is lost of the one, and at most two seconds of typing of the other."""
    begun, kept_lost, most, typed = time.monotonic(), 0, 0, 0
    with (
        tempfile.TemporaryDirectory() as folder,
        launched() as chromium,
        furnished(Path(folder)) as (app, config, number),
        running(config) as server,
    ):
        nina = signed_in(server.base, "nina@example.org")
        for seed in range(DEATHS):
            kept, anew = type_and_kill(chromium, app, server, nina, number, seed)
            kept_lost += kept.lost
            most = max(most, anew.lost)
            typed += kept.typed + anew.typed
    print(
        f"typing: {DEATHS} deaths a kind, {typed} characters; kept open: {kept_lost} lost; "
        f"loaded anew: at most {most} lost; {time.monotonic() - begun:.0f} s"
    )
    return kept_lost == 0 and most <= MOST_LOST
