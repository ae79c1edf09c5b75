"""The figures in a file, for node_exporter's textfile collector: cron has no port to ask."""

import os
import tempfile
from pathlib import Path

from desk.app import App
from redaksi.errors import StoreError
from redaksi.fault import name_fault

MODE = 0o644  # another user reads it, and it names nobody


def write_textfile(app: App) -> None:
    """Write it where config.toml asks for it, whole or not at all. Raises StoreError where the
    folder cannot be written."""
    if not app.config.metrics.textfile:
        return
    from desk.metrics.exposition import render  # noqa: PLC0415 - a pass that writes none loads none
    from desk.metrics.figures import gather  # noqa: PLC0415

    target = Path(app.config.metrics.textfile)
    try:
        _replace(target, render(gather(app)))
    except OSError as error:
        raise StoreError("textfile", fault=name_fault(error)) from error


def _replace(target: Path, content: bytes) -> None:
    """The collector reads *.prom: what is half written has another name."""
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            os.fchmod(number, MODE)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
