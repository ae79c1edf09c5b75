"""`redaksi status`: how things stand; exits 1 when somebody should look."""

import sys
import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import msgspec

from desk.app import App, opened
from desk.cli.common import config_option, required
from desk.domain.rate_limit import DAY, FINAL_DOT, PER_HOUR
from desk.presentation.labels import LETTERS, STATES
from desk.store import status as standing
from desk.store.outbound import outbox_queries
from desk.store.status import FolderStatus, Status
from publisher.site.wording import ago
from redaksi.model import Language
from redaksi.text import clean

PASSES = 3  # intervals without a good poll before somebody should look
OVERDUE = timedelta(hours=4)  # a letter that is due and does not leave
WIDTH = 80
LABEL = 17  # columns of what a line is about
WORDS: dict[str, dict[str, str]] = {
    "id": {
        "inbox": "Kotak masuk", "mails": "Surel", "submissions": "Naskah", "letters": "Surat",
        "jobs": "Belum diperiksa",
        "look": "perhatikan: ", "well": "Semua baik.", "none": "belum ada",
        "good": "{folder} diperiksa {ago}", "never": "{folder} belum pernah diperiksa", "just": "baru saja",
        "past": "{} lalu", "oldest": "{} surel, terlama {}", "idle": "tidak ada",
        "received": "menunggu", "accept": "siap ditinjau", "review": "diputuskan redaktur", "revise": "dikembalikan",
        "incomplete": "tidak lengkap", "quarantine": "dikarantina", "failed": "gagal diperiksa",
        "ignore": "bukan kiriman",
        "in review": "menunggu redaktur", "not_a_submission": "bukan kiriman",
        "late": "{where}: tidak terperiksa belakangan ini; apakah redaksi run atau cron berjalan?",
        "unpolled": "{where}: belum pernah diperiksa; jalankan redaksi run, atau redaksi poll --once",
        "failed jobs": "{n} surel gagal diperiksa (salah kami); lihat redaksi failed list",
        "letters failed": "{n} surat ditolak peladen; lihat redaksi letters list, lalu send atau drop",
        "unknown": "{n} surat belum pasti terkirim; lihat redaksi letters list",
        "relay": "surat tidak dapat keluar: {error}. Dicoba lagi pukul {until}, atau dengan redaksi letters retry",
        "hour": "reply.per_hour = {most} tercapai: {n} surat otomatis ditahan dan keluar bertahap. Bila tidak wajar, "
                'tulis reply.mode = "draft" dan lihat redaksi letters list',
        "held": "{n} surat ditahan sampai reply.per_sender_per_day lewat; lihat redaksi letters list",
        "day": "reply.per_day = {most} tercapai: {n} surat menunggu dan keluar dalam 24 jam berikutnya",
        "overdue": "surat menunggu dikirim sejak {ago} lalu; apakah redaksi run atau cron berjalan?",
        "doubt": "sebuah surat sejak {ago} lalu belum pasti terkirim dan folder Sent belum dapat ditanya; periksa "
                 "reply.sent, lalu redaksi doctor",
        "no relay": 'reply.host kosong: tidak ada surat yang dapat keluar; isi, atau tulis reply.mode = "off"',
        "off": 'reply.mode = "off": {n} surat menunggu dan tidak keluar',
    },
    "en": {
        "inbox": "Inbox", "mails": "Mails", "submissions": "Submissions", "letters": "Letters",
        "jobs": "To be examined",
        "look": "look: ", "well": "All is well.", "none": "none yet",
        "good": "{folder} checked {ago}", "never": "{folder} never checked", "just": "just now",
        "past": "{} ago", "oldest": "{} mails, the oldest {}", "idle": "none",
        "received": "waiting", "accept": "ready for review", "review": "an editor decides", "revise": "returned",
        "incomplete": "incomplete", "quarantine": "quarantined", "failed": "could not be examined",
        "ignore": "no submission",
        "in review": "waiting for an editor", "not_a_submission": "no submission",
        "late": "{where}: no good poll of late; is redaksi run or cron alive?",
        "unpolled": "{where}: never polled; start redaksi run, or redaksi poll --once",
        "failed jobs": "{n} mails could not be examined (our fault); see redaksi failed list",
        "letters failed": "{n} letters were refused by the server; see redaksi letters list, then send or drop",
        "unknown": "{n} letters did not surely leave; see redaksi letters list",
        "relay": "no letter can leave: {error}. Tried again at {until}, or by redaksi letters retry",
        "hour": "reply.per_hour = {most} is reached: {n} automatic letters are held and leave little by little. If "
                'that is not as it should be, set reply.mode = "draft" and see redaksi letters list',
        "held": "{n} letters are held until reply.per_sender_per_day has passed; see redaksi letters list",
        "day": "reply.per_day = {most} is reached: {n} letters wait and leave within the next 24 hours",
        "overdue": "a letter has been waiting to leave for {ago}; is redaksi run or cron alive?",
        "doubt": "a letter has been in doubt for {ago} and the Sent folder could not be asked; check reply.sent, then "
                 "redaksi doctor",
        "no relay": 'reply.host is empty: no letter can leave; set reply.host, or reply.mode = "off"',
        "off": 'reply.mode = "off": {n} letters wait and do not leave',
    },
}  # fmt: skip


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--quiet", is_flag=True, help="Only the exit code.")
@config_option
def status(*, as_json: bool, quiet: bool, config_path: Path) -> None:
    """Print how things stand."""
    with opened(required(config_path)) as app, app.store.read() as tx:
        stands = standing.status(tx)
        now, language = app.clock(), app.config.language
        sent = len(outbox_queries.left(tx, now - DAY))
        troubles = list(wrong(app, stands, now, sent))
        if as_json:
            told: dict[str, Any] = {
                "well": not troubles,
                "troubles": troubles,
                **msgspec.to_builtins(stands),
            }
            click.echo(msgspec.json.encode(told).decode())
        elif not quiet:
            for line in (*lines(stands, now, language), *verdict(troubles, language)):
                click.echo(line)
    sys.exit(1 if troubles else 0)


