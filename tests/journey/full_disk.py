"""Runs the worker on a disk that is full from its Nth step on, asks `status`, mends the disk and
runs again: a driver of `test_full_disk.py`.

A step is a file that is opened for writing, made, renamed or linked in the data folder (Python's
audit events). From there on the file system itself is without room (`bytes`) or without inodes
(`inodes`), a tmpfs made as small as what it holds, so that SQLite meets it too; or every step is
refused as by a quota (`quota`: no file system for tests has one). Forks like `killed.py`.
"""

import errno
import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from click.testing import CliRunner

from desk.app import now, open_app
from desk.cli import cli
from desk.store.inbound import mails
from desk.store.outbound import outbox as letters
from desk.store.submissions import review_queue
from desk.store.tables import Job
from desk.worker import round as worker
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from redaksi import log
from redaksi.config.schema import Config, Storage
from redaksi.errors import RedaksiError, StoreError
from tests.in_process import InProcess
from tests.journey.killed import SENT, bury, configuration, forked

ROOM = "size=256m,nr_inodes=65536"
LEAST = 1 << 20  # bytes
STEPS = frozenset({"open", "os.mkdir", "os.rename", "os.link"})
AFTERWARDS = (timedelta(0), timedelta(minutes=2), timedelta(minutes=16))  # past every pause


