"""What somebody should look at. Pure: what was observed, the configuration, a moment.

A false alarm teaches people not to look: what passes by itself (a first poll of thousands, a line
that moves, a server that hiccups once) is no trouble.
"""

import errno
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from desk.domain.rate_limit import FINAL_DOT, PER_DOMAIN, PER_HOUR, PER_SENDER
from desk.health.confined import is_enough
from desk.health.kept import judge_backup, judge_purge
from desk.health.observed import Observed, Place
from desk.health.published import judge_publications
from desk.health.trouble import Note, NoteCode, Trouble, TroubleCode
from desk.store.health import Running
from desk.store.status import FolderStatus
from redaksi.catalog.stored import key_of
from redaksi.config.schema import Config, Mailbox
from redaksi.fault import FULL

UNEXAMINED = timedelta(minutes=15)
MOVES = timedelta(minutes=10)  # a pass that got on in that time is under way
SILENT = timedelta(seconds=60)
LONG_PASS = timedelta(minutes=5)
PASSES = 3  # intervals without a good poll
OVERDUE = timedelta(hours=4)
STALE_PAGES = timedelta(minutes=15)
CLOCK = timedelta(seconds=60)
A_DAY = timedelta(days=1)
LEAST_INODES = 2000
OF_A_DISK = FULL | {errno.EROFS, errno.EIO}
# Keys of [error] that the next pass may mend; whatever else a server says needs a person.
PASSING = frozenset({
    "silent", "unreachable", "limited", "limited_silently", "limited_for", "broke_off", "not_now",
    "pass_cut_off", "unreadable_answer",
})  # fmt: skip
# Of these the folder's name is to blame.
OF_A_FOLDER = frozenset({"folder_refused", "no_uidvalidity"})


def find_troubles(observed: Observed, config: Config, now: datetime) -> list[Trouble]:
    """Every reason why somebody should look, the gravest first."""
    return [
        *judge_disks(observed.places, config),
        *judge_level(observed, config),
        *_examining(observed, config, now),
        *_folders(observed, config, now),
        *_letters(observed, config, now),
        *judge_publications(observed, config, now),
        *judge_settings(config),
        *_editors(observed, config, now),
        *judge_clocks(observed, now),
        *_pages(observed, now),
        *judge_purge(observed, now),
        *judge_backup(observed, config, now),
    ]


def find_notes(observed: Observed, config: Config, now: datetime) -> list[Note]:
    """What is told without an alarm."""
    health = observed.health
    notes = [_note_pass(run) for run in health.running if run.listed and _moves(run, now)]
    if health.backlog.waiting and _is_catching_up(observed, now):
        notes.append(Note(code=NoteCode.CATCHING_UP, facts={"n": health.backlog.waiting}))
    if health.drafts and observed.draft_days <= config.queue.sla_days:
        facts: dict[str, object] = {"n": health.drafts, "age": _age(health.oldest_draft, now)}
        notes.append(Note(code=NoteCode.DRAFTS, facts=facts))
    if health.withheld:
        notes.append(Note(code=NoteCode.WITHHELD, facts={"n": health.withheld}))
    if health.died:
        facts = {"n": sum(health.died.values()), "causes": dict(health.died)}
        notes.append(Note(code=NoteCode.READINGS_DIED, facts=facts))
    if failure := health.last_failure:
        facts = {"error": failure.error, "age": _age(failure.at, now)}
        notes.append(Note(code=NoteCode.RECOVERED, facts=facts))
    return notes


def _note_pass(run: Running) -> Note:
    where = f"{run.mailbox}/{run.folder}"
    facts: dict[str, object] = {"where": where, "done": run.done, "listed": run.listed}
    return Note(code=NoteCode.UNDER_WAY, facts=facts)


# ── disks ─────────────────────────────────────────────────────────────────────────────────────────


