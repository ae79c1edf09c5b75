"""`redaksi erase`: a person goes; what goes and what stays is said first."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from desk.app import App, open_app, open_reading
from desk.cli.common import HAND, config_option, fold, require_configuration, words_of
from desk.cli.keeping.export import require_address
from desk.cli.speech import HELP
from desk.workflow.people.erase import Erased
from desk.workflow.people.erase import erase as erase_now
from desk.workflow.people.find import find_belongings
from desk.workflow.people.plan import Plan, make_plan
from redaksi.catalog import Catalog
from redaksi.errors import RedaksiError
from redaksi.text import clean

AGAIN = 75  # something is left that passes by itself
LEAD = "  "


@click.command()
@click.argument("address", metavar=HELP.say("help.metavar", "address"))
@click.option("--dry-run", is_flag=True, help=HELP.say("help.erase", "dry_run"))
@click.option("--yes", is_flag=True, help=HELP.say("help.erase", "yes"))
@config_option
def erase(*, address: str, dry_run: bool, yes: bool, config_path: Path) -> None:
    """Print what goes and what stays; with --yes it goes. Raises RedaksiError."""
    config = require_configuration(config_path)
    words = words_of(config)
    if dry_run and yes:
        raise click.UsageError(HELP.say("help.erase", "either"))
    key = require_address(address)
    if not yes:
        with open_reading(config) as app:
            _print_plan(app, key, words)
        click.echo(fold(words.say("cli.erase", "nothing_done")))
        return
    with open_app(config, roles=HAND) as app:
        _print_plan(app, key, words, is_again=True)
        done = erase_now(app, key)
        is_server = app.store.engine.dialect.name == "postgresql"
    for line in _list_done(done, words, is_server=is_server):
        click.echo(fold(line))
    if not done.is_whole:
        click.echo(fold(words.say("cli.erase", "again")), err=True)
        sys.exit(AGAIN)


def _print_plan(app: App, key: str, words: Catalog, *, is_again: bool = False) -> None:
    """`is_again`: what went before may have left something to be done."""
    with app.store.read() as tx:
        found = find_belongings(tx, app.blobs, app.spool, key)
        if found.is_empty and not is_again:
            raise RedaksiError("nobody_known")
        plan = make_plan(tx, found)
    for line in () if found.is_empty else list_lines(plan, words):
        click.echo(fold(line))


def list_lines(plan: Plan, words: Catalog) -> Iterator[str]:
    """What goes, what readers see, and what stays."""
    counts = {"n": len(plan.states), "mails": plan.mails, "letters": plan.waiting}
    yield words.say("cli.erase", "goes", closed=plan.closed, **counts)
    for number, state in plan.states:
        yield f"{LEAD}{number} {words.say('state', state)}"
    for public in plan.public:
        facts = {"number": public.number, "url": public.url or public.target}
        yield LEAD + words.say("cli.erase", "public", **facts)
    for shared in plan.shared:
        name, numbers = clean.line(shared.name, 60), ", ".join(shared.numbers)
        yield LEAD + words.say("cli.erase", "shared", name=name, numbers=numbers)
    if plan.mentioned:
        numbers = ", ".join(plan.mentioned)
        yield LEAD + words.say("cli.erase", "mentioned", numbers=numbers)
    if plan.account:
        yield LEAD + words.say("cli.erase", "account", login=plan.account)


def _list_done(done: Erased, words: Catalog, *, is_server: bool) -> Iterator[str]:
    counts = {"n": done.submissions, "mails": done.mails, "blobs": done.blobs}
    yield words.say("cli.erase", "ended" if done.again else "done", **counts)
    yield words.say("cli.erase", "server" if is_server else "copies")