def wrong(app: App, stands: Status, now: datetime, sent: int = 0) -> Iterator[str]:
    """Every reason why somebody should look, with the remedy. `sent`: letters that left in 24
    hours."""
    words = WORDS[app.config.language]
    for folder in stands.folders:
        box = app.mailbox(folder.mailbox)
        if box is None:
            continue
        where = f"{folder.mailbox}/{folder.folder}"
        if folder.error:
            yield f"{where}: {clean.line(folder.error, 400)}"
        elif folder.last_good is None or now - folder.last_good > PASSES * box.poll:
            yield words["late"].format(where=where)
    known = {(folder.mailbox, folder.folder) for folder in stands.folders}
    for box in app.config.mailbox:
        for name in box.folders:
            if (box.id, name) not in known:
                yield words["unpolled"].format(where=f"{box.id}/{name}")
    if stands.failed_jobs:
        yield words["failed jobs"].format(n=stands.failed_jobs)
    yield from _letters_wrong(app, stands, sent, now)


def _letters_wrong(app: App, stands: Status, sent: int, now: datetime) -> Iterator[str]:
    words, reply = WORDS[app.config.language], app.config.reply
    if failed := stands.letters.get("failed"):
        yield words["letters failed"].format(n=failed)
    if unknown := stands.letters.get("unknown"):
        yield words["unknown"].format(n=unknown)
    if stopped := stands.held.get(PER_HOUR):
        yield words["hour"].format(n=stopped, most=reply.per_hour)
    if held := sum(stands.held.values()) - (stopped or 0):
        yield words["held"].format(n=held)
    if stands.sending_since and now - stands.sending_since > FINAL_DOT:
        yield words["doubt"].format(ago=ago(stands.sending_since, now, app.config.language))
    yield from _standing_still(app, stands, sent, now)


def _standing_still(app: App, stands: Status, sent: int, now: datetime) -> Iterator[str]:
    """Why what is queued does not leave: the reason that is known, else that it waits."""
    words, reply = WORDS[app.config.language], app.config.reply
    queued = stands.letters.get("queued", 0)
    overdue = stands.due_since is not None and now - stands.due_since > OVERDUE
    if reply.mode == "off":
        if overdue:
            yield words["off"].format(n=queued)
    elif not reply.host:
        yield words["no relay"]
    elif stands.relay_error:
        until = (stands.relay_until or now).astimezone(app.config.zone)
        yield words["relay"].format(error=stands.relay_error, until=f"{until:%H:%M}")
    elif queued and sent >= reply.per_day:
        yield words["day"].format(n=queued, most=reply.per_day)
    elif overdue and stands.due_since is not None:
        yield words["overdue"].format(ago=ago(stands.due_since, now, app.config.language))


def lines(stands: Status, now: datetime, language: Language) -> Iterator[str]:
    """How things stand, for people; 80 columns."""
    words = WORDS[language]
    folders = [_folder(folder, now, language) for folder in stands.folders]
    yield from _line(words["inbox"], "; ".join(folders) or words["none"])
    yield from _line(words["mails"], _counted(stands.mails, words, words["none"]))
    yield from _line(
        words["submissions"], _counted(stands.submissions, _states(language), words["none"])
    )
    yield from _line(words["letters"], _counted(stands.letters, LETTERS[language], words["none"]))
    oldest = ago(stands.oldest_waiting, now, language) if stands.oldest_waiting else ""
    yield from _line(
        words["jobs"], words["oldest"].format(stands.jobs, oldest) if oldest else words["idle"]
    )


def verdict(troubles: list[str], language: Language) -> Iterator[str]:
    """What somebody should look at, or that all is well."""
    words = WORDS[language]
    if not troubles:
        yield words["well"]
    for trouble in troubles:
        yield from textwrap.wrap(
            trouble,
            WIDTH,
            initial_indent=words["look"],
            subsequent_indent="  ",
            break_on_hyphens=False,
        )


def _folder(folder: FolderStatus, now: datetime, language: Language) -> str:
    words, name = WORDS[language], f"{folder.mailbox}/{folder.folder}"
    if folder.last_good is None:
        return words["never"].format(folder=name)
    span = ago(folder.last_good, now, language)
    told = span if span == words["just"] else words["past"].format(span)
    return words["good"].format(folder=name, ago=told)


def _states(language: Language) -> dict[str, str]:
    """Words of states; `review` here is one state, whatever its verdict."""
    words = WORDS[language]
    named = {state: found[2 if language == "id" else 3].lower() for state, found in STATES.items()}
    return named | {"review": words["in review"], "not_a_submission": words["not_a_submission"]}


def _counted(counts: Mapping[Any, int], words: Mapping[str, str], otherwise: str) -> str:
    """ "4 dikembalikan, 2 siap ditinjau": in the order of the words."""
    order = list(words)
    known = sorted(counts, key=lambda what: order.index(what) if what in words else len(order))
    return (
        ", ".join(
            f"{counts[what]}\N{NO-BREAK SPACE}{words.get(what, what)}"
            for what in known
            if counts[what]
        )
        or otherwise
    )


def _line(label: str, text: str) -> list[str]:
    folded = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"{label:<{LABEL}}",
        subsequent_indent=" " * LABEL,
        break_on_hyphens=False,
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in folded]
