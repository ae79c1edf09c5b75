"""`redaksi upgrade`: the database as this version needs it, after a copy where it is a file."""

from pathlib import Path

import click

from desk.cli.common import config_option, fold, require_configuration, words_of
from desk.store.engine import is_there
from desk.store.keeping.half import refuse_half_restored
from desk.store.keeping.upgrade import KEPT, upgrade_store
from redaksi.config.schema import read_environment


@click.command()
@config_option
def upgrade(*, config_path: Path) -> None:
    """Migrate, and say what was done."""
    config = require_configuration(config_path)
    refuse_half_restored(config.home)
    words, url = words_of(config), config.database_url(read_environment())
    if not is_there(url):
        click.echo(words.say("cli.upgrade", "nothing"))
        return
    done = upgrade_store(url, is_asked=True)
    if done is None:
        click.echo(words.say("cli.upgrade", "current"))
        return
    click.echo(words.say("cli.upgrade", "done", old=done.old, new=done.new))
    if done.before is not None:
        click.echo(fold(words.say("cli.upgrade", "copy", path=done.before, days=KEPT.days)))
