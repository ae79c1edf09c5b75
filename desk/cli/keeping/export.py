"""`redaksi export`: a person's data, for the person."""

import sys
from pathlib import Path

import click

from desk.app import open_reading
from desk.cli.common import config_option, require_configuration, words_of
from desk.cli.speech import HELP
from desk.store.people.belongings import plain_address
from desk.workflow.people.export import export as write_export
from redaksi.errors import RedaksiError
from redaksi.text import clean


@click.command()
@click.argument("address", metavar=HELP.say("help.metavar", "address"))
@click.argument(
    "folder", type=click.Path(path_type=Path), metavar=HELP.say("help.metavar", "folder")
)
@config_option
def export(*, address: str, folder: Path, config_path: Path) -> None:
    """Write it; exit 1 where a file that is named is no longer there. Raises RedaksiError."""
    config = require_configuration(config_path)
    with open_reading(config) as app:
        written = write_export(app, require_address(address), folder)
    facts = {"submissions": written.submissions, "mails": written.mails, "files": written.files}
    words = words_of(config)
    click.echo(words.say("cli.people", "exported", folder=folder, kb=_kb(written.bytes), **facts))
    if written.missing:
        click.echo(words.say("cli.people", "missing", n=written.missing), err=True)
        sys.exit(1)


def require_address(given: str) -> str:
    """The address that is meant. Raises RedaksiError."""
    key = plain_address(given)
    if not key:
        raise RedaksiError("no_address_given", value=clean.line(given, 80))
    return key


def _kb(size: int) -> int:
    return -(-size // 1024)
