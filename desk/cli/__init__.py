"""The command `redaksi`, a file a verb. Exit codes: 0 well, 1 a problem found, 2 usage or
config, 75 try later."""

import sys

import click

from desk.cli.check import check
from desk.cli.decide import decide
from desk.cli.demo import demo
from desk.cli.doctor import doctor
from desk.cli.failed import failed
from desk.cli.letters import letters
from desk.cli.login import login
from desk.cli.pair import pair
from desk.cli.poll import poll
from desk.cli.queue import queue
from desk.cli.reconcile import reconcile
from desk.cli.run import run
from desk.cli.status import status
from redaksi.errors import RedaksiError

VERBS = (
    check,
    poll,
    run,
    queue,
    decide,
    pair,
    letters,
    failed,
    reconcile,
    login,
    doctor,
    status,
    demo,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="redaksi")
def cli() -> None:
    """A newsroom's submissions inbox: mails in, articles judged, a review queue and good letters
    out."""


for verb in VERBS:
    cli.add_command(verb)


def main() -> None:
    """The console script. A RedaksiError is told on standard error and becomes its exit code."""
    try:
        cli()
    except RedaksiError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
