"""The command `redaksi`, a file a verb. Exit codes: 0 well, 1 a problem found, 2 usage or
config, 75 try later."""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from desk.cli import door
from desk.cli.speech import HELP, spoken
from desk.cli.speech.usage import translate_click, word_usage
from redaksi import catalog

BY_A_PERSON = "by a person"  # the context's object when the command was called, not tested
VERBS = HELP.words("help.verb")
# verbs whose module lies in a folder of desk.cli
FOLDERS = {
    **dict.fromkeys(("publish", "correct", "takedown", "publications"), "publishing"),
    **dict.fromkeys(("serve", "take", "user"), "editors"),
    **dict.fromkeys(("backup", "erase", "export", "purge", "restore", "upgrade"), "keeping"),
    **dict.fromkeys(("metrics", "retry"), "running"),
    "keys": "keeping",
    "init": "installing",
}

if HELP.language != "en":
    translate_click(
        HELP, click.core, click.decorators, click.exceptions, click.formatting, click.parser,
        click.types,
    )  # fmt: skip


class LazyGroup(click.Group):
    """A verb loads what it needs: its module is imported when it is called.

    The verb `check` is the command `check` of the module `desk.cli.check`, or of one in a folder.

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
        folder = f"{FOLDERS[cmd_name]}." if cmd_name in FOLDERS else ""
        module = import_module(f"desk.cli.{folder}{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        command.help = self.verbs[cmd_name]
        return word_usage(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of verbs in the help, without importing any."""
        room = formatter.width - 6 - max(map(len, self.verbs))
        rows = [
            (name, click.Command(name, help=self.verbs[name]).get_short_help_str(room))
            for name in sorted(self.verbs)
        ]
        with formatter.section(HELP.say("help", "commands")):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb. What is no bug is told on standard error and becomes its exit code; so is
        a bug where a person called us (`main`)."""
        try:
            return super().invoke(ctx)
        except (BrokenPipeError, click.exceptions.Exit, click.ClickException, click.Abort):
            raise  # click's own; whoever read our output left
        except KeyboardInterrupt:
            click.echo(catalog.load(spoken()).say("door", "interrupted"), err=True)
            sys.exit(door.PROBLEM)
        except Exception as error:
            if door.is_known(error):
                door.leave(error, spoken())
            if ctx.obj is not BY_A_PERSON:
                raise
            door.leave_for_bug(error, spoken())


@click.group(
    cls=LazyGroup,
    verbs=VERBS,
    help=HELP.say("help", "redaksi"),
    options_metavar=HELP.say("help", "options"),
    subcommand_metavar=HELP.say("help", "subcommand"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="redaksi")
def cli() -> None:
    """The group of all verbs."""


def main() -> None:
    """The console script: the one door, through which no traceback leaves."""
    door.catch_what_nobody_catches()
    try:
        cli(obj=BY_A_PERSON)
    except SystemExit as end:
        door.end_output(end.code, HELP.language)
    except Exception as error:  # noqa: BLE001 - the one door
        door.leave_for_bug(error, HELP.language)
