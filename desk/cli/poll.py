"""`redaksi poll`: one pass, safe beside a running daemon. For cron and timers."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from desk.app import App, opened
from desk.cli.common import config_option, progress, required
from desk.inbound.dry_run import preview
from desk.inbound.poll import Watch
from desk.worker.round import one_round
from redaksi.errors import RedaksiError


@click.command()
@click.option("--once", is_flag=True, help="One pass (the default; the daemon is `redaksi run`).")
@click.option(
    "--dry-run", is_flag=True, help="Say what would be filed and answered; touch nothing."
)
@click.option("--quiet", is_flag=True, help="Print only trouble.")
@config_option
def poll(*, once: bool, dry_run: bool, quiet: bool, config_path: Path) -> None:  # noqa: ARG001 - said for clarity
    """One round, or its preview."""
    config = required(config_path)
    with opened(config) as app:
        troubles = dry(app) if dry_run else wet(app, quiet=quiet)
    for trouble in troubles:
        click.echo(str(trouble), err=True)
    if troubles:
        sys.exit(max(trouble.exit_code for trouble in troubles))


def wet(app: App, *, quiet: bool) -> tuple[RedaksiError, ...]:
    """The pass itself."""
    with progress("surel", quiet=quiet) as tick:
        done = one_round(app, Watch(progress=tick))
    if not quiet:
        click.echo(
            f"{done.taken} surel baru, {done.examined} diperiksa, {done.sent} surat terkirim"
        )
    return done.troubles


def dry(app: App) -> tuple[RedaksiError, ...]:
    """What a pass would do."""
    for line in preview(app, datetime.now(UTC)):
        click.echo(line)
    click.echo("Uji coba: tidak ada yang disimpan, ditandai, atau dikirim.")
    return ()
