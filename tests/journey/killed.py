"""Runs the worker with a SIGKILL before its Nth step, then again without: a driver of
`test_killed.py`.

A step is a commit, a call to the mailbox, the handing over of a letter, a blob's rename. The driver
imports the house once and forks for every run, so that hundreds of deaths take seconds.
"""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from desk.app import now, open_app
from desk.blobs.local import LocalBlobs
from desk.domain.rate_limit import FINAL_DOT
from desk.store import Store, open_store
from desk.store.engine import make_engine
from desk.store.inbound import mails
from desk.store.outbound import outbox as letters
from desk.store.submissions import review_queue
from desk.worker import round as worker
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import Mailbox, open_mailbox
from publisher.smtp.session import SmtpSession
from redaksi import log
from redaksi.config.bounds import Sandboxed
from redaksi.config.schema import Config, Queue, Reply, Storage
from redaksi.config.schema import Mailbox as Box
from tests.empty_store import lay_out
from tests.in_process import InProcess
from tests.postgres import Cluster

SENT = "Sent"


class Fuse:
    """Counts steps; at the wanted one the process is gone, as by a power cut."""

    def __init__(self, at: int) -> None:
        self.at, self.step = at, 0

    def __call__(self) -> None:
        self.step += 1
        if self.step == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def lay(fuse: Fuse) -> None:
    """Put the fuse before and after every step."""

    def around(owner: Any, name: str) -> None:
        step: Callable[..., Any] = getattr(owner, name)

        def fused(*arguments: Any, **named: Any) -> Any:
            fuse()
            told = step(*arguments, **named)
            fuse()
            return told

        setattr(owner, name, fused)

    begin = Store.begin

    @contextmanager
    def fused_begin(store: Store) -> Iterator[Any]:
        with begin(store) as tx:
            yield tx
            fuse()  # all is said, nothing committed
        fuse()

    setattr(Store, "begin", fused_begin)  # noqa: B010 - a patch, said aloud
    for name in ("select", "new", "fetch", "tell", "find_message_id"):
        around(Mailbox, name)
    around(LocalBlobs, "adopt")
    around(LocalBlobs, "take")
    around(SmtpSession, "send")
    setattr(worker, "SandboxPool", InProcess)  # noqa: B010


def configuration(told: dict[str, Any], number: int, home: Path) -> Config:
    """The worker's configuration; a database of this run's own where `told` names a cluster."""
    box = Box(
        id="warta",
        address="redaksi@warta.example",
        host=told["host"],
        port=told["imap"],
        user=told.get("user", f"kill{number}"),
        password="env:P",
        since=date(2020, 1, 1),
        security="none",
        authserv_id="mx.warta.example",
        mark="Diproses",
    )
    reply = Reply(
        mode="auto", host="127.0.0.1", port=told["smtp"], security="none", sent=SENT, per_hour=1000
    )
    return Config(
        mailbox=(box,),
        data_dir=str(home),
        reply=reply,
        queue=Queue(settle=timedelta(0)),
        sandbox=Sandboxed(pool=1),  # the steps of a run are the same each time
        storage=Storage(database=_make_database(told.get("postgres"))),
    )


def bury(config: Config) -> None:
    """Half a minute goes by: whoever was killed is silent by now. It may have died before there
    was a table."""
    engine = make_engine(config.database_url({}))
    with suppress(DBAPIError), closing_engine(engine), engine.begin() as connection:
        connection.execute(text("UPDATE process SET heartbeat_at = '2020-01-01 00:00:00.000000'"))


@contextmanager
def closing_engine(engine: Engine) -> Iterator[None]:
    """Its connections are given back: forks must not share them."""
    try:
        yield
    finally:
        engine.dispose()


def _make_database(folder: str | None) -> str:
    """The URL of a new database in the PostgreSQL cluster at `folder`; without one, SQLite's."""
    if not folder:
        return Storage().database
    cluster = Cluster(folder=Path(folder))
    return cluster.url(cluster.copy(_make_template(cluster)))


@cache
def _make_template(cluster: Cluster) -> str:
    """The name of a database with every table and no row."""
    name = cluster.create()
    open_store(cluster.url(name)).close()
    return name


def forked(task: Callable[[], None]) -> int:
    """The status of a forked run."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        task()
    except BaseException:  # noqa: BLE001 - whatever it is, it must not run on into the driver
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def deliver(told: dict[str, Any], number: int) -> None:
    """The mails, to the mailbox of this run, from contributors of its own."""
    account = Account(
        id="warta",
        host=told["host"],
        port=told["imap"],
        user=f"kill{number}",
        password=told["password"],
        security="none",
    )
    with open_mailbox(account) as mailbox:
        mailbox.append(SENT, b"From: a@b.example\r\n\r\n")
        for raw in told["mails"]:
            mailbox.append(
                "INBOX", raw.replace("@kontributor.", f"@{number}.kontributor.").encode("latin-1")
            )


def warm_up(told: dict[str, Any]) -> None:
    """What every process that works imports and compiles is so before the first fork: a run that
    lives to its end, and writes to nobody."""
    home = Path(told["home"]) / "warm"
    config = configuration({**told, "postgres": None}, 0, home)
    lay_out(home)
    deliver(told, 0)
    silent = msgspec.structs.replace(config, reply=Reply(mode="off"))
    with (
        mock.patch.object(worker, "SandboxPool", InProcess),
        open_app(silent, environment={"P": told["password"]}) as app,
    ):
        worker.one_round(app)


def one(told: dict[str, Any], number: int, home: Path) -> dict[str, Any]:
    """Deliver, die at step `number`, recover; what is in the store then."""
    config = configuration(told, number, home)
    if not told.get("postgres"):
        lay_out(home)
    deliver(told, number)

    def run(at: int, *moments: timedelta) -> None:
        """Two rounds, and one more at each of the moments: so long from now."""
        lay(Fuse(at))
        environment = {"P": told["password"]}
        with open_app(config, environment=environment) as app:
            for later in (timedelta(0), timedelta(0), *moments):
                worker.one_round(
                    msgspec.structs.replace(app, clock=lambda later=later: now() + later)
                )

    status = forked(lambda: run(number))
    killed = os.WIFSIGNALED(status)
    begun = time.monotonic()
    bury(config)
    # A letter that died with its sender is sent again only when no server can still be at it.
    again = forked(lambda: run(0, FINAL_DOT + timedelta(minutes=1))) if killed else 0
    recovery = time.monotonic() - begun
    with open_app(config, environment={"P": told["password"]}) as app, app.store.read() as tx:
        rows = review_queue.queue_rows(tx)
        return {
            "step": number,
            "killed": killed,
            "clean": status == 0 or killed,
            "recovered": again == 0,
            "recovery": recovery,
            "outcomes": sorted(mails.outcomes(tx).values()),
            "submissions": sorted(r.state for r in rows),
            "letters": sorted(
                letter.state for r in rows for letter in letters.of_submission(tx, r.id)
            ),
        }


def main() -> None:
    """Arguments as JSON on standard input; a JSON line for every step, until a run outlives its
    fuse."""
    log.configure("error")
    told = json.loads(sys.stdin.read())
    warm_up(told)
    for number in range(told["first"], 10_000, told["every"]):
        result = one(told, number, Path(told["home"]) / str(number))
        print(json.dumps(result), flush=True)
        if not result["killed"]:
            return


if __name__ == "__main__":
    main()
