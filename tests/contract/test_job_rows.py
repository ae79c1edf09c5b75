"""Jobs as rows: counted before the work, taken over when their worker dies, set aside after three
attempts; what stands in the queue for a mail nobody could examine."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from desk.jobs.job_queue import EXAMINE
from desk.store import Store
from desk.store.inbound import dead_letters, ledger, mails
from desk.store.inbound.dead_letters import give_up
from desk.store.inbound.ledger import Arrival, Place
from desk.store.jobs import job_rows, processes
from desk.store.jobs.job_rows import Claim
from desk.store.status import status
from desk.store.submissions import review_queue
from desk.store.tables import Job
from redaksi.errors import LeaseLost
from tests.processes import give_birth, silence

At = Callable[[float], datetime]


def mail(store: Store, now: datetime, uid: int = 1) -> str:
    """A mail with its job; the job's key."""
    place = Place(mailbox="warta", folder="INBOX", uidvalidity=1, uid=uid)
    with store.begin() as tx:
        arrived = ledger.arrive(tx, Arrival(place=place, at=now, size=1, sha256=f"{uid:064x}"))
        job_rows.defer(tx, EXAMINE, str(arrived.mail_id), now=now)
    return str(arrived.mail_id)


def claim(store: Store, now: datetime, holder: str = "w1") -> Claim | None:
    with store.begin() as tx:
        return job_rows.claim_job(tx, {EXAMINE: give_up}, holder, now)


@pytest.fixture(autouse=True)
def living(store: Store) -> None:
    give_birth(store, "w1", "w2", *"abcd")


def claimed(store: Store, now: datetime, holder: str = "w1") -> Claim:
    job = claim(store, now, holder)
    assert job is not None
    return job


def test_a_job_is_claimed_once_with_its_attempt_counted(store: Store, at: At) -> None:
    key = mail(store, at(0))
    job = claimed(store, at(0))
    assert (job.key, job.attempt) == (key, 1)
    assert claim(store, at(1), "w2") is None


def test_the_oldest_comes_first(store: Store, at: At) -> None:
    first = mail(store, at(0), 1)
    mail(store, at(1), 2)
    assert claimed(store, at(2)).key == first


def test_the_higher_priority_goes_first(store: Store, at: At) -> None:
    with store.begin() as tx:
        job_rows.defer(tx, EXAMINE, "1", now=at(0))
        job_rows.defer(tx, EXAMINE, "2", now=at(1), priority=1)
    assert claimed(store, at(2)).key == "2"


def killed_at(store: Store, now: datetime) -> Claim:
    """A claim whose worker is killed by it."""
    job = claimed(store, now)
    silence(store, "w1")
    return job


def test_a_dead_workers_job_is_taken_over_when_it_is_silent(store: Store, at: At) -> None:
    mail(store, at(0))
    killed_at(store, at(0))
    assert claimed(store, at(6), "w2").attempt == 2


def test_the_job_of_a_process_that_is_gone_is_due_at_once(store: Store, at: At) -> None:
    mail(store, at(0))
    claimed(store, at(0), "w1")
    with store.begin() as tx:
        processes.end(tx, "w1")
    assert claimed(store, at(1), "w2").attempt == 2


def test_who_lost_the_lease_cannot_finish_and_leaves_nothing_behind(store: Store, at: At) -> None:
    mail(store, at(0))
    slow = claimed(store, at(0), "w1")
    silence(store, "w1")
    claimed(store, at(1), "w2")
    with pytest.raises(LeaseLost), store.begin() as tx:
        job_rows.defer(tx, "another", slow.key, now=at(7))
        job_rows.done(tx, slow, at(7))
    with store.read() as tx:
        assert job_rows.counts(tx) == job_rows.JobCounts(leased=1)


def test_a_job_is_held_as_long_as_its_holder_lives(store: Store, at: At) -> None:
    """Six minutes, a day: whatever the redaksi's clock says."""
    mail(store, at(0))
    claimed(store, at(0))
    for minutes in (6, 24 * 60):
        assert claim(store, at(minutes), "w2") is None


