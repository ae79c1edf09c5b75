"""What an open page hears every twenty seconds, and says once."""

from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from desk.store.tables import Job, Submission
from desk.workflow.asked.ask import ASKED, Asked, ask
from tests.browser.test_desk_day import nina as nina  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_day import on as on  # noqa: PLC0414 - a fixture
from tests.desk_submissions import take_in
from tests.postoffice import Bench


def test_a_change_is_announced_once_with_its_time(on: Bench, nina: Page) -> None:
    take_in(on)
    nina.clock.set_fixed_time("2026-11-23T03:00:00Z")
    nina.goto("/kiriman/W-2026-0001")

    def hear(version: int) -> str:
        with on.app.store.begin() as tx:
            tx.execute(update(Submission).values(version=version))
        nina.evaluate("beat()")
        return nina.locator("#hidup").inner_text()

    assert hear(1) == ""
    before = hear(50)
    assert "diubah orang lain sebelum pukul" in before
    nina.clock.set_fixed_time("2026-11-23T03:00:20Z")
    assert hear(50) == before
    assert hear(51) != before


def test_what_was_asked_is_announced_when_it_is_done(on: Bench, nina: Page) -> None:
    take_in(on)
    with on.app.store.begin() as tx:
        submission_id = tx.scalars(select(Submission.id)).one()
        assert ask(tx, on.app, submission_id, Asked(what="examine", account=1))
    nina.goto("/kiriman/W-2026-0001")
    line = nina.locator("[data-asked]")
    expect(line).to_have_text("Sedang diperiksa ulang…")
    nina.evaluate("beat()")
    expect(line).to_have_text("Sedang diperiksa ulang…")
    with on.app.store.begin() as tx:
        tx.execute(update(Job).where(Job.kind == ASKED).values(state="done"))
        tx.execute(update(Submission).values(version=50))  # by the worker: nobody else's change
    nina.evaluate("beat()")
    expect(line).to_have_text("Selesai.")
    expect(nina.locator("#hidup")).to_be_empty()
