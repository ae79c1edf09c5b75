"""THE TABLE: everything `status` calls an alarm. Each fault is injected into a good installation,
told at the latest ten minutes after it became one (by a clock of the test's), told alone, and gone
when it is mended. A new TroubleCode without a row fails the last test.

What the disks' deed and a closed store look like for real: tests/journey/test_full_disk.py and
test_store_closed.py.
"""

import errno
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, update

from desk.app import App
from desk.cli.status import look as look_at_store
from desk.domain.rate_limit import PER_DOMAIN, PER_HOUR, PER_SENDER
from desk.health.confined import Confined
from desk.health.disks import look_at_disks
from desk.health.judge import find_troubles
from desk.health.observed import Place
from desk.health.trouble import TroubleCode
from desk.store import Transaction, schema_meta
from desk.store.outbound import relay
from desk.store.retention import last_purge
from desk.store.tables import Job, Ledger, Outbox, Poll, Process, Publication, SiteState
from redaksi.config.bounds import Level
from redaksi.errors import ServerError
from redaksi.reasons import explain
from tests import newsroom
from tests.troubles import (
    HOUR,
    MINUTE,
    NOW,
    ROOMY,
    installation,
    job,
    letter,
    look,
    mail,
    owed,
    poll,
    process,
    publication,
    waits,
)  # fmt: skip


class World:
    """A good installation that something happens to."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.places: tuple[Place, ...] = (ROOMY,)
        self.database_ahead: timedelta | None = None  # of PostgreSQL's clock
        self.is_closed = False
        self.confined = Confined(level="full")

    def store(self, change: Callable[[Transaction], object]) -> None:
        """Rows."""
        with self.app.store.begin() as tx:
            change(tx)

    def ask(self, **reply: Any) -> None:
        """Keys of [reply]."""
        config = self.app.config
        self.app = newsroom.but(
            self.app, config=replace(config, reply=replace(config.reply, **reply))
        )

    def border(self, name: str) -> None:
        """authserv_id of the mailbox."""
        (box,) = self.app.config.mailbox
        config = replace(self.app.config, mailbox=(replace(box, authserv_id=name),))
        self.app = newsroom.but(self.app, config=config)

    def begin_at(self, before: Level, require: Level) -> None:
        """A process began at a level, and the operator asks for one."""
        self.store(lambda tx: tx.execute(delete(Process)))
        self.store(lambda tx: process(tx, NOW, ended_at=NOW, sandbox=before))
        sandbox = replace(self.app.config.sandbox, require=require)
        self.app = newsroom.but(self.app, config=replace(self.app.config, sandbox=sandbox))

    def find_confined(self, level: str, *lacking: str) -> None:
        """What a probe finds from now on."""
        self.confined = Confined(level=level, lacking=lacking)

    def lose_queue_folder(self) -> None:
        """A file stands where the pages' folder was: the deed fails for real."""
        self.app.config.queue_folder.write_text("a file")
        self.places = look_at_disks(self.app.config)

    def find_queue_folder(self) -> None:
        self.app.config.queue_folder.unlink()
        self.places = look_at_disks(self.app.config)

    def use_database(self, url: str) -> None:
        storage = replace(self.app.config.storage, database=url)
        self.app = newsroom.but(self.app, config=replace(self.app.config, storage=storage))
        self.is_closed = bool(url)

    def codes(self, at: datetime) -> set[TroubleCode]:
        """What `status` tells at a moment."""
        if self.is_closed:
            return {trouble.code for trouble in look_at_store(self.app.config, at)[1]}
        seen = replace(look(self.app, at), places=self.places, confined=self.confined)
        if self.database_ahead is not None:
            clock = at + self.database_ahead
            seen = replace(seen, health=replace(seen.health, database_now=clock))
        return {trouble.code for trouble in find_troubles(seen, self.app.config, at)}


def note_backup(tx: Transaction, at: datetime) -> None:
    schema_meta.change(tx, schema_meta.BACKUP, at.isoformat())


def refused(code: str, **facts: object) -> Callable[[Transaction], object]:
    """A pass that ended with a server's refusal."""
    return lambda tx: poll(tx, NOW, ServerError(code, **facts).freeze())


