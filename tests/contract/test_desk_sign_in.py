"""The door of the desk: who is let in, how often one may guess, what the browser is given and how
long it holds, and where it leads afterwards."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.store.editors import accounts
from desk.web import auth, passwords
from desk.web.editors.sign_in import own_path
from desk.web.network import find_network
from desk.web.visit import name_origin
from redaksi.config.schema import Web
from tests.desk_web import OWN, PASSWORD, Browser, Page, add_account, served_near
from tests.postoffice import MONDAY, Bench, bench

NINA = "nina@example.org"


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """A desk behind a proxy on this machine; `hashes` counts the work."""

    on: Bench
    base: str
    hashes: list[str]

    def guess(self, login: str = NINA, password: str = "salah", came: str = "192.0.2.1") -> Page:
        headers = {**OWN, "Content-Type": "application/x-www-form-urlencoded"}
        body = f"surel={login}&sandi={password}".encode()
        headers["X-Forwarded-For"] = came
        return Browser(self.base).ask("POST", "/masuk", body=body, headers=headers)


@contextmanager
def opened(folder: Path, url: str = "", **web: Any) -> Iterator[Door]:
    """The work itself is left out: a password is right when it is PASSWORD. `url`: the database's; ""
    for SQLite."""
    hashes: list[str] = []

    def is_password(password: str, hashed: str, _: object) -> bool:
        hashes.append(password)
        return bool(hashed) and password == PASSWORD

    with bench(folder, MONDAY, url) as on:
        config = msgspec.structs.replace(
            on.app.config, web=Web(trusted_proxies=("127.0.0.1",), **web)
        )
        on.app = msgspec.structs.replace(on.app, config=config)
        add_account(on.app, NINA, "chief", "Nina")
        with mock.patch.object(auth, "is_password", is_password), served_near(on.app) as base:
            yield Door(on=on, base=base, hashes=hashes)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    with opened(tmp_path) as ready:
        yield ready


@pytest.fixture
def any_door(tmp_path: Path, database: str) -> Iterator[Door]:
    """On each database."""
    with opened(tmp_path, database) as ready:
        yield ready


# ── guessing ──────────────────────────────────────────────────────────────────────────────────────


def test_five_guesses_at_a_login_from_a_network_in_a_quarter_of_an_hour(any_door: Door) -> None:
    door = any_door
    assert [door.guess().status for _ in range(7)] == [422] * 5 + [429] * 2
    answer = door.guess(password=PASSWORD)
    assert answer.status == 429  # the right one neither, and nobody learns that it is
    assert answer.headers["retry-after"] == "900"
    assert "Terlalu banyak percobaan. Coba lagi dalam 15 menit." in answer.text
    assert door.guess(came="198.51.100.1").status == 422  # elsewhere one may try
    door.on.later(minutes=14)
    assert door.guess().headers["retry-after"] == "60"
    door.on.later(minutes=1)
    assert door.guess(password=PASSWORD).status == 303


def test_who_is_kept_out_is_not_kept_out_for_longer_by_asking(door: Door) -> None:
    for _ in range(20):
        door.guess()
    door.on.later(minutes=15)
    assert door.guess(password=PASSWORD).status == 303


def test_twenty_guesses_from_a_network_whatever_the_login(door: Door) -> None:
    statuses = [door.guess(f"u{n}@example.org").status for n in range(22)]
    assert statuses == [422] * 20 + [429] * 2
    assert door.guess(password=PASSWORD).status == 429
    assert door.guess(password=PASSWORD, came="192.0.2.200").status == 429  # the same /24
    assert door.guess(password=PASSWORD, came="192.0.3.1").status == 303


def test_fifty_guesses_at_a_login_in_a_day_wherever_they_come_from(door: Door) -> None:
    statuses = [door.guess(came=f"10.0.{n}.1").status for n in range(52)]
    assert statuses == [422] * 50 + [429] * 2
    assert door.guess(password=PASSWORD, came="10.9.9.9").status == 429
    door.on.later(hours=24)
    assert door.guess(password=PASSWORD, came="10.9.9.9").status == 303


def test_the_right_password_lets_earlier_guesses_go(door: Door) -> None:
    for _ in range(4):
        door.guess()
    assert door.guess(password=PASSWORD).status == 303
    assert [door.guess().status for _ in range(6)] == [422] * 5 + [429]


def test_sixty_guesses_at_once_cost_five_hashes(any_door: Door) -> None:
    door = any_door
    threads = [threading.Thread(target=door.guess) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(door.hashes) == 5


def test_a_login_that_nobody_has_costs_and_hears_the_same(door: Door) -> None:
    known, unknown = door.guess(), door.guess("tidak-ada@example.org")
    assert len(door.hashes) == 2
    assert (known.status, unknown.status) == (422, 422)
    assert known.text.replace(NINA, "") == unknown.text.replace("tidak-ada@example.org", "")


def test_who_is_disabled_hears_the_same_after_the_same_work(door: Door) -> None:
    with door.on.app.store.begin() as tx:
        found = accounts.by_login(tx, NINA)
        assert found is not None
        accounts.change(tx, msgspec.structs.replace(found[0], disabled_at=MONDAY))
    answer = door.guess(password=PASSWORD)
    assert (answer.status, len(door.hashes)) == (422, 1)
    assert "Surel atau kata sandi salah." in answer.text


def test_an_unknown_login_is_hashed_with_the_same_parameters() -> None:
    """So both take as long; how long is `make bench ARGS=sign-in`'s."""
    parameters = passwords._nobodys().split("$")[1:4]
    assert parameters == ["argon2id", "v=19", "m=65536,t=3,p=1"]
    assert passwords.hash_password("x", threading.Lock()).split("$")[1:4] == parameters


