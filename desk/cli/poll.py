"""`redaksi poll`: one pass, safe beside a running daemon. For cron and timers."""

import sys
from pathlib import Path

import click

from desk.app import App, open_app, open_reading
from desk.cli.common import (
    config_option,
    log_failures_alone,
    progress,
    require_configuration,
    words_of,
)
from desk.cli.speech import HELP
from desk.inbound.dry_run import preview
from desk.inbound.poll import Watch
from desk.presentation import dry_run_text
from desk.sandbox.confinement.confine import become_undumpable
from desk.worker.round import one_round
from redaksi.errors import RedaksiError


@click.command()
@click.option("--once", is_flag=True, help=HELP.say("help.poll", "once"))
@click.option("--dry-run", is_flag=True, help=HELP.say("help.poll", "dry_run"))
@click.option("--quiet", is_flag=True, help=HELP.say("help.poll", "quiet"))
@config_option
def poll(*, once: bool, dry_run: bool, quiet: bool, config_path: Path) -> None:  # noqa: ARG001 - said for clarity
    """One round, or its preview."""
    become_undumpable()  # what it reads from here on is a secret
    config = require_configuration(config_path, secrets=True)
    if quiet:
        log_failures_alone(config)
    with open_reading(config) if dry_run else open_app(config, migrates=True) as app:
        troubles = dry(app) if dry_run else wet(app, quiet=quiet)
    for trouble in troubles:
        click.echo(trouble.say(config.language), err=True)
    if troubles:
        sys.exit(max(trouble.exit_code for trouble in troubles))


def wet(app: App, *, quiet: bool) -> tuple[RedaksiError, ...]:
    """The pass itself."""
    words = words_of(app.config)
    with progress(words.say("cli", "progress_mails"), quiet=quiet) as tick:
        done = one_round(app, Watch(progress=tick))
    if not quiet:
        parts = (
            words.say("cli.poll", "taken", n=done.taken),
            words.say("cli.poll", "examined", n=done.examined),
            words.say("cli.poll", "sent", n=done.sent),
        )
        click.echo(", ".join(parts))
    return done.troubles


def dry(app: App) -> tuple[RedaksiError, ...]:
    """What a pass would do."""
    for seen in preview(app):
        click.echo(dry_run_text.describe(seen, app.config.language))
    click.echo(words_of(app.config).say("cli.dry_run", "done"))
    return ()
