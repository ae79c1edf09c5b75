"""`redaksi takedown`: what is published is to be seen no more."""

from pathlib import Path

import click
import msgspec

from desk.app import open_app
from desk.cli.common import HAND, config_option, require_configuration, words_of
from desk.cli.editors.who import find_editor
from desk.cli.speech import HELP
from desk.workflow import decisions
from desk.workflow.decisions import Decision


@click.command()
@click.argument("number", metavar=HELP.say("help.metavar", "number"))
@click.option("--reason", default="", help=HELP.say("help.takedown", "reason"))
@click.option("--editor", default="", help=HELP.say("help", "editor"))
@click.option("--silent", is_flag=True, help=HELP.say("help.decide", "silent"))
@config_option
def takedown(*, number: str, reason: str, editor: str, silent: bool, config_path: Path) -> None:
    """File the decision; the targets are told at the next pass. Raises RedaksiError."""
    config, number = require_configuration(config_path), number.upper()
    decision = Decision(event="take_down", reason=reason, silent=silent)
    with open_app(config, roles=HAND) as app:
        who = find_editor(app, editor)
        decision = msgspec.structs.replace(decision, editor=who.name, account=who.account)
        decisions.decide(app, number, decision)
    click.echo(words_of(config).say("cli.publish", "taken", number=number))
