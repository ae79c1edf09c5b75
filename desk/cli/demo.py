"""`redaksi demo`: the whole house on this machine, with sample mails."""

import signal
import sys
import threading
from functools import partial
from pathlib import Path

import click

from desk.cli.common import progress
from redaksi import log
from redaksi.errors import ConfigError


@click.command()
@click.option(
    "--once",
    is_flag=True,
    help="Print the scoreboard and end: 0, or 1 when an outcome is not as expected.",
)
@click.option(
    "--inbox", type=click.Path(path_type=Path), default=Path("demo/inbox"), show_default=True
)
def demo(*, once: bool, inbox: Path) -> None:
    """Run the demo until it is stopped, or once."""
    try:
        from desk.demo import show  # noqa: PLC0415 - needs the extra [demo]
    except ImportError as error:
        raise ConfigError("the demo needs its extra: pip install 'redaksi[demo]'") from error
    log.configure("error")
    bar = partial(progress, "memeriksa")
    if once:
        sys.exit(show.once(click.echo, bar))
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    sys.exit(show.stay(click.echo, inbox, told.wait, bar))
