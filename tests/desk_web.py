"""The desk of a test: served on loopback by the real server, and a browser without a face."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from unittest import mock
from urllib.parse import urlencode

import urllib3
from argon2 import PasswordHasher
from msgspec import Struct

from desk.app import App
from desk.store.editors import accounts
from desk.store.editors.accounts import Account, NewAccount
from desk.store.tables.account import Role
from desk.web import passwords
from desk.web.server import serve_desk

PASSWORD = "rahasia meja redaksi"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # a tenth of a millisecond
OWN: Mapping[str, str] = {"Sec-Fetch-Site": "same-origin"}


class Page(Struct, frozen=True, kw_only=True):
    """What came back."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    text: str
    content: bytes

    @property
    def location(self) -> str:
        """Where a 303 leads."""
        return self.headers.get("location", "")


class Browser:
    """Keeps its cookies and follows nothing."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies: dict[str, str] = {}
        self._pool = urllib3.PoolManager(retries=False, timeout=30)

    def get(self, path: str, **headers: str) -> Page:
        """A page."""
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, fields: Mapping[str, object] | None = None, **headers: str) -> Page:
        """A form of ours; a list is a field that stands several times."""
        body = urlencode(fields or {}, doseq=True)
        typed = {"Content-Type": "application/x-www-form-urlencoded", **OWN, **headers}
        return self.ask("POST", path, body=body.encode(), headers=typed)

    def ask(
        self, method: str, path: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Page:
        """Any request; header names may be written with "_" for "-"."""
        sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self._pool.request(
            method, self.base + path, body=body or None, headers=sent, redirect=False
        )
        self._keep(answer.headers.getlist("set-cookie"))
        fields = {name.lower(): value for name, value in answer.headers.items()}
        text = answer.data.decode("utf-8", "replace")
        return Page(status=answer.status, headers=fields, text=text, content=answer.data)

    def sign_in(self, login: str, password: str = PASSWORD) -> Page:
        """By the form."""
        return self.post("/masuk", {"surel": login, "sandi": password})

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.partition(";")[0].partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)


def read_letter(page: Page) -> dict[str, list[str]]:
    """The form of the page of a decision's letter; empty where it is none."""
    words = re.search(r"<textarea id=\"teks\"[^>]*>\n(.*?)</textarea>", page.text, re.S)
    fields: dict[str, list[str]] = {}
    if words is None:
        return fields
    for name, value in re.findall(
        r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text
    ):
        fields.setdefault(name, []).append(unescape(value))
    return {**fields, "teks": [unescape(words[1])]}


def press_on(browser: Browser, answer: Page, path: str) -> Page:
    """What comes when the letter that is shown, if any, is sent as it is."""
    shown = read_letter(answer) if answer.status == 200 else {}
    return browser.post(path, shown) if shown else answer


def add_account(app: App, login: str, role: Role = "editor", name: str = "") -> Account:
    """An account whose password is PASSWORD."""
    wanted = NewAccount(
        login=login,
        name=name or login.partition("@")[0].capitalize(),
        role=role,
        initials=login[:2].upper(),
        password_hash=CHEAP.hash(PASSWORD),
    )
    with app.store.begin() as tx:
        return accounts.add(tx, wanted, app.clock())


@contextmanager
def served(app: App) -> Iterator[str]:
    """The desk of an app on a free port; its address. Passwords are hashed cheaply."""
    with _hashing_cheaply(), serve_desk(app, "127.0.0.1:0") as desk:
        yield desk.base_url


@contextmanager
def patient(app: App, seconds: float) -> Iterator[str]:
    """The same; what is sent to it waits so long for another writer."""
    with _hashing_cheaply(), serve_desk(app, "127.0.0.1:0", seconds) as desk:
        yield desk.base_url


@contextmanager
def _hashing_cheaply() -> Iterator[None]:
    """Nothing of it is left afterwards, nobody's password neither."""
    with mock.patch.object(passwords, "_HASHER", CHEAP):
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


@contextmanager
def served_near(app: App) -> Iterator[str]:
    """The same; where it listens, whatever its public address is."""
    with serve_desk(app, "127.0.0.1:0") as desk:
        yield f"http://{desk.listen}"


def signed_in(base: str, login: str) -> Browser:
    """A browser that somebody is signed in with."""
    browser = Browser(base)
    answer = browser.sign_in(login)
    assert answer.status == 303, answer.text
    return browser
