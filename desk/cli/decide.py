"""`redaksi decide`: an editor's word about a submission, and the letter that goes with it."""

from datetime import datetime, tzinfo
from pathlib import Path

import click

from desk.app import opened
from desk.cli.common import config_option, required
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from publisher.letters.letter_context import Remark
from redaksi.errors import RedaksiError
from redaksi.states import WORDS, Event

EVENTS: tuple[Event, ...] = (
    "schedule", "unschedule", "note", "return", "decline", "withdraw", "reopen", "release", "adopt", "discard",
    "seen",
)  # fmt: skip


@click.command()
@click.argument("number", metavar="NOMOR")
@click.argument("event", type=click.Choice(EVENTS))
@click.option(
    "--revision",
    "--try",
    "seen_revision",
    type=int,
    help="The try you have read; a newer one refuses the decision.",
)
@click.option(
    "--on", "moment", default="", help="schedule: 2026-11-26T09:00, in the redaksi's zone."
)
@click.option("--headline", default="", help="schedule: the title it is published under.")
@click.option("--category", default="", help="schedule: where it is published.")
@click.option("--note", default="", help="schedule: a word to the contributor.")
@click.option("--reason", default="", help="decline: why, in your own words; may be left out.")
@click.option(
    "--ask", "asked", multiple=True, help='note: "Sumber angka: sebutkan …"; once for each thing.'
)
@click.option("--editor", default="", help="The name that signs the letter.")
@click.option("--silent", is_flag=True, help="Without a letter.")
@config_option
def decide(  # noqa: PLR0913 - an option each
    *,
    number: str,
    event: Event,
    seen_revision: int | None,
    moment: str,
    headline: str,
    category: str,
    note: str,
    reason: str,
    asked: tuple[str, ...],
    editor: str,
    silent: bool,
    config_path: Path,
) -> None:
    """File the decision; its letter is written with it. Raises RedaksiError where it cannot be."""
    config = required(config_path)
    decision = Decision(
        event=event,
        editor=editor,
        seen_revision=seen_revision,
        publish_at=_moment(moment, config.zone),
        headline=headline,
        category=category,
        note=note,
        reason=reason,
        remarks=tuple(map(_remark, asked)),
        silent=silent,
    )
    with opened(config) as app:
        done = decisions.decide(app, number.upper(), decision)
    letter = f"; surat {done.letter_id} disiapkan" if done.letter_id else "; tanpa surat"
    click.echo(f"{number.upper()} {WORDS[done.state][config.language]}{letter}")


def _moment(told: str, zone: tzinfo) -> datetime | None:
    if not told:
        return None
    try:
        when = datetime.fromisoformat(told)
    except ValueError as error:
        raise RedaksiError(f"--on {told}: {error}; for example 2026-11-26T09:00") from error
    return when if when.tzinfo else when.replace(tzinfo=zone)


def _remark(told: str) -> Remark:
    title, _, ask = (part.strip() for part in told.partition(":"))
    return (
        Remark(title=title, ask=ask) if ask else Remark(title=" ".join(told.split()[:6]), ask=told)
    )
