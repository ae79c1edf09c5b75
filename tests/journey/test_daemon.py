"""`redaksi run` as a process of its own: mails by IDLE, an end that waits for no server, and never
a mail twice."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from desk.app import App
from desk.demo.samples import samples
from desk.store.tables import Job, Process
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from tests import newsroom
from tests.faultproxy import proxied
from tests.newsroom import mails, redaksi, submissions, until
from tests.postoffice import bench

# seconds after which a test that hangs is ended; what keeps a daemon waiting here lasts for longer
HANGS = 120.0
NOBODY = Account(id="warta", host="127.0.0.1", port=1, user="x", password="x")
GOOD = next(sample for sample in samples() if sample.name == "lengkap").raw


def plain(number: int) -> bytes:
    return (
        f"From: Rahma <rahma{number}@x.example>\r\nMessage-ID: <{number}@x.example>\r\nSubject: Salam {number}\r\n\r\n"
        f"Selamat pagi, redaksi {number}.\r\n"
    ).encode()


def put(account: Account, *raws: bytes) -> None:
    with open_mailbox(account) as mailbox:
        for raw in raws:
            mailbox.append("INBOX", raw)


@contextmanager
def daemon(config: Path, account: Account) -> Iterator[subprocess.Popen[str]]:
    process = redaksi(config, account, "run")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def end(*processes: subprocess.Popen[str]) -> None:
    """SIGTERM, and an end without a fault."""
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        assert process.wait(HANGS) == 0, process.communicate()[0][-2000:]


def holders(app: App) -> set[str]:
    """The processes that may hold something, this one apart."""
    with app.store.read() as tx:
        return {row.id for row in tx.scalars(select(Process)) if row.ended_at is None} - {app.name}


def examined(app: App) -> int:
    return sum(row.state == "examined" for row in mails(app.store))


@pytest.fixture
def config(account: Account, tmp_path: Path) -> Path:
    return newsroom.config_file(account, tmp_path, poll="10m")


@pytest.fixture
def app(account: Account, config: Path, tmp_path: Path) -> Iterator[App]:
    with newsroom.app(account, tmp_path) as opened:
        yield opened


def test_mail_comes_in_by_idle_and_the_end_does_not_wait_for_it(
    account: Account, config: Path, app: App
) -> None:
    put(account, plain(1))
    with daemon(config, account) as process:
        until(lambda: examined(app) == 1, HANGS)
        put(account, plain(2))
        until(lambda: examined(app) == 2, HANGS)  # the next poll would be in ten minutes
        end(process)


def test_a_server_that_falls_silent_does_not_keep_it_from_ending(
    account: Account, app: App, tmp_path: Path
) -> None:
    put(account, plain(1) + b"x" * 400_000)
    with proxied(account.host, account.port) as proxy:
        proxy.break_after(200_000, "stall")
        through = replace(account, host=proxy.host, port=proxy.port)
        with daemon(newsroom.config_file(through, tmp_path), account) as process:
            until(lambda: proxy.struck == 1, HANGS)
            end(process)
    assert mails(app.store) == []
    assert holders(app) == set()


def test_a_relay_that_falls_silent_does_not_either_and_nothing_stays_held(tmp_path: Path) -> None:
    """The next start need not wait until nothing was heard for half a minute."""
    with socket.create_server(("127.0.0.1", 0)) as relay:
        port = relay.getsockname()[1]
        config = tmp_path / "config.toml"
        config.write_text(
            f'data_dir = "{tmp_path}"\n[[mailbox]]\nid = "warta"\n'
            'address = "redaksi@warta.example"\nhost = "127.0.0.1"\nport = 1\nuser = "x"\n'
            'password = "env:P"\nsince = 2020-01-01\nsecurity = "none"\n'
            f'[reply]\nmode = "auto"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        )
        with bench(tmp_path, datetime.now(UTC), port=port) as on:
            on.letter()
            with daemon(config, NOBODY) as process:
                connection, _ = relay.accept()
                with connection:
                    end(process)
            assert holders(on.app) == set()


def test_the_mail_at_hand_is_finished_and_the_others_wait(
    account: Account, config: Path, app: App
) -> None:
    numbered = [GOOD.replace(b"Message-ID: <", b"Message-ID: <%d" % number) for number in range(8)]
    put(account, *numbered)
    with daemon(config, account) as process:
        until(lambda: examined(app) >= 1, HANGS)
        end(process)
    with app.store.read() as tx:
        assert not [job for job in tx.query(Job) if job.state == "leased"]
        assert all(job.attempts == (job.state == "done") for job in tx.query(Job))
    assert len(submissions(app.store)) == examined(app) < len(numbered)


def test_two_daemons_and_cron_at_once_file_each_mail_once(
    account: Account, app: App, tmp_path: Path
) -> None:
    config = newsroom.config_file(account, tmp_path)
    put(account, *(plain(number) for number in range(10)))
    with daemon(config, account) as one, daemon(config, account) as other:
        crons = [redaksi(config, account, "poll", "--once", "--quiet") for _ in range(2)]
        for number in range(10, 20):
            put(account, plain(number))
        until(lambda: examined(app) == 20, HANGS)
        for cron in crons:
            assert cron.wait(HANGS) == 0, cron.communicate()[0][-2000:]
            cron.communicate()
        end(one, other)
    assert sorted(row.subject for row in mails(app.store)) == sorted(
        f"Salam {number}" for number in range(20)
    )
    assert len({row.mail_id for row in submissions(app.store)}) == len(submissions(app.store)) == 20
