"""`redaksi run` with the desk beside the worker, and `redaksi serve` alone, as processes of their
own: served, found by those who may, and over when they are told to end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPResponse
from pathlib import Path

import pytest
import urllib3
from starlette.responses import Response
from structlog.testing import capture_logs

from desk.app import App
from desk.inbound.asked import ask_to_poll
from desk.store.status import list_passes
from desk.web.editors.routes import ROUTES
from desk.web.server import serve_desk
from desk.web.visit import Visit, WebRoute
from desk.worker.daemon import run_daemon
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from tests import newsroom
from tests.desk_web import Browser
from tests.newsroom import mails, until

# seconds after which a test that hangs is ended
HANGS = 120.0
END = 10.0  # seconds from SIGTERM
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def redaksi(config: Path, account: Account, *words: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desk.cli", *words, "--config", str(config)],
        cwd=ROOT,
        env={**newsroom.environment(account), **more},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def running(config: Path, account: Account, *words: str) -> Iterator[subprocess.Popen[str]]:
    process = redaksi(config, account, *words)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def is_served(port: int, path: str = "/masuk") -> bool:
    try:
        answer = urllib3.request(
            "GET", f"http://127.0.0.1:{port}{path}", retries=False, timeout=5.0
        )
    except urllib3.exceptions.HTTPError:
        return False
    return answer.status == 200


def with_desk(account: Account, home: Path, port: int) -> Path:
    return newsroom.config_file(account, home, extra=f'[web]\nlisten = "127.0.0.1:{port}"')


def add_account(config: Path, account: Account) -> None:
    words = ("user", "add", "nina@example.org", "--name", "Nina", "--role", "chief")
    adding = redaksi(config, account, *words, "--password-stdin")
    out, _ = adding.communicate("rahasia meja 123\n", HANGS)
    assert adding.returncode == 0, out


def test_the_desk_is_served_beside_the_worker_and_both_end(
    account: Account, tmp_path: Path
) -> None:
    port = free_port()
    config = with_desk(account, tmp_path, port)
    with running(config, account, "run") as process:
        until(lambda: is_served(port), HANGS)
        add_account(config, account)  # the command works on its data meanwhile
        browser = Browser(f"http://127.0.0.1:{port}")
        assert browser.sign_in("nina@example.org", "rahasia meja 123").location == "/antrean"
        assert browser.get("/antrean").status == 200
        with newsroom.app(account, tmp_path) as app:
            with open_mailbox(account) as mailbox:
                mailbox.append("INBOX", b"From: a@x.example\r\nMessage-ID: <1@x>\r\n\r\nHai\r\n")
            until(lambda: len(mails(app.store)) == 1, HANGS)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(HANGS) == 0, process.communicate()[0][-2000:]
        assert time.monotonic() - begun < END


def test_the_inbox_is_looked_at_when_somebody_at_the_desk_asks(
    account: Account, tmp_path: Path
) -> None:
    """Spam is looked at every ten minutes; IDLE tells of INBOX alone."""
    config = newsroom.config_file(account, tmp_path, poll="10m")
    with running(config, account, "run"), newsroom.app(account, tmp_path) as app:
        until(lambda: len(passes(app)) == 2, HANGS)
        with open_mailbox(account) as mailbox:
            mailbox.append("Spam", b"From: a@x.example\r\nMessage-ID: <1@x>\r\n\r\nHai\r\n")
        ask_to_poll(app)
        until(lambda: len(mails(app.store)) == 1, HANGS)


def passes(app: App) -> list[datetime | None]:
    """When each pass ended."""
    with app.store.read() as tx:
        found = [each.ended_at for each in list_passes(tx, 50)]
    return [ended for ended in found if ended is not None]


def test_serve_ends_soon_and_what_is_under_way_is_answered_whole(
    account: Account, tmp_path: Path
) -> None:
    """The answer waits for another writer when the signal comes."""
    port = free_port()
    config = with_desk(account, tmp_path, port)
    with running(config, account, "serve") as process:
        until(lambda: is_served(port), HANGS)
        with (
            newsroom.app(account, tmp_path) as app,
            socket.create_connection(("127.0.0.1", port), HANGS) as asked,
        ):
            with app.store.begin():
                asked.sendall(guess(port))
                assert is_served(port)  # one loop reads both: the first is under way by now
                begun = time.monotonic()
                process.send_signal(signal.SIGTERM)
                until(lambda: not is_served(port), HANGS)
            answer = HTTPResponse(asked)
            answer.begin()
            page = answer.read()
        assert process.wait(HANGS) == 0, process.communicate()[0][-2000:]
        assert time.monotonic() - begun < END
    assert answer.status in (422, 503)  # the password is wrong, or it waited for too long
    assert page.rstrip().endswith(b"</html>")


def guess(port: int) -> bytes:
    """A wrong password, sent as a browser sends it."""
    body = b"surel=nina@example.org&sandi=salah"
    lines = (
        "POST /masuk HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*lines, "", "")).encode() + body


def test_a_fault_in_a_page_has_a_number_and_ends_nothing(
    account: Account,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: Visit) -> Response:
        raise RuntimeError("a fault of ours")

    broken = WebRoute(path="/rusak", answer=fail, may="anybody")
    monkeypatch.setattr("desk.web.app.ROUTES", (*ROUTES, broken))
    with newsroom.app(account, tmp_path) as app, serve_desk(app, "127.0.0.1:0") as desk:
        with run_daemon(app), open_mailbox(account) as mailbox, capture_logs() as logged:
            answer = Browser(desk.base_url).get("/rusak")
            mailbox.append("INBOX", b"From: a@x.example\r\nMessage-ID: <1@x>\r\n\r\nHai\r\n")
            until(lambda: len(mails(app.store)) == 1, HANGS)
        assert Browser(desk.base_url).get("/masuk").status == 200
    incident = re.search(r'class="num">([0-9a-f]{8})<', answer.text)
    assert answer.status == 500
    assert incident is not None
    assert "fault of ours" not in answer.text
    (fault,) = [line for line in logged if line["event"] == "web.fault"]
    assert (fault["incident"], fault["exc_info"]) == (incident[1], True)


def test_without_web_the_worker_runs_alone_and_tells_its_figures(
    account: Account, tmp_path: Path
) -> None:
    port, figures = free_port(), free_port()
    config = with_desk(account, tmp_path, port)
    with config.open("a") as file:
        file.write(f'[metrics]\nlisten = "127.0.0.1:{figures}"\n')
    with running(config, account, "run", "--no-web") as process:
        with newsroom.app(account, tmp_path) as app, open_mailbox(account) as mailbox:
            mailbox.append("INBOX", b"From: a@x.example\r\nMessage-ID: <1@x>\r\n\r\nHai\r\n")
            until(lambda: len(mails(app.store)) == 1, HANGS)
            until(lambda: is_served(figures, "/readyz"), HANGS)
        assert is_served(figures, "/healthz")
        assert not is_served(port)
        process.send_signal(signal.SIGTERM)
        assert process.wait(HANGS) == 0


def test_what_somebody_else_listens_on_is_told_before_anything_begins(
    account: Account, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = redaksi(with_desk(account, tmp_path, port), account, "run")
        out, _ = process.communicate(timeout=HANGS)
    assert process.returncode == 2
    assert f"web.listen 127.0.0.1:{port}" in out
    assert "Traceback" not in out


@pytest.mark.parametrize("verb", ["run", "serve"])
def test_without_the_extra_it_says_what_to_install(
    verb: str, account: Account, tmp_path: Path
) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "uvicorn.py").write_text("raise ImportError('no uvicorn')\n")
    path = os.pathsep.join((str(hidden), str(ROOT)))
    process = redaksi(with_desk(account, tmp_path, 1), account, verb, PYTHONPATH=path)
    out, _ = process.communicate(timeout=HANGS)
    assert process.returncode == 2
    assert "redaksi[web]" in out


@pytest.mark.parametrize(
    ("listen", "words"),
    [("0.0.0.0:0", "https://"), ("meja", "host:porta"), ("127.0.0.1:x", "host:porta")],
)
def test_the_desk_is_not_served_in_the_clear_nor_nowhere(
    listen: str, words: str, account: Account, tmp_path: Path
) -> None:
    config = newsroom.config_file(account, tmp_path)
    process = redaksi(config, account, "serve", "--listen", listen)
    out, _ = process.communicate(timeout=HANGS)
    assert process.returncode == 2
    assert words in out
