"""`redaksi status`: how things stand; exits 1 when somebody should look."""

import sys
import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import msgspec

from desk.app import App, open_reading
from desk.cli.common import config_option, require_configuration
from desk.cli.speech import HELP
from desk.domain.rate_limit import DAY, FINAL_DOT, PER_HOUR
from desk.store import status as standing
from desk.store.outbound import outbox_queries
from desk.store.status import FolderStatus, Status
from publisher.site.wording import ago
from redaksi import catalog
from redaksi.catalog.stored import say_stored
from redaksi.model import Language
from redaksi.text import clean

PASSES = 3  # intervals without a good poll before somebody should look
OVERDUE = timedelta(hours=4)  # a letter that is due and does not leave
WIDTH = 80
LABEL = 17  # columns of what a line is about


@click.command()
@click.option("--json", "as_json", is_flag=True, help=HELP.say("help", "for_programs"))
@click.option("--quiet", is_flag=True, help=HELP.say("help.status", "quiet"))
@config_option
def status(*, as_json: bool, quiet: bool, config_path: Path) -> None:
    """Print how things stand."""
    with open_reading(require_configuration(config_path)) as app, app.store.read() as tx:
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
    words = catalog.load(app.config.language)
    for folder in stands.folders:
        box = app.mailbox(folder.mailbox)
        if box is None:
            continue
        where = f"{folder.mailbox}/{folder.folder}"
        if folder.error:
            yield f"{where}: {clean.line(say_stored(folder.error, words), 400)}"
        elif folder.last_good is None or now - folder.last_good > PASSES * box.poll:
            yield words.say("status", "late", where=where)
    known = {(folder.mailbox, folder.folder) for folder in stands.folders}
    for box in app.config.mailbox:
        for name in box.folders:
            if (box.id, name) not in known:
                yield words.say("status", "unpolled", where=f"{box.id}/{name}")
    if stands.failed_jobs:
        yield words.say("status", "failed_jobs", n=stands.failed_jobs)
    yield from _letters_wrong(app, stands, sent, now)


def _letters_wrong(app: App, stands: Status, sent: int, now: datetime) -> Iterator[str]:
    words, reply = catalog.load(app.config.language), app.config.reply
    if failed := stands.letters.get("failed"):
        yield words.say("status", "letters_failed", n=failed)
    if unknown := stands.letters.get("unknown"):
        yield words.say("status", "unknown", n=unknown)
    if stopped := stands.held.get(PER_HOUR):
        yield words.say("status", "hour", n=stopped, most=reply.per_hour)
    if held := sum(stands.held.values()) - (stopped or 0):
        yield words.say("status", "held", n=held)
    if stands.sending_since and now - stands.sending_since > FINAL_DOT:
        yield words.say("status", "doubt", ago=ago(stands.sending_since, now, app.config.language))
    yield from _standing_still(app, stands, sent, now)


def _standing_still(app: App, stands: Status, sent: int, now: datetime) -> Iterator[str]:
    """Why what is queued does not leave: the reason that is known, else that it waits."""
    words, reply = catalog.load(app.config.language), app.config.reply
    queued = stands.letters.get("queued", 0)
    overdue = stands.due_since is not None and now - stands.due_since > OVERDUE
    if reply.mode == "off":
        if overdue:
            yield words.say("status", "off", n=queued)
    elif not reply.host:
        yield words.say("status", "no_relay")
    elif stands.relay_error:
        until = (stands.relay_until or now).astimezone(app.config.zone)
        yield words.say(
            "status", "relay", error=say_stored(stands.relay_error, words), until=f"{until:%H:%M}"
        )
    elif queued and sent >= reply.per_day:
        yield words.say("status", "day", n=queued, most=reply.per_day)
    elif overdue and stands.due_since is not None:
        yield words.say("status", "overdue", ago=ago(stands.due_since, now, app.config.language))


def lines(stands: Status, now: datetime, language: Language) -> Iterator[str]:
    """How things stand, for people; 80 columns."""
    words = catalog.load(language)
    none = words.say("status", "none")
    folders = [_folder(folder, now, language) for folder in stands.folders]
    yield from _line(words.say("status", "inbox"), "; ".join(folders) or none)
    for label, counts, names in (
        (words.say("status", "mails"), stands.mails, words.words("status.mail")),
        (words.say("status", "submissions"), stands.submissions, words.words("status.submission")),
        (words.say("status", "letters"), stands.letters, words.words("letter_state")),
    ):
        yield from _line(label, _counted(counts, names, none))
    waiting = words.say("status", "idle")
    if stands.oldest_waiting:
        oldest = ago(stands.oldest_waiting, now, language)
        waiting = words.say("status", "oldest", n=stands.jobs, ago=oldest)
    yield from _line(words.say("status", "jobs"), waiting)


def verdict(troubles: list[str], language: Language) -> Iterator[str]:
    """What somebody should look at, or that all is well."""
    words = catalog.load(language)
    if not troubles:
        yield words.say("status", "well")
    for trouble in troubles:
        yield from textwrap.wrap(
            trouble,
            WIDTH,
            initial_indent=words.say("status", "look"),
            subsequent_indent="  ",
            break_on_hyphens=False,
        )


def _folder(folder: FolderStatus, now: datetime, language: Language) -> str:
    words, name = catalog.load(language), f"{folder.mailbox}/{folder.folder}"
    if folder.last_good is None:
        return words.say("status", "never", folder=name)
    if now - folder.last_good < timedelta(minutes=1):
        return words.say("status", "good_now", folder=name)
    return words.say("status", "good", folder=name, ago=ago(folder.last_good, now, language))


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
