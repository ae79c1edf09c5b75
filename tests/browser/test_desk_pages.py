"""Every page of the desk and its error states as a person meets them (tests.accessible); the keys;
without the script; a foreign word is never markup."""

import re
from collections.abc import Callable, Iterator, Mapping
from unittest import mock

import pytest
from msgspec import Struct
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page
from sqlalchemy import select, update

from desk.app import App
from desk.store import Transaction
from desk.store.tables import Outbox, Submission
from redaksi.errors import StoreError
from redaksi.states import State
from tests.accessible import NARROW, find_faults, find_nameless, find_violations
from tests.chromium import enter
from tests.desk_web import Browser, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, bench

LONG = "Pembangunanjalanlingkungan" * 8
HOSTILE = f"<img src=x onerror=alert(1)> & {LONG}"
NUMBER, HELD, SHOWN = "W-2026-0001", "W-2026-9999", "W-2026-9998"
PAGES = (
    "/masuk",
    "/antrean",
    "/antrean?tampilan=saya",
    "/antrean?tampilan=aktif",
    f"/kiriman/{NUMBER}",
    f"/kiriman/{SHOWN}",
    f"/kiriman/{NUMBER}/banding?dari=1&ke=2",
    f"/kiriman/{SHOWN}/tayang",
    "/cari?q=warga",
    "/cari?q=zzzz",
    "/arsip",
    "/surel",
    "/surat",
    "/surat/{letter}",
    "/jadwal",
    "/terbit",
    "/masukkan",
    "/status",
    "/akun",
    "/akun/semua",
    f"/karantina/{HELD}",
    "/tidak-ada",
)


class At(Struct, frozen=True, kw_only=True):
    """The desk, who sits at it, and a letter that waits."""

    app: App
    nina: Browser
    rita: Browser
    letter: int


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[At]:
    """Thirty submissions, the first of them with a title that no line holds; a chief, a reader."""
    with bench(tmp_path_factory.mktemp("desk"), MONDAY) as ready:
        fill(ready.app.store, 30, MONDAY)
        with ready.app.store.begin() as tx:
            newest = update(Submission).where(Submission.state == "review")
            tx.execute(newest.values(title=HOSTILE, headline=""))
            _make(tx, 1, NUMBER, "review")
            _make(tx, 2, HELD, "quarantined")
            _make(tx, 3, SHOWN, "published")
            letter = tx.scalars(select(Outbox.id).where(Outbox.state == "draft")).first()
        assert letter is not None
        add_account(ready.app, "nina@example.org", "chief", "Nina Razad")
        add_account(ready.app, "rita@example.org", "reader", "Rita")
        with served(ready.app) as base:
            nina, rita = (signed_in(base, f"{name}@example.org") for name in ("nina", "rita"))
            yield At(app=ready.app, nina=nina, rita=rita, letter=letter)


def _make(tx: Transaction, place: int, number: str, state: State) -> None:
    wanted = select(Submission.id).order_by(Submission.id).offset(place - 1).limit(1)
    row = Submission.id == tx.scalars(wanted).one()
    tx.execute(update(Submission).where(row).values(number=number, state=state))


@pytest.fixture
def nina(at: At) -> Browser:
    return at.nina


