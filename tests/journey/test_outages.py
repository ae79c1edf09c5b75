"""The database and the disk fail while mails come in: fetching pauses, no attempt is counted,
nothing is lost."""

import errno
import os
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from msgspec.structs import replace

from desk.demo.samples import samples
from desk.sandbox.host import Sandbox
from desk.sandbox.protocol import Announced
from desk.sandbox.sink import FolderSink
from desk.store import Store
from desk.store.tables import Job
from desk.worker.daemon import run_daemon
from desk.worker.round import one_round
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from redaksi.config.schema import Storage
from redaksi.errors import StoreError
from redaksi.limits import Limits
from tests import newsroom, postgres
from tests.newsroom import mails, submissions, until

GOOD = next(sample for sample in samples() if sample.name == "lengkap").raw
MAILS = 12
NO_PAUSE = timedelta(0)  # between a fault and the next attempt: a test has no minute to wait


def put(account: Account, *numbers: int, raw: bytes = GOOD) -> None:
    with open_mailbox(account) as mailbox:
        for number in numbers:
            mailbox.append("INBOX", raw.replace(b"Message-ID: <", b"Message-ID: <%d." % number))


def attempts(store: Store) -> set[int]:
    with store.read() as tx:
        return {job.attempts for job in tx.query(Job)}


def examined(store: Store) -> int:
    try:
        return sum(row.state == "examined" for row in mails(store))
    except StoreError:
        return 0


# ── PostgreSQL is restarted ───────────────────────────────────────────────────────────────────────


def restart(programs: Path, folder: Path, how: str = "restart") -> None:
    """As after a crash of the server; it goes on with the options it was started with."""
    account = postgres._account()
    command: list[str | Path] = [
        programs / "pg_ctl",
        "-D",
        folder / "db",
        "-m",
        "immediate",
        "-w",
        "-l",
        folder / "db" / "log",
        how,
    ]
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        user=postgres._user(account),
        group=postgres._group(account),
    )


def test_postgres_restarted_while_mails_come_in(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("needs postgres")
    monkeypatch.setattr("desk.jobs.local.PAUSE", NO_PAUSE)
    with postgres.cluster(programs) as cluster:
        told = newsroom.configuration(account, tmp_path)
        config = replace(told, storage=Storage(database=cluster.url(cluster.create())))
        put(account, *range(MAILS))
        try:
            with newsroom.app(account, tmp_path, config) as app:
                with run_daemon(app):
                    for filed in (2, 6):
                        until(lambda filed=filed: examined(app.store) >= filed, 60)  # type: ignore[misc]
                        restart(programs, cluster.folder)
                    until(lambda: examined(app.store) == MAILS, 60)
                assert len(submissions(app.store)) == MAILS
                assert attempts(app.store) == {1}
        finally:
            restart(programs, cluster.folder, "stop")


# ── the disk is full ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes and a little for the database: what fails first is a mail."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    if os.getuid() != 0:
        pytest.skip("only root may mount a small disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=3300k", "tmpfs", str(mounted)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", "-l", str(mounted)], check=True)


def test_a_full_disk_that_is_made_larger(
    account: Account, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.jobs.local.PAUSE", NO_PAUSE)
    put(account, *range(MAILS), raw=GOOD + b"\r\n" * 100_000)
    config = replace(newsroom.configuration(account, small_disk), storage=Storage(min_free=0))
    with newsroom.app(account, small_disk, config) as app:
        jobs = app.jobs
        troubles = one_round(app, jobs=jobs).troubles
        assert troubles
        assert all(isinstance(trouble, StoreError) for trouble in troubles)
        before = examined(app.store)
        assert before < MAILS
        subprocess.run(["mount", "-o", "remount,size=128m", str(small_disk)], check=True)
        begun = time.monotonic()
        assert one_round(app, jobs=jobs).troubles == ()
        assert time.monotonic() - begun < 30
        assert examined(app.store) == len(submissions(app.store)) == MAILS
        assert attempts(app.store) == {1}


def test_a_full_disk_while_a_reading_is_taken_in_is_no_fault_of_the_mail(
    tmp_path: Path,
) -> None:
    class Full(FolderSink):
        def open(self, _file: Announced) -> BinaryIO:
            raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "m.eml").write_bytes(GOOD)
    with Sandbox() as sandbox, pytest.raises(StoreError):
        sandbox.examine_mail(tmp_path / "m.eml", "m", Limits(), Full(tmp_path))
