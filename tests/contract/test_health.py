"""`status` tells the truth: each fault is put into the store or onto the disk, told within ten
minutes by a clock of the test's, and gone when it is mended. Nothing is told while all is well."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import delete, update

from desk.app import App
from desk.cli.status import verdict
from desk.health import disks
from desk.health.judge import find_notes, find_troubles
from desk.health.look import observe
from desk.health.observed import Observed, Place
from desk.health.trouble import NoteCode, TroubleCode
from desk.health.words import say_trouble
from desk.store import Transaction, status
from desk.store.inbound import own_mailboxes
from desk.store.outbound import relay
from desk.store.tables import Event, Job, Ledger, Mail, Outbox, Poll, Process, SiteState
from ingest.fetch.listing import Account
from redaksi.catalog import Sentence
from redaksi.catalog.stored import freeze
from redaksi.errors import ServerError, Throttled, Unreachable
from tests import newsroom

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # a Wednesday morning at Jakarta
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ACCOUNT = Account(id="warta", host="127.0.0.1", port=1, user="u", password="p", security="none")
ROOMY = Place(
    key="data_dir", path="/data", free=9 << 30, total=99 << 30, inodes_free=9**6, inodes=10**6
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """A good installation: polled a minute ago, nothing waits."""
    plain = newsroom.configuration(ACCOUNT, tmp_path, poll=timedelta(minutes=2))
    reply = replace(plain.reply, mode="draft", host="smtp.example.org")
    with newsroom.app(ACCOUNT, tmp_path, replace(plain, reply=reply)) as opened:
        with opened.store.begin() as tx:
            tx.execute(delete(Process))  # the test's own, which lives by the real clock
            own_mailboxes.remember(tx, own_mailboxes.OwnMailbox(id="warta", address="a@b.id"), NOW)
            poll(tx, NOW - MINUTE)
            tx.add(SiteState(id=str(opened.config.queue_folder), written_at=NOW - MINUTE))
        yield opened


def poll(tx: Transaction, at: datetime, error: str = "", folder: str = "INBOX") -> None:
    begun = status.poll_started(tx, "warta", folder, at)
    status.poll_ended(tx, begun, at, new=0, error=error)


def mail(tx: Transaction, at: datetime, name: str = "a", **values: Any) -> int:
    row = Mail(
        mailbox_id="warta",
        source="mail",
        source_text=f"warta/INBOX/1/{name}",
        identity=name,
        blob=name,
        size=1,
        received_at=at,
        **{"internaldate": at, "state": "received", **values},
    )
    tx.add(row)
    tx.flush()
    return row.id


def job(tx: Transaction, mail_id: int, at: datetime, kind: str = "examine", **values: Any) -> int:
    row = Job(kind=kind, key=str(mail_id), not_before=at, created_at=at, **values)
    tx.add(row)
    tx.flush()
    return row.id


def waits(tx: Transaction, since: datetime, name: str = "a", **values: Any) -> None:
    job(tx, mail(tx, since, name), since, **values)


def owed(tx: Transaction, state: str, name: str = "a") -> None:
    job(tx, mail(tx, NOW, name, state="withheld"), NOW, kind="fetch", state=state)


def letter(tx: Transaction, state: str, at: datetime, key: str = "k", **values: Any) -> None:
    tx.add(
        Outbox(
            kind="revise",
            to_address="r@x.id",
            to_normalized="r@x.id",
            subject="s",
            message_id=f"<{key}@x>",
            idempotency_key=key,
            language="id",
            key_id="k",
            text="",
            state=state,
            automatic=True,
            not_before=at,
            queued_at=at,
            created_at=at,
            **{"mailbox_id": "warta", **values},
        )
    )
    tx.flush()


def process(tx: Transaction, heartbeat: datetime, **values: Any) -> None:
    row = {"id": "x", "roles": ["all"], "label": "kantor:7", "started_at": heartbeat - HOUR}
    tx.add(Process(heartbeat_at=heartbeat, **{**row, **values}))
    tx.flush()


def look(app: App, at: datetime = NOW, **changes: Any) -> Observed:
    """What is observed at a moment, on disks with room."""
    seen = observe(newsroom.but(app, clock=lambda: at))
    return replace(seen, places=(ROOMY,), **changes)


def codes(app: App, at: datetime = NOW, **changes: Any) -> list[TroubleCode]:
    found = find_troubles(look(app, at, **changes), app.config, at)
    for language in ("id", "en"):  # each can be said, in 80 columns
        for line in verdict(found, find_notes(look(app, at), app.config, at), language):
            assert len(line) <= 80
    return [trouble.code for trouble in found]


def notes(app: App, at: datetime = NOW) -> list[NoteCode]:
    return [note.code for note in find_notes(look(app, at), app.config, at)]


def test_nothing_is_told_of_a_good_installation(app: App) -> None:
    assert (codes(app), notes(app)) == ([], [])
    assert list(verdict([], [], "id")) == ["Semua baik."]


# ── what the store knows ──────────────────────────────────────────────────────────────────────────

Inject = Callable[[Transaction], object]
DEADLINE = timedelta(minutes=10)


def frozen(error: ServerError) -> str:
    return error.freeze()


# A fault, from when on it is one, and the mend. Told at the latest ten minutes after it became one.
FAULTS: dict[TroubleCode, tuple[Inject, timedelta, Inject]] = {
    TroubleCode.UNEXAMINED: (
        lambda tx: waits(tx, NOW),
        timedelta(minutes=15),
        lambda tx: tx.execute(update(Job).values(state="done")),
    ),
    TroubleCode.EXAMINER_GONE: (
        lambda tx: process(tx, NOW),
        timedelta(seconds=60),
        lambda tx: process(tx, NOW + HOUR, id="y", started_at=NOW + MINUTE),
    ),
    TroubleCode.EXAMINER_HANGS: (
        lambda tx: process(
            tx,
            NOW + HOUR,
            begun_at=NOW,
            begun_job=job(tx, mail(tx, NOW), NOW, state="leased"),
        ),
        timedelta(minutes=2),
        lambda tx: tx.execute(update(Job).values(state="done")),
    ),
    TroubleCode.FAILED_JOBS: (
        lambda tx: waits(tx, NOW, state="failed"),
        timedelta(0),
        lambda tx: tx.execute(update(Job).values(state="done")),
    ),
    TroubleCode.MAILS_WITHHELD: (  # its attempts are used up, or a stand-in came
        lambda tx: owed(tx, "failed"),
        timedelta(0),
        lambda tx: tx.execute(update(Job).values(state="done")),
    ),
    TroubleCode.MAILS_GONE: (
        lambda tx: tx.add(
            Ledger(
                mailbox_id="warta",
                folder="INBOX",
                uidvalidity=1,
                uid=7,
                outcome="gone",
                seen_at=NOW,
                message_id="<a@x>",
            )
        ),
        timedelta(0),
        lambda tx: mail(tx, NOW, message_id="<a@x>", state="examined"),  # it came from elsewhere
    ),
    TroubleCode.FOLDER_FAILS: (
        lambda tx: poll(
            tx,
            NOW,
            frozen(ServerError("folder_refused", key="k", folder="x", reply="-", folders="-")),
        ),
        timedelta(0),
        lambda tx: poll(tx, NOW),
    ),
    TroubleCode.MAILBOX_FAILS: (
        lambda tx: poll(
            tx, NOW, frozen(ServerError("login_refused", server="h", reply="-", remedy="-"))
        ),
        timedelta(0),
        lambda tx: poll(tx, NOW),
    ),
    TroubleCode.FOLDER_LATE: (
        lambda tx: poll(tx, NOW),
        timedelta(minutes=6),
        lambda tx: poll(tx, NOW + 15 * MINUTE),
    ),
    TroubleCode.RELAY_CLOSED: (
        lambda tx: relay.close(tx, NOW, NOW + HOUR, "535 no"),
        timedelta(0),
        relay.reopen,
    ),
    TroubleCode.LETTERS_OVERDUE: (
        lambda tx: letter(tx, "queued", NOW),
        timedelta(hours=4),
        lambda tx: tx.execute(update(Outbox).values(state="sent", sent_at=NOW)),
    ),
    TroubleCode.LETTERS_REFUSED: (
        lambda tx: letter(tx, "failed", NOW),
        timedelta(0),
        lambda tx: tx.execute(update(Outbox).values(state="dropped")),
    ),
    TroubleCode.LETTERS_UNKNOWN: (
        lambda tx: letter(tx, "unknown", NOW, sending_at=NOW),
        timedelta(0),
        lambda tx: tx.execute(update(Outbox).values(state="sent", sent_at=NOW)),
    ),
    TroubleCode.LETTER_IN_DOUBT: (
        lambda tx: letter(tx, "sending", NOW, sending_at=NOW),
        timedelta(minutes=15),
        lambda tx: tx.execute(update(Outbox).values(state="sent", sent_at=NOW)),
    ),
    TroubleCode.DRAFTS_OVERDUE: (
        lambda tx: letter(tx, "draft", NOW),
        timedelta(days=5, hours=14),  # the fourth working day begins at Jakarta
        lambda tx: tx.execute(update(Outbox).values(state="dropped")),
    ),
    TroubleCode.CLOCK_BEHIND: (
        lambda tx: poll(tx, NOW + HOUR),
        timedelta(0),
        lambda tx: poll(tx, NOW),
    ),
    TroubleCode.PAGES_STALE: (
        lambda tx: tx.execute(update(SiteState).values(error="x", error_at=NOW)),
        timedelta(minutes=15),
        lambda tx: tx.execute(update(SiteState).values(error="", error_at=None)),
    ),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_in_the_store_is_told_and_gone_when_mended(app: App, code: TroubleCode) -> None:
    inject, patience, mend = FAULTS[code]
    with app.store.begin() as tx:
        inject(tx)
    others = {TroubleCode.FOLDER_LATE, TroubleCode.PAGES_STALE} - {code}  # nobody polls or writes
    if patience:
        assert code not in codes(app, NOW + patience - timedelta(seconds=30))
    told = NOW + patience + (DEADLINE if patience else timedelta(0))
    assert set(codes(app, told)) - others == {code}
    with app.store.begin() as tx:
        mend(tx)
    assert set(codes(app, told)) - others == set()


def test_every_trouble_has_a_fault_that_proves_it() -> None:
    """The others' tests stand below, or in test_status (a store that does not open)."""
    below = {
        TroubleCode.DISK_FAULT,
        TroubleCode.DISK_BYTES,
        TroubleCode.DISK_INODES,
        TroubleCode.FOLDER_UNPOLLED,
        TroubleCode.NO_RELAY,
        TroubleCode.LETTERS_OFF,
        TroubleCode.HOUR_FULL,
        TroubleCode.SENDER_FULL,
        TroubleCode.DOMAIN_FULL,
        TroubleCode.DAY_FULL,
        TroubleCode.NO_AUTHSERV,
        TroubleCode.CLOCK_DIFFERS,
        TroubleCode.STORE_CLOSED,
    }
    assert set(TroubleCode) - set(FAULTS) == below


