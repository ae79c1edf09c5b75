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
from desk.cli.speech import HELP
from redaksi.errors import ConfigError

LOOK = 0.5  # seconds between two looks for a signal


@click.command()
@click.option("--listen", default="", help=HELP.say("help.serve", "listen"))
@config_option
def serve(*, listen: str, config_path: Path) -> None:
    """Serve the desk until a signal comes. Raises ConfigError where it cannot."""
    try:
        from desk.web.server import serve_desk  # noqa: PLC0415 - needs the extra [web]
    except ImportError as error:
        raise ConfigError("no_web") from error
    config = require_configuration(config_path)
    signals = catch_signals()
    with open_app(config, roles=("web",)) as app, serve_desk(app, listen) as desk:
        click.echo(words_of(config).say("cli.serve", "listening", url=desk.base_url))
        while not has_signal(signals, LOOK):
            pass