def held(by: Any) -> Callable[[Transaction], object]:
    return lambda tx: letter(tx, "held", NOW, reason=explain(by))


def confine_worse(world: World) -> None:
    world.begin_at("full", require="basic")
    world.find_confined("basic", "seccomp")


def write_garbage(world: World) -> None:
    file = world.app.config.home / "x.db"
    file.write_bytes(b"no database " * 400)
    world.use_database(f"sqlite:///{file}")


def gone(tx: Transaction) -> None:
    place = {"mailbox_id": "warta", "folder": "INBOX", "uidvalidity": 1, "uid": 7}
    tx.add(Ledger(**place, outcome="gone", seen_at=NOW, message_id="<a@x>"))


def hang(tx: Transaction) -> None:
    begun = job(tx, mail(tx, NOW), NOW, state="leased")
    process(tx, NOW + HOUR, begun_at=NOW, begun_job=begun)


def switch_off(world: World) -> None:
    """While a letter waits."""
    world.ask(mode="off")
    world.store(lambda tx: letter(tx, "queued", NOW))


def fill_the_day(world: World) -> None:
    world.ask(per_day=1)
    world.store(lambda tx: letter(tx, "sent", NOW, "a", sent_at=NOW))
    world.store(lambda tx: letter(tx, "queued", NOW))


