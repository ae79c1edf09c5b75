"""`redaksi replay`: a mail is examined again, now; one that lies in a file is taken in."""

from pathlib import Path

import click

from desk.app import open_app
from desk.cli.common import HAND, config_option, require_configuration
from desk.cli.replay import from_file
from desk.cli.speech import HELP
from desk.presentation.check_text import format_examination
from desk.sandbox.host import Sandbox, sandbox_limits_of
from desk.workflow import replay as replaying
from desk.workflow.replay import Replayed
from redaksi import catalog
from redaksi.model import Language

_FILED = frozenset({"try", "doubtful"})


@click.command()
@click.argument("reference", metavar=HELP.say("help.replay", "reference"))
@click.option("--apply", is_flag=True, help=HELP.say("help.replay", "apply"))
@config_option
def replay(*, reference: str, apply: bool, config_path: Path) -> None:
    """Show what comes of it; file it where that is asked for."""
    config = require_configuration(config_path)
    if from_file.is_file(reference):
        (from_file.take_file if apply else from_file.show_file)(config, Path(reference))
        return
    number = reference.upper()
    with open_app(config, roles=HAND) as app, Sandbox(sandbox_limits_of(config.sandbox)) as sandbox:
        replayed = replaying.replay(app, sandbox, number, apply=apply)
    click.echo(format_examination(replayed.examination, config.language))
    click.echo(tell(number, replayed, config.language, apply=apply))


def tell(number: str, replayed: Replayed, language: Language, *, apply: bool) -> str:
    """What became of it, or would."""
    words = catalog.load(language)
    outcome = replayed.outcome
    key = f"{outcome}_{'filed' if apply else 'shown'}" if outcome in _FILED else outcome
    return words.say(
        "cli.replay",
        key,
        number=number,
        n=replayed.revision,
        state=words.say("state", replayed.state),
        candidates=", ".join(replayed.candidates),
        first=replayed.candidates[0] if replayed.candidates else "",
        why=replayed.why,
    )
