"""`redaksi queue`: the review queue in a terminal."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import get_args

import click
import msgspec

from desk.app import App, open_app, open_reading
from desk.cli.common import HAND, config_option, require_configuration
from desk.cli.speech import HELP
from desk.presentation import queue_site
from desk.presentation.absent import find_absent
from desk.presentation.labels import GROUPS
from desk.presentation.queue_rows import make_entry
from desk.store.submissions import review_queue
from desk.store.submissions.review_queue import QueueRow
from publisher.site.pages import Entry, Passed
from publisher.site.wording import ago
from redaksi import catalog
from redaksi.model import Language
from redaksi.states import STATES, State
from redaksi.text import clean

WIDTH = 80
INDENT = " " * 13  # below a submission's number


@click.command()
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(get_args(State)),
    help=HELP.say("help.queue", "state"),
)
@click.option("--json", "as_json", is_flag=True, help=HELP.say("help", "for_programs"))
@click.option("--publish", is_flag=True, help=HELP.say("help.queue", "publish"))
@config_option
def queue(*, states: tuple[State, ...], as_json: bool, publish: bool, config_path: Path) -> None:
    """Print the submissions of these states, or write their pages."""
    config = require_configuration(config_path)
    if publish:
        with open_app(config, roles=HAND) as app:
            queue_site.publish_queue(app, force=True)
    with open_reading(config) as app:
        wanted = states or tuple(s for s in STATES if s != "not_a_submission")
        with app.store.read() as tx:
            rows = review_queue.queue_rows(tx, wanted)
            absent = find_absent(tx, app.config.language, app.clock())
        if as_json:
            click.echo(msgspec.json.encode(rows).decode())
            return
        now = app.clock()
        for line in lines(list_entries(app, rows, now), now, app.config.language):
            click.echo(line)
        for line in absent_lines(absent, now, app.config.language):
            click.echo(line)


def list_entries(app: App, rows: Sequence[QueueRow], now: datetime) -> list[Entry]:
    """The rows as the pages tell them, in the order of the pages."""
    entries = [make_entry(row, app, now) for row in rows]
    return sorted(entries, key=lambda entry: GROUPS.index(entry.group))


def lines(entries: Sequence[Entry], now: datetime, language: Language) -> Iterator[str]:
    """For people: a heading for each group, two lines and the findings for each submission; 80
    columns."""
    words, group = catalog.load(language), ""
    for entry in entries:
        if entry.group != group:
            if group:
                yield ""
            group = entry.group
            yield words.say("page.groups", group)
        yield f"{entry.number:<11}  {clean.line(entry.title, WIDTH - len(INDENT))}"
        marks = " · ".join(badge.text for badge in entry.badges)
        about = (
            f"{clean.line(entry.contributor, 30)} · {marks} · {ago(entry.received, now, language)}"
        )
        yield from _folded(about, INDENT)
        if entry.reason:
            yield from _folded(entry.reason, INDENT)
        if entry.publication:
            yield from _folded(entry.publication, INDENT)
        for title in entry.summary:
            yield from _folded(title, f"{INDENT}- ")
    if entries:
        yield ""
    yield words.say("page", "submissions", n=len(entries))


def absent_lines(absent: Sequence[Passed], now: datetime, language: Language) -> Iterator[str]:
    """Mails that we do not have, below the submissions; nothing where we have all."""
    if absent:
        yield ""
        yield catalog.load(language).say("page", "absent")
    for mail in absent:
        yield from _folded(
            f"{mail.subject} · {mail.outcome} · {ago(mail.received, now, language)}", "  "
        )
        yield from _folded(mail.reason, INDENT)


def _folded(text: str, lead: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
