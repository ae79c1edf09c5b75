"""An editor's day in a browser: parts of a page as tabs, what is seen while it is typed, ten
decisions by the keyboard alone, and the same work without the script."""

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from desk.store.tables import Mail, Submission
from tests.accessible import find_nameless
from tests.chromium import enter
from tests.desk_submissions import assess, small_photo, take_in
from tests.desk_web import PASSWORD, add_account, served, signed_in
from tests.postoffice import Bench, bench

MOST_KEYS = 7  # the median of ten decisions


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as ready:
        add_account(ready.app, "nina@example.org", name="Nina Razad")
        yield ready


@pytest.fixture
def nina(on: Bench, chromium: Chromium) -> Iterator[Page]:
    """Her browser; a fault of the script fails the test."""
    faults: list[str] = []
    with served(on.app) as base:
        context = chromium.new_context(base_url=base, viewport={"width": 1280, "height": 900})
        page = enter(context, signed_in(base, "nina@example.org"))
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        context.close()
    assert faults == []


def states(on: Bench) -> list[str]:
    with on.app.store.read() as tx:
        return list(tx.scalars(select(Submission.state).order_by(Submission.id)))


# ── tabs ─────────────────────────────────────────────────────────────────────────────────────────


def test_tabs_show_a_part_and_lose_nothing(on: Bench, nina: Page) -> None:
    take_in(on, assess(photos=(small_photo(),)))
    nina.goto("/kiriman/W-2026-0001")
    tabs = nina.get_by_role("tab")
    assert tabs.count() == 5
    expect(nina.locator("[role=tabpanel]:not([hidden])")).to_have_count(1)
    tabs.nth(0).focus()
    nina.keyboard.press("ArrowRight")
    expect(nina.get_by_role("tab", selected=True)).to_have_id("tab-foto")
    nina.get_by_text("Ubah keterangan").click()
    nina.get_by_label("Keterangan", exact=True).fill("Warga menanam trembesi.")
    nina.get_by_role("tab", name="Riwayat").click()
    assert not nina.evaluate("document.querySelector('#foto').checkVisibility()")
    sent = nina.evaluate("[...new FormData(document.querySelector('[action$=foto]')).values()]")
    assert "Warga menanam trembesi." in sent
    nina.locator(".finding a").first.click()  # a link into a part opens it
    expect(nina.get_by_role("tab", selected=True)).to_have_id("tab-foto")
    assert find_nameless(nina) == []


def test_without_the_script_every_part_stands_and_is_led_to(on: Bench, nina: Page) -> None:
    take_in(on)
    answer = nina.request.get("/kiriman/W-2026-0001").text()
    for part in ("naskah", "foto", "surel", "surat", "riwayat"):
        assert f'href="#bagian-{part}"' in answer
        assert f'<div id="bagian-{part}">' in answer


# ── seen while it is typed ───────────────────────────────────────────────────────────────────────


def test_every_mail_is_told_of_with_who_vouches_for_it(on: Bench, nina: Page) -> None:
    take_in(on)
    with on.app.store.begin() as tx:
        tx.execute(update(Mail).values(written="", answer_rule="not_authenticated"))
    nina.goto("/kiriman/W-2026-0001#bagian-surel")
    expect(nina.get_by_role("tab", selected=True)).to_have_id("tab-surel")
    mails = nina.locator("#tulisan")
    expect(mails).to_contain_text("alamat pengirimnya tidak terjamin")
    expect(mails).to_contain_text("Surel ini tidak memuat tulisan.")


def test_date_and_letter_are_seen_while_they_are_typed(on: Bench, nina: Page) -> None:
    take_in(on)
    nina.goto("/kiriman/W-2026-0001")
    expect(nina.locator("#surat-nanti")).to_contain_text("Isi tanggal dan pukul tayang")
    nina.fill("#tanggal", "2026-11-26")
    nina.fill("#pukul", "09:00")
    expect(nina.locator("#gema")).to_contain_text("Kamis, 26 November 2026, pukul 09.00 WIB")
    expect(nina.locator("#surat-nanti")).to_contain_text("Kamis, 26 November 2026")
    nina.fill("#catatan", "<b>Terima</b> & salam")
    expect(nina.locator("#surat-nanti")).to_contain_text("<b>Terima</b> & salam")
    nina.get_by_role("button", name="Putuskan", exact=True).click()
    expect(nina.locator(".undo")).to_be_visible()  # what was read is decided by one press
    assert states(on) == ["scheduled"]


# ── ten decisions by the keyboard ────────────────────────────────────────────────────────────────


