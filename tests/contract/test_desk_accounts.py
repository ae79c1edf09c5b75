"""/akun and /akun/semua: what somebody sets of his own, what the chief does with all accounts, and
which browsers are signed out by it."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec import Struct

from desk.presentation.pages.accounts import name_program
from desk.store.editors import accounts, claims, sessions
from desk.store.editors.accounts import Account
from desk.web import passwords
from tests.desk_web import PASSWORD, Browser, Page, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

NEW = "sandi baru milik sendiri"
SETTINGS = {"nama": "Nina Razad", "bahasa": "id", "zona": "Asia/Jakarta"}


class Office(Struct, frozen=True, kw_only=True):
    """A desk with a chief, an editor, somebody for operations. `browsers`: those that are used
    again."""

    on: Bench
    base: str
    browsers: dict[str, Browser]

    def account(self, login: str) -> Account:
        with self.on.app.store.read() as tx:
            found = accounts.by_login(tx, f"{login}@example.org")
        assert found is not None
        return found[0]

    def browser(self, login: str) -> Browser:
        return signed_in(self.base, f"{login}@example.org")

    def same_browser(self, login: str) -> Browser:
        if login not in self.browsers:
            self.browsers[login] = self.browser(login)
        return self.browsers[login]

    def change(self, by: Browser, login: str, what: str, **more: str) -> Page:
        account = self.account(login)
        return by.post("/akun/semua", {"akun": account.id, "tindakan": what, **more})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as ready:
        yield ready


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """For what changes nothing; signing in costs a hash."""
    with opened(tmp_path_factory.mktemp("desk")) as ready:
        yield ready


@contextmanager
def opened(folder: Path) -> Iterator[Office]:
    with bench(folder, MONDAY) as ready:
        add_account(ready.app, "nina@example.org", "chief", "Nina")
        add_account(ready.app, "budi@example.org", "editor", "Budi")
        add_account(ready.app, "oki@example.org", "ops", "Oki")
        with served(ready.app) as base:
            yield Office(on=ready, base=base, browsers={})


def is_in(browser: Browser) -> bool:
    return browser.get("/antrean").status == 200


def has_summary(answer: Page) -> bool:
    """What is wrong stands on top and has the focus."""
    return bool(re.search(r'role="alert" id="salah" tabindex="-1" autofocus', answer.text))


# ── one's own ─────────────────────────────────────────────────────────────────────────────────────


def test_what_somebody_sets_of_his_own_is_kept(office: Office) -> None:
    browser = office.browser("budi")
    fields = {
        "nama": "  Budi\u202e  Pratama ",
        "tanda": "Budi P.",
        "inisial": "BPR",
        "bahasa": "en",
    }
    answer = browser.post("/akun", {**SETTINGS, **fields, "zona": "Asia/Jayapura"})
    assert (answer.status, answer.location) == (303, "/akun?selesai=disimpan")
    kept = office.account("budi")
    assert (kept.name, kept.sign, kept.initials) == ("Budi Pratama", "Budi P.", "BPR")
    assert (kept.language, kept.zone, kept.shortcuts) == ("en", "Asia/Jayapura", False)
    assert (kept.role, kept.login) == ("editor", "budi@example.org")
    page = browser.get("/akun").text
    assert 'lang="en"' in page
    assert " WIT" in page
    assert "data-keys" not in page


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("nama", "", "Nama: 1 sampai 80 karakter."),
        ("nama", " \t ", "Nama: 1 sampai 80 karakter."),
        ("nama", "x" * 81, "Nama: 1 sampai 80 karakter."),
        ("tanda", "x" * 81, "Tanda tangan: paling banyak 80 karakter."),
        ("inisial", "epn", "Inisial: dua sampai empat huruf besar"),
        ("inisial", "ABCDE", "Inisial: dua sampai empat huruf besar"),
        ("bahasa", "nl", "Pilih salah satu: id, en."),
        ("zona", "Europe/Paris", "Pilih salah satu: Asia/Jakarta"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form_as_it_was_typed(
    unchanged: Office, field: str, typed: str, words: str
) -> None:
    office, before = unchanged, unchanged.account("budi")
    browser = office.same_browser("budi")
    answer = browser.post("/akun", {**SETTINGS, "nama": "Lain", "tanda": "T<i>", field: typed})
    assert answer.status == 422
    assert has_summary(answer)
    assert f'<a href="#{field}">{words}' in answer.text
    assert f'id="{field}-wrong"' in answer.text
    if field != "tanda":
        assert 'value="T&lt;i&gt;"' in answer.text
    assert office.account("budi") == before


def test_a_role_is_nothing_that_somebody_sets_of_his_own(office: Office) -> None:
    office.browser("budi").post("/akun", {**SETTINGS, "peran": "chief", "role": "chief", "id": 1})
    assert office.account("budi").role == "editor"


def test_another_password_signs_every_other_browser_out_and_gives_this_one_a_new_token(
    office: Office,
) -> None:
    here, elsewhere = office.browser("budi"), office.browser("budi")
    before = dict(here.cookies)
    answer = here.post("/akun/sandi", {"lama": PASSWORD, "baru": NEW, "ulang": NEW})
    assert (answer.status, answer.location) == (303, "/akun?selesai=sandi")
    assert here.cookies != before
    assert is_in(here)
    assert elsewhere.get("/antrean").location.startswith("/masuk")
    stolen = Browser(office.base)
    stolen.cookies = before
    assert not is_in(stolen)
    assert Browser(office.base).sign_in("budi@example.org").status == 422
    assert Browser(office.base).sign_in("budi@example.org", NEW).status == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "words"),
    [
        ("salah", NEW, NEW, "lama", "Kata sandi sekarang tidak cocok."),
        (PASSWORD, "sebelas hrf", "sebelas hrf", "baru", "sekurangnya 12 karakter"),
        (PASSWORD, "x" * 129, "x" * 129, "baru", "paling banyak 128 karakter"),
        (PASSWORD, "Budi@Example.org", "Budi@Example.org", "baru", "tidak boleh sama dengan surel"),
        (PASSWORD, PASSWORD, PASSWORD, "baru", "yang lain dari yang sekarang"),
        (PASSWORD, NEW, NEW + "x", "ulang", "tidak sama"),
    ],
)
def test_a_password_that_will_not_do(
    unchanged: Office, old: str, new: str, again: str, field: str, words: str
) -> None:
    browser, elsewhere = unchanged.same_browser("budi"), unchanged.same_browser("oki")
    answer = browser.post("/akun/sandi", {"lama": old, "baru": new, "ulang": again})
    assert answer.status == 422
    assert has_summary(answer)
    assert f'<a href="#{field}">' in answer.text
    assert words in answer.text
    assert new not in answer.text  # nothing typed into a password field is sent back
    assert is_in(elsewhere)
    assert is_in(browser)


def test_the_present_password_is_not_guessed_by_who_found_a_browser_open(office: Office) -> None:
    browser = office.browser("budi")
    tried = [
        browser.post("/akun/sandi", {"lama": f"tebakan {n}", "baru": NEW, "ulang": NEW}).status
        for n in range(7)
    ]
    assert tried == [422] * 5 + [429] * 2
    right = browser.post("/akun/sandi", {"lama": PASSWORD, "baru": NEW, "ulang": NEW})
    assert right.status == 429
    assert int(right.headers["retry-after"]) > 0


def test_ones_own_browsers_are_listed_and_ended_one_by_one_or_all_but_this(office: Office) -> None:
    browsers = [office.browser("budi") for _ in range(3)]
    other = office.browser("oki")
    here = browsers[0]
    ids = re.findall(r'name="sesi" value="([0-9a-f]{64})"', here.get("/akun").text)
    assert len(ids) == 2
    assert here.post("/akun/sesi", {"sesi": ids[0]}).location == "/akun?selesai=dikeluarkan"
    assert sum(map(is_in, browsers)) == 2
    here.post("/akun/sesi", {"semua": "1"})
    assert [is_in(each) for each in browsers] == [True, False, False]
    assert is_in(other)


def test_nobody_ends_anothers_browser_by_its_id(office: Office) -> None:
    victim, browser = office.browser("nina"), office.browser("budi")
    with office.on.app.store.read() as tx:
        (session,) = sessions.of_account(tx, office.account("nina").id, MONDAY)
    browser.post("/akun/sesi", {"sesi": session.id})
    assert is_in(victim)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 Chrome/140.0 Safari/537.36",
            "Chrome, Linux",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604",
            "Safari, iPhone",
        ),
        ("curl/8.5", "curl/8.5"),
        ("x" * 70, "x" * 59 + "…"),
        ("", ""),
    ],
)
def test_a_browser_is_called_by_what_it_is(agent: str, name: str) -> None:
    assert name_program(agent) == name


# ── everybody's ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", ["nina", "oki"])
def test_an_account_is_added_with_a_password_that_is_shown_once(office: Office, by: str) -> None:
    browser = office.browser(by)
    fields = {"surel": " Rahma@Example.org", "nama": "Rahma", "peran": "editor", "inisial": "RHM"}
    answer = browser.post("/akun/semua/baru", fields)
    assert answer.status == 200
    (password,) = re.findall(r'<code class="once">([a-z2-9]{12})</code>', answer.text)
    assert password not in browser.get("/akun/semua").text
    new = Browser(office.base)
    assert new.sign_in("rahma@example.org", password).location == "/akun"
    assert office.account("rahma").must_change


def test_until_it_is_changed_every_page_leads_to_ones_own_account(office: Office) -> None:
    chief = office.browser("nina")
    answer = office.change(chief, "budi", "sandi")
    (password,) = re.findall(r'<code class="once">([a-z2-9]{12})</code>', answer.text)
    browser = Browser(office.base)
    browser.sign_in("budi@example.org", password)
    for path in ("/", "/antrean", "/kiriman/W-2026-0001", "/akun/semua"):
        answer = browser.get(path)
        assert answer.location == "/akun" or answer.status == 403
    assert browser.post("/akun", SETTINGS).location == "/akun"
    assert office.account("budi").name == "Budi"
    page = browser.get("/akun").text
    assert "Pilih kata sandi Anda sendiri" in page
    assert 'name="nama"' not in page
    browser.post("/akun/sandi", {"lama": password, "baru": NEW, "ulang": NEW})
    assert is_in(browser)
    assert not office.account("budi").must_change


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"surel": "bukan alamat"}, "surel"),
        ({"surel": "a@b.example, c@d.example"}, "surel"),
        ({"surel": "Budi <b@x.example>"}, "surel"),
        ({"surel": "x" * 250 + "@x.example"}, "surel"),
        ({"surel": "BUDI@example.org"}, "surel"),
        ({"nama": ""}, "nama"),
        ({"peran": "root"}, "peran"),
        ({"inisial": "r"}, "inisial"),
    ],
)
def test_an_account_that_will_not_do(unchanged: Office, fields: dict[str, str], field: str) -> None:
    office = unchanged
    right = {"surel": "r@example.org", "nama": "Rahma <b>", "peran": "editor", "inisial": ""}
    answer = office.same_browser("nina").post("/akun/semua/baru", {**right, **fields})
    assert answer.status == 422
    assert has_summary(answer)
    assert f'<a href="#{field}">' in answer.text
    if field != "nama":
        assert 'value="Rahma &lt;b&gt;"' in answer.text
    with office.on.app.store.read() as tx:
        assert len(accounts.list_all(tx)) == 3


def test_a_role_holds_from_the_next_request_on(office: Office) -> None:
    chief, browser = office.browser("nina"), office.browser("budi")
    assert browser.get("/akun/semua").status == 403
    assert office.change(chief, "budi", "peran", peran="ops").status == 303
    assert browser.get("/akun/semua").status == 200


@pytest.mark.parametrize("what", ["nonaktif", "keluar", "sandi"])
def test_sessions_end_at_the_next_request(office: Office, what: str) -> None:
    chief, browser = office.browser("nina"), office.browser("budi")
    office.change(chief, "budi", what)
    assert browser.get("/antrean").location.startswith("/masuk")


def test_who_is_disabled_holds_nothing_and_comes_back_with_his_password(office: Office) -> None:
    chief, app = office.browser("nina"), office.on.app
    fill(app.store, 1, MONDAY)
    with app.store.begin() as tx:
        assert claims.claim(tx, 1, office.account("budi").id, MONDAY)
    office.change(chief, "budi", "nonaktif")
    assert Browser(office.base).sign_in("budi@example.org").status == 422
    assert "nonaktif sejak" in chief.get("/akun/semua").text
    with app.store.read() as tx:
        assert claims.holders(tx, [1], MONDAY) == {}
    office.change(chief, "budi", "aktif")
    assert Browser(office.base).sign_in("budi@example.org").status == 303


@pytest.mark.parametrize(("what", "more"), [("nonaktif", {}), ("peran", {"peran": "ops"})])
@pytest.mark.parametrize("by", ["nina", "oki"])
def test_the_last_chief_stays_one(
    unchanged: Office, what: str, more: dict[str, str], by: str
) -> None:
    answer = unchanged.change(unchanged.same_browser(by), "nina", what, **more)
    assert answer.status == 422
    assert "redaktur pelaksana terakhir" in answer.text
    kept = unchanged.account("nina")
    assert (kept.role, kept.disabled_at) == ("chief", None)


def test_of_two_chiefs_who_end_each_other_one_stays(office: Office) -> None:
    chief = office.browser("nina")
    office.change(chief, "budi", "peran", peran="chief")
    other = office.browser("budi")
    answers: list[int] = []
    threads = [
        threading.Thread(
            target=lambda by, login: answers.append(office.change(by, login, "nonaktif").status),
            args=pair,
        )
        for pair in ((chief, "budi"), (other, "nina"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.on.app.store.begin() as tx:
        assert accounts.count_chiefs(tx) == 1


@pytest.mark.parametrize("akun", ["", "0", "999", "x", "9" * 30, "-1", "١"])
@pytest.mark.parametrize("what", ["nonaktif", "peran", "sandi", "keluar"])
def test_an_account_that_is_none(unchanged: Office, akun: str, what: str) -> None:
    fields = {"akun": akun, "tindakan": what, "peran": "editor"}
    assert unchanged.same_browser("nina").post("/akun/semua", fields).status == 404


def test_what_is_no_change_is_refused(unchanged: Office) -> None:
    chief = unchanged.same_browser("nina")
    assert unchanged.change(chief, "budi", "hapus").status == 400
    answer = unchanged.change(chief, "budi", "peran", peran="raja")
    assert answer.status == 422
    assert unchanged.account("budi").role == "editor"


def test_a_password_that_is_made_can_be_read_out() -> None:
    made = {passwords.make_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(each) == 12 and not set(each) & set("ilo01") for each in made)
