"""Daemons and cron on one store: contributions sent as two mails, "article", then "photos", while
two or three `redaksi run` and a `poll --once` every two seconds work side by side. None may be split,
nobody is asked for what is in the other mail, nothing is taken in twice.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import func, select

from desk.app import open_app
from desk.demo import dovecot
from desk.store import open_store
from desk.store.tables import Mail
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from tests import postgres
from tests.drill import pairs

CRON = 2.0  # seconds between two `poll --once`
PATIENCE = 1800.0
PAUSE = 0.2  # between the two mails of a pair: one is often fetched without the other
ROOT = Path(__file__).parents[2]


def write_config(home: Path, url: str, account: Account) -> Path:
    """The installation every process of the drill is started with."""
    path = home.with_suffix(".toml")
    path.write_text(
        f'data_dir = "{home}"\n[storage]\ndatabase = "{url}"\n[[mailbox]]\nid = "warta"\n'
        f'address = "redaksi@warta.example"\nhost = "{account.host}"\nport = {account.port}\n'
        f'user = "{account.user}"\npassword = "env:P"\nsince = 2020-01-01\nsecurity = "none"\n'
        'authserv_id = "mx.warta.example"\npoll = "1s"\n[reply]\nmode = "auto"\n'
        'host = "127.0.0.1"\nport = 1\nsecurity = "none"\n[queue]\nsettle = "10m"\n'
        "[sandbox]\npool = 1\n"
    )
    return path


def start(config: Path, password: str, *words: str) -> subprocess.Popen[bytes]:
    """A process of the drill."""
    return subprocess.Popen(
        [sys.executable, "-m", "desk.cli", *words, "--config", str(config)],
        cwd=ROOT,
        env={**os.environ, "P": password},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def at_work(config: Path, password: str, daemons: int) -> Iterator[None]:
    """So many daemons, and cron beside them."""
    ended = threading.Event()

    def cron() -> None:
        while not ended.wait(CRON):
            start(config, password, "poll", "--once", "--quiet").wait()

    thread = threading.Thread(target=cron, daemon=True)
    processes = [start(config, password, "run") for _ in range(daemons)]
    thread.start()
    try:
        yield
    finally:
        ended.set()
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()
        thread.join()


def deliver(account: Account, count: int) -> None:
    """The pairs, one mail after another."""
    with open_mailbox(account) as mailbox:
        for number in range(count):
            for raw in pairs.pair(number):
                mailbox.append("INBOX", raw)
                time.sleep(PAUSE)


def wait_until_examined(url: str, mails: int) -> None:
    """Until every mail is examined. Raises TimeoutError."""
    store, begun = open_store(url), time.monotonic()
    examined = select(func.count()).select_from(Mail).where(Mail.state == "examined")
    while time.monotonic() - begun < PATIENCE:
        with store.read() as tx:
            is_done = tx.scalar(examined) == mails
        if is_done:
            store.close()
            return
        time.sleep(0.5)
    raise TimeoutError


def run(home: Path, url: str, account: Account, count: int, daemons: int) -> pairs.Outcome:
    """Deliver the pairs to daemons at work; what became of them."""
    config, begun = write_config(home, url, account), time.monotonic()
    with at_work(config, account.password, daemons):
        deliver(account, count)
        wait_until_examined(url, 2 * count)
    with open_app(pairs.configuration(home, url, 1), environment={"P": "x"}) as app:
        return pairs.outcome(app, count, time.monotonic() - begun)


def drill(count: int = 200) -> bool:
    """200 pairs under two and three daemons on each database."""
    held = True
    with ExitStack() as stack:
        server = stack.enter_context(dovecot.running())
        programs = postgres.binaries()
        cluster = stack.enter_context(postgres.cluster(programs)) if programs else None
        for database in ("sqlite", "postgres") if cluster else ("sqlite",):
            for daemons in (2, 3):
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="processes-"))
                home = Path(folder) / "data"
                url = f"sqlite:///{home}/redaksi.db"
                if database == "postgres" and cluster is not None:
                    url = cluster.url(cluster.create())
                account = Account(
                    id="warta",
                    host=server.host,
                    port=server.port,
                    user=f"{database}{daemons}",
                    password=server.password,
                    security="none",
                )
                found = run(home, url, account, count, daemons)
                print(
                    f"{database}, {daemons} daemons and cron: {count} pairs, {found.split} split,"
                    f" {found.undue} undue letters, {found.seconds:.0f} s",
                    flush=True,
                )
                held = held and not found.split and not found.undue
    return held
