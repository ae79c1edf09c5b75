"""`redaksi serve`: the desk alone, without the worker."""

from pathlib import Path

import click

from desk.app import open_app
from desk.cli.common import (
    catch_signals,
    config_option,
    has_signal,
    require_configuration,
    words_of,
)
from desk.cli.editors.extra import find_desk
from desk.cli.speech import HELP

LOOK = 0.5  # seconds between two looks for a signal


@click.command()
@click.option("--listen", default="", help=HELP.say("help.serve", "listen"))
@config_option
def serve(*, listen: str, config_path: Path) -> None:
    """Serve the desk until a signal comes. Raises ConfigError where it cannot."""
    serve_desk = find_desk()
    config = require_configuration(config_path)
    signals = catch_signals()
    with open_app(config, roles=("web",)) as app, serve_desk(app, listen) as desk:
        click.echo(words_of(config).say("cli.serve", "listening", url=desk.base_url))
        while not has_signal(signals, LOOK):
            pass
