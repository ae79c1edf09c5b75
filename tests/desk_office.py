"""A desk whose one submission is good and in review, its page read and its form sent as a browser
without a script does: what the tests of deciding share."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desk.store.outbound import outbox
from desk.store.publications import decisions as decided
from desk.store.publications.decisions import StoredDecision
from desk.store.submissions import threads
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from redaksi.states import Event
from tests.desk_submissions import assess, small_photo, take_in
from tests.desk_web import Browser, Page, add_account, press_on, served, signed_in
from tests.postoffice import Bench, bench

NUMBER = "W-2026-0001"
REASON = "Sudah disepakati dengan penulisnya."
HOSTILE = """"><script>alert(1)</script>'&amp;</textarea><b id=x>"""


class Reader(HTMLParser):
    """The fields of the page's form of a decision, as they stand; texts by the id they stand under."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.ids: set[str] = set()
        self.described: set[str] = set()
        self.linked: set[str] = set()
        self.scripts = 0
        self._inside = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        self.described |= set(given.get("aria-describedby", "").split())
        self.scripts += tag == "script"
        if tag == "a" and given.get("href", "").startswith("#"):
            self.linked.add(given["href"][1:])
        if tag == "form":
            self._inside = given.get("action", "").endswith("/putuskan")
        if self._inside:
            self._keep(tag, given)

    def _keep(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        kind = given.get("type", "text")
        if tag == "textarea":
            self._area = name
            self.fields.setdefault(name, []).append("")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self._area = self._select
            self.fields.setdefault(self._select, []).append("")
        elif tag == "input" and (kind not in ("radio", "checkbox") or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "option"):
            self._area = ""
        elif tag == "form":
            self._inside = False


class Office(msgspec.Struct):
    """The desk, served; Nina is signed in."""

    on: Bench
    nina: Browser
    budi: Browser

    def open(self, path: str = f"/kiriman/{NUMBER}") -> Reader:
        answer = self.nina.get(path)
        assert answer.status == 200
        return read(answer)

    def press(self, fields: Mapping[str, object] | None = None, /, **typed: Any) -> Page:
        """The form as it stands on the page, with these fields typed into it, sent once."""
        sent = {**(fields if fields is not None else self.open().fields), **typed}
        return self.nina.post(f"/kiriman/{NUMBER}/putuskan", sent)

    def send(self, fields: Mapping[str, object] | None = None, /, **typed: Any) -> Page:
        """The same, and once more from the page of its letter, where that is shown."""
        return press_on(self.nina, self.press(fields, **typed), f"/kiriman/{NUMBER}/putuskan")

    def state(self) -> str:
        with self.on.app.store.read() as tx:
            return str(threads.get(tx, 1).state)

    def decisions(self) -> list[StoredDecision]:
        with self.on.app.store.read() as tx:
            return decided.of_submission(tx, 1)

    def letters(self) -> list[str]:
        with self.on.app.store.read() as tx:
            return [letter.kind for letter in outbox.of_submission(tx, 1)]


def read(answer: Page) -> Reader:
    reader = Reader()
    reader.feed(answer.text)
    return reader


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """One submission in review, that is good."""
    with bench(tmp_path) as on:
        take_in(on)
        nina = add_account(on.app, "nina@example.org", name="Nina Razad")
        add_account(on.app, "budi@example.org", name="Budi Prasetyo")
        with served(on.app) as base:
            yield Office(
                on=on,
                nina=signed_in(base, nina.login),
                budi=signed_in(base, "budi@example.org"),
            )


SCHEDULE = {"keputusan": "jadwalkan", "tanggal": "2026-11-26", "pukul": "09:00"}
SEEN = {"judul": "Warga Menanam Pohon", "tautan": "https://warta.example/x"}
SAYS = "Belum dapat diputuskan"


def decide(office: Office, event: Event, **more: Any) -> None:
    """Somebody else decided, elsewhere."""
    decision = Decision(event=event, editor="Budi", **more)
    decisions.decide(office.on.app, NUMBER, decision)


@pytest.fixture
def faulty(office: Office) -> Office:
    """Its newest revision has two photos that are too small."""
    office.on.later(minutes=5)
    photos = (small_photo("IMG_1.jpg"), small_photo("IMG_2.jpg"))
    take_in(office.on, assess(photos=photos), uid=2, into=1)
    return office
