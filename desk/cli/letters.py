"""`redaksi letters`: what waits for an editor, and what became of the rest."""

from pathlib import Path

import click
import msgspec

from desk.app import App, opened
from desk.cli.common import config_option, required
from desk.outbound import sender as post_office
from desk.outbound.enqueue import stationery
from desk.presentation.labels import LETTERS
from desk.presentation.reasons import in_words
from desk.store.outbound import outbox
from desk.store.submissions import submission_rows
from desk.workflow.decisions import about
from publisher.letters.compose import compose
from publisher.letters.letter_context import KINDS, LetterContext, LetterKind
from publisher.letters.samples import letter_contexts
from publisher.letters.stationery import Key
from redaksi.errors import RedaksiError


@click.group()
def letters() -> None:
    """The group of verbs about letters that wait for an editor."""


@letters.command("list")
@config_option
def list_(*, config_path: Path) -> None:
    """Drafts, held letters, those that were refused, and those whose fate is not known."""
    with opened(required(config_path)) as app, app.store.read() as tx:
        waiting, language = outbox.drafts(tx), app.config.language
    for letter in waiting:
        click.echo(
            f"{letter.id:>5}  {letter.state:<8} {letter.kind:<17} {letter.to:<32} {letter.subject[:60]}"
        )
        click.echo(f"       {letter.last_error or in_words(letter.reason, language)}")
    click.echo(f"{len(waiting)} surat menunggu redaktur. Kirim: redaksi letters send NOMOR")


@letters.command()
@click.argument("number", type=int)
@config_option
def show(*, number: int, config_path: Path) -> None:
    """The letter as its reader sees it."""
    with opened(required(config_path)) as app, app.store.read() as tx:
        letter, language = outbox.get(tx, number), app.config.language
    if letter is None:
        raise RedaksiError(f"there is no letter {number}; redaksi letters list")
    because = letter.last_error or in_words(letter.reason, language)
    click.echo(
        f"Kepada: {letter.to}\nPerihal: {letter.subject}\nKeadaan: {letter.state} {because}\n"
    )
    click.echo(letter.text)


editor_option = click.option("--editor", default="", help="Who says so; it stands in the history.")


@letters.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@editor_option
@config_option
def send(*, numbers: tuple[int, ...], editor: str, config_path: Path) -> None:
    """Send these letters now, past the limits on a sender and an hour. Exit 1 when none can
    leave."""
    with opened(required(config_path)) as app:
        _must_leave(app)
        with app.store.begin() as tx:
            for number in numbers:
                outbox.release(tx, number, app.clock(), _actor(editor))
        sent = post_office.post(app, eager=True)
        with app.store.read() as tx:
            found = [outbox.get(tx, number) for number in numbers]
        for letter in found:
            if letter is not None and letter.state != "sent":
                click.echo(
                    f"surat {letter.id}: {LETTERS['id'][letter.state]} {letter.last_error}".rstrip()
                )
    click.echo(f"{sent} surat terkirim")


@letters.command()
@config_option
def retry(*, config_path: Path) -> None:
    """Try the relay now, for instance after the password was mended. Exit 1 when it still takes
    nothing."""
    with opened(required(config_path)) as app:
        _must_leave(app)
        sent = post_office.post(app, eager=True)
    click.echo(f"{sent} surat terkirim")


@letters.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@editor_option
@config_option
def drop(*, numbers: tuple[int, ...], editor: str, config_path: Path) -> None:
    """Do not send these letters."""
    with opened(required(config_path)) as app, app.store.begin() as tx:
        for number in numbers:
            outbox.drop(tx, number, app.clock(), _actor(editor))
    click.echo(f"{len(numbers)} surat dibatalkan")


def _actor(editor: str) -> str:
    return f"editor:{editor}" if editor else "editor"


def _must_leave(app: App) -> None:
    """Nothing is released that could not leave: it would go some day, when nobody thinks of it
    any more."""
    if app.config.reply.mode == "off":
        raise RedaksiError(
            'reply.mode = "off": tidak ada surat yang keluar; tulis "draft" atau "auto" dulu di config.toml'
        )
    if not app.config.reply.host:
        raise RedaksiError(
            "reply.host kosong: tidak ada peladen untuk mengirim; isi dulu di config.toml"
        )


@letters.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--ref", default="", help="A submission's number; without it a sample is shown.")
@click.option("--html", "as_html", is_flag=True, help="The HTML part.")
@config_option
def preview(*, kind: LetterKind, ref: str, as_html: bool, config_path: Path) -> None:
    """A letter as it would be, with your own templates; nothing is stored or sent."""
    with opened(required(config_path)) as app:
        told = _occasion(app, kind, ref)
        now = app.clock().astimezone(app.config.zone)
        key = Key(id="preview", secret=b"a preview is never sent")
        paper = stationery(app, app.config.mailbox[0].id, key, now)
        letter = compose(kind, told, paper)
    if as_html:
        click.echo(letter.html)
        return
    click.echo(f"Kepada: {letter.to}\nPerihal: {letter.subject}\n")
    click.echo(letter.text)


def _occasion(app: App, kind: LetterKind, ref: str) -> LetterContext:
    """What the store knows of the submission, over the sample's: an editor's words are yet to be
    written."""
    sample = letter_contexts(kind, app.config.language)[0]
    if not ref:
        return sample
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, ref.upper())
        told = about(tx, app, found) if found is not None else None
    if told is None:
        raise RedaksiError(f"there is no submission {ref} with anybody to write to; redaksi queue")
    return msgspec.structs.replace(
        told,
        findings=told.findings or sample.findings,
        fixed=sample.fixed,
        remarks=sample.remarks,
        publish_at=sample.publish_at,
        asked=sample.asked,
        expires=sample.expires,
        digest=sample.digest,
    )
