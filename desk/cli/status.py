"""`redaksi status`: how things stand; exits 1 when somebody should look."""

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import msgspec

from desk.app import now as read_clock
from desk.app import open_reading
from desk.cli.common import config_option, require_configuration
from desk.cli.speech import HELP
from desk.health.confined import measure
from desk.health.disks import look_at_disks
from desk.health.judge import find_notes, find_troubles, judge_disks
from desk.health.look import observe
from desk.health.observed import Observed
from desk.health.trouble import Note, NoteCode, Trouble, TroubleCode
from desk.health.words import say_note, say_trouble
from desk.store.status import FolderStatus
from publisher.site.wording import ago
from redaksi import catalog
from redaksi.config.schema import Config
from redaksi.errors import StoreError, StoreUnfit
from redaksi.model import Language

WIDTH = 80
LABEL = 17  # columns of what a line is about


@click.command()
@click.option("--json", "as_json", is_flag=True, help=HELP.say("help", "for_programs"))
@click.option("--quiet", is_flag=True, help=HELP.say("help.status", "quiet"))
@config_option
def status(*, as_json: bool, quiet: bool, config_path: Path) -> None:
    """Print how things stand."""
    config = require_configuration(config_path)
    now = read_clock()
    observed, troubles = look(config, now)
    notes = find_notes(observed, config, now) if observed else []
    if as_json:
        click.echo(msgspec.json.encode(plain(observed, troubles, notes, config.language)).decode())
    elif not quiet:
        shown = lines(observed, now, config.language) if observed else ()
        for line in (*shown, *verdict(troubles, notes, config.language)):
            click.echo(line)
    sys.exit(1 if troubles else 0)


def look(config: Config, now: datetime) -> tuple[Observed | None, list[Trouble]]:
    """What is observed, None where the store cannot be opened, and what is wrong."""
    try:
        with open_reading(config) as app:
            observed = observe(app, measure(config.sandbox))
        return observed, find_troubles(observed, config, now)
    except StoreUnfit:
        raise
    except StoreError as error:  # a full disk may be why, and the disks still tell
        closed = Trouble(code=TroubleCode.STORE_CLOSED, facts={"error": error.freeze()})
        return None, [closed, *judge_disks(look_at_disks(config), config)]


def plain(
    observed: Observed | None,
    troubles: Sequence[Trouble],
    notes: Sequence[Note],
    language: Language,
) -> dict[str, Any]:
    """For programs: codes with their facts, each with its sentence."""
    return {
        "well": not troubles,
        "troubles": [
            {**msgspec.to_builtins(trouble), "text": say_trouble(trouble, language)}
            for trouble in troubles
        ],
        "notes": [
            {**msgspec.to_builtins(note), "text": say_note(note, language)} for note in notes
        ],
        **(msgspec.to_builtins(observed.stands) if observed else {}),
        "oldest_waiting": observed.health.backlog.arrived if observed else None,
        "sandbox": msgspec.to_builtins(observed.confined) if observed else None,
    }


def lines(observed: Observed, now: datetime, language: Language) -> Iterator[str]:
    """How things stand, for people; 80 columns."""
    words, stands = catalog.load(language), observed.stands
    under_way = {(run.mailbox, run.folder) for run in observed.health.running}
    none = words.say("status", "none")
    folders = [
        _folder(folder, now, language, is_polled=(folder.mailbox, folder.folder) in under_way)
        for folder in stands.folders
    ]
    yield from _line(words.say("status", "inbox"), "; ".join(folders) or none)
    for label, counts, names in (
        (words.say("status", "mails"), stands.mails, words.words("status.mail")),
        (words.say("status", "submissions"), stands.submissions, words.words("status.submission")),
        (words.say("status", "letters"), stands.letters, words.words("letter_state")),
    ):
        yield from _line(label, _counted(counts, names, none))
    waiting = words.say("status", "idle")
    if arrived := observed.health.backlog.arrived:
        oldest = ago(arrived, now, language)
        waiting = words.say("status", "oldest", n=stands.jobs, ago=oldest)
    yield from _line(words.say("status", "jobs"), waiting)
    if observed.confined is not None:
        level = words.say("status.level", observed.confined.level or "none")
        yield from _line(words.say("status", "sandbox"), level)


def verdict(
    troubles: Sequence[Trouble], notes: Sequence[Note], language: Language
) -> Iterator[str]:
    """What somebody should look at and what is worth knowing, or that all is well."""
    words = catalog.load(language)
    if not troubles and all(note.code is NoteCode.RECOVERED for note in notes):
        yield words.say("status", "well")
    for trouble in troubles:
        yield from _folded(words.say("status", "look"), say_trouble(trouble, language))
    for note in notes:
        yield from _folded(words.say("status", "note"), say_note(note, language))


def _folded(lead: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=lead, subsequent_indent="  ", break_on_hyphens=False
    )


def _folder(folder: FolderStatus, now: datetime, language: Language, *, is_polled: bool) -> str:
    words, name = catalog.load(language), f"{folder.mailbox}/{folder.folder}"
    if folder.last_good is None:
        return words.say("status", "first" if is_polled else "never", folder=name)
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