class Keys:
    """A keyboard that counts. Words and the digits of a date are typed, not counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)
            self.pressed += 1

    def type(self, text: str) -> None:
        with self.page.expect_response("**/pratinjau"):
            self.page.keyboard.type(text)

    def send(self, name: str) -> None:
        """The key that sends the form, once the letter that is due is read."""
        self.page.wait_for_selector("#surat-nanti [name=sidik]", state="attached")
        with self.page.expect_navigation():
            self.press(name)


def accept(keys: Keys) -> None:
    """Debian's Chromium writes dates as month, day, year; the picker's button is a stop of its own."""
    keys.press(*["Tab"] * 3)
    keys.type("11262026")
    keys.press("Tab", "Tab")
    keys.type("0900AM")
    keys.send("Enter")


def give_back(keys: Keys) -> None:
    keys.send("Enter")


def give_back_with_words(keys: Keys) -> None:
    keys.press(*["Tab"] * 3)
    keys.type("Sebutkan nama kelurahannya.")
    keys.send("Control+Enter")


def decline(keys: Keys) -> None:
    with keys.page.expect_response("**/pratinjau"):
        keys.press("ArrowRight", "ArrowRight")
    keys.send("Enter")


def ask(keys: Keys) -> None:
    keys.press("Tab", "Enter", "Shift+Tab", *["ArrowRight"] * 3, "Tab")
    keys.type("Siapa narasumbernya?")
    keys.send("Control+Enter")


DECISIONS: tuple[tuple[Callable[[Keys], None], str], ...] = (
    (accept, "scheduled"),
    (give_back, "revising"),
    (decline, "declined"),
    (accept, "scheduled"),
    (give_back_with_words, "revising"),
    (ask, "noted"),
    (give_back, "revising"),
    (decline, "declined"),
    (accept, "scheduled"),
    (give_back, "revising"),
)


def test_ten_submissions_are_decided_by_the_keyboard(on: Bench, nina: Page) -> None:
    for uid, (_, state) in enumerate(DECISIONS, 1):
        on.later(minutes=1)
        photos = (small_photo(),) if state == "revising" else ()
        take_in(on, assess(photos=photos, title=f"Warga Menanam {uid} Pohon"), uid=uid)
    nina.goto("/antrean")
    keys, counted = Keys(nina), []
    with nina.expect_navigation():
        keys.press("j", "Enter")
    for decide, _ in DECISIONS:
        before = keys.pressed
        keys.press("Tab", "Tab", "Enter")  # "Ke keputusan", the second link of the page
        expect(nina.locator("[name=keputusan]:checked")).to_be_focused()
        decide(keys)
        if nina.url.endswith("/putuskan"):  # its letter came later than the key, and is shown
            with nina.expect_navigation():
                keys.press("Enter")
        counted.append(keys.pressed - before)
    assert states(on) == [state for _, state in DECISIONS]
    assert "selesai=1" in nina.url
    expect(nina.get_by_text("Tidak ada lagi di daftar ini")).to_be_visible()
    assert median(counted) <= MOST_KEYS, counted


# ── without the script ───────────────────────────────────────────────────────────────────────────


def test_a_day_without_the_script(on: Bench, chromium: Chromium) -> None:
    take_in(on, assess(photos=(small_photo(),)))
    on.later(minutes=5)
    take_in(on, uid=2, into=1)
    take_in(on, assess(title="Warga Menyapu Jalan"), uid=3)
    with served(on.app) as base:
        context = chromium.new_context(base_url=base, java_script_enabled=False)
        page = context.new_page()
        _walk(page, on)
        context.close()


def _walk(page: Page, on: Bench) -> None:
    _sign_in(page)
    page.get_by_role("button", name="Ambil W-2026-0001").click()
    assert page.get_by_text("1 diambil").is_visible()
    page.get_by_role("link", name="Warga Menanam Pohon").click()
    page.get_by_role("link", name="Riwayat").click()
    assert page.url.endswith("#bagian-riwayat")
    page.get_by_role("link", name="Bandingkan percobaan").click()
    assert page.get_by_text("Sudah diperbaiki").is_visible()
    page.go_back()
    _choose_photos(page)
    _keep_draft(page)
    _decide(page)
    assert states(on) == ["scheduled", "review"]
    page.get_by_role("button", name="Urungkan").click()
    assert states(on) == ["review", "review"]
    assert page.get_by_label("Judul tayang").input_value() == "Pohon di Kubu Raya"
    _take_in(page)


def _sign_in(page: Page) -> None:
    page.goto("/antrean")
    page.get_by_label("Alamat surel").fill("nina@example.org")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


def _choose_photos(page: Page) -> None:
    page.get_by_text("Ubah keterangan").first.click()
    page.get_by_label("Keterangan", exact=True).first.fill("Warga menanam trembesi.")
    page.get_by_role("button", name="Simpan pilihan foto").click()
    assert page.get_by_text("Warga menanam trembesi.").first.is_visible()


def _keep_draft(page: Page) -> None:
    page.get_by_label("Judul tayang").fill("Pohon di Kubu Raya")
    page.locator("#putusan").get_by_role("button", name="Simpan konsep").click()
    assert page.get_by_label("Judul tayang").input_value() == "Pohon di Kubu Raya"


def _decide(page: Page) -> None:
    page.get_by_label("Tanggal tayang").fill("2026-11-26")
    page.get_by_label("Pukul (WIB)").fill("09:00")
    page.get_by_role("button", name="Lihat tanggalnya").click()
    assert "Kamis, 26 November 2026" in page.locator("#gema").inner_text()
    page.get_by_role("button", name="Putuskan", exact=True).click()
    assert page.get_by_role("heading", name="Surat keputusan ini").is_visible()
    page.get_by_role("button", name="Putuskan dan kirim").click()


def _take_in(page: Page) -> None:
    page.get_by_role("link", name="Masukkan", exact=True).click()
    page.get_by_label("Yang ditulis pengirimnya").fill("Ada kabar dari kelurahan kami.")
    page.get_by_role("button", name="Masukkan").click()
    assert page.get_by_text("sedang menunggu diperiksa").is_visible()
