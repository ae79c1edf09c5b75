"""`redaksi failed`: mails nobody could examine or fetch, by our fault or the server's."""

import sys
from datetime import timedelta
from pathlib import Path

import click

from desk.app import open_app, open_reading
from desk.cli.common import HAND, config_option, fold, require_configuration, words_of
from desk.cli.speech import HELP
from desk.presentation.stored_lines import text_in_words
from desk.store.inbound import dead_letters, mails
from desk.store.jobs import job_rows
from publisher.site.wording import ago
from redaksi.catalog import Catalog
from redaksi.text import clean

NUMBERS = HELP.say("help.metavar", "numbers")
LEAD = " " * 7  # below a job's number


@click.group()
def failed() -> None:
    """The group of verbs about mails that were set aside."""


@failed.command("list", help=HELP.say("help.failed", "list"))
@config_option
def list_(*, config_path: Path) -> None:
    """What was set aside and why."""
    with open_reading(require_configuration(config_path)) as app, app.store.read() as tx:
        rows = [(job, mails.get(tx, int(job.key))) for job in job_rows.failed_jobs(tx)]
        words = words_of(app.config)
        for job, mail in rows:
            key = "fetch" if job.kind == "fetch" else "examine"
            what = words.say("cli.failed", key, n=job.attempts)
            if job.ended_at:
                now = app.clock()
                key = "just_now" if now - job.ended_at < timedelta(minutes=1) else "since"
                since = ago(job.ended_at, now, app.config.language)
                what = words.say("cli.failed", key, what=what, ago=since)
            click.echo(fold(what, f"{job.id:>5}  "))
            subject = clean.line(mail.subject or mail.message_id, 60)
            click.echo(fold(" · ".join((mail.source_text, subject)), LEAD))
            click.echo(fold(clean.line(text_in_words(job.reason, app.config.language), 200), LEAD))
    click.echo(words.say("cli.failed", "count", n=len(rows)))


@failed.command(help=HELP.say("help.failed", "retry"))
@click.argument("numbers", type=int, nargs=-1, metavar=NUMBERS)
@click.option("--all", "everything", is_flag=True, help=HELP.say("help.failed", "all"))
@config_option
def retry(*, numbers: tuple[int, ...], everything: bool, config_path: Path) -> None:
    """Try again, with all attempts anew, at the next pass."""
    with open_app(require_configuration(config_path), roles=HAND) as app, app.store.begin() as tx:
        chosen = [job.id for job in job_rows.failed_jobs(tx)] if everything else list(numbers)
        unknown = [
            number for number in chosen if not dead_letters.retry_job(tx, number, app.clock())
        ]
    tell(words_of(app.config), "retried", chosen, unknown)


@failed.command(help=HELP.say("help.failed", "drop"))
@click.argument("numbers", type=int, nargs=-1, required=True, metavar=NUMBERS)
@config_option
def drop(*, numbers: tuple[int, ...], config_path: Path) -> None:
    """Give up; the mail stays visible in the queue as failed."""
    with open_app(require_configuration(config_path), roles=HAND) as app, app.store.begin() as tx:
        unknown = [
            number for number in numbers if not dead_letters.drop_job(tx, number, app.clock())
        ]
    tell(words_of(app.config), "dropped", list(numbers), unknown)


def tell(words: Catalog, what: str, chosen: list[int], unknown: list[int]) -> None:
    """What was done; exit 1 when a number is none of the set aside."""
    click.echo(words.say("cli.failed", what, n=len(chosen) - len(unknown)))
    if unknown:
        numbers = ", ".join(map(str, unknown))
        click.echo(words.say("cli.failed", "unknown", numbers=numbers), err=True)
        sys.exit(1)
