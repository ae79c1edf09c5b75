"""The command `redaksi`, a file a verb. Exit codes: 0 well, 1 a problem found, 2 usage or
config, 75 try later."""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from redaksi.errors import RedaksiError

VERBS = {
    "check": "Judge mails (.eml) or files as the pipeline would.\n\n"
    "A .eml is one parcel; any other files named together are one parcel. "
    "Exit 0: all accepted; 1: at least one not.",
    "decide": "Decide about one submission. "
    "The letter waits `reply.undo` first: a new decision takes its place.",
    "demo": "Local IMAP and SMTP servers, twelve sample mails, the real worker, the queue and the "
    "letters as they arrived.",
    "doctor": "Say what is in place and what is not, with the remedy. Exit 1: something is not.",
    "failed": "Mails that were set aside: list, retry, drop.",
    "letters": "Letters that wait for an editor: list, show, send, retry, drop.",
    "login": "Log in to MAILBOX at Google (in a browser on this machine) or Microsoft (with a "
    "code, anywhere).",
    "pair": "The mail filed as NOMOR belongs to KIRIMAN: put its files there and look at the "
    "whole again.",
    "poll": "Take in new mail, examine it, send what is due, write the queue. "
    "Exit 75 when a server or the disk is down.",
    "queue": "Submissions, the one that waits longest first.",
    "reconcile": "Compare the ledger with the server. "
    "Exit 1: a mail is missing and could not be taken in; 75: try later.",
    "run": "Poll, examine, answer and publish until SIGTERM; the mail at hand is finished first.",
    "status": "Last good poll, backlog, outbox, quarantine. "
    "Exit 1: a poll failed or is late, a mail or a letter is stuck.",
}


class LazyGroup(click.Group):
    """A verb loads what it needs: its module is imported when it is called.

    The verb `check` is the command `check` of the module `desk.cli.check`.

    `verbs` holds the help of each; the first sentence stands in the list of verbs.
    """

    def __init__(self, *, verbs: Mapping[str, str], **settings: Any) -> None:
        super().__init__(**settings)
        self.verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, without importing any."""
        return sorted(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command itself, its module imported; None when there is no such verb."""
        if cmd_name not in self.verbs:
            return None
        command: click.Command = getattr(import_module(f"desk.cli.{cmd_name}"), cmd_name)
        command.help = self.verbs[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of verbs in the help, without importing any."""
        room = formatter.width - 6 - max(map(len, self.verbs))
        rows = [
            (name, click.Command(name, help=self.verbs[name]).get_short_help_str(room))
            for name in sorted(self.verbs)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="redaksi")
def cli() -> None:
    """A newsroom's submissions inbox: mails in, articles judged, a review queue and good letters
    out."""


def main() -> None:
    """The console script. A RedaksiError is told on standard error and becomes its exit code."""
    try:
        cli()
    except RedaksiError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
