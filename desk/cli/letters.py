"""`redaksi letters`: what waits for an editor, and what became of the rest."""

from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from desk import outbox as post_office
from desk.cli.common import config_option, required
from desk.office import Office, opened
from desk.resolve import about
from desk.store import outbox, submissions
from desk.writing import stationery
from publisher.letters.compose import compose
from publisher.letters.occasion import KINDS, LetterKind, Occasion
from publisher.letters.samples import occasions
from publisher.letters.stationery import Key
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


@letters.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--ref", default="", help="A submission's number; without it a sample is shown.")
@click.option("--html", "as_html", is_flag=True, help="The HTML part.")
@config_option
def preview(*, kind: LetterKind, ref: str, as_html: bool, config_path: Path) -> None:
    """A letter as it would be, with your own templates; nothing is stored or sent."""
    with opened(required(config_path)) as office:
        told = _occasion(office, kind, ref)
        now = office.clock().astimezone(office.config.zone)
        key = Key(id="preview", secret=b"a preview is never sent")
        paper = stationery(office, office.config.mailbox[0].id, key, now)
        letter = compose(kind, told, paper)
    if as_html:
        click.echo(letter.html)
        return
    click.echo(f"Kepada: {letter.to}\nPerihal: {letter.subject}\n")
    click.echo(letter.text)


def _occasion(office: Office, kind: LetterKind, ref: str) -> Occasion:
    """What the store knows of the submission, over the sample's: an editor's words are yet to be written."""
    sample = occasions(kind, office.config.language)[0]
    if not ref:
        return sample
    with office.store.read() as tx:
        found = submissions.id_of(tx, ref)
        told = about(tx, office, found) if found is not None else None
    if told is None:
        raise RedaksiError(f"there is no submission {ref} with anybody to write to; redaksi queue")
    return msgspec.structs.replace(
        told, findings=told.findings or sample.findings, fixed=sample.fixed, remarks=sample.remarks,
        publish_at=sample.publish_at, asked=sample.asked, expires=sample.expires, digest=sample.digest,
    )  # fmt: skip
