"""A submission with a row in every table that may tell something of it, each text a canary."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from desk.store.columns import Base
from desk.store.engine import Transaction
from desk.store.events import Happened, record
from desk.store.publications.editions import freeze
from desk.store.submissions import submission_rows
from desk.store.tables import (
    Account,
    Claim,
    Decision,
    DecisionDraft,
    Edition,
    EditionTerm,
    Job,
    LetterContent,
    Outbox,
    PhotoChoice,
    Publication,
    Revision,
    Submission,
)
from redaksi.reasons import ReasonCode, explain
from redaksi.states import State
from tests import editions

CANARY = "kenari"
Rows = dict[str, list[tuple[Any, ...]]]


def furnish(tx: Transaction, submission_id: int, now: datetime, state: State, word: str) -> None:
    """Give a filed submission letters, decisions, an edition and whatever else there may be."""
    row = tx.get_one(Submission, submission_id)
    row.state, row.title, row.headline, row.claimed_by = state, word, f"{word} judul", word
    row.category, row.published_url, row.article_uri = word, f"https://x.example/{word}", word
    revision = tx.scalars(select(Revision).where(Revision.submission_id == submission_id)).one()
    reason = explain(ReasonCode.DOUBTS, doubts=word)
    revision.reason = reason
    for submission, mail in ((submission_id, row.mail_id), (None, row.mail_id)):
        letter = Outbox(
            idempotency_key=f"{submission_id}:{submission}", kind="revise", language="id",
            mailbox_id="warta", submission_id=submission, mail_id=mail, to_address=word,
            to_normalized=word, message_id=f"<{submission_id}.{submission}@warta.example>",
            key_id="1", subject=word, text=word, source=word, facts_hash=word, state="sent",
            reason=reason, not_before=now, last_error=word, created_at=now, queued_at=now,
        )  # fmt: skip
        tx.add(letter)
        tx.flush()
        tx.add(LetterContent(outbox_id=letter.id, content=word.encode()))
    account = tx.get(Account, submission_id)
    if account is None:
        account = Account(
            id=submission_id,
            login=f"{submission_id}@warta.example",
            name="E",
            role="editor",
            created_at=now,
        )
        tx.add(account)
        tx.flush()
    edition = editions.make_edition(headline=word, slug=word, byline=editions.make_edition().byline)
    content = freeze(edition)
    kept = Edition(
        submission_id=submission_id, number=1, content=content, made_by="E", made_at=now, reason=word
    )  # fmt: skip
    tx.add_all([
        kept,
        Decision(
            event_id=submission_id, submission_id=submission_id, revision=1, event="note", at=now,
            headline=word, category=word, url=word, reason=word, note=word, remarks=[word],
            overrides=[{"code": "N1", "subject": word, "reason": word}], before={"headline": word},
        ),
        PhotoChoice(
            submission_id=submission_id, sha256=word, caption=word, credit=word, alt=word, at=now
        ),
        EditionTerm(submission_id=submission_id, term=word, is_place=False),
        Claim(
            submission_id=submission_id, account_id=account.id, since=now,
            until=now + timedelta(hours=1),
        ),
        DecisionDraft(
            account_id=account.id, submission_id=submission_id, scope="decision",
            fields={"note": word}, revision=1, seq=1, saved_at=now,
        ),
        Job(
            kind="asked", key=str(submission_id), payload={"into": word}, state="done",
            not_before=now, created_at=now, last_error=word,
        ),
        Job(
            kind="examine", key=str(row.mail_id), payload={"into": word}, state="done",
            not_before=now, created_at=now, last_error=word,
        ),
    ])  # fmt: skip
    tx.flush()
    tx.add(
        Publication(
            submission_id=submission_id,
            target="situs",
            wanted="up",
            edition_id=kept.id,
            standing_edition_id=kept.id,
            state="standing",
            external_id=word,
            external_version=word,
            url=word,
            media={word: {"id": word, "url": word}},
            last_error=word,
        )
    )
    record(tx, Happened(
        at=now, actor="worker", what="message", submission_id=submission_id, mail_id=row.mail_id,
        reason=str(reason),
    ))  # fmt: skip
    submission_rows.grow(tx, submission_id)


def rows(tx: Transaction) -> Rows:
    """Every row of every table, as the database holds it."""
    return {
        table.name: [
            tuple(each)
            for each in tx.execute(select(*table.columns).order_by(*table.primary_key.columns))
        ]
        for table in Base.metadata.sorted_tables
    }