def test_the_last_error_of_a_job_is_told_with_the_mail_that_waits(app: App) -> None:
    with app.store.begin() as tx:
        full = Sentence(section="fault", key="ENOSPC")
        waits(tx, NOW, last_error=freeze(Sentence("error", "files", {"fault": full})), attempts=1)
        poll(tx, NOW + 22 * MINUTE)
    (trouble,) = find_troubles(look(app, NOW + 22 * MINUTE), app.config, NOW + 22 * MINUTE)
    assert say_trouble(trouble, "id").startswith(
        "1 surel belum diperiksa, terlama 22 menit; terakhir: berkas: sistem berkasnya penuh. "
    )


# ── what is no trouble ────────────────────────────────────────────────────────────────────────────


def test_a_first_poll_of_thousands_is_progress(app: App) -> None:
    with app.store.begin() as tx:
        tx.execute(delete(Poll))
        begun = status.poll_started(tx, "warta", "INBOX", NOW)
        status.poll_moved(tx, begun, NOW + 39 * MINUTE, listed=3000, done=1240)
        for number in range(300):
            waits(tx, NOW + number * timedelta(seconds=7), str(number))
    at = NOW + 40 * MINUTE
    assert (codes(app, at), notes(app, at)) == ([], [NoteCode.UNDER_WAY, NoteCode.CATCHING_UP])
    printed = "\n".join(verdict([], find_notes(look(app, at), app.config, at), "id"))
    assert "warta/INBOX: 1.240 dari 3.000 surel diambil" in printed
    assert "Semua baik" not in printed
    stuck = at + 11 * MINUTE  # and when it does not get on any more
    assert set(codes(app, stuck)) == {TroubleCode.UNEXAMINED, TroubleCode.FOLDER_UNPOLLED}


