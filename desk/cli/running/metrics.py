"""`redaksi metrics`: the figures in Prometheus' text format."""

import sys
from pathlib import Path

import click

from desk.app import open_reading
from desk.cli.common import config_option, require_configuration
from desk.metrics.exposition import render
from desk.metrics.figures import gather, tell_closed
from redaksi.errors import StoreError, StoreUnfit


@click.command()
@config_option
def metrics(*, config_path: Path) -> None:
    """Print them; where the store cannot be opened, that is what is told (exit 75)."""
    config = require_configuration(config_path)
    try:
        with open_reading(config) as app:
            figures, code = gather(app), 0
    except StoreUnfit:
        raise
    except StoreError as error:
        figures, code = tell_closed(config), error.exit_code
    click.echo(render(figures), nl=False)
    sys.exit(code)
