"""`redaksi reconcile`: is every mail the server holds accounted for? What was overlooked is
taken in."""

import sys
from pathlib import Path

import click
import msgspec

from desk.app import opened
from desk.cli.common import config_option, required
from desk.inbound.poll import Reconciled
from desk.inbound.poll import reconcile as compare

BUSY = 75


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@config_option
def reconcile(*, as_json: bool, config_path: Path) -> None:
    """Print a line for each folder."""
    config = required(config_path)
    found: list[Reconciled] = []
    busy = []
    with opened(config) as app:
        for box in config.mailbox:
            done = compare(app, box)
            busy += [box.id] if done is None else []
            found += done or []
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        for one in found:
            click.echo(told(one))
    for box_id in busy:
        click.echo(f"{box_id}: sedang dibaca proses lain; coba lagi sebentar lagi", err=True)
    if any(one.left or one.owed for one in found):
        sys.exit(1)
    sys.exit(BUSY if busy else 0)


def told(one: Reconciled) -> str:
    """One folder, for people."""
    line = (
        f"{one.mailbox}/{one.folder}: {one.on_server} di server, {one.overlooked} belum tercatat, {one.taken} diambil "
        f"sekarang, {one.left} tetap hilang, {one.vanished} sudah tidak di folder"
    )
    return f"{line}, {one.owed} ditahan server" if one.owed else line
