"""Who sees which page of the desk: every route, walked from the application, for every role; where
a form may come from; what every answer carries."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desk.app import App
from desk.store.editors import accounts
from desk.web.editors.routes import ROUTES
from desk.web.visit import ALLOWED, WebRoute
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.postoffice import MONDAY, bench

WHO = ("signed out", "reader", "editor", "chief", "ops", "disabled")
FILLED = {
    "job": "1",
    "digest": "x",
    "name": "desk.css",
    "number": "W-2026-0001",
    "revision": "1",
    "stem": "foto-1",
    "edition": "W-2026-0001-1",
    "id": "1",
    "n": "1",
    "letter": "1",
    "decision": "1",
}
# sent by a page of ours; and by anybody else
HONEST = ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "{base}"})
FOREIGN: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "{base}"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {},
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Browser]]:
    """A browser for each; nothing is in the queue."""
    folder: Path = tmp_path_factory.mktemp("desk")
    with bench(folder, MONDAY) as ready:
        for role in ("reader", "editor", "chief", "ops"):
            add_account(ready.app, f"{role}@example.org", role)
        add_account(ready.app, "disabled@example.org", "chief")
        with served(ready.app) as base:
            browsers = {"signed out": Browser(base)}
            for name in WHO[1:]:
                browsers[name] = signed_in(base, f"{name}@example.org")
            _disable(ready.app, "disabled@example.org")
            yield browsers


def _disable(app: App, login: str) -> None:
    """His browser stays signed in as far as it knows."""
    with app.store.begin() as tx:
        found = accounts.by_login(tx, login)
        assert found is not None
        accounts.change(tx, msgspec.structs.replace(found[0], disabled_at=app.clock()))


def path_of(route: WebRoute) -> str:
    return route.path.format(**FILLED)


def may(route: WebRoute, who: str) -> bool:
    return route.may == "anybody" or who in ALLOWED[route.may]


def ask(browser: Browser, route: WebRoute, **headers: str) -> Page:
    if route.method == "GET":
        return browser.get(path_of(route), **headers)
    return browser.post(path_of(route), None, **headers)


def name_route(route: WebRoute) -> str:
    return f"{route.method} {route.path}"


POSTS = [route for route in ROUTES if route.method == "POST"]
CLOSED = [route for route in ROUTES if route.may != "anybody"]


def test_no_two_routes_are_one() -> None:
    names = [name_route(route) for route in ROUTES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("route", CLOSED, ids=name_route)
@pytest.mark.parametrize("who", ["signed out", "disabled"])
def test_who_is_not_signed_in_is_asked_to(
    desk: dict[str, Browser], route: WebRoute, who: str
) -> None:
    answer = ask(desk[who], route)
    assert answer.status == 303
    assert answer.location.startswith("/masuk")


@pytest.mark.parametrize("route", CLOSED, ids=name_route)
@pytest.mark.parametrize("who", ["reader", "editor", "chief", "ops"])
def test_a_page_is_answered_to_the_roles_that_may_and_to_no_other(
    desk: dict[str, Browser], route: WebRoute, who: str
) -> None:
    browser = desk[who]
    if route.path == "/keluar":
        browser = signed_in(browser.base, f"{who}@example.org")  # this one may go
    answer = ask(browser, route)
    if may(route, who):
        assert answer.status < 500 and answer.status != 403
        assert route.path == "/keluar" or not answer.location.startswith("/masuk")
    else:
        assert answer.status == 403
        assert "tidak berhak" in answer.text


@pytest.mark.parametrize("route", POSTS, ids=name_route)
@pytest.mark.parametrize("header", FOREIGN, ids=str)
def test_a_form_of_another_site_is_refused_before_it_is_read(
    desk: dict[str, Browser], route: WebRoute, header: dict[str, str]
) -> None:
    browser = desk["chief"]
    fields = {name: value.format(base=browser.base) for name, value in header.items()}
    typed = {"Content-Type": "application/x-www-form-urlencoded", **fields}
    answer = browser.ask("POST", path_of(route), body=b"a=b", headers=typed)
    assert answer.status == 403
    assert "situs lain" in answer.text


@pytest.mark.parametrize("header", HONEST, ids=str)
def test_a_form_of_ours_is_taken(desk: dict[str, Browser], header: dict[str, str]) -> None:
    browser = Browser(desk["chief"].base)
    fields = {name: value.format(base=browser.base) for name, value in header.items()}
    typed = {"Content-Type": "application/x-www-form-urlencoded", **fields}
    answer = browser.ask("POST", "/masuk", body=b"surel=a@b.example&sandi=x", headers=typed)
    assert answer.status == 422
    assert "Surel atau kata sandi salah." in answer.text


@pytest.mark.parametrize("route", ROUTES, ids=name_route)
@pytest.mark.parametrize("who", ["signed out", "chief"])
def test_every_answer_carries_what_keeps_it_in_its_place(
    desk: dict[str, Browser], route: WebRoute, who: str
) -> None:
    browser = desk[who]
    if route.path == "/keluar" and who == "chief":
        browser = signed_in(browser.base, "chief@example.org")
    fields = ask(browser, route).headers
    assert fields["x-content-type-options"] == "nosniff"
    assert fields["referrer-policy"] == "same-origin"
    assert fields["cross-origin-opener-policy"] == "same-origin"
    assert fields["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in fields["content-security-policy"]
    assert "server" not in fields
    assert any(each in fields["cache-control"] for each in ("no-store", "no-cache", "max-age"))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_name_of_the_server_is_refused(desk: dict[str, Browser], host: str) -> None:
    answer = desk["chief"].ask("GET", "/antrean", headers={"Host": host})
    assert answer.status == 400
    assert "Nama peladen" in answer.text


def test_what_is_longer_than_its_form_is_refused_unread(desk: dict[str, Browser]) -> None:
    assert desk["signed out"].post("/akun", {"nama": "a" * 9_000}).status == 413
    assert desk["signed out"].post("/masuk", {"surel": "a" * 300_000}).status == 413


def test_a_page_that_is_none_says_so(desk: dict[str, Browser]) -> None:
    answer = desk["chief"].get("/tidak-ada")
    assert answer.status == 404
    assert "Halaman ini tidak ada." in answer.text
