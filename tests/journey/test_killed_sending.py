"""SIGKILL around sending, at seeded moments: no letter is missing; none goes twice where the
relay files copies."""

import json
import os
import signal
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from desk.demo.post import Letterbox, capturing

SEEDS = 200 if os.environ.get("REDAKSI_FAULTS") == "long" else 30
LETTERS = 3


class Deadly(Letterbox):
    """A relay that kills its client inside DATA, once, having taken the letter or not, as the
    plan says."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802 - aiosmtpd
        to: str = envelope.rcpt_tos[0]
        home = self._home / to.partition("@s")[2].partition(".")[0]
        plan, pid = json.loads((home / "plan").read_text()), home / "pid"
        dies = pid.exists() and plan["where"] != "step" and to.startswith(f"l{plan['letter']}@")
        if not (dies and plan["where"] == "lost"):
            with (home / "accepted").open("a") as told:
                told.write(f"{message_from_bytes(envelope.content)['Message-ID']}\n")
        if dies:
            os.kill(int(pid.read_text()), signal.SIGKILL)
        return "250 OK"


def results(home: Path, sent: str) -> list[dict[str, Any]]:
    with capturing(Deadly(home)) as port:
        told = {"home": str(home), "smtp": port, "sent": sent, "count": SEEDS}
        run = subprocess.run(
            [sys.executable, "-m", "tests.journey.killed_sending"],
            input=json.dumps(told),
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )
    assert run.returncode == 0, run.stderr[-2000:]
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_with_a_sent_folder_none_is_missing_and_none_goes_twice(tmp_path: Path) -> None:
    told = results(tmp_path, "Sent")
    assert sum(one["killed"] for one in told) > SEEDS // 2
    for one in told:
        assert one["recovered"], one
        assert one["states"] == ["sent"] * LETTERS, one
        assert sorted(set(one["accepted"])) == sorted(one["accepted"]), one
        assert len(one["accepted"]) == LETTERS, one


@pytest.mark.parametrize("most_in_doubt", [1])
def test_without_one_a_death_leaves_one_letter_in_doubt_at_most(
    tmp_path: Path, most_in_doubt: int
) -> None:
    for one in results(tmp_path, ""):
        assert one["recovered"], one
        assert set(one["states"]) <= {"sent", "unknown"}, one
        assert one["states"].count("unknown") <= most_in_doubt, one
        assert sorted(set(one["accepted"])) == sorted(one["accepted"]), one
        assert len(one["accepted"]) >= one["states"].count("sent"), one
