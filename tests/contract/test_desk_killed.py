"""A desk that is killed around the commit of a decision: none of it or all, and the same form sent
again to the next one decides once."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.killed_desk import DECLINES, POINTS

ROOT = Path(__file__).parents[2]
HANGS = 120.0
NONE = {
    "decisions": 0, "letters": 0, "declined": 0, "state": "review", "calls": True,
    "typed": DECLINES["sebab"], "held": True, "differing": 0,
}  # fmt: skip
ALL = {
    "decisions": 1, "letters": 1, "declined": 1, "state": "declined", "calls": False,
    "typed": "", "held": False, "differing": 0,
}  # fmt: skip


def test_a_decision_is_whole_or_not_at_all(tmp_path: Path, database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed_desk", str(tmp_path), database],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [line for line in done.stdout.splitlines() if line.startswith("OUTCOME ")]
    outcomes: list[dict[str, Any]] = [json.loads(line.partition(" ")[2]) for line in lines]
    assert [each["point"] for each in outcomes] == list(POINTS)
    for each in outcomes:
        assert each["status"] == signal.SIGKILL, each
        assert each["left"] == (ALL if each["point"] == "after the decision" else NONE), each
        assert (each["answer"], each["again"]) == (303, ALL), each
