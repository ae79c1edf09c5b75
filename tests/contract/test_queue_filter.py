"""The queue as a query: every view, page by page, in as many queries for one row as for many."""

from collections.abc import Mapping
from datetime import datetime

import pytest
from sqlalchemy import delete, select, update

from desk.domain.photos.choices import Choice
from desk.store import Store, Transaction
from desk.store.publications import editions, moves, photo_choices
from desk.store.submissions import review_queue
from desk.store.submissions.queue_filter import (
    Counts,
    QueueFilter,
    View,
    counts,
    find_place,
    queue_page,
)
from desk.store.submissions.review_queue import QueueRow
from desk.store.submissions.row_parts import CHOSEN
from desk.store.tables import (
    Caption,
    Examination,
    Finding,
    Photo,
    Publication,
    Revision,
    Submission,
)
from redaksi.states import OPEN, SETTLED_FOR_GOOD, WAITS_FOR_CONTRIBUTOR
from tests.contract.conftest import NOW
from tests.contract.test_threads import queries
from tests.editions import make_edition
from tests.filler import fill

VIEWS: tuple[View, ...] = ("action", "waiting", "scheduled", "active", "archive", "mails")


@pytest.fixture
def filled(store: Store) -> Store:
    """180 submissions, some of each kind; a few are no submission, some settled ones call."""
    fill(store, 180, NOW)
    with store.begin() as tx:
        for remainder, values in (
            (7, {"state": "not_a_submission", "attention_since": None}),
            (11, {"attention_since": NOW}),
            (3, {"province": "Kalimantan Barat"}),
        ):
            some = Submission.id % 23 == remainder
            tx.execute(update(Submission).where(some).values(**values))
    return store


def walk(tx: Transaction, wanted: QueueFilter) -> list[QueueRow]:
    """Every page of a filter."""
    rows: list[QueueRow] = []
    page = queue_page(tx, wanted)
    while True:
        rows += page.rows
        if page.after is None:
            return rows
        assert len(page.rows) == wanted.size
        page = queue_page(tx, replaced(wanted, after=page.after))


def replaced(wanted: QueueFilter, **changes: object) -> QueueFilter:
    values = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    return QueueFilter(**(values | changes))


def by_hand(row: QueueRow) -> Mapping[View, datetime | None]:
    """The views a row stands in, told once more in Python, and what orders it there."""
    called = row.attention.since
    found: dict[View, datetime | None] = {}
    if row.state == "not_a_submission":
        return {"mails": row.received_at}
    if called:
        found["action"] = called
    if row.state in WAITS_FOR_CONTRIBUTOR and not called:
        found["waiting"] = row.updated_at
    if row.state == "scheduled":
        found["scheduled"] = row.publish_at
    if called or row.state in OPEN:
        found["active"] = row.received_at
    if row.state in SETTLED_FOR_GOOD and not called:
        found["archive"] = row.received_at
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_its_rows_in_its_order_page_by_page(filled: Store, view: View) -> None:
    with filled.read() as tx:
        rows = review_queue.queue_rows(tx)
        found = walk(tx, QueueFilter(view=view, size=7))
        back = walk(tx, QueueFilter(view=view, size=7, newest_first=True))
    keys = [(by_hand(row)[view], row.id) for row in rows if view in by_hand(row)]
    assert [row.id for row in found] == [one for _, one in sorted(keys)]
    assert [row.id for row in back] == [row.id for row in reversed(found)]
    assert found


def test_the_counts_are_what_the_views_hold(filled: Store) -> None:
    with filled.read() as tx, queries(filled) as seen:
        counted = counts(tx)
    assert len(seen) == 1
    with filled.read() as tx:
        lengths = {
            view: len(walk(tx, QueueFilter(view=view)))
            for view in ("action", "mine", "waiting", "scheduled", "active")
        }
    assert counted == Counts(**lengths)


def test_a_page_takes_as_many_queries_for_one_row_as_for_fifty(filled: Store) -> None:
    numbers = set()
    for size in (1, 5, 50):
        with filled.read() as tx, queries(filled) as seen:
            assert len(queue_page(tx, QueueFilter(view="archive", size=size)).rows) == size
        numbers.add(len(seen))
    assert len(numbers) == 1
    assert max(numbers) <= 11  # rows of a page and what belongs to them, a query for each kind


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_active_is_found_without_reading_every_submission(store: Store) -> None:
    fill(store, 400, NOW)
    with store.read() as tx, queries(store) as seen:
        counts(tx)
        for view in ("action", "waiting", "scheduled", "active"):
            queue_page(tx, QueueFilter(view=view))
    with store.engine.connect() as connection:
        asked = [one for one in seen if "LIMIT" in one or "count(*)" in one]
        assert len(asked) == 5
        for statement in asked:
            values = ("review",) * statement.count("?")
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            assert not [row.detail for row in plan if row.detail.startswith("SCAN submission")]


