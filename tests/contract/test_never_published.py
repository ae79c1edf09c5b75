"""Migration 0021: a letter that says "published" of what was published nowhere never leaves."""

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import update

from desk.store import Store, attention
from desk.store.engine import Transaction
from desk.store.migrate import configuration
from desk.store.outbound import outbox
from desk.store.outbound.outbox import LetterState
from desk.store.tables import Submission
from redaksi.reasons import ReasonCode, code_of
from tests.contract.test_attention import add
from tests.contract.test_outbox import letter

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)


def migrate_again(tx: Transaction) -> None:
    """As for a store of the revision before: 0021 changes rows, not tables."""
    config = configuration()
    config.attributes["connection"] = tx.connection()
    command.stamp(config, "0020")
    command.upgrade(config, "0021")
    command.stamp(config, "head")
    tx.expire_all()


def write(tx: Transaction, state: LetterState, kind: str = "published", url: str = "") -> int:
    about = add(tx, 1, "published")
    tx.execute(update(Submission).values(published_url=url))
    made = outbox.enqueue(tx, letter(NOW, state=state, kind=kind, submission_id=about))
    assert made is not None
    return made


def state_of(tx: Transaction, letter_id: int) -> LetterState:
    stored = outbox.get(tx, letter_id)
    assert stored is not None
    assert attention.differing(tx) == []
    return stored.state


@pytest.mark.parametrize("state", ["draft", "queued"])
def test_what_has_not_left_is_dropped_and_says_why(store: Store, state: LetterState) -> None:
    with store.begin() as tx:
        made = write(tx, state)
        migrate_again(tx)
        assert state_of(tx, made) == "dropped"
        stored = outbox.get(tx, made)
        assert stored is not None
        assert code_of(stored.reason) is ReasonCode.NEVER_PUBLISHED
        assert tx.query(Submission).one().attention_since is None


@pytest.mark.parametrize(
    ("kind", "url"), [("scheduled", ""), ("published", "https://warta.example/1")]
)
def test_every_other_letter_stays(store: Store, kind: str, url: str) -> None:
    with store.begin() as tx:
        made = write(tx, "draft", kind, url)
        migrate_again(tx)
        assert state_of(tx, made) == "draft"
