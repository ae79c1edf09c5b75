"""SIGKILL before and after every step of the way, each followed by a restart: nothing lost,
nothing filed twice."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path

import pytest

from desk.demo import dovecot
from desk.demo.post import Letterbox, capturing
from desk.demo.samples import samples
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from tests import postgres

# `make faults`: more mails, a death at every step
LONG = os.environ.get("REDAKSI_FAULTS") == "long"
CHOSEN = (
    "lengkap",
    "pantulan",
    "tautan-drive",
    *(("bersandi", "cuti", "huruf-spasi-foto-kecil") if LONG else ()),
)
SHARDS = 2
STRIDE = 1 if LONG else 4  # steps from one death to the next
ORDERS = 4 if LONG else 1  # in which the mails lie in the mailbox


class FilesCopies(Letterbox):
    """A relay that files a copy of each letter in the sender's Sent folder, as Gmail does."""

    def __init__(self, server: dovecot.Dovecot) -> None:
        super().__init__()
        self._server = server

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        told = await super().handle_DATA(server, session, envelope)
        letter = self.letters[-1]
        number = letter.recipients[0].partition("@")[2].partition(".")[0]
        account = Account(
            id="x",
            host=self._server.host,
            port=self._server.port,
            user=f"kill{number}",
            password=self._server.password,
            security="none",
        )
        with open_mailbox(account) as mailbox:
            mailbox.append("Sent", letter.content)
        return told


@contextmanager
def database(engine: str) -> Iterator[str]:
    """The folder of a PostgreSQL cluster; "" for SQLite."""
    programs = postgres.binaries()
    if engine == "sqlite":
        yield ""
    elif programs is None:
        pytest.skip("needs postgres")
    else:
        with postgres.cluster(programs) as cluster:
            yield str(cluster.folder)


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("order", range(ORDERS))
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_nothing_is_lost_and_nothing_filed_twice(
    engine: str, order: int, shard: int, tmp_path: Path
) -> None:
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    chosen = {s.name: s for s in samples() if s.name in CHOSEN}
    raws = [s.raw.decode("latin-1") for s in chosen.values()]
    random.Random(order).shuffle(raws)
    with dovecot.running() as server, database(engine) as cluster:
        box = FilesCopies(server)
        with capturing(box) as port:
            told = {
                "host": server.host,
                "imap": server.port,
                "password": server.password,
                "smtp": port,
                "home": str(tmp_path),
                "postgres": cluster,
                "first": shard * STRIDE + 1,
                "every": SHARDS * STRIDE,
                "mails": raws,
            }
            run = subprocess.run(
                [sys.executable, "-m", "tests.journey.killed"],
                input=json.dumps(told),
                capture_output=True,
                text=True,
                check=False,
                cwd=Path(__file__).parents[2],
            )
    assert run.returncode == 0, run.stderr[-2000:]
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert sum(r["killed"] for r in results) > (20 if LONG else 10)
    answered = sum(bool(s.letter) for s in chosen.values())
    wanted = sorted(s.decision for s in chosen.values())
    for result in results:
        assert result["clean"], run.stderr[-2000:]
        assert result["recovered"], run.stderr[-2000:]
        assert result["outcomes"] == wanted, result
        assert len(result["submissions"]) == len(chosen), result
        assert result["letters"] == ["sent"] * answered, result
    letters = [
        (one.recipients[0], str(message_from_bytes(one.content)["In-Reply-To"]))
        for one in box.letters
    ]
    assert len(letters) == len(set(letters)) == answered * len(results)
    print(
        f"{len(results)} deaths, the slowest recovery {max(r['recovery'] for r in results):.1f} s"
    )