AT_ONCE = timedelta(0)
jobs_done = update(Job).values(state="done")
letters_sent = update(Outbox).values(state="sent", sent_at=NOW)
stands = update(Publication).values(state="standing", error_code="")
letters_dropped = update(Outbox).values(state="dropped")
Act = Callable[[World], object]
# The trouble: what brings it, from when on it is one, what mends it.
TABLE: dict[TroubleCode, tuple[Act, timedelta, Act]] = {
    # mails and who examines them
    TroubleCode.UNEXAMINED: (
        lambda w: w.store(lambda tx: waits(tx, NOW)),
        timedelta(minutes=15),
        lambda w: w.store(lambda tx: tx.execute(jobs_done)),
    ),
    TroubleCode.EXAMINER_GONE: (
        lambda w: w.store(lambda tx: process(tx, NOW)),
        timedelta(seconds=60),
        lambda w: w.store(lambda tx: process(tx, NOW + HOUR, id="y", started_at=NOW + MINUTE)),
    ),
    TroubleCode.EXAMINER_HANGS: (
        lambda w: w.store(hang),
        timedelta(minutes=2),  # twice sandbox.wall_clock
        lambda w: w.store(lambda tx: tx.execute(jobs_done)),
    ),
    TroubleCode.FAILED_JOBS: (
        lambda w: w.store(lambda tx: waits(tx, NOW, state="failed")),
        AT_ONCE,
        lambda w: w.store(lambda tx: tx.execute(jobs_done)),
    ),
    TroubleCode.MAILS_WITHHELD: (  # its attempts are used up, or a stand-in came
        lambda w: w.store(lambda tx: owed(tx, "failed")),
        AT_ONCE,
        lambda w: w.store(lambda tx: tx.execute(jobs_done)),
    ),
    TroubleCode.MAILS_GONE: (
        lambda w: w.store(gone),
        AT_ONCE,  # and it came from elsewhere:
        lambda w: w.store(lambda tx: mail(tx, NOW, message_id="<a@x>", state="examined")),
    ),
    # disks
    TroubleCode.DISK_FAULT: (World.lose_queue_folder, AT_ONCE, World.find_queue_folder),
    TroubleCode.DISK_BYTES: (
        lambda w: setattr(w, "places", (replace(ROOMY, free=1 << 20),)),
        AT_ONCE,
        lambda w: setattr(w, "places", (ROOMY,)),
    ),
    TroubleCode.DISK_INODES: (
        lambda w: setattr(w, "places", (replace(ROOMY, inodes_free=0, inodes=65536),)),
        AT_ONCE,
        lambda w: setattr(w, "places", (ROOMY,)),
    ),
    TroubleCode.STORE_CLOSED: (write_garbage, AT_ONCE, lambda w: w.use_database("")),
    # folders
    TroubleCode.FOLDER_FAILS: (
        lambda w: w.store(refused("folder_refused", key="k", folder="x", reply="-", folders="-")),
        AT_ONCE,
        lambda w: w.store(lambda tx: poll(tx, NOW)),
    ),
    TroubleCode.MAILBOX_FAILS: (
        lambda w: w.store(refused("login_refused", server="h", reply="-", remedy="-")),
        AT_ONCE,
        lambda w: w.store(lambda tx: poll(tx, NOW)),
    ),
    TroubleCode.FOLDER_LATE: (
        lambda w: w.store(lambda tx: poll(tx, NOW)),
        timedelta(minutes=6),  # three intervals
        lambda w: w.store(lambda tx: poll(tx, NOW + 15 * MINUTE)),
    ),
    TroubleCode.FOLDER_UNPOLLED: (
        lambda w: w.store(lambda tx: tx.execute(delete(Poll))),
        AT_ONCE,
        lambda w: w.store(lambda tx: poll(tx, NOW)),
    ),
    # letters
    TroubleCode.RELAY_CLOSED: (
        lambda w: w.store(lambda tx: relay.close(tx, NOW, NOW + HOUR, "535 no")),
        AT_ONCE,
        lambda w: w.store(relay.reopen),
    ),
    TroubleCode.NO_RELAY: (lambda w: w.ask(host=""), AT_ONCE, lambda w: w.ask(host="mx.x.id")),
    TroubleCode.LETTERS_OFF: (
        switch_off,
        timedelta(hours=4),
        lambda w: w.store(lambda tx: tx.execute(letters_dropped)),
    ),
    TroubleCode.LETTERS_OVERDUE: (
        lambda w: w.store(lambda tx: letter(tx, "queued", NOW)),
        timedelta(hours=4),
        lambda w: w.store(lambda tx: tx.execute(letters_sent)),
    ),
    TroubleCode.LETTERS_REFUSED: (
        lambda w: w.store(lambda tx: letter(tx, "failed", NOW)),
        AT_ONCE,
        lambda w: w.store(lambda tx: tx.execute(letters_dropped)),
    ),
    TroubleCode.LETTERS_UNKNOWN: (
        lambda w: w.store(lambda tx: letter(tx, "unknown", NOW, sending_at=NOW)),
        AT_ONCE,
        lambda w: w.store(lambda tx: tx.execute(letters_sent)),
    ),
    TroubleCode.LETTER_IN_DOUBT: (
        lambda w: w.store(lambda tx: letter(tx, "sending", NOW, sending_at=NOW)),
        timedelta(minutes=15),
        lambda w: w.store(lambda tx: tx.execute(letters_sent)),
    ),
    TroubleCode.HOUR_FULL: (
        lambda w: w.store(held(PER_HOUR)),
        AT_ONCE,
        lambda w: w.store(lambda tx: tx.execute(letters_sent)),
    ),
    TroubleCode.SENDER_FULL: (
        lambda w: w.store(held(PER_SENDER)),
        AT_ONCE,
        lambda w: w.store(lambda tx: tx.execute(letters_sent)),
    ),
    TroubleCode.DOMAIN_FULL: (
        lambda w: w.store(held(PER_DOMAIN)),
        AT_ONCE,
        lambda w: w.store(lambda tx: tx.execute(letters_sent)),
    ),
    TroubleCode.DAY_FULL: (
        fill_the_day,
        AT_ONCE,
        lambda w: w.store(lambda tx: tx.execute(letters_sent)),
    ),
    TroubleCode.DRAFTS_OVERDUE: (
        lambda w: w.store(lambda tx: letter(tx, "draft", NOW)),
        timedelta(days=5, hours=14),  # the fourth working day begins at Jakarta
        lambda w: w.store(lambda tx: tx.execute(letters_dropped)),
    ),
    # articles at their targets
    TroubleCode.PUBLISH_FAILED: (
        lambda w: w.store(lambda tx: publication(tx, "failed", NOW, error_code="rejected")),
        AT_ONCE,
        lambda w: w.store(lambda tx: tx.execute(stands)),
    ),
    TroubleCode.PUBLISH_ASKS: (
        lambda w: w.store(lambda tx: publication(tx, "asking", NOW)),
        timedelta(days=1, hours=14),  # the second working day begins at Jakarta
        lambda w: w.store(lambda tx: tx.execute(stands)),
    ),
    TroubleCode.PUBLISH_UNSEEN: (
        lambda w: w.store(lambda tx: publication(tx, "checking", NOW, checked_at=NOW)),
        timedelta(days=1, hours=14),
        lambda w: w.store(lambda tx: tx.execute(stands)),
    ),
    TroubleCode.TARGET_PAUSED: (
        lambda w: w.store(lambda tx: relay.close(tx, NOW, NOW + HOUR, "timeout", "target:situs")),
        AT_ONCE,
        lambda w: w.store(lambda tx: relay.reopen(tx, "target:situs")),
    ),
    TroubleCode.NO_AUTHSERV: (
        lambda w: w.ask(mode="auto"),
        AT_ONCE,
        lambda w: w.border("mx.warta.example"),
    ),
    # how far children are confined
    TroubleCode.NO_EXAMINER: (
        lambda w: w.find_confined(""),
        AT_ONCE,
        lambda w: w.find_confined("full"),
    ),
    TroubleCode.CONFINED_LESS: (
        lambda w: w.find_confined("basic", "landlock", "secret"),
        AT_ONCE,
        lambda w: w.begin_at("basic", require="basic"),
    ),
    TroubleCode.CONFINED_WORSE: (
        confine_worse,
        AT_ONCE,
        lambda w: w.begin_at("basic", require="basic"),
    ),
    # clocks
    TroubleCode.CLOCK_BEHIND: (
        lambda w: w.store(lambda tx: poll(tx, NOW + HOUR)),
        AT_ONCE,
        lambda w: w.store(lambda tx: poll(tx, NOW)),
    ),
    TroubleCode.CLOCK_DIFFERS: (
        lambda w: setattr(w, "database_ahead", timedelta(seconds=61)),
        AT_ONCE,
        lambda w: setattr(w, "database_ahead", timedelta(seconds=5)),
    ),
    # the purge: two days after the last one
    TroubleCode.PURGE_LATE: (
        lambda w: w.store(lambda tx: last_purge.note(tx, NOW + MINUTE - timedelta(days=2))),
        timedelta(minutes=1),
        lambda w: w.store(lambda tx: last_purge.note(tx, NOW)),
    ),
    # a backup: a week and a day after the last one; where none was made: never
    TroubleCode.BACKUP_OLD: (
        lambda w: w.store(lambda tx: note_backup(tx, NOW + MINUTE - timedelta(days=8))),
        timedelta(minutes=1),
        lambda w: w.store(lambda tx: note_backup(tx, NOW)),
    ),
    # pages; those that silently stop: test_health
    TroubleCode.PAGES_STALE: (
        lambda w: w.store(lambda tx: tx.execute(update(SiteState).values(error="x", error_at=NOW))),
        timedelta(minutes=15),
        lambda w: w.store(lambda tx: tx.execute(update(SiteState).values(error="", error_at=None))),
    ),
}
DEADLINE = timedelta(minutes=10)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with installation(tmp_path) as app:
        yield World(app)


@pytest.mark.parametrize("code", TABLE)
def test_each_is_told_within_ten_minutes_alone_and_gone_when_mended(
    world: World, code: TroubleCode
) -> None:
    inject, patience, mend = TABLE[code]
    # the test's clock goes on, and nobody polls or writes pages meanwhile
    others = {TroubleCode.FOLDER_LATE, TroubleCode.PAGES_STALE} - {code}
    assert world.codes(NOW) == set()
    inject(world)
    if patience:
        assert code not in world.codes(NOW + patience - timedelta(seconds=30))
    told = NOW + patience + (DEADLINE if patience else timedelta(0))
    assert world.codes(told) - others == {code}
    mend(world)
    assert world.codes(told) - others == set()


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(TroubleCode)


def test_errno_of_a_file_in_the_way_is_the_system_s(world: World) -> None:
    world.lose_queue_folder()
    assert [place.fault for place in world.places if place.fault] == [errno.ENOTDIR]
