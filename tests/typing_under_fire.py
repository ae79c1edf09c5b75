"""Typing while the server dies: `redaksi serve` as a process of its own, killed with SIGKILL at any
moment, and a browser that goes on typing."""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Page
from sqlalchemy import select, update

from desk.app import App, open_app
from desk.inbound.poll import own_mailbox
from desk.store.editors import accounts, form_drafts
from desk.store.inbound import own_mailboxes
from desk.store.submissions import submission_rows
from desk.store.tables import Submission
from redaksi.config.load import load
from tests.chromium import enter
from tests.desk_web import Browser, add_account
from tests.filler import fill

A_SECOND = 20  # characters typed
MOST_LOST = 2 * A_SECOND  # of a page that is loaded anew
TEXT = "Puluhan warga RT 03 bergotong royong membangun saluran air sepanjang 240 meter. "
ROOT = Path(__file__).parents[1]


class Outcome(Struct, frozen=True, kw_only=True):
    """Characters typed, and how many of them are lost."""

    typed: int
    lost: int


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`redaksi serve`, to be killed and started anew on the same port."""

    def __init__(self, config: Path, port: int) -> None:
        self._config, self._port = config, port
        self.base = f"http://127.0.0.1:{port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """It listens when this returns."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "desk.cli", "serve", "--config", str(self._config),
             "--listen", f"127.0.0.1:{self._port}"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "P": "x"},
        )  # fmt: skip
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server did not listen")

    def kill(self) -> None:
        """SIGKILL, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def running(config: Path) -> Iterator[Server]:
    """A server that is ended in the end."""
    server = Server(config, free_port())
    server.start()
    try:
        yield server
    finally:
        server.kill()


def type_and_kill(
    chromium: Chromium, app: App, server: Server, nina: Browser, number: str, seed: int
) -> tuple[Outcome, Outcome]:
    """Type, kill the server in the midst, go on typing, start it again: what is lost of a page that
    was kept open; and then the same where the page is loaded anew."""
    dice, context = random.Random(seed), chromium.new_context()
    page = enter(context, nina)
    try:
        kept = _type_on(page, app, server, number, dice)
        lost = _load_anew(page, app, server, number, dice)
    finally:
        context.close()
    return kept, lost


def _type_on(page: Page, app: App, server: Server, number: str, dice: random.Random) -> Outcome:
    field = _open(page, server, number)
    before = field.input_value()
    _type(field, dice.randint(5, 40))
    server.kill()
    _type(field, dice.randint(1, 25))
    server.start()
    _type(field, dice.randint(1, 10))
    typed = field.input_value()
    _wait_until_stored(app, number, typed)
    return Outcome(typed=len(typed) - len(before), lost=len(typed) - len(_stored(app, number)))


def _load_anew(page: Page, app: App, server: Server, number: str, dice: random.Random) -> Outcome:
    field = _open(page, server, number)
    before = field.input_value()
    _type(field, dice.randint(20, 70))
    typed = field.input_value()
    server.kill()
    server.start()
    field = _open(page, server, number)
    return Outcome(typed=len(typed) - len(before), lost=len(typed) - len(field.input_value()))


def _open(page: Page, server: Server, number: str) -> Locator:
    page.goto(f"{server.base}/kiriman/{number}")
    page.locator("#keputusan summary").click()
    page.locator("#keputusan-catatan").check()
    field = page.locator("#catatan")
    field.focus()
    page.keyboard.press("Control+End")
    return field


def _type(field: Locator, count: int) -> None:
    """Characters one after another, A_SECOND of them."""
    field.press_sequentially((TEXT * 4)[:count], delay=1000 / A_SECOND)


def _stored(app: App, number: str) -> str:
    with app.store.read() as tx:
        submission_id = submission_rows.id_of(tx, number)
        accounts_ids = [account.id for account in accounts.list_all(tx)]
        assert submission_id is not None
        drafts = [
            form_drafts.find(tx, account, submission_id, "decision") for account in accounts_ids
        ]
    words = [draft.fields.get("catatan", [""])[-1] for draft in drafts if draft is not None]
    return str(words[0]) if words else ""


def _wait_until_stored(app: App, number: str, typed: str) -> None:
    """A page that is open tries again by itself."""
    end = time.monotonic() + 30
    while _stored(app, number) != typed and time.monotonic() < end:
        time.sleep(0.1)


@contextmanager
def furnished(home: Path) -> Iterator[tuple[App, Path, str]]:
    """A desk with one submission in review and Nina: its app, its config.toml, the number."""
    path = home / "config.toml"
    path.write_text(
        f"""data_dir = "{home}"
[[mailbox]]
id = "warta"
address = "redaksi@warta.example"
host = "127.0.0.1"
port = 1
user = "redaksi"
password = "env:P"
since = 2020-01-01
security = "none"
[reply]
mode = "off"
""",
        encoding="utf-8",
    )
    path.chmod(0o600)
    with open_app(load(path, lambda _: None), environment={"P": "x"}) as app:
        with app.store.begin() as tx:
            own_mailboxes.remember(tx, own_mailbox(app, app.config.mailbox[0]), app.clock())
        fill(app.store, 1, app.clock())
        with app.store.begin() as tx:
            tx.execute(update(Submission).values(state="review"))
            number = tx.scalars(select(Submission.number)).one()
        add_account(app, "nina@example.org", "chief")
        yield app, path, number
