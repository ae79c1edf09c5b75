"""`redaksi backup DEST`: database and files, read again before they have a name."""

import sys
from pathlib import Path

import click

from desk.app import now
from desk.backup.make import Made, Source, make_backup
from desk.cli.common import config_option, fold, progress, require_configuration, words_of
from desk.cli.speech import HELP
from redaksi.catalog import Catalog
from redaksi.config.schema import read_environment

NAMED = 5  # files that are named, of those that are missing


@click.command()
@click.argument("dest", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--keep", type=click.IntRange(min=1), default=None, help=HELP.say("help.backup", "keep")
)
@click.option("--quiet", is_flag=True, help=HELP.say("help.backup", "quiet"))
@config_option
def backup(*, dest: Path, keep: int | None, quiet: bool, config_path: Path) -> None:
    """Make one; exit 1 when files that the database names could not be had."""
    config = require_configuration(config_path)
    words = words_of(config)
    source = Source(
        config=config, config_file=config_path, url=config.database_url(read_environment())
    )
    with progress(words.say("cli.backup", "blobs"), quiet=quiet) as tick:
        made = make_backup(source, dest, now(), keep=keep or 0, step=tick)
    if not quiet:
        for line in describe(made, words):
            click.echo(fold(line))
    if missing := made.manifest.missing:
        names = ", ".join(missing[:NAMED])
        click.echo(words.say("cli.backup", "missing", n=len(missing), names=names), err=True)
        sys.exit(1)


def describe(made: Made, words: Catalog) -> list[str]:
    """What stands now."""
    held = made.manifest
    facts = {
        "path": made.folder,
        "rows": sum(held.counts.values()),
        "n": len(held.blobs),
        "megabytes": sum(held.blobs.values()) >> 20,
        "revision": held.revision,
    }
    removed = [words.say("cli.backup", "removed", n=made.removed)] if made.removed else []
    return [words.say("cli.backup", "done", **facts), *removed]
