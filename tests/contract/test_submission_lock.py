"""Two processes on one PostgreSQL: what is decided about a submission is decided on what it is, not
on what it was when this transaction first read it. (SQLite has one writer at a time.)"""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from desk.store import Store, open_store
from desk.store.events import Happened
from desk.store.inbound.own_mailboxes import OwnMailbox, remember
from desk.store.submissions import due, submission_rows, threads
from desk.store.tables import Submission
from redaksi.errors import IllegalMove, StoreError
from tests import postgres
from tests.contract.conftest import NOW
from tests.filler import fill

DECLINED = Happened(at=NOW, actor="editor:1", what="decline")
PUBLISHED = Happened(at=NOW, actor="publisher", what="publish")


@pytest.fixture(scope="module")
def store(postgres_cluster: postgres.Cluster) -> Iterator[Store]:
    """A database of its own, with submissions in every state."""
    opened = open_store(postgres_cluster.url(postgres_cluster.create()))
    with opened.begin() as tx:
        box = OwnMailbox(id="warta", address="redaksi@warta.example", folders=("INBOX",))
        remember(tx, box, NOW)
    fill(opened, 100, NOW)
    yield opened
    opened.close()


def scheduled(store: Store) -> int:
    with store.read() as tx:
        wanted = select(Submission.id).where(Submission.state == "scheduled")
        return tx.scalars(wanted.order_by(Submission.id)).first() or 0


def test_a_move_is_from_the_state_that_another_left_behind(store: Store) -> None:
    one = scheduled(store)
    with store.begin() as publishing:
        read_before = publishing.get_one(Submission, one)
        assert read_before.state == "scheduled"
        with store.begin() as editing:
            submission_rows.move(editing, one, "decline", "editor", DECLINED)
        with pytest.raises(IllegalMove):
            submission_rows.move(publishing, one, "publish", "publisher", PUBLISHED)
    with store.read() as tx:
        assert threads.get(tx, one).state == "declined"


def test_what_is_asked_whether_it_is_due_is_nobody_elses_meanwhile(store: Store) -> None:
    one = scheduled(store)
    with store.begin() as publishing:
        due.is_to_be_published(publishing, one, NOW)
        with pytest.raises(StoreError, match="could not obtain lock"), store.begin() as tx:
            tx.scalars(select(Submission).where(Submission.id == one).with_for_update(nowait=True))
