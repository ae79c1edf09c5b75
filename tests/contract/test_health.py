"""`status` tells the truth: what is an alarm, what is worth a note, what is neither. Every alarm by
itself, injected and mended, stands in test_status_table."""

import errno
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import delete, update

from desk.app import App
from desk.cli.status import lines, verdict
from desk.health import disks
from desk.health.judge import find_notes, find_troubles
from desk.health.trouble import NoteCode, TroubleCode
from desk.health.words import say_trouble
from desk.store import Transaction, status
from desk.store.tables import Event, Job, Mail, Poll, SiteState
from redaksi.catalog import Sentence
from redaksi.catalog.stored import freeze
from redaksi.errors import ServerError, Throttled, Unreachable
from tests import newsroom
from tests.troubles import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    ROOMY,
    codes,
    installation,
    job,
    letter,
    look,
    mail,
    notes,
    owed,
    poll,
    process,
    waits,
)  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with installation(tmp_path) as opened:
        yield opened


def test_nothing_is_told_of_a_good_installation(app: App) -> None:
    assert (codes(app), notes(app)) == ([], [])
    assert list(verdict([], [], "id")) == ["Semua baik."]


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
    assert "warta/INBOX sedang diperiksa untuk pertama kali" in next(lines(look(app, at), at, "id"))
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


@pytest.mark.parametrize(
    ("came", "since"),
    [
        (NOW - HOUR, NOW - HOUR),  # while we did not look
        (None, NOW),
        (NOW + HOUR, NOW),  # its server's clock is ahead
        (datetime(1970, 1, 1, tzinfo=NOW.tzinfo), NOW),
    ],
)
def test_what_waits_counts_from_when_it_came_to_its_server(
    app: App, came: datetime | None, since: datetime
) -> None:
    with app.store.begin() as tx:
        job(tx, mail(tx, NOW, internaldate=came), NOW)
    backlog = look(app, NOW + MINUTE).health.backlog
    assert (backlog.oldest, backlog.arrived) == (NOW, since)
