"""`redaksi reconcile`: is every mail the server holds accounted for? What was overlooked is
taken in."""

import sys
from pathlib import Path

import click
import msgspec

from desk.app import open_app
from desk.cli.common import config_option, fold, require_configuration
from desk.cli.speech import HELP
from desk.inbound.poll import Reconciled
from desk.inbound.poll import reconcile as compare
from redaksi import catalog
from redaksi.catalog import Catalog

BUSY = 75


@click.command()
@click.option("--json", "as_json", is_flag=True, help=HELP.say("help", "for_programs"))
@config_option
def reconcile(*, as_json: bool, config_path: Path) -> None:
    """Print a line for each folder."""
    config = require_configuration(config_path, secrets=True)
    words = catalog.load(config.language)
    found: list[Reconciled] = []
    busy = []
    with open_app(config) as app:
        for box in config.mailbox:
            done = compare(app, box)
            busy += [box.id] if done is None else []
            found += done or []
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        for each in found:
            click.echo(fold(describe(each, words)))
    for box_id in busy:
        click.echo(words.say("cli.reconcile", "busy", box=box_id), err=True)
    if any(each.left or each.owed or each.gone for each in found):
        sys.exit(1)
    sys.exit(BUSY if busy else 0)


def describe(folder: Reconciled, words: Catalog) -> str:
    """One folder, for people."""
    counts = {
        name: getattr(folder, name)
        for name in ("on_server", "overlooked", "taken", "left", "vanished")
    }
    where = f"{folder.mailbox}/{folder.folder}"
    line = words.say("cli.reconcile", "folder", folder=where, **counts)
    if folder.owed:
        line = words.say("cli.reconcile", "owed", folder=line, owed=folder.owed)
    if folder.gone:
        line = words.say("cli.reconcile", "gone", folder=line, n=folder.gone)
    return line
