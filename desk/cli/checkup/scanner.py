"""The virus scanner, by a deed: it must find EICAR's test file at the end of the largest attachment."""

from collections.abc import Iterator

from desk.cli.checkup.machine import Check
from desk.scan.scanner import Scanner
from redaksi.catalog import Catalog
from redaksi.config.scanner.address import read_address
from redaksi.config.schema import Config
from redaksi.errors import ConfigError


def list_checks(config: Config, words: Catalog) -> Iterator[Check]:
    """Nothing where no scanner is configured."""
    address = read_address(config.scan.clamd)
    if address is not None:
        scanner = Scanner(address)
        yield words.say("cli.doctor", "scanner"), lambda: check_scanner(scanner, config, words)


def check_scanner(scanner: Scanner, config: Config, words: Catalog) -> str:
    """It looks into all that may come. Raises ConfigError that names clamd's settings, ScannerSilent."""
    most = config.safety.max_attachment
    if not scanner.prove(most):
        raise ConfigError("scanner_blind", size=most >> 20)
    return words.say("cli.doctor", "scans", size=most >> 20)
