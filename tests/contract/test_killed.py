"""A process that is killed at any moment leaves a store that is whole."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desk.blobs.local import LocalBlobs
from desk.store import Store, open_store
from desk.store.inbound import ledger
from desk.store.jobs import leases
from desk.store.tables import Ledger, Mail
from tests.processes import give_birth, silence

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from desk.blobs.local import LocalBlobs
from desk.store import open_store
from desk.store.inbound import ledger
from desk.store.jobs import leases, processes
store, blobs = open_store(sys.argv[1]), LocalBlobs(Path(sys.argv[2]))
with store.begin() as tx:
    processes.register(tx, processes.Birth(id="doomed"))
    assert leases.acquire(tx, "poll:warta", "doomed")
    uid = ledger.watermark(tx, "warta", "INBOX", 1)
print("ready", flush=True)
while True:
    uid += 1
    sha256 = blobs.put(b"mail %d" % uid)
    with store.begin() as tx:
        place = ledger.Place(mailbox="warta", folder="INBOX", uidvalidity=1, uid=uid)
        ledger.arrive(tx, ledger.Arrival(place=place, at=datetime.now(UTC), size=6, sha256=sha256))
"""


def write_and_kill(url: str, blobs: Path, seconds: float) -> None:
    """Let a process take mail in for so long, then SIGKILL it."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, str(blobs)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(seconds)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


@pytest.mark.parametrize("seconds", [0.0, 0.013, 0.041, 0.097])
def test_nothing_is_half_stored(
    store: Store, database: str, tmp_path: Path, seconds: float
) -> None:
    write_and_kill(database, tmp_path / "blobs", seconds)
    survivor = open_store(database)
    with survivor.read() as tx:
        count = tx.scalars(select(func.count()).select_from(Ledger)).one()
        assert ledger.watermark(tx, "warta", "INBOX", 1) == count
        assert ledger.known_uids(tx, "warta", "INBOX", 1) == set(range(1, count + 1))
        names = [blob for blob in tx.scalars(select(Mail.blob)) if blob]
    assert len(names) == count
    blobs = LocalBlobs(tmp_path / "blobs")
    assert all(blobs.local_path(name).read_bytes().startswith(b"mail ") for name in names)
    survivor.close()


def test_the_next_process_waits_until_the_killed_one_is_silent(
    store: Store, database: str, tmp_path: Path
) -> None:
    give_birth(store, "next")
    write_and_kill(database, tmp_path / "blobs", 0.0)
    with store.begin() as tx:
        assert leases.acquire(tx, "poll:warta", "next") is None
    silence(store, "doomed")
    with store.begin() as tx:
        assert leases.acquire(tx, "poll:warta", "next")