def test_a_filter_narrows_a_view(filled: Store) -> None:
    with filled.read() as tx:
        everything = walk(tx, QueueFilter(view="archive"))
        declined = walk(tx, QueueFilter(view="archive", states=("declined",)))
        there = walk(tx, QueueFilter(view="archive", province="Kalimantan Barat"))
        late = walk(tx, QueueFilter(view="archive", since=NOW.replace(day=21)))
    assert declined == [row for row in everything if row.state == "declined"]
    assert there == [row for row in everything if row.province == "Kalimantan Barat"]
    assert late == [row for row in everything if row.received_at >= NOW.replace(day=21)]
    assert declined and there and late


def test_a_finding_is_one_of_the_newest_revision(filled: Store) -> None:
    with filled.read() as tx:
        code = tx.scalars(
            select(Finding.code)
            .join(Revision)
            .join(Submission)
            .where(Submission.state == "published")
        ).first()
        assert code is not None
        everything = walk(tx, QueueFilter(view="archive"))
        with_it = walk(tx, QueueFilter(view="archive", finding=code))
        without = walk(tx, QueueFilter(view="archive", finding=""))
    assert with_it == [row for row in everything if code in {f.code for f in row.findings}]
    assert without == [row for row in everything if not row.findings]
    assert with_it and without


@pytest.mark.parametrize("view", ["action", "mine", "waiting", "scheduled", "active"])
@pytest.mark.parametrize("newest_first", [False, True])
def test_where_a_row_stands_is_where_the_list_has_it(
    filled: Store, view: View, *, newest_first: bool
) -> None:
    """Position, neighbours and their keys are those of the list itself."""
    wanted = QueueFilter(view=view, account=1, newest_first=newest_first, size=1_000)
    with filled.begin() as tx:
        tx.execute(update(Submission).where(Submission.id % 2 == 0).values(editor_id=1))
        page = queue_page(tx, wanted)
        named = [(row.number, key) for row, key in zip(page.rows, page.keys, strict=True)]
        around = [None, *named, None]
        for index in {*range(0, len(named), 9), len(named) - 1} if named else ():
            row = page.rows[index]
            place = find_place(tx, wanted, row.id)
            assert place is not None
            assert (place.position, place.total) == (index + 1, len(named))
            assert (place.before, place.behind) == (around[index], around[index + 2])


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_page_of_a_submission_says_of_it_what_its_row_says(
    filled: Store, *, is_kept: bool
) -> None:
    """Also where an editor chose of its photos, whether or not its examination is kept."""
    with filled.begin() as tx:
        shown = select(Revision.submission_id, Photo.sha256, Caption.text)
        captioned = shown.join(Photo, Photo.revision_id == Revision.id).outerjoin(Caption)
        known = {(row[0], row[1]): row[2] or "" for row in tx.execute(captioned)}
        for place, ((submission_id, sha256), text) in enumerate(known.items()):
            choice = Choice(
                used=place % 4 != 0,
                caption=("", text, None, "lain")[place % 3],
                source=(sha256, None)[place % 2],
                confirmed_at=(NOW, None)[place % 5 == 0],
            )
            photo_choices.keep(tx, submission_id, {sha256: choice}, NOW)
        if not is_kept:
            tx.execute(delete(Examination))
    with filled.read() as tx:
        rows = [*review_queue.queue_rows(tx)]
        pages = [review_queue.submission_page(tx, row.number) for row in rows]
    assert any(photo.caption_action == CHOSEN for row in rows for photo in row.photos)
    assert [page.row for page in pages if page] == rows


@pytest.mark.parametrize(("stands", "shown"), [(None, None), (1, 1), (2, 2)])
def test_an_edition_that_is_asked_for_is_shown_against_the_one_that_stands(
    store: Store, stands: int | None, shown: int | None
) -> None:
    """The second may never have been set."""
    fill(store, 1, NOW)
    with store.begin() as tx:
        made = {number: editions.add(tx, 1, make_edition(number)) for number in (1, 2, 3)}
        moves.plan(tx, 1, "situs", made[3], NOW, NOW)
        tx.execute(
            update(Publication).values(
                state="asking", standing_edition_id=made[stands] if stands else None
            )
        )
    with store.read() as tx:
        found = review_queue.submission_page(tx, "W-2026-00001")
    assert found is not None
    assert found.edition is not None
    assert found.edition.number == 3
    assert (found.before.number if found.before else None) == shown
