"""`redaksi decide`: an editor's word about a submission, and the letter that goes with it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import click
import msgspec

from desk.app import App, now, open_app
from desk.cli.common import HAND, config_option, require_configuration, words_of
from desk.cli.editors.who import find_editor
from desk.cli.publishing.given import read_body, read_captions, read_moment
from desk.cli.speech import HELP
from desk.domain.moments import word_moment
from desk.store.submissions import accepted
from desk.workflow import decisions
from desk.workflow.deciding.open_files import open_files
from desk.workflow.decisions import Decision
from desk.workflow.publishing.check_page import check_page
from publisher.letters.letter_context import Remark
from redaksi.states import Event

OPEN = "open"  # files that the virus scanner could not look into: no decision about the article
PUBLISHED = "published"  # as an editor says it: what becomes of it, not what is done
EVENTS: tuple[str, ...] = (
    "schedule", "unschedule", PUBLISHED, "taken_down", "note", "return", "decline", "withdraw",
    "reopen", "release", "adopt", "discard", "seen", OPEN,
)  # fmt: skip


@click.command()
@click.argument("number", metavar=HELP.say("help.metavar", "number"))
@click.argument("event", metavar=HELP.say("help.metavar", "event"), type=click.Choice(EVENTS))
@click.option("--revision", "--try", "seen_revision", type=int, help=HELP.say("help.decide", "try"))
@click.option("--on", "moment", default="", help=HELP.say("help.decide", "on"))
@click.option("--embargo", default="", help=HELP.say("help.decide", "embargo"))
@click.option("--url", default="", help=HELP.say("help.decide", "url"))
@click.option("--target", default="", help=HELP.say("help.decide", "target"))
@click.option("--unchecked", is_flag=True, help=HELP.say("help.decide", "unchecked"))
@click.option("--headline", default="", help=HELP.say("help.decide", "headline"))
@click.option("--category", default="", help=HELP.say("help.decide", "category"))
@click.option(
    "--body", "body_path", type=click.Path(path_type=Path), help=HELP.say("help.decide", "body")
)
@click.option("--note", default="", help=HELP.say("help.decide", "note"))
@click.option("--reason", default="", help=HELP.say("help.decide", "reason"))
@click.option("--ask", "asked", multiple=True, help=HELP.say("help.decide", "ask"))
@click.option("--caption", "captioned", multiple=True, help=HELP.say("help.decide", "caption"))
@click.option("--editor", default="", help=HELP.say("help.decide", "editor"))
@click.option("--initials", default="", help=HELP.say("help.decide", "initials"))
@click.option("--silent", is_flag=True, help=HELP.say("help.decide", "silent"))
@click.option("--tell", is_flag=True, help=HELP.say("help.decide", "tell"))
@config_option
def decide(  # noqa: PLR0913 - an option each
    *,
    number: str,
    event: str,
    seen_revision: int | None,
    moment: str,
    embargo: str,
    url: str,
    target: str,
    unchecked: bool,
    headline: str,
    category: str,
    body_path: Path | None,
    note: str,
    reason: str,
    asked: tuple[str, ...],
    captioned: tuple[str, ...],
    editor: str,
    initials: str,
    silent: bool,
    tell: bool,
    config_path: Path,
) -> None:
    """File the decision; its letter is written with it. Raises RedaksiError where it cannot be."""
    config = require_configuration(config_path)
    decision = Decision(
        event=cast("Event", {PUBLISHED: "publish", OPEN: "seen"}.get(event, event)),
        initials=initials,
        embargo=read_moment(embargo, config.zone, now(), timedelta(0)),
        seen_revision=seen_revision,
        url=url,
        target=target,
        unchecked=unchecked,
        headline=headline,
        category=category,
        body=read_body(body_path),
        note=note,
        reason=reason,
        remarks=tuple(Remark(ask=ask) for ask in asked if ask.strip()),
        captions=read_captions(captioned),
        silent=silent,
        tell=tell,
    )
    with open_app(config, roles=HAND) as app:
        who = find_editor(app, editor)
        if event == OPEN:
            open_files(app, number.upper(), editor=who.name, account=who.account)
            click.echo(words_of(config).say("cli.decide", "opened", number=number.upper()))
            return
        decision = msgspec.structs.replace(decision, editor=who.name, account=who.account)
        _decide(app, number.upper(), decision, moment)


def _decide(app: App, number: str, decision: Decision, moment: str) -> None:
    config, words = app.config, words_of(app.config)
    publish_at = read_moment(moment, config.zone, app.clock(), config.reply.undo)
    decision = msgspec.structs.replace(decision, publish_at=publish_at)
    check_page(app, number, decision)
    done = decisions.decide(app, number, decision)
    key = "letter" if done.letter_id else "silent"
    state = words.say("state", done.state)
    facts = {"number": number, "state": state, "letter": done.letter_id}
    click.echo(words.say("cli.decide", key, **facts))
    if publish_at is not None:
        when = words.render(word_moment(publish_at, config.zone))
        others = _count_others(app, number, publish_at)
        click.echo(words.say("cli.decide", "at" if others else "at_alone", when=when, n=others))


def _count_others(app: App, number: str, when: datetime) -> int:
    """How many other articles are scheduled for that day."""
    day = when.astimezone(app.config.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    next_day = (day + timedelta(days=1)).replace(hour=0)
    with app.store.read() as tx:
        return accepted.count_scheduled(tx, day, next_day, number)
