"""What pages of the desk may cost: statements and bytes, on both databases. Counted are the statements
that the driver is given (SQLAlchemy's `before_cursor_execute`), but BEGIN: a transaction's own
beginning and end read nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import current_thread
from urllib.parse import quote

import pytest
from msgspec import Struct, structs
from sqlalchemy import event, select, update

from desk.store.editors import claims, form_drafts
from desk.store.editors.form_drafts import FormDraft
from desk.store.events import Happened, record
from desk.store.publications import decisions, editions, moves
from desk.store.publications.decisions import StoredDecision
from desk.store.tables import Event, Publication, Submission
from desk.web.editors.routes import ROUTES
from redaksi.config.publish import Publish, PublishTarget
from tests.contract.conftest import NOW
from tests.contract.test_desk_routes import FILLED
from tests.contract.test_threads import queries
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.editions import make_edition
from tests.filler import fill
from tests.postoffice import Bench, bench

SIZE = 60
FULL = f"W-2026-{SIZE:05d}"  # everything there can be hangs on it
HELD = f"W-2026-{SIZE - 1:05d}"  # in quarantine
PAGE, PULSE, STATUS, READY = 12, 4, 25, 20  # statements
LIST_BYTES, PAGE_BYTES = 60_000, 100_000
OWN = {
    "/status": STATUS,
    "/readyz": READY,
    "/pulse": PULSE,
}
VIEWS = (
    "/antrean", "/antrean?tampilan=saya", "/antrean?tampilan=aktif", "/antrean?tampilan=menunggu",
    "/antrean?tampilan=terjadwal", "/cari?q=warga", "/arsip", "/surel",
)  # fmt: skip


class Office(Struct, frozen=True):
    """A filled desk, and a chief, who may see every page."""

    on: Bench
    nina: Browser

    def ask(self, path: str, status: int = 200) -> tuple[Page, list[str]]:
        """A page, and what the store was asked for it."""
        with queries(self.on.app.store) as seen:
            page = self.nina.get(path)
        assert page.status == status, (path, page.status)
        return page, seen


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Office]:
    with bench(tmp_path, NOW, database) as on:
        target = PublishTarget(id="situs", kind="copy", private=True)
        config = structs.replace(on.app.config, publish=Publish(target=(target,)))
        on.app = structs.replace(on.app, config=config)
        fill(on.app.store, SIZE, NOW)
        nina = add_account(on.app, "nina@example.org", "chief").id
        budi = add_account(on.app, "budi@example.org").id
        hang_everything(on, nina, budi)
        with served(on.app) as base:
            yield Office(on, signed_in(base, "nina@example.org"))


def hang_everything(on: Bench, me: int, other: int) -> None:
    """Another decided and holds it, a target asks for its second edition, it has a day, and I typed
    into its form."""
    with on.app.store.begin() as tx:
        for number in (1, 2):
            made = editions.add(tx, SIZE, make_edition(number))
            moves.plan(tx, SIZE, "situs", made, NOW, NOW)
            standing = made if number == 1 else None
            if standing:
                tx.execute(update(Publication).values(standing_edition_id=standing))
        tx.execute(update(Publication).values(state="asking"))
        row = tx.get_one(Submission, SIZE)
        row.state, row.publish_at = "scheduled", NOW + timedelta(days=1)
        tx.get_one(Submission, SIZE - 1).state = "quarantined"
        record(tx, Happened(at=NOW, actor=f"editor:{other}", what="seen", submission_id=SIZE))
        newest = tx.scalars(select(Event.id).order_by(Event.id.desc()).limit(1)).one()
        kept = StoredDecision(event_id=newest, event="schedule", at=NOW, account_id=other)
        decisions.add(tx, SIZE, kept)
        claims.claim(tx, SIZE, other, NOW)
        typed = FormDraft(fields={"catatan": ["x"]}, revision=1, seq=1, saved_at=NOW)
        for scope in ("decision", "photos"):
            form_drafts.save(tx, me, SIZE, scope, typed)


def test_a_submission_with_all_there_can_be_stays_within_its_budget(office: Office) -> None:
    came_from = quote("tampilan=terjadwal", safe="")
    for path in (f"/kiriman/{FULL}", f"/kiriman/{FULL}?dari={came_from}"):
        page, seen = office.ask(path)
        assert len(seen) <= PAGE, seen
        assert len(page.content) <= PAGE_BYTES
    assert "dari" in page.text and "Budi" in page.text


def test_no_page_asks_more_than_its_budget(office: Office) -> None:
    over = {}
    for route in (each for each in ROUTES if each.method == "GET"):
        number = HELD if route.path.startswith("/karantina") else FULL
        path = route.path.format(**FILLED | {"number": number})
        with queries(office.on.app.store) as seen:
            office.nina.get(path)
        if len(seen) > OWN.get(route.path, PAGE):
            over[route.path] = len(seen)
    assert not over


def test_a_list_asks_as_much_for_one_row_as_for_fifty(office: Office) -> None:
    counted = {}
    for path in VIEWS:
        page, seen = office.ask(path)
        counted[path] = len(seen)
        assert len(seen) <= PAGE, (path, seen)
        assert len(page.content) <= LIST_BYTES, path
    with office.on.app.store.begin() as tx:
        tx.execute(update(Submission).where(Submission.id > 1).values(state="not_a_submission"))
        tx.execute(update(Submission).values(attention_since=None))
    assert {path: len(office.ask(path)[1]) for path in VIEWS} == counted


def test_a_page_is_read_in_one_transaction(office: Office) -> None:
    begun: list[str] = []

    def see(_: object) -> None:
        begun.append(current_thread().name)

    event.listen(office.on.app.store.engine, "begin", see)
    try:
        pages = [office.ask(path) for path in (f"/kiriman/{FULL}", "/status", "/pulse")]
    finally:
        event.remove(office.on.app.store.engine, "begin", see)
    assert len([name for name in begun if name != "heartbeat"]) == len(pages)


def test_the_pulse_asks_little(office: Office) -> None:
    for path in ("/pulse", f"/pulse?kiriman={FULL}"):
        page, seen = office.ask(path)
        assert len(seen) <= PULSE, seen
        assert len(page.content) <= 1_024
