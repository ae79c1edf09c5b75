"""`redaksi replay`: a mail is examined again, now."""

from pathlib import Path

import click

from desk.app import open_app
from desk.cli.common import HAND, config_option, require_configuration
from desk.cli.speech import HELP
from desk.presentation.check_text import format_examination
from desk.sandbox.host import Sandbox, sandbox_limits_of
from desk.workflow import replay as replaying
from redaksi import catalog


@click.command()
@click.argument("number", metavar=HELP.say("help.metavar", "number"))
@click.option("--apply", is_flag=True, help=HELP.say("help.replay", "apply"))
@config_option
def replay(*, number: str, apply: bool, config_path: Path) -> None:
    """Show what comes of it; file it where that is asked for."""
    config = require_configuration(config_path)
    number = number.upper()
    with open_app(config, roles=HAND) as app, Sandbox(sandbox_limits_of(config.sandbox)) as sandbox:
        examination = replaying.replay(app, sandbox, number, apply=apply)
    click.echo(format_examination(examination, config.language))
    words = catalog.load(config.language)
    click.echo(words.say("cli.replay", "filed" if apply else "shown", number=number))
