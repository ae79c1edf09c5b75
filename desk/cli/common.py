"""What several verbs share: reading the configuration, the language option."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from redaksi import log
from redaksi.config import load
from redaksi.config.schema import Config, address_of
from redaksi.errors import ConfigError
from validators.registry import make_rulebook

language_option: Callable[[Any], Any] = click.option(
    "--language",
    type=click.Choice(["id", "en"]),
    default=None,
    help="Language of the sentences; default: id.",
)
config_option: Callable[[Any], Any] = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help="The configuration file.",
)


def configured(path: Path | None) -> Config | None:
    """The configuration at `path`, None when no path is given. Raises ConfigError with every
    mistake."""
    if path is None:
        return None
    config = load.load(path, check_rules)
    log.configure(config.log.level, config.log.format)
    return config


def required(path: Path) -> Config:
    """The configuration of a verb that works on mailboxes. Raises ConfigError with every
    mistake."""
    config = load.load(path, check_rules)
    log.configure(config.log.level, config.log.format)
    if not config.mailbox:
        raise ConfigError(
            f"{path}: no mailbox; write at least one [[mailbox]] as in config.example.toml"
        )
    nameless = [box.id for box in config.mailbox if not address_of(box)]
    if nameless:
        raise ConfigError(
            f"{path}: mailbox.address: missing for {', '.join(nameless)} – the address contributors write to"
        )
    return config


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
