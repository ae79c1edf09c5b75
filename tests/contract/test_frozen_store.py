"""A filled store of 0.1 (tests/frozen) opens today: nothing is lost, nothing is read
differently."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, func, select, text

from desk.store import Store, attention, open_store
from desk.store.columns import RULE_NUMBERS, Instant
from desk.store.engine import make_engine
from desk.store.inbound.dead_letters import give_up
from desk.store.jobs import job_rows
from desk.store.submissions import review_queue
from desk.store.tables import Job
from desk.store.tables.mail import Mail
from redaksi.sender_rule import SenderRule
from tests.processes import give_birth

NOW, MINUTE = datetime(2027, 1, 1, tzinfo=UTC), timedelta(minutes=1)
UNTIL = bindparam("until", type_=Instant)


def test_every_submission_of_it_is_in_the_queue(old_store: Store) -> None:
    with old_store.read() as tx:
        rows = review_queue.queue_rows(tx)
    assert len(rows) == 110
    assert {row.state for row in rows} >= {
        "review",
        "declined",
        "published",
        "scheduled",
        "expired",
        "withdrawn",
    }


def test_who_must_look_is_what_its_whole_history_says(old_store: Store) -> None:
    with old_store.read() as tx:
        assert attention.differing(tx) == []
        rows = review_queue.queue_rows(tx)
    assert {flag for row in rows for flag in row.attention.flags} >= {"changed", "message"}
    assert all(row.attention.since for row in rows if row.state == "review")


def test_every_examination_of_it_is_read_back(old_store: Store) -> None:
    with old_store.read() as tx:
        pages = [
            review_queue.submission_page(tx, row.number) for row in review_queue.queue_rows(tx)
        ]
    known = [page for page in pages if page is not None and page.row.revision_id is not None]
    assert len(known) == 110
    assert all(page.judged is not None for page in known)


def test_every_rule_of_it_is_read_by_its_name(old_store: Store) -> None:
    with old_store.read() as tx:
        numbers = tx.execute(text("select id, answer_row from mail")).all()
        rules = {row.id: row.answer_rule for row in tx.scalars(select(Mail))}
    assert {rules[mail] for mail, number in numbers if number == 11} == {SenderRule.AUTHENTICATED}
    assert {mail: RULE_NUMBERS[rule] for mail, rule in rules.items() if rule} == {
        mail: number for mail, number in numbers if number is not None
    }


def test_every_rule_has_a_number_of_its_own() -> None:
    assert set(RULE_NUMBERS) == set(SenderRule)
    assert len(set(RULE_NUMBERS.values())) == len(SenderRule)


def test_its_jobs_go_on(old_database: str) -> None:
    """One that waited, one that was worked on, one that was set aside; a new one gets a number of
    its own."""
    engine = make_engine(old_database)
    with engine.begin() as connection:
        for job_id, state in ((1, "waiting"), (2, "leased"), (3, "failed")):
            values = {"id": job_id, "state": state, "until": NOW if state == "leased" else None}
            change = "UPDATE work SET state = :state, leased_until = :until, token = 7"
            connection.execute(text(f"{change} WHERE id = :id").bindparams(UNTIL), values)
    engine.dispose()
    store = open_store(old_database)
    give_birth(store, "w")
    with store.begin() as tx:
        claims = [
            job_rows.claim_job(tx, {"examine": give_up}, "w", NOW + MINUTE, most=9)
            for _ in range(3)
        ]
        assert sorted((one.id, one.key, one.attempt, one.token) for one in claims if one) == [
            (1, "1", 2, 8),
            (2, "2", 2, 8),
        ]
        assert [(job.id, job.key) for job in job_rows.failed_jobs(tx)] == [(3, "3")]
        assert job_rows.defer(tx, "examine", "3", now=NOW) == 3
        newest = tx.scalars(select(func.max(Job.id))).one()
        assert job_rows.defer(tx, "examine", "new", now=NOW) == newest + 1
    store.close()