def test_what_a_first_poll_brought_is_worked_off(app: App) -> None:
    """Nothing comes any more; each ten minutes some are examined."""
    with app.store.begin() as tx:
        for number in range(300):
            waits(tx, NOW, str(number))
        tx.execute(
            update(Mail).where(Mail.id <= 40).values(state="examined", examined_at=NOW + HOUR)
        )
        tx.execute(update(Job).where(Job.id <= 40).values(state="done"))
        poll(tx, NOW + HOUR)
    assert codes(app, NOW + HOUR) == []
    assert notes(app, NOW + HOUR) == [NoteCode.CATCHING_UP]
    later = NOW + HOUR + 16 * MINUTE
    assert TroubleCode.UNEXAMINED in codes(app, later)


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("silent", host="h", port=993, fault="-"),
        Unreachable("broke_off", server="h", reply="bye"),
        Unreachable("not_now", server="h", reply="[UNAVAILABLE]"),
        Throttled("limited", server="h", reply="[OVERQUOTA]"),
        Unreachable("unreachable", host="h", fault="-"),
    ],
    ids=lambda error: error.sentence.key,
)
def test_a_server_that_hiccups_is_told_when_it_lasts(app: App, error: ServerError) -> None:
    with app.store.begin() as tx:
        poll(tx, NOW, error.freeze())
    assert codes(app, NOW + MINUTE) == []
    assert codes(app, NOW + 6 * MINUTE) == [TroubleCode.MAILBOX_FAILS]
    with app.store.begin() as tx:
        poll(tx, NOW + 6 * MINUTE)
    assert codes(app, NOW + 7 * MINUTE) == []
    assert notes(app, NOW + 7 * MINUTE) == [NoteCode.RECOVERED]


