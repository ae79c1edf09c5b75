"""`redaksi letters`: what waits for an editor, and what became of the rest."""

from datetime import UTC, datetime
from pathlib import Path

import click

from desk import outbox as post_office
from desk.cli.common import config_option, required
from desk.office import opened
from desk.store import outbox
from redaksi.errors import RedaksiError


@click.group()
def letters() -> None:
    """Letters that wait for an editor: list, show, send, drop."""


@letters.command("list")
@config_option
def list_(*, config_path: Path) -> None:
    """Drafts, held letters, and letters whose fate is not known."""
    with opened(required(config_path)) as office, office.store.read() as tx:
        waiting = outbox.drafts(tx)
    for letter in waiting:
        click.echo(
            f"{letter.id:>5}  {letter.state:<8} {letter.kind:<17} {letter.to:<32} {letter.subject[:60]}"
        )
        click.echo(f"       {letter.why or letter.last_error}")
    click.echo(f"{len(waiting)} surat menunggu redaktur. Kirim: redaksi letters send NOMOR")


@letters.command()
@click.argument("number", type=int)
@config_option
def show(*, number: int, config_path: Path) -> None:
    """The letter as its reader sees it."""
    with opened(required(config_path)) as office, office.store.read() as tx:
        letter = outbox.get(tx, number)
    if letter is None:
        raise RedaksiError(f"there is no letter {number}; redaksi letters list")
    click.echo(f"Kepada: {letter.to}\nPerihal: {letter.subject}\nKeadaan: {letter.state} {letter.why}\n")
    click.echo(letter.text)


@letters.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@config_option
def send(*, numbers: tuple[int, ...], config_path: Path) -> None:
    """Send these letters now."""
    with opened(required(config_path)) as office:
        with office.store.begin() as tx:
            for number in numbers:
                outbox.release(tx, number, datetime.now(UTC))
        sent = post_office.post(office)
    click.echo(f"{sent} surat terkirim")


@letters.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@config_option
def drop(*, numbers: tuple[int, ...], config_path: Path) -> None:
    """Do not send these letters."""
    with opened(required(config_path)) as office, office.store.begin() as tx:
        for number in numbers:
            outbox.drop(tx, number, datetime.now(UTC))
    click.echo(f"{len(numbers)} surat dibatalkan")
