"""`redaksi example`: what to save and fill in, so that a program without its checkout has it too."""

import click

from desk.cli.example.config_toml import render_example
from desk.cli.speech import HELP


@click.command()
@click.argument("what", metavar=HELP.say("help.metavar", "example"), type=click.Choice(["config"]))
def example(*, what: str) -> None:  # noqa: ARG001 - there is one, so far
    """Print it."""
    click.echo(render_example(), nl=False)