def test_a_killed_process_that_was_replaced_is_forgotten(app: App) -> None:
    with app.store.begin() as tx:
        process(tx, NOW - 2 * HOUR)
        process(tx, NOW, id="y", started_at=NOW - HOUR)
    assert codes(app) == []


def test_a_download_may_last(app: App) -> None:
    with app.store.begin() as tx:
        fetch = job(tx, mail(tx, NOW, state="examined"), NOW, kind="fetch", state="leased")
        process(tx, NOW, begun_at=NOW - HOUR, begun_job=fetch)
    assert codes(app) == []


def test_a_mail_that_is_asked_for_again_is_told_and_one_that_was_dropped_is_not(app: App) -> None:
    with app.store.begin() as tx:
        owed(tx, "waiting")
        owed(tx, "leased", "b")
    assert (codes(app), notes(app)) == ([], [NoteCode.WITHHELD])
    with app.store.begin() as tx:
        tx.execute(update(Job).values(state="done"))  # `redaksi failed drop`
    assert (codes(app), notes(app)) == ([], [])


def test_a_mail_that_the_server_does_not_give_is_never_our_fault(app: App) -> None:
    with app.store.begin() as tx:
        owed(tx, "failed")
        waits(tx, NOW, "b", state="failed")
    ours, theirs = find_troubles(look(app), app.config, NOW)
    assert (ours.code, ours.facts) == (TroubleCode.FAILED_JOBS, {"n": 1})
    assert (theirs.code, theirs.facts) == (TroubleCode.MAILS_WITHHELD, {"n": 1})
    assert "salah kami" not in say_trouble(theirs, "id")
    assert "redaksi failed retry" in say_trouble(theirs, "id")


