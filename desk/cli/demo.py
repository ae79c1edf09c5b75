"""`redaksi demo`: the whole house on this machine, with sample mails."""

import sys
from functools import partial
from pathlib import Path

import click

from desk.cli.common import catch_signals, has_signal, progress, tell_level
from desk.cli.speech import HELP, speak
from desk.health.confined import measure
from redaksi import log
from redaksi.config.bounds import Sandboxed
from redaksi.errors import ConfigError


@click.command()
@click.option(
    "--once",
    is_flag=True,
    help=HELP.say("help.demo", "once"),
)
@click.option(
    "--inbox",
    type=click.Path(path_type=Path),
    default=Path("demo/inbox"),
    show_default=True,
    help=HELP.say("help.demo", "inbox"),
)
def demo(*, once: bool, inbox: Path) -> None:
    """Run the demo until it is stopped, or once."""
    try:
        from desk.demo import show  # noqa: PLC0415 - needs the extra [demo]
    except ImportError as error:
        raise ConfigError("no_demo") from error
    log.configure("error")
    language = speak(HELP.language).language
    tell_level(measure(Sandboxed()), language)
    bar = partial(progress, HELP.say("cli", "progress_demo"))
    if once:
        sys.exit(show.once(click.echo, bar, language))
    stops = partial(has_signal, catch_signals())
    sys.exit(show.stay(click.echo, inbox, stops, bar, language))
