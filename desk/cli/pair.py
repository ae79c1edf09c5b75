"""`redaksi pair`: a stray mail becomes the next try of the submission it belongs to."""

from pathlib import Path

import click

from desk.app import opened
from desk.cli.common import config_option, required
from desk.sandbox.host import Sandbox, sandbox_limits_of
from desk.workflow import pair as pairing
from redaksi.states import WORDS


@click.command()
@click.argument("number", metavar="NOMOR")
@click.argument("into", metavar="KIRIMAN")
@click.option(
    "--same-person",
    is_flag=True,
    help="The sender is KIRIMAN's contributor, writing from elsewhere.",
)
@click.option("--editor", default="", help="Your name, for the history.")
@config_option
def pair(*, number: str, into: str, same_person: bool, editor: str, config_path: Path) -> None:
    """Pair, or raise RedaksiError where the two cannot belong together."""
    config = required(config_path)
    with opened(config) as app, Sandbox(sandbox_limits_of(config.sandbox)) as sandbox:
        done = pairing.pair(
            app, sandbox, number.upper(), into.upper(), editor=editor, same_person=same_person
        )
    click.echo(
        f"{into.upper()} {WORDS[done.state][config.language]}; percobaan {done.latest_revision}"
    )
