"""`redaksi pair`: a stray mail becomes the next try of the submission it belongs to."""

from pathlib import Path

import click

from desk.app import open_app
from desk.cli.common import HAND, config_option, fold, require_configuration
from desk.cli.editors.who import find_editor
from desk.cli.speech import HELP
from desk.presentation.reasons import in_words
from desk.sandbox.host import Sandbox, sandbox_limits_of
from desk.workflow import pair as pairing
from redaksi import catalog


@click.command()
@click.argument("number", metavar=HELP.say("help.metavar", "number"))
@click.argument("into", metavar=HELP.say("help.metavar", "into"))
@click.option(
    "--same-person",
    is_flag=True,
    help=HELP.say("help.pair", "same_person"),
)
@click.option("--editor", default="", help=HELP.say("help.pair", "editor"))
@config_option
def pair(*, number: str, into: str, same_person: bool, editor: str, config_path: Path) -> None:
    """Pair, or raise RedaksiError where the two cannot belong together."""
    config = require_configuration(config_path)
    with open_app(config, roles=HAND) as app, Sandbox(sandbox_limits_of(config.sandbox)) as sandbox:
        who = find_editor(app, editor)
        done = pairing.pair(
            app,
            sandbox,
            number.upper(),
            into.upper(),
            editor=who.name,
            account=who.account,
            same_person=same_person,
        )
    words = catalog.load(config.language)
    state = words.say("state", done.state)
    click.echo(
        words.say("cli.pair", "done", number=into.upper(), state=state, n=done.latest_revision)
    )
    for reason in done.unjudged:
        click.echo(fold(f"? {in_words(reason, config.language)}", "  "))
