"""What is published, page by page, and what a month holds: as many queries for 20,000 as for a few."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from desk.store import Store, Transaction
from desk.store.inbound import own_mailboxes
from desk.store.publications.lists import Key, find_published, list_month, page_published
from desk.store.tables import Mail, Publication, Submission
from tests.contract.test_threads import queries

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def stand(tx: Transaction, count: int) -> None:
    """So many articles, one an hour; every tenth without a province, and one elsewhere."""
    own_mailboxes.remember(tx, own_mailboxes.OwnMailbox(id="warta", address="a@b.id"), FIRST)
    mail = Mail(
        mailbox_id="warta",
        source="mail",
        source_text="x",
        identity="x",
        blob="x",
        size=1,
        received_at=FIRST,
        internaldate=FIRST,
        state="examined",
    )
    tx.add(mail)
    tx.flush()
    tx.execute(insert(Submission), [_submission(at, mail.id) for at in range(count)])
    tx.execute(insert(Publication), [_publication(at) for at in range(count)])


def _submission(at: int, mail_id: int) -> dict[str, Any]:
    when = FIRST + at * HOUR
    return {
        "id": at + 1, "number": f"W-2020-{at:05}", "mailbox_id": "warta", "source": "mail",
        "mail_id": mail_id, "position": at, "state": "published", "title": f"Warga {at}",
        "province": "" if at % 10 == 0 else "Kalimantan Barat", "received_at": when,
        "updated_at": when, "candidates": [],
    }  # fmt: skip


def _publication(at: int) -> dict[str, Any]:
    return {
        "id": at + 1, "submission_id": at + 1, "target": "situs", "wanted": "up",
        "state": "standing", "media": {}, "first_standing_at": FIRST + at * HOUR,
        "url": f"https://warta.example/{at}",
    }  # fmt: skip


def walk(store: Store, **wanted: Any) -> list[str]:
    """The numbers of every page."""
    found: list[str] = []
    after: Key | None = None
    while True:
        with store.read() as tx:
            page = page_published(tx, "situs", after=after, **wanted)
        found += [row.number for row in page.rows]
        after = page.after
        if after is None:
            return found


def test_pages_follow_each_other_newest_first_without_a_gap(store: Store) -> None:
    with store.begin() as tx:
        stand(tx, 130)
    assert walk(store) == [f"W-2020-{at:05}" for at in reversed(range(130))]
    assert walk(store, province="") == [f"W-2020-{at:05}" for at in range(120, -1, -10)]
    since, until = FIRST + 10 * HOUR, FIRST + 12 * HOUR
    assert walk(store, since=since, until=until) == ["W-2020-00011", "W-2020-00010"]


def test_another_target_lists_nothing_of_this_one(store: Store) -> None:
    with store.begin() as tx:
        stand(tx, 3)
        assert page_published(tx, "arsip").rows == ()


def test_what_was_published_before_there_were_targets_comes_last(store: Store) -> None:
    with store.begin() as tx:
        stand(tx, 130)
        for one in (7, 99):
            row = tx.get_one(Publication, one)
            row.first_standing_at, row.error_code, row.url = None, "before_targets", ""
    dated = [f"W-2020-{at:05}" for at in reversed(range(130)) if at not in (6, 98)]
    assert walk(store) == [*dated, "W-2020-00098", "W-2020-00006"]
    assert walk(store, since=FIRST) == dated
    with store.read() as tx:
        found = find_published(tx, "situs", [7, 8])
    assert [(row.since, row.standing.code) for _, row in sorted(found.items())] == [
        (None, "before_targets"),
        (FIRST + 7 * HOUR, ""),
    ]


@pytest.mark.parametrize("count", [3, 20_000])
def test_a_page_is_one_query_and_a_month_two(store: Store, count: int) -> None:
    with store.begin() as tx:
        stand(tx, count)
    with store.read() as tx, queries(store) as seen:
        page_published(tx, "situs", province="Kalimantan Barat")
    assert len(seen) == 1
    begin = FIRST + (count // 2) * HOUR
    with store.read() as tx, queries(store) as seen:
        rows = list_month(tx, "situs", begin, begin + 30 * 24 * HOUR)
    assert len(seen) == 2
    assert len(rows) == min(count - count // 2, 30 * 24)


def test_a_month_holds_what_is_planned_and_what_stands(store: Store) -> None:
    with store.begin() as tx:
        stand(tx, 2)
        planned = tx.get_one(Submission, 1)
        planned.state, planned.publish_at, planned.headline = "scheduled", FIRST + 5 * HOUR, "Baru"
        row = tx.get_one(Publication, 1)
        row.state, row.first_standing_at, row.error_code = "planned", None, "too_late"
    with store.read() as tx:
        found = list_month(tx, "situs", FIRST, FIRST + 24 * HOUR)
    assert [(row.headline, row.state, row.is_held) for row in found] == [
        ("Warga 1", "standing", False),
        ("Baru", "planned", True),
    ]