@pytest.fixture
def page(chromium: Chromium, nina: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A browser that she is signed in with; a request beyond the desk or a dialog fails the test."""
    context = chromium.new_context(**getattr(request, "param", {}))
    opened = enter(context, nina)
    foreign: list[str] = []
    opened.on("dialog", lambda dialog: foreign.append(f"dialog {dialog.message}"))
    opened.on(
        "request", lambda asked: foreign.append(asked.url) if _is_foreign(asked.url, nina) else None
    )
    opened.on("pageerror", lambda error: foreign.append(str(error)))
    yield opened
    context.close()
    assert foreign == []


def _is_foreign(url: str, nina: Browser) -> bool:
    return not url.startswith((nina.base, "data:"))


def test_a_page_is_measured_and_found_wanting(page: Page) -> None:
    """The measure itself: it must be able to fail."""
    page.set_content("<html><body><img src='data:,'><button></button><p style='width:900px'>x</p>")
    assert find_violations(page) != []
    assert find_nameless(page) == ["no name: button"]
    page.set_viewport_size({"width": NARROW, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") > NARROW


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody(page: Page, at: At, path: str) -> None:
    if path == "/masuk":
        page.context.clear_cookies()  # it is shown to who is not signed in
    where = at.nina.base + path.format(letter=at.letter)
    page.goto(where)
    assert page.url == where
    assert find_faults(page) == []


def _send(page: Page, at: At, path: str, **fields: str) -> int:
    """A form of ours, sent from the page that is open; the answer's status."""
    if not page.url.startswith(at.nina.base):
        page.goto(f"{at.nina.base}/akun")
    with page.expect_navigation() as answer:
        page.evaluate(
            """([path, fields]) => {
              const form = document.createElement("form");
              Object.assign(form, { method: "post", action: path });
              for (const [name, value] of Object.entries(fields))
                form.append(Object.assign(document.createElement("input"), { name, value }));
              document.body.append(form);
              form.submit();
            }""",
            [path, fields],
        )
    assert answer.value is not None
    return answer.value.status


def _go(page: Page, at: At, path: str) -> int:
    answer = page.goto(at.nina.base + path)
    assert answer is not None
    return answer.status


def _decide(page: Page, at: At, action: str = "putuskan", **fields: str) -> int:
    shown = at.nina.get(f"/kiriman/{NUMBER}").text
    seen = {name: re.search(rf'data-{name}="(\d+)"', shown) for name in ("revisi", "versi")}
    typed = {name: found[1] for name, found in seen.items() if found} | fields
    return _send(page, at, f"/kiriman/{NUMBER}/{action}", **typed)


def _press(page: Page, at: At, path: str, button: str) -> int:
    page.goto(at.nina.base + path)
    with page.expect_navigation() as answer:
        page.click(button)
    assert answer.value is not None
    return answer.value.status


def _refuse_sign_in(page: Page, at: At, *, times: int) -> int:
    page.context.clear_cookies()
    for _ in range(times - 1):
        Browser(at.nina.base).post("/masuk", {"surel": "x@example.org", "sandi": "salah"})
    page.goto(f"{at.nina.base}/masuk")
    return _send(page, at, "/masuk", surel="x@example.org", sandi="salah")


def _forbid(page: Page, at: At) -> int:
    page.context.clear_cookies()
    rita = [{"name": n, "value": v, "url": at.nina.base} for n, v in at.rita.cookies.items()]
    page.context.add_cookies(rita)  # type: ignore[arg-type]
    return _go(page, at, "/masukkan")


def _break(page: Page, at: At, error: Exception) -> int:
    with mock.patch("desk.web.editors.queue.list_view", side_effect=error):
        return _go(page, at, "/antrean")


def _take_in(page: Page, at: At, text: str) -> int:
    _go(page, at, "/masukkan")
    page.fill("#isi_pesan", text)
    with page.expect_navigation() as answer:
        page.click("form.card .primary")
    assert answer.value is not None
    return answer.value.status


STATES: Mapping[str, tuple[int, Callable[[Page, At], int]]] = {
    "a sign-in that fails": (422, lambda page, at: _refuse_sign_in(page, at, times=1)),
    "too many sign-ins": (429, lambda page, at: _refuse_sign_in(page, at, times=6)),
    "a role too low": (403, _forbid),
    "a busy database": (503, lambda page, at: _break(page, at, StoreError("busy"))),
    "a fault": (500, lambda page, at: _break(page, at, ZeroDivisionError())),
    "nothing to take in": (422, lambda page, at: _take_in(page, at, "")),
    "something taken in": (200, lambda page, at: _take_in(page, at, "Ada kabar dari kami.")),
    "a decision without its date": (422, lambda page, at: _decide(page, at, keputusan="jadwalkan")),
    "a stale decision": (409, lambda page, at: _decide(page, at, keputusan="tolak", versi="99")),
    "a letter before it is decided": (
        200,
        lambda page, at: _decide(
            page, at, "pratinjau", keputusan="kembalikan", permintaan="Foto asli?"
        ),
    ),
    "a draft of another tab": (
        409,
        lambda page, at: [
            _send(page, at, f"/kiriman/{NUMBER}/konsep", seq=seq, simpan="1", sebab="Sudah ada.")
            for seq in ("7", "2")
        ][-1],
    ),
    "a letter that is too short": (
        422,
        lambda page, at: _send(page, at, f"/surat/{at.letter}/simpan", teks="Ya.", sidik="0"),
    ),
    "a quarantine's wrong password": (
        422,
        lambda page, at: _send(page, at, f"/karantina/{HELD}/unduh", sandi="salah"),
    ),
    "a correction without its reason": (
        422,
        lambda page, at: _press(page, at, f"/kiriman/{SHOWN}/tayang", "[action$=turunkan] button"),
    ),
    "words of a form that is gone": (
        409,
        lambda page, at: _send(
            page, at, f"/kiriman/{NUMBER}/tayang/betulkan", judul="Judul", artikel="Satu.\n\nDua."
        ),
    ),
    "nothing to take back": (404, lambda page, at: _send(page, at, "/urungkan/99999")),
}


def test_a_sign_in_that_fails_in_another_tab_is_no_fault(nina: Browser) -> None:
    assert nina.post("/masuk", {"surel": "x@example.net", "sandi": "salah"}).status == 422


@pytest.mark.parametrize("name", STATES)
def test_what_goes_wrong_is_for_everybody(page: Page, at: At, name: str) -> None:
    status, reach = STATES[name]
    assert reach(page, at) == status
    assert find_faults(page) == []


def test_what_is_wrong_with_a_form_has_the_focus_and_axe_finds_nothing(
    page: Page, nina: Browser
) -> None:
    page.goto(f"{nina.base}/akun")
    for field, typed in (("lama", "salah"), ("baru", "pendek"), ("ulang", "lain")):
        page.fill(f"#{field}", typed)
    page.click("form[action='/akun/sandi'] button")
    assert page.evaluate("document.activeElement.id") == "salah"
    assert page.locator("#salah a").count() == 3
    assert find_violations(page) == []


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_the_queue_opens_a_submission_without_the_script(page: Page, nina: Browser) -> None:
    page.goto(f"{nina.base}/antrean?tampilan=aktif")
    page.locator(".q a.t").first.click()
    assert "/kiriman/" in page.url


def test_the_keys_walk_the_queue_and_open_what_has_the_focus(page: Page, nina: Browser) -> None:
    page.goto(f"{nina.base}/antrean?tampilan=aktif")
    titles = page.locator(".q a.t")
    for key in "jjkj":
        page.keyboard.press(key)
    wanted = titles.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kiriman/**")
    assert wanted is not None and page.url.endswith(wanted)


def test_keys_claim_search_and_are_told(page: Page, nina: Browser) -> None:
    page.goto(f"{nina.base}/antrean?tampilan=aktif")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "cari"
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    assert page.locator("#pintasan").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#pintasan").is_visible()
    for key in "jjjjc":
        page.keyboard.press(key)
    page.wait_for_url("**diambil=1**")