def test_an_attempt_that_failed_is_made_again_later(store: Store, at: At) -> None:
    mail(store, at(0))
    job = claimed(store, at(0))
    with store.begin() as tx:
        assert not job_rows.failed(tx, job, at(0), "crashed", give_up)
    assert claim(store, at(0.4)) is None
    assert claimed(store, at(0.6)).attempt == 2


def test_after_three_attempts_the_mail_is_shown_as_failed(store: Store, at: At) -> None:
    key = mail(store, at(0))
    for minute in (0, 10, 20):
        job = claimed(store, at(minute))
        with store.begin() as tx:
            last = job_rows.failed(tx, job, at(minute), "crashed", give_up)
    assert last
    assert claim(store, at(60)) is None
    with store.read() as tx:
        assert [(job.key, job.reason) for job in job_rows.failed_jobs(tx)] == [(key, "crashed")]
        assert [(row.state, row.decision) for row in review_queue.queue_rows(tx)] == [
            ("failed", "failed")
        ]


def test_only_a_mail_that_was_set_aside_is_taken_up_again_by_hand(store: Store, at: At) -> None:
    """The key of an editor's job is a submission's id."""
    mail(store, at(0))
    with store.begin() as tx:
        asked = job_rows.defer(tx, "asked", "1", now=at(0))
        tx.execute(update(Job).where(Job.id == asked).values(state="failed"))
    with store.begin() as tx:
        assert job_rows.failed_jobs(tx) == []
        assert not dead_letters.retry_job(tx, asked, at(1))
        assert not dead_letters.drop_job(tx, asked, at(1))
        assert status(tx).failed_jobs == 0


def test_a_mail_that_kills_every_worker_is_set_aside_and_the_line_goes_on(
    store: Store, at: At
) -> None:
    deadly = mail(store, at(0), 1)
    for minute in (0, 10, 20):
        assert killed_at(store, at(minute)).key == deadly
    fine = mail(store, at(25), 2)
    assert claimed(store, at(30)).key == fine
    with store.read() as tx:
        assert [job.key for job in job_rows.failed_jobs(tx)] == [deadly]


def test_our_own_fault_gives_the_attempt_back(store: Store, at: At) -> None:
    mail(store, at(0))
    for minute in range(0, 50, 10):
        job = claimed(store, at(minute))
        assert job.attempt == 1
        with store.begin() as tx:
            job_rows.postpone(tx, job, at(minute), timedelta(minutes=5), "disk full")


def test_an_editor_has_a_failed_mail_examined_again(store: Store, at: At) -> None:
    key = mail(store, at(0))
    for minute in (0, 10, 20):
        killed_at(store, at(minute))
    claim(store, at(30))
    with store.begin() as tx:
        assert dead_letters.retry_job(tx, job_rows.failed_jobs(tx)[0].id, at(31))
    assert claimed(store, at(32)).attempt == 1
    with store.read() as tx:
        assert mails.get(tx, int(key)).state == "received"
        assert [row.state for row in review_queue.queue_rows(tx)] == ["received"]


def test_a_retried_mail_that_fails_again_keeps_its_number(store: Store, at: At) -> None:
    mail(store, at(0))
    for start in (0, 100):
        for minute in (0, 10, 20):
            killed_at(store, at(start + minute))
        claim(store, at(start + 30))
        with store.begin() as tx:
            numbers = [row.number for row in review_queue.queue_rows(tx)]
            dead_letters.retry_job(tx, job_rows.failed_jobs(tx)[0].id, at(start + 40))
        assert numbers == ["W-2026-0001"]


def test_workers_at_once_never_get_the_same_job(store: Store, at: At) -> None:
    for uid in range(12):
        mail(store, at(0), uid + 1)

    def drain(worker: str) -> list[int]:
        taken = []
        while job := claim(store, at(1), worker):
            taken.append(job.id)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [job for jobs in pool.map(drain, "abcd") for job in jobs]
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 12
