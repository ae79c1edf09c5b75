"""`redaksi replay FILE.eml`: what a mail that lies in a file would be, or its taking in."""

import tempfile
from pathlib import Path

import click
import msgspec

from desk.app import open_app, open_reading
from desk.cli.check import examine
from desk.cli.common import HAND, fold, words_of
from desk.inbound.import_mail import Known, find_known, import_mail, read_mail
from desk.presentation.check_text import format_examination
from desk.sandbox.host import Sandbox, sandbox_limits_of
from redaksi.catalog import Catalog
from redaksi.config.schema import Config, make_limits

ENDING = ".eml"


def is_file(reference: str) -> bool:
    """Whether a mail's file is meant, and no number."""
    return reference.lower().endswith(ENDING)


def show_file(config: Config, file: Path) -> None:
    """Print what examining it gives; nothing is stored. Raises RedaksiError."""
    words = words_of(config)
    with open_reading(config) as app, app.store.read() as tx:
        raw = read_mail(app, file)
        known = find_known(tx, app, raw)
    limits = make_limits(config, config.mailbox[0])
    identity = msgspec.structs.replace(limits.identity, is_taken_in=True)
    bounds = msgspec.structs.replace(limits, identity=identity)
    with tempfile.TemporaryDirectory() as folder, Sandbox(sandbox_limits_of(config.sandbox)) as box:
        copy = Path(folder) / f"mail{ENDING}"
        copy.write_bytes(raw)  # what was looked for is what is examined
        examination = examine(box, file.name, (copy,), bounds)
    click.echo(format_examination(examination, config.language))
    line = words.say("cli.replay", "file_shown") if known is None else _word_known(known, words)
    click.echo(fold(line))


def take_file(config: Config, file: Path) -> None:
    """Take it in, to be examined at the next pass; where it is here already, say as what. Raises
    RedaksiError."""
    words = words_of(config)
    with open_app(config, roles=HAND) as app:
        raw = read_mail(app, file)
        done = import_mail(app, raw)
        if done.is_new:
            click.echo(fold(words.say("cli.replay", "file_taken", n=done.mail_id)))
            return
        with app.store.read() as tx:
            known = find_known(tx, app, raw)
    click.echo(fold(_word_known(known or Known(mail_id=done.mail_id), words)))


def _word_known(known: Known, words: Catalog) -> str:
    if known.is_let_go:
        return words.say("cli.replay", "file_let_go", n=known.mail_id)
    if known.numbers:
        numbers = ", ".join(known.numbers)
        return words.say("cli.replay", "file_known_as", numbers=numbers, first=known.numbers[0])
    return words.say("cli.replay", "file_known", n=known.mail_id)
