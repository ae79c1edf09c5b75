"""An office of its own for a test: one mailbox on any IMAP server, a database and blobs in a
temporary folder."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from desk.app import App, open_app
from desk.store import Store
from desk.store.tables import Event, Mail, Submission
from ingest.fetch.listing import Account
from redaksi.config.schema import Config, Mailbox, Queue, Reply
from tests.empty_store import lay_out


def configuration(account: Account, home: Path, **box: Any) -> Config:
    """One mailbox, "warta", no letters."""
    told = {
        "id": "warta",
        "address": "redaksi@warta.example",
        "host": account.host,
        "port": account.port,
        "user": account.user,
        "password": "env:P",
        "since": date(2020, 1, 1),
        "security": "none",
        "folders": ("INBOX",),
        "poll": timedelta(seconds=1),
        "read_timeout": timedelta(seconds=account.read_timeout),
    }
    return Config(
        mailbox=(Mailbox(**{**told, **box}),),
        data_dir=str(home),
        reply=Reply(mode="off"),
        queue=Queue(settle=timedelta(0)),
    )


@contextmanager
def app(account: Account, home: Path, /, config: Config | None = None, **box: Any) -> Iterator[App]:
    """The open office."""
    chosen = config or configuration(account, home, **box)
    if chosen.storage.database == "sqlite":
        lay_out(chosen.home)
    with open_app(chosen, environment={"P": account.password}) as open_office:
        yield open_office


def mails(store: Store) -> list[Mail]:
    """Every mail, oldest first."""
    with store.read() as tx:
        return list(tx.scalars(select(Mail).order_by(Mail.id)))


def submissions(store: Store) -> list[Submission]:
    """Every submission, oldest first."""
    with store.read() as tx:
        return list(tx.scalars(select(Submission).order_by(Submission.id)))


def happened(store: Store, what: str) -> list[dict[str, Any]]:
    """The facts of every event of a kind, oldest first."""
    with store.read() as tx:
        return [
            row.facts
            for row in tx.scalars(select(Event).where(Event.what == what).order_by(Event.id))
        ]


def but(open_office: App, **differs: Any) -> App:
    """The same office with some of it replaced."""
    return msgspec.structs.replace(open_office, **differs)


def config_file(account: Account, home: Path, *, poll: str = "1s", extra: str = "") -> Path:
    """The same as config.toml, for `redaksi` as a process of its own; its password is in the
    environment as P."""
    path = home / "config.toml"
    path.write_text(
        f"""data_dir = "{home}"
[[mailbox]]
id = "warta"
address = "redaksi@warta.example"
host = "{account.host}"
port = {account.port}
user = "{account.user}"
password = "env:P"
since = 2020-01-01
security = "none"
poll = "{poll}"
{extra}
[reply]
mode = "off"
[queue]
settle = "0s"
""",
        encoding="utf-8",
    )
    return path


def environment(account: Account) -> dict[str, str]:
    """Ours, and the mailbox's password."""
    return {**os.environ, "P": account.password}


def redaksi(config: Path, account: Account, *words: str) -> subprocess.Popen[str]:
    """The command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "desk.cli", *words, "--config", str(config)],
        cwd=Path(__file__).parents[1],
        env=environment(account),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until(condition: Callable[[], bool], seconds: float) -> float:
    """Wait for a condition; the seconds it took. Fails when it does not come true in time."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, "it did not come true in time"
        time.sleep(0.05)
    return time.monotonic() - begun
