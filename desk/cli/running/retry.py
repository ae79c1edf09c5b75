"""`redaksi retry`: what was set aside of a submission or mail, anew, at the next pass."""

import sys
from pathlib import Path

import click

from desk.app import App, open_app
from desk.cli.common import HAND, config_option, fold, require_configuration, words_of
from desk.cli.speech import HELP
from desk.store import Transaction
from desk.store.inbound import dead_letters
from desk.store.submissions import submission_rows
from redaksi.text import clean


@click.command()
@click.argument("refs", nargs=-1, required=True, metavar=HELP.say("help.metavar", "numbers"))
@config_option
def retry(*, refs: tuple[str, ...], config_path: Path) -> None:
    """Each by its number, or by that of its job; exit 1 where nothing of it was set aside."""
    config = require_configuration(config_path)
    words, wrong, count = words_of(config), [], 0
    with open_app(config, roles=HAND) as app, app.store.begin() as tx:
        for ref in dict.fromkeys(each.upper() for each in refs):
            begun = begin_anew(tx, app, ref)
            count += begun or 0
            if not begun:
                key = "unknown" if begun is None else "nothing"
                wrong.append(words.say("cli.retry", key, ref=clean.line(ref, 40)))
    click.echo(words.say("cli.failed", "retried", n=count))
    for line in wrong:
        click.echo(fold(line), err=True)
    if wrong:
        sys.exit(1)


def begin_anew(tx: Transaction, app: App, ref: str) -> int | None:
    """How many jobs of it begin anew; None where there is no submission or job of that number."""
    now = app.clock()
    if ref.isascii() and ref.isdecimal():
        is_begun = len(ref) < _LONG and dead_letters.retry_job(tx, int(ref), now)
        return 1 if is_begun else None
    submission = submission_rows.id_of(tx, ref)
    if submission is None:
        return None
    jobs = dead_letters.find_set_aside(tx, submission)
    return sum(dead_letters.retry_job(tx, job, now) for job in jobs)


_LONG = 18  # digits that no id has