def write_pages(tx: Transaction, at: datetime) -> None:
    tx.execute(update(SiteState).values(written_at=at))


def test_pages_that_are_not_written_though_passes_end_are_told(app: App) -> None:
    for minute in range(2, 18, 2):
        with app.store.begin() as tx:
            poll(tx, NOW + minute * MINUTE)
    assert codes(app, NOW + 17 * MINUTE) == []
    for minute in range(18, 28, 2):
        with app.store.begin() as tx:
            poll(tx, NOW + minute * MINUTE)
    assert codes(app, NOW + 27 * MINUTE) == [TroubleCode.PAGES_STALE]
    with app.store.begin() as tx:
        write_pages(tx, NOW + 26 * MINUTE)
    assert codes(app, NOW + 27 * MINUTE) == []


def test_pages_that_were_never_written_are_told_too(app: App) -> None:
    with app.store.begin() as tx:
        tx.execute(delete(SiteState))
        for minute in range(0, 26, 2):
            poll(tx, NOW + minute * MINUTE)
    assert codes(app, NOW + 26 * MINUTE) == [TroubleCode.PAGES_STALE]


def test_pages_wait_while_nobody_polls_and_that_is_told(app: App) -> None:
    """A night without cron is one trouble, not two."""
    assert codes(app, NOW + HOUR) == [TroubleCode.FOLDER_LATE]


def test_pages_wait_while_a_round_of_cron_is_at_many_mails(app: App) -> None:
    """A round writes them at its end: after it examined what it took in, and after the next
    mailbox."""
    with app.store.begin() as tx:
        poll(tx, NOW)
        for number in range(90):
            waits(tx, NOW, str(number))
        tx.execute(update(Mail).where(Mail.id <= 9).values(examined_at=NOW + 15 * MINUTE))
        begun = status.poll_started(tx, "warta", "INBOX", NOW + MINUTE)
        status.poll_moved(tx, begun, NOW + 19 * MINUTE, listed=3000, done=900)
    assert TroubleCode.PAGES_STALE not in codes(app, NOW + 20 * MINUTE)
    with app.store.begin() as tx:
        status.poll_ended(tx, begun, NOW + 20 * MINUTE, new=900)
    assert TroubleCode.PAGES_STALE not in codes(app, NOW + 21 * MINUTE)
    assert TroubleCode.PAGES_STALE in codes(app, NOW + 36 * MINUTE)


def test_drafts_are_told_always(app: App) -> None:
    with app.store.begin() as tx:
        letter(tx, "draft", NOW - HOUR)
    assert (codes(app), notes(app)) == ([], [NoteCode.DRAFTS])


def test_a_mail_of_a_day_to_come_says_nothing_of_the_clock(app: App) -> None:
    with app.store.begin() as tx:
        mail(tx, NOW, state="examined", internaldate=NOW + 400 * DAY)
    assert codes(app) == []
    with app.store.begin() as tx:
        mail(tx, NOW, "b", state="examined", internaldate=NOW + HOUR)
    assert codes(app) == [TroubleCode.CLOCK_BEHIND]


# ── configuration, limits, the database's clock ───────────────────────────────────────────────────


def asked(app: App, **reply: Any) -> App:
    return newsroom.but(app, config=replace(app.config, reply=replace(app.config.reply, **reply)))


def test_contradictions_of_the_configuration(app: App) -> None:
    assert codes(asked(app, mode="auto")) == [TroubleCode.NO_AUTHSERV]
    assert codes(asked(app, host="")) == [TroubleCode.NO_RELAY]
    assert codes(asked(app, host="", mode="off")) == []
    with app.store.begin() as tx:
        letter(tx, "queued", NOW - 5 * HOUR)
    assert codes(asked(app, mode="off")) == [TroubleCode.LETTERS_OFF]
    assert codes(asked(app, per_day=5), sent_today=5) == [TroubleCode.DAY_FULL]


