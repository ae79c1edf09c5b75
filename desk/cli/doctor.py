"""`redaksi doctor`: is everything in place? It takes nothing in and sends nothing."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from desk.app import App, open_reading
from desk.cli import door
from desk.cli.checkup import machine, scanner, servers, targets
from desk.cli.checkup.blobs import check_blobs
from desk.cli.checkup.machine import Check
from desk.cli.checkup.mend import mend
from desk.cli.common import config_option, fold, load_configuration, progress
from desk.cli.speech import HELP
from redaksi import catalog
from redaksi.catalog import Catalog
from redaksi.config.schema import Config

MARK = 12  # columns of "good"


@click.command()
@click.option("--fix", is_flag=True, help=HELP.say("help.doctor", "fix"))
@click.option("--verify", is_flag=True, help=HELP.say("help.doctor", "verify"))
@config_option
def doctor(*, fix: bool, verify: bool, config_path: Path) -> None:
    """Print a line for each thing that is looked at."""
    config = load_configuration(config_path)
    assert config is not None
    report = Report(catalog.load(config.language))
    report.print_line("good", report.words.say("cli.doctor", "config"))
    if fix:
        report.run([(report.words.say("cli.doctor", "fixed"), lambda: _mend(config, config_path))])
    report.run(machine.list_checks(config, config_path, report.words))
    report.run(targets.list_checks(config, report.words))
    report.run(scanner.list_checks(config, report.words))
    _look_further(config, report, verify=verify)
    sys.exit(1 if report.wrong else 0)


def _mend(config: Config, path: Path) -> str:
    done = list(mend(config, path, catalog.load(config.language)))
    return "; ".join(done) or "-"


def _verify(app: App, report: "Report") -> str:
    with progress(report.words.say("cli.doctor", "blobs")) as tick:
        return check_blobs(app, report.words, tick)


def _look_further(config: Config, report: "Report", *, verify: bool) -> None:
    """With the store, where it opens."""
    try:
        with open_reading(config) as app:
            report.run(servers.list_checks(app, report.words))
            if verify:
                report.run(
                    [(report.words.say("cli.doctor", "blobs"), lambda: _verify(app, report))]
                )
    except door.KNOWN as error:
        report.tell(report.words.say("cli.doctor", "store"), error)


class Report:
    """What was found so far, printed as it comes; a fault that shows twice is told once."""

    def __init__(self, words: Catalog) -> None:
        self.words = words
        self.wrong: set[str] = set()

    def run(self, checks: Iterable[Check]) -> None:
        """Do each, and go on whatever it finds."""
        for name, check in checks:
            try:
                self.print_line("good", f"{name}: {check()}")
            except door.KNOWN as error:
                self.tell(name, error)

    def tell(self, name: str, error: BaseException) -> None:
        """What is wrong, a line for each thing."""
        for line in door.explain(error, self.words.language).splitlines():
            if line not in self.wrong:
                self.wrong.add(line)
                self.print_line("look", f"{name}: {line.removeprefix(f'{name}: ')}")

    def print_line(self, mark: str, text: str) -> None:
        """One line, folded at 80 columns."""
        click.echo(fold(text, f"{self.words.say('cli.doctor', mark):<{MARK}}"))
