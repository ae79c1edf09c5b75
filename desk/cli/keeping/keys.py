"""`redaksi keys`: the secrets that sign Message-IDs and plus-addresses of letters."""

from datetime import timedelta
from pathlib import Path

import click

from desk.app import open_app
from desk.cli.common import HAND, config_option, fold, require_configuration, words_of
from desk.cli.speech import HELP
from desk.store.outbound import keys as signing
from redaksi.config.read_tables import parse_duration


def read_span(_context: click.Context, _param: click.Parameter, value: str) -> timedelta:
    """A duration as config.toml writes it. Raises click's error of usage."""
    try:
        return parse_duration(value)
    except ValueError as error:
        raise click.BadParameter(HELP.say("cli.keys", "no_duration", value=value)) from error


@click.group()
def keys() -> None:
    """The group of verbs about signing keys."""


@keys.command(help=HELP.say("help.keys", "rotate"))
@click.option(
    "--expire",
    default="90d",
    callback=read_span,
    show_default=True,
    help=HELP.say("help.keys", "expire"),
)
@config_option
def rotate(*, expire: timedelta, config_path: Path) -> None:
    """A new key signs from now on; the older ones count until they expire."""
    config = require_configuration(config_path)
    words = words_of(config)
    with open_app(config, roles=HAND) as app, app.store.begin() as tx:
        now = app.clock()
        new = signing.rotate(tx, now, expire)
        older = signing.count_valid(tx, now) - 1
    until = (now + expire).astimezone(config.zone)
    click.echo(words.say("cli.keys", "rotated", id=new.id))
    key = "older" if older else "none_older"
    click.echo(fold(words.say("cli.keys", key, n=older, until=f"{until:%Y-%m-%d %H:%M}")))
