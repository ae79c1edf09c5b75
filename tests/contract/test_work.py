"""Jobs: counted before the work, taken over when their worker dies, set aside after three
attempts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from desk.jobs.local import Failed, Postponed, run_jobs
from desk.store import Store
from desk.store.inbound import ledger, mails
from desk.store.inbound.ledger import Arrival, Place
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import Job
from desk.store.submissions import review_queue
from redaksi.errors import LeaseLost, StoreError

At = Callable[[float], datetime]
TTL = timedelta(minutes=5)


def mail(store: Store, now: datetime, uid: int = 1) -> int:
    with store.begin() as tx:
        place = Place(mailbox="warta", folder="INBOX", uidvalidity=1, uid=uid)
        return ledger.arrive(tx, Arrival(place=place, at=now, size=1, sha256=f"{uid:064x}")).mail_id


def lease(store: Store, now: datetime, worker: str = "w1") -> Job | None:
    with store.begin() as tx:
        return job_rows.lease_job(tx, worker, now, TTL)


def leased(store: Store, now: datetime, worker: str = "w1") -> Job:
    job = lease(store, now, worker)
    assert job is not None
    return job


def test_a_job_is_leased_once_with_its_attempt_counted(store: Store, at: At) -> None:
    mail_id = mail(store, at(0))
    job = leased(store, at(0))
    assert (job.mail_id, job.attempt) == (mail_id, 1)
    assert lease(store, at(1), "w2") is None


def test_the_oldest_mail_comes_first(store: Store, at: At) -> None:
    first = mail(store, at(0), 1)
    mail(store, at(1), 2)
    assert leased(store, at(2)).mail_id == first


def test_a_dead_workers_job_is_taken_over_when_its_lease_ran_out(store: Store, at: At) -> None:
    mail(store, at(0))
    leased(store, at(0), "w1")
    assert leased(store, at(6), "w2").attempt == 2


def test_who_lost_the_lease_cannot_finish_and_leaves_nothing_behind(store: Store, at: At) -> None:
    mail(store, at(0))
    slow = leased(store, at(0), "w1")
    leased(store, at(6), "w2")
    with pytest.raises(LeaseLost), store.begin() as tx:
        job_rows.add(tx, "another", slow.mail_id, at(7))
        job_rows.done(tx, slow, at(7))
    with store.read() as tx:
        assert job_rows.pending(tx) == 1


def test_a_renewed_lease_is_not_taken_over(store: Store, at: At) -> None:
    mail(store, at(0))
    job = leased(store, at(0))
    with store.begin() as tx:
        job_rows.renew(tx, job, at(4), TTL)
    assert lease(store, at(6), "w2") is None


def test_a_finished_job_is_never_due_again(store: Store, at: At) -> None:
    mail(store, at(0))
    job = leased(store, at(0))
    with store.begin() as tx:
        job_rows.done(tx, job, at(1))
    assert lease(store, at(60)) is None


def test_an_attempt_that_failed_is_made_again_later(store: Store, at: At) -> None:
    mail(store, at(0))
    job = leased(store, at(0))
    with store.begin() as tx:
        assert not job_rows.failed(tx, job, at(0), "crashed")
    assert lease(store, at(0.4)) is None
    assert leased(store, at(0.6)).attempt == 2


def test_after_three_attempts_the_mail_is_shown_as_failed(store: Store, at: At) -> None:
    mail_id = mail(store, at(0))
    for minute in (0, 10, 20):
        job = leased(store, at(minute))
        with store.begin() as tx:
            last = job_rows.failed(tx, job, at(minute), "crashed")
    assert last
    assert lease(store, at(60)) is None
    with store.read() as tx:
        assert [(job.mail_id, job.reason) for job in job_rows.failed_jobs(tx)] == [
            (mail_id, "crashed")
        ]
        assert [(row.state, row.decision, row.reason) for row in review_queue.queue_rows(tx)] == [
            ("failed", "failed", "crashed")
        ]


def test_a_mail_that_kills_every_worker_is_set_aside_and_the_line_goes_on(
    store: Store, at: At
) -> None:
    deadly = mail(store, at(0), 1)
    for minute in (0, 10, 20):
        assert leased(store, at(minute)).mail_id == deadly
    fine = mail(store, at(25), 2)
    assert leased(store, at(30)).mail_id == fine
    with store.read() as tx:
        assert [job.mail_id for job in job_rows.failed_jobs(tx)] == [deadly]


def test_our_own_fault_gives_the_attempt_back(store: Store, at: At) -> None:
    mail(store, at(0))
    for minute in range(0, 50, 10):
        job = leased(store, at(minute))
        assert job.attempt == 1
        with store.begin() as tx:
            job_rows.postpone(tx, job, at(minute), timedelta(minutes=5), "disk full")


def test_an_editor_has_a_failed_mail_examined_again(store: Store, at: At) -> None:
    mail_id = mail(store, at(0))
    for minute in (0, 10, 20):
        leased(store, at(minute))
    lease(store, at(30))
    with store.begin() as tx:
        assert job_rows.retry(tx, job_rows.failed_jobs(tx)[0].id, at(31))
    assert leased(store, at(32)).attempt == 1
    with store.read() as tx:
        assert mails.get(tx, mail_id).state == "received"
        assert [row.state for row in review_queue.queue_rows(tx)] == ["received"]


def test_a_retried_mail_that_fails_again_keeps_its_number(store: Store, at: At) -> None:
    mail(store, at(0))
    for start in (0, 100):
        for minute in (0, 10, 20):
            leased(store, at(start + minute))
        lease(store, at(start + 30))
        with store.begin() as tx:
            numbers = [row.number for row in review_queue.queue_rows(tx)]
            job_rows.retry(tx, job_rows.failed_jobs(tx)[0].id, at(start + 40))
        assert numbers == ["W-2026-0001"]


def test_workers_at_once_never_get_the_same_job(store: Store, at: At) -> None:
    for uid in range(12):
        mail(store, at(0), uid + 1)

    def drain(worker: str) -> list[int]:
        taken = []
        while job := lease(store, at(1), worker):
            taken.append(job.id)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [job for jobs in pool.map(drain, "abcd") for job in jobs]
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 12


def test_the_runner_does_all_that_is_due_and_counts_failures(store: Store, at: At) -> None:
    for uid in (1, 2, 3):
        mail(store, at(0), uid)

    def examine(job: Job) -> None:
        if job.mail_id == 2:
            raise Failed("crashed")
        with store.begin() as tx:
            job_rows.done(tx, job, at(1))

    assert run_jobs(store, "w", lambda: at(1), examine, lambda: False) == 2
    with store.read() as tx:
        assert job_rows.next_due(tx) == at(1.5)


def test_the_runner_stops_where_the_store_refuses(store: Store, at: At) -> None:
    mail(store, at(0))

    def examine(_job: Job) -> None:
        raise StoreError("disk full")

    with pytest.raises(StoreError):
        run_jobs(store, "w", lambda: at(1), examine, lambda: False)
    assert leased(store, at(5)).attempt == 1


def test_an_outage_that_outlasts_the_work_uses_up_no_attempt(
    store: Store, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes down while a job is worked on: the attempt is given back once it is up
    again."""
    mail(store, at(0))
    postponed: Postponed = []
    outages = monkeypatch.context()

    def down(*_: object) -> None:
        raise StoreError("database: down")

    with outages as patched:

        def examine(_job: Job) -> None:
            patched.setattr(Store, "begin", down)
            raise StoreError("database: down")

        with pytest.raises(StoreError):
            run_jobs(store, "w", lambda: at(1), examine, lambda: False, postponed=postponed)
        with pytest.raises(StoreError):
            run_jobs(store, "w", lambda: at(2), examine, lambda: False, postponed=postponed)
    assert len(postponed) == 1
    assert (
        run_jobs(store, "w", lambda: at(3), lambda _job: None, lambda: False, postponed=postponed)
        == 0
    )
    assert postponed == []
    assert leased(store, at(5)).attempt == 1
