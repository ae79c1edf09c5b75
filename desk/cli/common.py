"""What several verbs share: reading the configuration, the language option."""

import os
import signal
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import click

from desk.cli.speech import HELP, speak
from desk.health.confined import Confined
from redaksi import catalog, log
from redaksi.catalog import Catalog, Language
from redaksi.config import load
from redaksi.config.schema import Config
from validators.registry import make_rulebook

WIDTH = 80
# the role of a process that does one thing for a person: it takes over nobody's work
HAND = ("hand",)
language_option: Callable[[Any], Any] = click.option(
    "--language",
    type=click.Choice(["id", "en"]),
    default=None,
    help=HELP.say("help.check", "language"),
)
config_option: Callable[[Any], Any] = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help=HELP.say("help", "config"),
)


def load_configuration(path: Path | None) -> Config | None:
    """The configuration at `path`, None when no path is given. Raises ConfigError with every
    mistake."""
    if path is None:
        return None
    _speak_its_language(path)
    return _log_as_asked(load.load(path, check_rules))


def require_configuration(path: Path, *, secrets: bool = False) -> Config:
    """The configuration of a verb that works on mailboxes; `secrets`: on servers too. Raises
    ConfigError with every mistake."""
    _speak_its_language(path)
    return _log_as_asked(load.load_installed(path, check_rules, secrets=secrets))


def _speak_its_language(path: Path) -> None:
    """From here on the command speaks the file's language, of the file's mistakes too."""
    speak(load.language_of(path) or HELP.language)


def _log_as_asked(config: Config) -> Config:
    log.configure(config.log.level, config.log.format, config.zone)
    return config


def log_failures_alone(config: Config) -> None:
    """From here on the log tells what failed, and nothing of what went well: cron mails whatever a
    command prints. The journal of systemd keeps it all."""
    if not is_journal(os.environ.get("JOURNAL_STREAM", "")):
        log.configure("error", config.log.format, config.zone)


def is_journal(stream: str) -> bool:
    """Whether standard error is the journal that systemd names: "device:inode" (systemd.exec(5),
    $JOURNAL_STREAM); a child whose output goes elsewhere inherits the name."""
    try:
        found = os.fstat(2)
    except OSError:
        return False
    return stream == f"{found.st_dev}:{found.st_ino}"


def check_rules(sections: Mapping[str, Mapping[str, object]]) -> None:
    """Raise ConfigError with every mistake in the [rules.*] tables."""
    make_rulebook(sections)


@contextmanager
def progress(what: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error for long work at a terminal; silence elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    with click.progressbar(length=1, label=what, file=sys.stderr, show_pos=True) as bar:

        def tick(done: int, everything: int) -> None:
            bar.length, bar.pos = max(everything, 1), done
            bar.render_progress()

        yield tick


def tell_level(confined: Confined, language: Language) -> None:
    """How far mails are confined here, on standard error, for who examines at every level."""
    words = catalog.load(language)
    level = words.say("status.level", confined.level or "none")
    click.echo(words.say("cli", "level", level=level), err=True)


def words_of(config: Config) -> Catalog:
    """The words of the configured language."""
    return catalog.load(config.language)


def fold(text: str, lead: str = "") -> str:
    """`text` in lines of at most 80 columns, indented by `lead` and then as deep."""
    return textwrap.fill(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )


def catch_signals() -> SimpleQueue[int]:
    """SIGTERM and SIGINT from now on, as they come.

    No Event: to set it takes the lock that the wait it interrupts may hold, and the process would
    never end. SimpleQueue.put may be called again while it is called (Python's queue, 3.7).
    """
    signals: SimpleQueue[int] = SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda caught, _frame: signals.put(caught))
    return signals


def has_signal(signals: SimpleQueue[int], seconds: float) -> bool:
    """Whether one came, or comes within so many seconds."""
    try:
        signals.get(timeout=seconds)
    except Empty:
        return False
    return True