def test_what_was_typed_is_kept_but_for_the_password(door: Door) -> None:
    answer = door.guess(password="rahasia-yang-salah")
    assert f'value="{NINA}"' in answer.text
    assert "rahasia-yang-salah" not in answer.text
    assert 'role="alert" id="salah" tabindex="-1" autofocus' in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]


# ── who asks ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "network"),
    [
        ("192.0.2.7", "", (), "192.0.2.0/24"),
        ("192.0.2.7", "198.51.100.9", (), "192.0.2.0/24"),  # anybody can write that
        ("127.0.0.1", "198.51.100.9", ("127.0.0.1",), "198.51.100.0/24"),
        ("127.0.0.1", "10.1.1.1, 198.51.100.9", ("127.0.0.1",), "198.51.100.0/24"),
        ("127.0.0.1", "10.1.1.1, 198.51.100.9, 127.0.0.1", ("127.0.0.1",), "198.51.100.0/24"),
        ("127.0.0.1", "", ("127.0.0.1",), "127.0.0.0/24"),
        ("127.0.0.1", "127.0.0.1", ("127.0.0.1",), "127.0.0.0/24"),
        ("::1", "[2001:db8:1:2:3::4]:443", ("0:0:0:0:0:0:0:1",), "2001:db8:1:2::/64"),
        ("::ffff:127.0.0.1", "198.51.100.9:1234", ("127.0.0.1",), "198.51.100.0/24"),
        ("127.0.0.1", "unknown", ("127.0.0.1",), ""),
        ("", "", (), ""),
    ],
)
def test_who_asks_is_believed_from_the_right(
    peer: str, forwarded: str, trusted: tuple[str, ...], network: str
) -> None:
    assert find_network(peer, forwarded, trusted) == network


@given(forged=st.text(st.sampled_from("0123456789.:,[]% abcdef")), peer=st.ip_addresses(v=4))
def test_nobody_chooses_his_network_by_what_he_writes(forged: str, peer: Any) -> None:
    """Whatever stands before what our proxy appended."""
    through_proxy = find_network("127.0.0.1", f"{forged}, {peer}", ("127.0.0.1",))
    direct = find_network(str(peer), forged, ("203.0.113.9",))
    if str(peer) not in ("127.0.0.1", "203.0.113.9"):
        assert through_proxy == direct == find_network(str(peer), "", ())


@given(peer=st.text(), forwarded=st.text())
def test_an_address_that_is_none_is_no_fault(peer: str, forwarded: str) -> None:
    find_network(peer, forwarded, ("127.0.0.1",))


# ── where it leads ────────────────────────────────────────────────────────────────────────────────

FOREIGN = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "evil.example",
    "http:evil.example",
    "http:/evil.example",
    "//evil.example\\@127.0.0.1/",
    "/\x00/evil.example",
    "/\u2028/evil.example",
    "",
]


@pytest.mark.parametrize("where", FOREIGN)
def test_it_leads_to_no_other_site(where: str) -> None:
    assert own_path(where) == "/antrean"


@pytest.mark.parametrize(
    "where",
    ["/antrean", "/kiriman/W-2026-0143?dari=tampilan%3Dsaya", "/cari?q=http://x", "/a//b", "/x:y"],
)
def test_it_leads_back_to_where_somebody_was(where: str) -> None:
    assert own_path(where) == where


@given(
    st.text(st.characters(max_codepoint=0x250), max_size=40)
    | st.text("/\\:@.?#evil\t\n ", max_size=20)
)
def test_whatever_stands_there_a_browser_stays_here(where: str) -> None:
    """As WHATWG URL reads it: tab and line ends go, a backslash is a slash."""
    found = own_path(where)
    seen = found.replace("\t", "").replace("\n", "").replace("\r", "").replace("\\", "/").strip()
    assert seen.startswith("/")
    assert not seen.startswith("//")


def test_after_signing_in_one_is_where_one_was_going(door: Door) -> None:
    browser = Browser(door.base)
    asked = browser.get("/kiriman/W-2026-0143?dari=x%26y")
    assert asked.location == "/masuk?ke=%2Fkiriman%2FW-2026-0143%3Fdari%3Dx%2526y"
    fields = {"surel": NINA, "sandi": PASSWORD}
    back = {"ke": "/kiriman/W-2026-0143?dari=x%26y"}
    assert browser.post("/masuk", {**fields, **back}).location == back["ke"]
    assert Browser(door.base).post("/masuk", {**fields, "ke": "//e.example"}).location == "/antrean"


