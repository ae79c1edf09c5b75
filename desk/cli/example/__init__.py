"""`redaksi example`: what to save and fill in, so that a program without its checkout has it too."""

import os
from collections.abc import Mapping
from pathlib import Path

import click

from desk.cli.common import check_rules, fold
from desk.cli.example.config_toml import render_example
from desk.cli.example.files import FILES, render_file
from desk.cli.example.places import DEFAULT_CONFIG, Places, find_places
from desk.cli.speech import HELP, speak, spoken
from redaksi import catalog
from redaksi.config import load

WHAT = ("config", *FILES)


@click.command()
@click.argument("what", metavar=HELP.say("help.metavar", "example"), type=click.Choice(WHAT))
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default=None,
    help=HELP.say("help.example", "config"),
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=None,
    help=HELP.say("help.example", "into"),
)
def example(*, what: str, config_path: Path | None, into: Path | None) -> None:
    """Print it, or write each of its files. Raises ConfigError for a configuration that is wrong."""
    written = _render(what, config_path)
    if into is None:
        click.echo("\n".join(written.values()), nl=False)
        return
    for name, text in written.items():
        _write(into / name, text)


def _render(what: str, path: Path | None) -> Mapping[str, str]:
    """The text of each file by its name."""
    if what == "config":
        return {"config.toml": render_example()}
    places = _places(path)
    return {file.name: render_file(file, places) for file in FILES[what]}


def _places(path: Path | None) -> Places:
    """Of the configuration named, else of the one beside us; where there is none, where one is
    usually put."""
    chosen = path or (Path("config.toml") if Path("config.toml").exists() else DEFAULT_CONFIG)
    if path is None and not chosen.exists():
        return find_places(chosen, None)
    speak(load.language_of(chosen) or HELP.language)
    return find_places(chosen, load.load(chosen, check_rules))


def _write(file: Path, text: str) -> None:
    """A file that is there stays as it is."""
    words = catalog.load(spoken())
    if file.exists() and file.read_text(encoding="utf-8", errors="replace") != text:
        click.echo(fold(words.say("cli.example", "kept", file=file)), err=True)
        raise click.exceptions.Exit(1)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "w") as stream:
        stream.write(text)
    click.echo(fold(words.say("cli.example", "written", file=file)))