def judge_disks(places: Sequence[Place], config: Config) -> Iterator[Trouble]:
    """What is a whole file system's once, whatever folders are on it."""
    short: set[int] = set()
    faults: set[tuple[int, int]] = set()
    for place in places:
        if place.fault:
            fault = (place.device, place.fault)
            if fault not in faults or place.fault not in OF_A_DISK:
                yield Trouble(code=TroubleCode.DISK_FAULT, facts=_fault(place))
            faults.add(fault)
        elif place.device not in short and (trouble := _shortage(place, config)):
            short.add(place.device)
            yield trouble


def _fault(place: Place) -> dict[str, object]:
    """Of a full one also what the file system counts."""
    facts: dict[str, object] = {"path": place.path, "errno": place.fault}
    if place.fault == errno.ENOSPC:
        counted = {"free": place.free, "inodes_free": place.inodes_free, "inodes": place.inodes}
        facts |= counted
    return facts


def _shortage(place: Place, config: Config) -> Trouble | None:
    """Little room where mails are kept, or next to none where pages and scratch files are: a /tmp
    in memory is smaller than `storage.min_free` for ever."""
    least = config.storage.min_free
    if place.key not in ("data_dir", "spool"):
        least = min(least, place.total // 20)
    if place.free < least:
        facts: dict[str, object] = {"path": place.path, "free": place.free, "least": least}
        return Trouble(code=TroubleCode.DISK_BYTES, facts=facts)
    if place.inodes_free < max(min(LEAST_INODES, place.inodes // 10), place.inodes // 100):
        facts = {"path": place.path, "free": place.inodes_free, "total": place.inodes}
        return Trouble(code=TroubleCode.DISK_INODES, facts=facts)
    return None


# ── examining ─────────────────────────────────────────────────────────────────────────────────────


def judge_level(observed: Observed, config: Config) -> Iterator[Trouble]:
    """Children that are confined less than is asked for, or than when the work last began."""
    found, before = observed.confined, observed.health.level
    if found is None:
        return
    facts: dict[str, object] = {"level": found.level, "lacking": list(found.lacking)}
    if not found.level:
        yield Trouble(code=TroubleCode.NO_EXAMINER)
    elif not is_enough(found, config.sandbox.require):
        yield Trouble(code=TroubleCode.CONFINED_LESS, facts=facts)
    elif before == "full" != found.level:
        yield Trouble(code=TroubleCode.CONFINED_WORSE, facts={**facts, "before": before})


def _examining(observed: Observed, config: Config, now: datetime) -> Iterator[Trouble]:
    health, clock = observed.health, observed.health.database_now or now
    backlog = health.backlog
    waits = backlog.oldest is not None and now - backlog.oldest > UNEXAMINED
    if waits and not _is_catching_up(observed, now):
        age = _age(backlog.arrived or backlog.oldest, now)
        facts: dict[str, object] = {"n": backlog.waiting, "age": age, "error": backlog.error}
        yield Trouble(code=TroubleCode.UNEXAMINED, facts=facts)
    for worker in health.workers:
        if clock - worker.heartbeat_at > SILENT:
            facts = {"label": worker.label, "age": _age(worker.heartbeat_at, clock)}
            yield Trouble(code=TroubleCode.EXAMINER_GONE, facts=facts)
        elif worker.begun_at and clock - worker.begun_at > 2 * config.sandbox.wall_clock:
            facts = {"label": worker.label, "age": _age(worker.begun_at, clock)}
            yield Trouble(code=TroubleCode.EXAMINER_HANGS, facts=facts)
    if observed.stands.failed_jobs:
        yield Trouble(code=TroubleCode.FAILED_JOBS, facts={"n": observed.stands.failed_jobs})
    if health.refused:
        yield Trouble(code=TroubleCode.MAILS_WITHHELD, facts={"n": health.refused})
    if health.gone:
        yield Trouble(code=TroubleCode.MAILS_GONE, facts={"n": health.gone})


def _is_catching_up(observed: Observed, now: datetime) -> bool:
    """Whether what waits is being worked off: a first poll still brings mails, or more mails were
    examined of late than came, and the oldest was not tried in vain."""
    backlog = observed.health.backlog
    if backlog.error:
        return False
    read = {(known.mailbox, known.folder) for known in observed.stands.folders if known.last_good}
    running = observed.health.running
    first = any(_moves(run, now) and (run.mailbox, run.folder) not in read for run in running)
    return first or backlog.went > backlog.came


def _moves(run: Running, now: datetime) -> bool:
    return now - run.moved_at < MOVES


# ── folders ───────────────────────────────────────────────────────────────────────────────────────


def _folders(observed: Observed, config: Config, now: datetime) -> Iterator[Trouble]:
    busy = {run.mailbox for run in observed.health.running if _moves(run, now)}
    known = {(folder.mailbox, folder.folder): folder for folder in observed.stands.folders}
    for box in config.mailbox:
        found: list[Trouble] = []
        for name in box.folders:
            folder = known.get((box.id, name))
            if folder is not None:
                found += _folder(folder, box, now, is_busy=box.id in busy)
            elif box.id not in busy:
                facts = {"where": f"{box.id}/{name}"}
                found.append(Trouble(code=TroubleCode.FOLDER_UNPOLLED, facts=facts))
        yield from (trouble for at, trouble in enumerate(found) if trouble not in found[:at])


def _folder(
    folder: FolderStatus, box: Mailbox, now: datetime, *, is_busy: bool
) -> Iterator[Trouble]:
    where = f"{folder.mailbox}/{folder.folder}"
    late = folder.last_good is None or now - folder.last_good > PASSES * box.poll
    if folder.error and (late or key_of(folder.error) not in PASSING):
        yield _failure(folder, box)
    elif late and not is_busy:
        if folder.last_good is None:
            yield Trouble(code=TroubleCode.FOLDER_UNPOLLED, facts={"where": where})
        else:
            facts = {"where": where, "age": _age(folder.last_good, now)}
            yield Trouble(code=TroubleCode.FOLDER_LATE, facts=facts)


def _failure(folder: FolderStatus, box: Mailbox) -> Trouble:
    """Of this folder alone, or of the whole mailbox: then once, whatever folders it has."""
    if key_of(folder.error) not in OF_A_FOLDER:
        facts: dict[str, object] = {"where": box.id, "error": folder.error}
        return Trouble(code=TroubleCode.MAILBOX_FAILS, facts=facts)
    where = f"{folder.mailbox}/{folder.folder}"
    facts = {"where": where, "key": f"mailbox.{box.id}.folders", "error": folder.error}
    return Trouble(code=TroubleCode.FOLDER_FAILS, facts=facts)


# ── letters ───────────────────────────────────────────────────────────────────────────────────────


_FULL = {PER_SENDER: TroubleCode.SENDER_FULL, PER_DOMAIN: TroubleCode.DOMAIN_FULL}


def _letters(observed: Observed, config: Config, now: datetime) -> Iterator[Trouble]:
    stands, reply = observed.stands, config.reply
    if refused := stands.letters.get("failed"):
        yield Trouble(code=TroubleCode.LETTERS_REFUSED, facts={"n": refused})
    if unknown := stands.letters.get("unknown"):
        yield Trouble(code=TroubleCode.LETTERS_UNKNOWN, facts={"n": unknown})
    if stopped := stands.held.get(PER_HOUR):
        facts: dict[str, object] = {"n": stopped, "most": reply.per_hour}
        yield Trouble(code=TroubleCode.HOUR_FULL, facts=facts)
    # what is held by the limit on a kind leaves within the hour: no trouble of anybody's
    for reason, code in _FULL.items():
        if held := stands.held.get(reason):
            yield Trouble(code=code, facts={"n": held})
    if stands.sending_since and now - stands.sending_since > FINAL_DOT:
        age = _age(stands.sending_since, now)
        yield Trouble(code=TroubleCode.LETTER_IN_DOUBT, facts={"age": age})
    yield from _standing_still(observed, config, now)


def _standing_still(observed: Observed, config: Config, now: datetime) -> Iterator[Trouble]:
    """Why what is queued does not leave: the reason that is known, else that it waits."""
    stands, reply = observed.stands, config.reply
    queued = stands.letters.get("queued", 0)
    overdue = stands.due_since is not None and now - stands.due_since > OVERDUE
    if reply.mode == "off":
        if overdue:
            yield Trouble(code=TroubleCode.LETTERS_OFF, facts={"n": queued})
    elif stands.relay_error and reply.host:
        until = (stands.relay_until or now).astimezone(config.zone)
        facts: dict[str, object] = {"error": stands.relay_error, "until": f"{until:%H:%M}"}
        yield Trouble(code=TroubleCode.RELAY_CLOSED, facts=facts)
    elif queued and observed.sent_today >= reply.per_day:
        facts = {"n": queued, "most": reply.per_day}
        yield Trouble(code=TroubleCode.DAY_FULL, facts=facts)
    elif overdue and reply.host:
        age = _age(stands.due_since, now)
        yield Trouble(code=TroubleCode.LETTERS_OVERDUE, facts={"age": age})


# ── editors, configuration, clock, pages ──────────────────────────────────────────────────────────


def _editors(observed: Observed, config: Config, now: datetime) -> Iterator[Trouble]:
    health, most = observed.health, config.queue.sla_days
    if health.drafts and observed.draft_days > most:
        age = _age(health.oldest_draft, now)
        facts: dict[str, object] = {"n": health.drafts, "age": age, "most": most}
        yield Trouble(code=TroubleCode.DRAFTS_OVERDUE, facts=facts)


def judge_settings(config: Config) -> Iterator[Trouble]:
    """What contradicts in the configuration: no mistake, but not what somebody meant."""
    reply = config.reply
    if reply.mode != "off" and not reply.host:
        yield Trouble(code=TroubleCode.NO_RELAY)
    silent = [box.id for box in config.mailbox if not box.authserv_id]
    if reply.mode == "auto" and silent:
        keys = ", ".join(f"mailbox.{box}.authserv_id" for box in silent)
        yield Trouble(code=TroubleCode.NO_AUTHSERV, facts={"keys": keys})


def judge_clocks(observed: Observed, now: datetime) -> Iterator[Trouble]:
    """Behind: something was written, or came to the server, later than now. A date of a mail may be
    anything, so only what is less than a day ahead is evidence."""
    health = observed.health
    ahead = [health.newest_row - now] if health.newest_row else []
    if health.arrived and health.arrived - now < A_DAY:
        ahead.append(health.arrived - now)
    if ahead and max(ahead) > CLOCK:
        seconds = int(max(ahead).total_seconds())
        yield Trouble(code=TroubleCode.CLOCK_BEHIND, facts={"age": seconds})
    if health.database_now and abs(health.database_now - now) > CLOCK:
        seconds = int(abs(health.database_now - now).total_seconds())
        yield Trouble(code=TroubleCode.CLOCK_DIFFERS, facts={"age": seconds})


def _pages(observed: Observed, now: datetime) -> Iterator[Trouble]:
    pages = observed.health.pages
    since = pages.error_at
    if since is None and not _is_at_a_long_round(observed, now):
        since = pages.behind_since
    if since and now - since > STALE_PAGES:
        facts: dict[str, object] = {"age": _age(since, now), "error": pages.error}
        yield Trouble(code=TroubleCode.PAGES_STALE, facts=facts)


def _is_at_a_long_round(observed: Observed, now: datetime) -> bool:
    """Whether a round of cron may be at many mails: it writes the pages at its end."""
    runs = observed.health.running
    long = any(_moves(run, now) and now - run.started_at > LONG_PASS for run in runs)
    return long or (observed.health.backlog.waiting > 0 and _is_catching_up(observed, now))


def _age(since: datetime | None, now: datetime) -> int:
    """Seconds, at least 0."""
    return max(0, int((now - since).total_seconds())) if since else 0
