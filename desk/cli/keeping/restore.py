"""`redaksi restore SRC --into DIR`: a backup becomes a data_dir; nothing leaves it by itself."""

import sys
from pathlib import Path

import click

from desk.app import now
from desk.backup.restore import SHOWN, Restored, Wanted, find_backup
from desk.backup.restore import restore as bring_back
from desk.cli.common import fold, language_option, progress
from desk.cli.speech import HELP, speak
from redaksi import catalog
from redaksi.catalog import Catalog, Language
from redaksi.config.schema import read_environment
from redaksi.config.secrets import is_secret, read_secret

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("src", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--into", type=FOLDER, required=True, help=HELP.say("help.restore", "into"))
@click.option("--database", default="", help=HELP.say("help.restore", "database"))
@click.option("--erasures", type=FILE, multiple=True, help=HELP.say("help.restore", "erasures"))
@click.option("--incomplete", is_flag=True, help=HELP.say("help.restore", "incomplete"))
@language_option
def restore(
    *,
    src: Path,
    into: Path,
    database: str,
    erasures: tuple[Path, ...],
    incomplete: bool,
    language: Language | None,
) -> None:
    """Bring it back, and say as of when."""
    if language is not None:
        speak(language)
    words = catalog.load(language or HELP.language)
    if is_secret(database):
        database = read_secret("--database", database, read_environment())
    wanted = Wanted(
        backup=find_backup(src),
        into=into,
        database=database.replace("postgresql://", "postgresql+psycopg://", 1),
        erasures=erasures,
        is_incomplete=incomplete,
    )
    with progress(words.say("cli.backup", "blobs")) as tick:
        done = bring_back(wanted, now(), tick)
    for line in describe(done, wanted, words):
        click.echo(fold(line))
    if done.missing:
        names = ", ".join(done.missing[:SHOWN])
        click.echo(words.say("cli.restore", "missing", n=len(done.missing), names=names), err=True)
        sys.exit(1)


def describe(done: Restored, wanted: Wanted, words: Catalog) -> list[str]:
    """What stands, as of when, and what is to be done next."""
    taken = f"{done.manifest.taken_at:%Y-%m-%d %H:%M} UTC"
    rows, blobs = sum(done.manifest.counts.values()), len(done.manifest.blobs)
    say, settled, path = words.say, done.settled, wanted.into.absolute()
    lines = [
        say("cli.restore", "done", path=path, taken=taken, rows=rows, n=blobs),
        say("cli.restore", "lost", taken=taken),
    ]
    if settled.letters:
        lines.append(say("cli.restore", "letters", n=settled.letters))
    if settled.publications:
        lines.append(say("cli.restore", "articles", n=settled.publications))
    if done.erased:
        lines.append(say("cli.restore", "erased", n=done.erased))
    lines.append(say("cli.restore", "next", path=path))
    if wanted.database:
        lines.append(say("cli.restore", "database"))
    return lines
