"""`redaksi reconcile`: is every mail the server holds accounted for? What was overlooked is
taken in. With --blobs: is every file that rows name there, and named what is there?"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from desk.app import open_app, open_reading
from desk.cli.common import config_option, fold, progress, require_configuration
from desk.cli.speech import HELP
from desk.inbound.poll import Reconciled
from desk.inbound.poll import reconcile as compare
from desk.workflow.retention.reconcile import Missing, reconcile_blobs
from desk.workflow.retention.reconcile import Reconciled as Blobs
from redaksi import catalog
from redaksi.catalog import Catalog
from redaksi.config.schema import Config

BUSY = 75
LEAD = " " * 4  # below a blob's name


@click.command()
@click.option("--json", "as_json", is_flag=True, help=HELP.say("help", "for_programs"))
@click.option("--blobs", "of_blobs", is_flag=True, help=HELP.say("help.reconcile", "blobs"))
@config_option
def reconcile(*, as_json: bool, of_blobs: bool, config_path: Path) -> None:
    """Print a line for each folder, or for each blob that differs."""
    config = require_configuration(config_path, secrets=not of_blobs)
    if of_blobs:
        sys.exit(show_blobs(config, as_json=as_json))
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


def show_blobs(config: Config, *, as_json: bool) -> int:
    """Compare rows and blobs, no server; the exit code."""
    words = catalog.load(config.language)
    with open_reading(config) as app, progress(words.say("cli", "progress_files")) as tick:
        found = reconcile_blobs(app, tick)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        for line in list_lines(found, config, words):
            click.echo(line)
    return 0 if found.is_well else 1


def list_lines(found: Blobs, config: Config, words: Catalog) -> Iterator[str]:
    """Counts first; then each blob on a line of its own, below it whose it is or when it goes."""
    counts = {"missing": len(found.missing), "unnamed": len(found.unnamed)}
    yield fold(words.say("cli.reconcile", "blobs", n=found.count, **counts))
    for missing in found.missing:
        yield missing.sha256
        yield fold(word_missing(missing, words), LEAD)
    if found.missing:
        yield fold(words.say("cli.reconcile", "bring_back"))
        yield words.say("cli.reconcile", "bring_back_how", folder=config.home / "blobs")
    for unnamed in found.unnamed:
        yield unnamed.sha256
        key = "overdue" if unnamed.is_overdue else "goes"
        size = -(-unnamed.size >> 10)
        at = f"{unnamed.goes_at:%Y-%m-%d %H:%M}"
        yield fold(words.say("cli.reconcile", key, size=size, at=at), LEAD)


def word_missing(missing: Missing, words: Catalog) -> str:
    """What it is, and the submissions and mails that name it."""
    named = missing.named
    what = words.say("cli.reconcile", f"missing_{named.role}")
    return " · ".join((what, *named.numbers, *named.mails))
