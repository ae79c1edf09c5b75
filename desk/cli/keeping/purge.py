"""`redaksi purge`: what has been kept as long as it is to be goes; what, is said first."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from desk.app import App, open_app, open_reading
from desk.cli.common import HAND, config_option, fold, require_configuration, words_of
from desk.cli.speech import HELP
from desk.presentation import queue_site
from desk.workflow.retention.purge import Plan, find_due
from desk.workflow.retention.purge import purge as purge_now
from redaksi.catalog import Catalog
from redaksi.text.locale import format_number

BUSY = 75


@click.command()
@click.option("--dry-run", is_flag=True, help=HELP.say("help.purge", "dry_run"))
@click.option("--yes", is_flag=True, help=HELP.say("help.purge", "yes"))
@config_option
def purge(*, dry_run: bool, yes: bool, config_path: Path) -> None:
    """Print counts and bytes by state; with --yes delete. Raises RedaksiError."""
    config = require_configuration(config_path)
    words = words_of(config)
    if dry_run and yes:
        raise click.UsageError(HELP.say("help.purge", "either"))
    if not yes:
        with open_reading(config) as app:
            _print_plan(app, words)
        click.echo(fold(words.say("cli.purge", "nothing_done")))
        return
    with open_app(config, roles=HAND) as app:
        _print_plan(app, words)
        done = purge_now(app, actor="operator")
        if done is None:
            click.echo(words.say("cli.purge", "busy"), err=True)
            sys.exit(BUSY)
        queue_site.publish_queue(app)
    counts = {"n": done.submissions, "mails": done.mails, "blobs": done.swept.blobs}
    size = word_bytes(done.swept.size, words)
    click.echo(fold(words.say("cli.purge", "done", size=size, **counts)))


def _print_plan(app: App, words: Catalog) -> None:
    with app.store.read() as tx:
        plan = find_due(tx, app)
    for line in list_lines(plan, words):
        click.echo(line)


def list_lines(plan: Plan, words: Catalog) -> Iterator[str]:
    """A line a state, and one for mails of no submission; or that nothing is due."""
    if not plan.submissions and not plan.mails:
        yield words.say("cli.purge", "nothing_due")
        return
    for state in sorted({each.state for each in plan.submissions}):
        of_it = [each for each in plan.submissions if each.state == state]
        size = word_bytes(sum(each.size for each in of_it), words)
        name = words.say("state", state)
        yield words.say("cli.purge", "state", state=name, n=len(of_it), size=size)
    if plan.mails:
        yield words.say("cli.purge", "mails", n=len(plan.mails))


def word_bytes(size: int, words: Catalog) -> str:
    """In kilobytes where it is little, else in megabytes."""
    unit, shift = ("KB", 10) if size < 1 << 20 else ("MB", 20)
    return f"{format_number(-(-size >> shift), words.language)} {unit}"
