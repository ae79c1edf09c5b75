"""`redaksi failed`: mails nobody could examine or fetch, by our fault or the server's."""

import sys
from pathlib import Path

import click

from desk.app import opened
from desk.cli.common import config_option, required
from desk.store.inbound import dead_letters, mails
from desk.store.jobs import job_rows
from publisher.site.wording import ago
from redaksi.text import clean

KINDS = {"examine": "diperiksa", "fetch": "diambil"}


@click.group()
def failed() -> None:
    """The group of verbs about mails that were set aside."""


@failed.command("list")
@config_option
def list_(*, config_path: Path) -> None:
    """What was set aside and why."""
    with opened(required(config_path)) as app, app.store.read() as tx:
        rows = [(job, mails.get(tx, int(job.key))) for job in job_rows.failed_jobs(tx)]
        for job, mail in rows:
            when = ago(job.ended_at, app.clock(), app.config.language) if job.ended_at else ""
            click.echo(
                f"{job.id:>5}  tidak dapat {KINDS.get(job.kind, job.kind)}, {job.attempts} kali dicoba, {when} lalu  "
                f"{mail.source_text}  {clean.line(mail.subject or mail.message_id, 60)}"
            )
            click.echo(f"       {clean.line(job.reason, 200)}")
    click.echo(f"{len(rows)} surel gagal. Coba lagi: redaksi failed retry NOMOR")


@failed.command()
@click.argument("numbers", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every mail that was set aside.")
@config_option
def retry(*, numbers: tuple[int, ...], everything: bool, config_path: Path) -> None:
    """Try again, with all attempts anew, at the next pass."""
    with opened(required(config_path)) as app, app.store.begin() as tx:
        chosen = [job.id for job in job_rows.failed_jobs(tx)] if everything else list(numbers)
        unknown = [
            number for number in chosen if not dead_letters.retry_job(tx, number, app.clock())
        ]
    tell(chosen, unknown, "dicoba lagi")


@failed.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@config_option
def drop(*, numbers: tuple[int, ...], config_path: Path) -> None:
    """Give up; the mail stays visible in the queue as failed."""
    with opened(required(config_path)) as app, app.store.begin() as tx:
        unknown = [
            number for number in numbers if not dead_letters.drop_job(tx, number, app.clock())
        ]
    tell(list(numbers), unknown, "ditutup")


def tell(chosen: list[int], unknown: list[int], what: str) -> None:
    """What was done; exit 1 when a number is none of the set aside."""
    click.echo(f"{len(chosen) - len(unknown)} surel {what}")
    if unknown:
        click.echo(
            f"tidak ada di daftar: {', '.join(map(str, unknown))}; redaksi failed list", err=True
        )
        sys.exit(1)