# ── what the browser is given ─────────────────────────────────────────────────────────────────────


def cookie_of(answer: Page) -> dict[str, str]:
    line = answer.headers["set-cookie"]
    first, *rest = [part.strip() for part in line.split(";")]
    name, _, value = first.partition("=")
    pairs = [part.partition("=") for part in rest]
    return {"name": name, "value": value, **{key.lower(): word for key, _, word in pairs}}


def test_a_cookie_of_this_machine(door: Door) -> None:
    cookie = cookie_of(door.guess(password=PASSWORD))
    assert cookie["name"] == "redaksi"
    assert (cookie["path"], cookie["samesite"]) == ("/", "lax")
    assert "httponly" in cookie
    assert not {"secure", "domain", "max-age", "expires"} & set(cookie)
    assert len(cookie["value"]) == 43  # 32 bytes


def test_a_cookie_that_is_bound_to_https_and_to_its_host(tmp_path: Path) -> None:
    with opened(tmp_path, base_url="https://meja.example.org") as door:
        headers = {**OWN, "Host": "meja.example.org"}
        typed = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
        body = f"surel={NINA}&sandi={PASSWORD}&ingat=on".encode()
        answer = Browser(door.base).ask("POST", "/masuk", body=body, headers=typed)
        elsewhere = Browser(door.base).ask("GET", "/masuk", headers={"Host": "evil.example"})
    cookie = cookie_of(answer)
    assert cookie["name"] == "__Host-redaksi"
    assert {"secure", "httponly"} <= set(cookie)
    assert (cookie["path"], cookie["max-age"]) == ("/", str(14 * 24 * 3600))
    assert "domain" not in cookie
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert elsewhere.status == 400


def test_the_store_knows_no_token(door: Door) -> None:
    token = cookie_of(door.guess(password=PASSWORD))["value"]
    with door.on.app.store.read() as tx:
        kept = " ".join(map(str, tx.connection().exec_driver_sql("SELECT * FROM session")))
    assert token not in kept
    assert passwords.token_id(token) in kept


def test_a_token_that_the_browser_brought_is_never_taken_on(door: Door) -> None:
    browser = Browser(door.base)
    browser.cookies = {"redaksi": "A" * 43}
    browser.sign_in(NINA)
    assert browser.cookies["redaksi"] != "A" * 43
    planted = Browser(door.base)
    planted.cookies = {"redaksi": "A" * 43}
    assert planted.get("/antrean").location.startswith("/masuk")


def test_signing_in_again_ends_the_session_before(door: Door) -> None:
    browser = Browser(door.base)
    browser.sign_in(NINA)
    before = Browser(door.base)
    before.cookies = dict(browser.cookies)
    browser.sign_in(NINA)
    assert browser.get("/antrean").status == 200
    assert before.get("/antrean").status == 303


@pytest.mark.parametrize(
    ("fields", "lasts"),
    [({}, timedelta(hours=12)), ({"ingat": "on"}, timedelta(days=14))],
)
def test_a_session_ends_when_its_time_is_over_however_it_was_used(
    door: Door, fields: dict[str, str], lasts: timedelta
) -> None:
    browser = Browser(door.base)
    browser.post("/masuk", {"surel": NINA, "sandi": PASSWORD, **fields})
    for _ in range(4):
        door.on.now += (lasts - timedelta(minutes=1)) / 4
        assert browser.get("/antrean").status == 200
    door.on.now += timedelta(minutes=1)
    assert browser.get("/antrean").location.startswith("/masuk")


def test_signing_out_ends_it_for_whoever_has_the_token(door: Door) -> None:
    browser = Browser(door.base)
    browser.sign_in(NINA)
    copied = Browser(door.base)
    copied.cookies = dict(browser.cookies)
    answer = browser.post("/keluar")
    assert answer.location == "/masuk"
    assert answer.headers["clear-site-data"] == '"cache"'
    assert browser.cookies == {}
    assert copied.get("/antrean").location.startswith("/masuk")


def test_nobody_is_signed_out_by_a_link(door: Door) -> None:
    browser = Browser(door.base)
    browser.sign_in(NINA)
    assert browser.get("/keluar").status in (404, 405)
    assert browser.get("/antrean").status == 200


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [
        ("https://Meja.Example.org:443/", "https://meja.example.org"),
        ("https://meja.example.org:8443", "https://meja.example.org:8443"),
        ("http://meja.lan:80", "http://meja.lan"),
        ("http://[2001:DB8::1]:8025", "http://[2001:db8::1]:8025"),
        ("", ""),
    ],
)
def test_an_address_is_compared_as_browsers_write_it(base_url: str, origin: str) -> None:
    assert name_origin(base_url) == origin