class Disk:
    """The data folder's file system, and the step at which it is full."""

    def __init__(self, folder: Path, kind: str, at: int) -> None:
        self.folder, self.kind, self.at = folder, kind, at
        self.step, self.is_full = 0, False
        sys.addaudithook(self._count)

    def mend(self) -> None:
        """Room again; no more steps are counted."""
        self.at = self.step = 0
        if self.is_full and self.kind != "quota":
            remount(self.folder, ROOM)
        self.is_full = False

    def _count(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.at or event not in STEPS or not self._writes_here(event, arguments):
            return
        self.step += 1
        if self.step == self.at:
            self.is_full = True
            if self.kind != "quota":
                shrink(self.folder, self.kind)
        if self.is_full and self.kind == "quota":
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    def _writes_here(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open" and not int(arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return False
        path = arguments[1] if event in ("os.rename", "os.link") else arguments[0]
        return str(path).startswith(str(self.folder))


def remount(folder: Path, options: str) -> None:
    """Give a mounted tmpfs another size."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def shrink(folder: Path, kind: str) -> None:
    """Leave no room: as small as what it holds. Another thread may write while it is measured."""
    for _ in range(20):
        with suppress(subprocess.CalledProcessError):
            return remount(folder, _as_small_as_it_is(folder, kind))
    raise RuntimeError("the disk grows faster than it is made small")


def _as_small_as_it_is(folder: Path, kind: str) -> str:
    room = os.statvfs(folder)
    if kind == "inodes":
        return f"nr_inodes={room.f_files - room.f_ffree}"
    used = (room.f_blocks - room.f_bfree) * room.f_bsize
    return f"size={max(used, room.f_bsize)}"  # 0 would be no limit


def write_down(config: Config, path: Path) -> None:
    """What `status` reads of this configuration."""
    box = config.mailbox[0]
    path.write_text(
        f"""
data_dir = "{config.home}"
[storage]
min_free = {LEAST}
[[mailbox]]
id = "{box.id}"
address = "{box.address}"
host = "{box.host}"
port = {box.port}
user = "{box.user}"
password = "env:P"
since = {box.since}
security = "none"
authserv_id = "{box.authserv_id}"
[reply]
mode = "auto"
host = "{config.reply.host}"
port = {config.reply.port}
security = "none"
"""
    )
    path.chmod(0o600)


def ask_status(path: Path) -> tuple[int, str]:
    """What `redaksi status` says, and its exit code."""
    told = CliRunner().invoke(cli, ["status", "--config", str(path)])
    return told.exit_code, told.output + (repr(told.exception) if told.exc_info else "")


def work(config: Config, environment: dict[str, str], *moments: timedelta) -> list[str]:
    """A round at each moment, so long from now; the troubles that are not the disk's."""
    strange = []
    for later in moments:
        try:
            with open_app(config, environment=environment) as app:
                moved = msgspec.structs.replace(app, clock=lambda later=later: now() + later)
                troubles = worker.one_round(moved).troubles
        except StoreError:
            continue
        except RedaksiError as error:
            troubles = (error,)
        strange += [repr(error) for error in troubles if not isinstance(error, StoreError)]
    return strange


def one(told: dict[str, Any], number: int, kind: str, home: Path) -> dict[str, Any]:
    """Deliver, run on a disk that is full from step `number` on, mend it, run again."""
    home.mkdir(mode=0o700)
    if kind != "quota":
        mount = ["mount", "-t", "tmpfs", "-o", f"{ROOM},mode=0700", "tmpfs", str(home)]
        subprocess.run(mount, check=True)
    config = configuration({**told, "user": f"{kind}{number}"}, number, home)
    config = msgspec.structs.replace(config, storage=Storage(min_free=LEAST))
    deliver(told, config, number)
    written, report = home.with_suffix(".toml"), home.with_suffix(".json")
    write_down(config, written)
    environment = {"P": told["password"]}

    def run() -> None:
        setattr(worker, "SandboxPool", InProcess)  # noqa: B010 - a patch, said aloud
        os.environ["P"] = told["password"]
        disk = Disk(home, kind, number)
        strange = work(config, environment, timedelta(0), timedelta(0))
        full = disk.is_full
        during = ask_status(written) if full else (0, "")
        inodes = os.statvfs(home).f_ffree if kind == "inodes" else 0
        disk.mend()
        bury(config)
        strange += work(config, environment, *AFTERWARDS)
        outcome = {"full": full, "strange": strange, "during": during, "inodes": inodes}
        report.write_text(json.dumps({**outcome, "after": ask_status(written)}))

    try:
        status = forked(run)
        return {
            "step": number,
            "kind": kind,
            "clean": status == 0,
            **(json.loads(report.read_text()) if status == 0 else {"full": True}),
            **(found(config, environment) if status == 0 else {}),
        }
    finally:
        if kind != "quota":
            subprocess.run(["umount", "-l", str(home)], check=False)


def deliver(told: dict[str, Any], config: Config, number: int) -> None:
    """The mails of this run, in a mailbox of its own."""
    box = config.mailbox[0]
    account = Account(
        id="warta",
        host=box.host,
        port=box.port,
        user=box.user,
        password=told["password"],
        security="none",
    )
    with open_mailbox(account) as mailbox:
        mailbox.append(SENT, b"From: a@b.example\r\n\r\n")
        for raw in told["mails"]:
            mailbox.append(
                "INBOX", raw.replace("@kontributor.", f"@{number}.kontributor.").encode("latin-1")
            )


def found(config: Config, environment: dict[str, str]) -> dict[str, Any]:
    """What is in the store in the end."""
    with open_app(config, environment=environment) as app, app.store.read() as tx:
        rows = review_queue.queue_rows(tx)
        return {
            "outcomes": sorted(mails.outcomes(tx).values()),
            "submissions": len(rows),
            "attempts": sorted(job.attempts for job in tx.query(Job)),
            "letters": sorted(
                letter.state for row in rows for letter in letters.of_submission(tx, row.id)
            ),
        }


def main() -> None:
    """Arguments as JSON on standard input; a JSON line for every point, until a run never meets
    the full disk."""
    log.configure("critical")
    told = json.loads(sys.stdin.read())
    for number in range(told["first"], told["most"], told["every"]):
        home = Path(told["home"]) / f"{told['kind']}{number}"
        with suppress(FileExistsError):
            result = one(told, number, told["kind"], home)
            print(json.dumps(result), flush=True)
            if not result["full"]:
                return


if __name__ == "__main__":
    main()