def test_a_folder_nobody_polled_yet(app: App) -> None:
    with app.store.begin() as tx:
        tx.execute(delete(Poll))
    assert codes(app) == [TroubleCode.FOLDER_UNPOLLED]
    with app.store.begin() as tx:
        status.poll_started(tx, "warta", "INBOX", NOW)
    assert codes(app, NOW + 5 * MINUTE) == []


def test_held_letters_say_by_what(app: App) -> None:
    stands = look(app).stands
    for reason, code in (
        ("hour_limit", TroubleCode.HOUR_FULL),
        ("sender_limit", TroubleCode.SENDER_FULL),
        ("domain_limit", TroubleCode.DOMAIN_FULL),
    ):
        assert codes(app, stands=replace(stands, held={reason: 2})) == [code]
    assert codes(app, stands=replace(stands, held={"kind_limit": 2})) == []


def test_the_clocks_of_machine_and_database(app: App) -> None:
    health = look(app).health
    for seconds, found in ((59, []), (-59, []), (61, ["clock_differs"]), (-61, ["clock_differs"])):
        differs = replace(health, database_now=NOW + timedelta(seconds=seconds))
        assert codes(app, health=differs) == found


# ── disks ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"free": 499 << 20}, TroubleCode.DISK_BYTES),
        ({"free": 0}, TroubleCode.DISK_BYTES),
        ({"free": 500 << 20}, None),
        ({"inodes_free": 1999}, TroubleCode.DISK_INODES),
        ({"inodes_free": 0, "inodes": 65536}, TroubleCode.DISK_INODES),
        ({"inodes_free": 90_000, "inodes": 10_000_000}, TroubleCode.DISK_INODES),
        ({"inodes_free": 900, "inodes": 1000}, None),
        ({"inodes_free": 0, "inodes": 0}, None),  # btrfs counts none
        ({"key": "tmp", "free": 60 << 20, "total": 64 << 20}, None),  # in memory
        ({"key": "tmp", "free": 1 << 20, "total": 64 << 20}, TroubleCode.DISK_BYTES),
        ({"fault": errno.ENOSPC}, TroubleCode.DISK_FAULT),
        ({"fault": errno.EDQUOT}, TroubleCode.DISK_FAULT),
        ({"fault": errno.EROFS}, TroubleCode.DISK_FAULT),
        ({"fault": errno.EACCES}, TroubleCode.DISK_FAULT),
    ],
)
def test_room_on_disk(app: App, place: dict[str, Any], code: TroubleCode | None) -> None:
    found = find_troubles(replace(look(app), places=(replace(ROOMY, **place),)), app.config, NOW)
    assert [trouble.code for trouble in found] == ([code] if code else [])


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("step", ["open", "write", "fsync"])
def test_the_deed_names_what_the_system_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, step: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "x")

    name = {"open": "mkstemp", "write": "fdopen", "fsync": "fsync"}[step]
    where = tempfile if step == "open" else os
    monkeypatch.setattr(where, name, refuse)
    assert disks.look_at("data_dir", tmp_path).fault == number
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []  # nothing is left behind
    assert disks.look_at("data_dir", tmp_path).fault == 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none_is_told_and_one_that_is_not_made_yet_is_not(
    app: App, tmp_path: Path
) -> None:
    assert {place.fault for place in disks.look_at_disks(app.config)} == {0}
    (tmp_path / "queue").write_text("a file")
    assert [place.fault for place in disks.look_at_disks(app.config)][-1] == errno.ENOTDIR


def test_what_is_told_is_plain_for_programs(app: App) -> None:
    with app.store.begin() as tx:
        letter(tx, "failed", NOW)
        tx.add(Event(at=NOW, actor="clock", what="x", facts={}))
    found = find_troubles(look(app), app.config, NOW)
    assert msgspec.to_builtins(found) == [{"code": "letters_refused", "facts": {"n": 1}}]
