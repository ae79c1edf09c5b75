"""`redaksi decide`: an editor's word about a submission, and the letter that goes with it."""

from datetime import datetime, tzinfo
from pathlib import Path
from typing import cast

import click

from desk.app import open_app
from desk.cli.common import HAND, config_option, require_configuration
from desk.cli.speech import HELP
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from publisher.letters.letter_context import Remark
from redaksi import catalog
from redaksi.errors import RedaksiError
from redaksi.states import Event

PUBLISHED = "published"  # as an editor says it: what becomes of it, not what is done
EVENTS: tuple[str, ...] = (
    "schedule", "unschedule", PUBLISHED, "note", "return", "decline", "withdraw", "reopen", "release", "adopt", "discard",
    "seen",
)  # fmt: skip


@click.command()
@click.argument("number", metavar=HELP.say("help.metavar", "number"))
@click.argument("event", metavar=HELP.say("help.metavar", "event"), type=click.Choice(EVENTS))
@click.option("--revision", "--try", "seen_revision", type=int, help=HELP.say("help.decide", "try"))
@click.option("--on", "moment", default="", help=HELP.say("help.decide", "on"))
@click.option("--url", default="", help=HELP.say("help.decide", "url"))
@click.option("--headline", default="", help=HELP.say("help.decide", "headline"))
@click.option("--category", default="", help=HELP.say("help.decide", "category"))
@click.option("--note", default="", help=HELP.say("help.decide", "note"))
@click.option("--reason", default="", help=HELP.say("help.decide", "reason"))
@click.option("--ask", "asked", multiple=True, help=HELP.say("help.decide", "ask"))
@click.option("--caption", "captioned", multiple=True, help=HELP.say("help.decide", "caption"))
@click.option("--editor", default="", help=HELP.say("help.decide", "editor"))
@click.option("--silent", is_flag=True, help=HELP.say("help.decide", "silent"))
@config_option
def decide(  # noqa: PLR0913 - an option each
    *,
    number: str,
    event: str,
    seen_revision: int | None,
    moment: str,
    url: str,
    headline: str,
    category: str,
    note: str,
    reason: str,
    asked: tuple[str, ...],
    captioned: tuple[str, ...],
    editor: str,
    silent: bool,
    config_path: Path,
) -> None:
    """File the decision; its letter is written with it. Raises RedaksiError where it cannot be."""
    config = require_configuration(config_path)
    decision = Decision(
        event=cast("Event", "publish" if event == PUBLISHED else event),
        editor=editor,
        seen_revision=seen_revision,
        publish_at=_moment(moment, config.zone),
        url=url,
        headline=headline,
        category=category,
        note=note,
        reason=reason,
        remarks=tuple(Remark(ask=ask) for ask in asked if ask.strip()),
        captions=read_captions(captioned),
        silent=silent,
    )
    with open_app(config, roles=HAND) as app:
        done = decisions.decide(app, number.upper(), decision)
    words = catalog.load(config.language)
    key = "letter" if done.letter_id else "silent"
    state = words.say("state", done.state)
    facts = {"number": number.upper(), "state": state, "letter": done.letter_id}
    click.echo(words.say("cli.decide", key, **facts))


def read_captions(written: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """ "2=Warga meratakan beton" as a place and a caption. Raises RedaksiError."""
    read = []
    for each in written:
        place, equals, caption = each.partition("=")
        if not equals or not place.strip().isdecimal() or not caption.strip():
            raise RedaksiError("no_caption", value=each)
        read.append((int(place), caption.strip()))
    return tuple(read)


def _moment(written: str, zone: tzinfo) -> datetime | None:
    if not written:
        return None
    try:
        when = datetime.fromisoformat(written)
    except ValueError as error:
        raise RedaksiError("no_moment", value=written) from error
    return when if when.tzinfo else when.replace(tzinfo=zone)
