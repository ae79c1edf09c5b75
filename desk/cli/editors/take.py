"""`redaksi take`: files that came by another way than mail, taken in as the desk does."""

import secrets
from pathlib import Path
from typing import get_args

import click

from desk.app import open_app
from desk.cli.common import HAND, config_option, require_configuration, words_of
from desk.cli.speech import HELP
from desk.inbound.take_in import Channel, Taken, TakenFile, take_in


@click.command()
@click.argument(
    "files",
    nargs=-1,
    metavar=HELP.say("help.take", "files"),
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--from", "address", default="", help=HELP.say("help.take", "from"))
@click.option("--name", default="", help=HELP.say("help.take", "name"))
@click.option("--text", default="", help=HELP.say("help.take", "text"))
@click.option("--for", "number", default="", help=HELP.say("help.take", "for"))
@click.option(
    "--channel",
    default="other",
    type=click.Choice(get_args(Channel)),
    help=HELP.say("help.take", "channel"),
)
@config_option
def take(
    *,
    files: tuple[Path, ...],
    address: str,
    name: str,
    text: str,
    number: str,
    channel: Channel,
    config_path: Path,
) -> None:
    """File them as one mail, to be examined at the next pass. Raises RedaksiError."""
    config = require_configuration(config_path)
    taken = Taken(
        form=secrets.token_hex(8),
        channel=channel,
        files=tuple(TakenFile(name=file.name, content=file.read_bytes()) for file in files),
        text=text,
        name=name,
        address=address,
        number=number.upper(),
    )
    with open_app(config, roles=HAND) as app:
        found = take_in(app, taken)
    click.echo(words_of(config).say("cli.take", "taken", n=found.mail_id))
