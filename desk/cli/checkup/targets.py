"""Where articles are published: whether they can be. Nothing is published; a folder is written to
under a name that its readers do not look at."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from desk.cli.checkup.machine import Check
from desk.cli.checkup.wordpress import check_wordpress
from publisher.targets import http
from publisher.targets.guard import is_reachable
from publisher.targets.webhook import read_secret
from redaksi.catalog import Catalog
from redaksi.config import secrets
from redaksi.config.publish import PublishTarget, TargetKind
from redaksi.config.schema import Config, read_environment
from redaksi.errors import RedaksiError
from redaksi.fault import name_fault, word_remedy

_YEAR = re.compile(r"\d{4}")

Look = Callable[[PublishTarget, Catalog, Config], str]


def list_checks(config: Config, words: Catalog) -> Iterator[Check]:
    """A look at each target that is more than an editor's hands."""
    for target in config.publish.targets:
        look = LOOKS.get(target.kind)
        if look is not None:
            name = words.say("cli.doctor", "target", id=target.id)
            yield name, lambda look=look, target=target: look(target, words, config)  # type: ignore[misc]


def check_folder(target: PublishTarget, words: Catalog, _config: Config) -> str:
    """It is there, and new articles can be written into it and into the years that are there."""
    path = Path(target.folder)
    key = f"publish.target.{target.id}.folder"
    if not path.exists():
        raise RedaksiError("target_folder_missing", key=key, path=path)
    try:
        with tempfile.TemporaryDirectory(prefix=".", dir=path):
            years = [each for each in path.iterdir() if _YEAR.fullmatch(each.name)]
    except OSError as error:
        facts = {"fault": name_fault(error), "remedy": word_remedy(error.errno)}
        raise RedaksiError("target_folder", key=key, path=path, **facts) from error
    for year in sorted(years):
        if year.is_symlink() or not year.is_dir():
            raise RedaksiError("target_year_no_folder", key=key, path=year)
        if not os.access(year, os.R_OK | os.W_OK | os.X_OK):
            raise RedaksiError("target_year_closed", key=key, path=year)
    return words.say("cli.doctor", "target_folder", path=path)


def check_webhook(target: PublishTarget, words: Catalog, _config: Config) -> str:
    """Its secrets are secrets of webhooks, its name is known, and every address of it may be spoken
    to."""
    for name in ("secret", "old_secret"):
        _check_secret(f"publish.target.{target.id}.{name}", getattr(target, name))
    key = f"publish.target.{target.id}.url"
    place = http.read_url(target.url)
    if place is None or (place.scheme == "http" and not target.private):
        raise RedaksiError("target_no_url", key=key, url=target.url)
    try:
        addresses = http.resolve(place.name, place.port)
    except (OSError, UnicodeError) as error:
        facts = {"host": place.name, "fault": name_fault(error)}
        raise RedaksiError("target_no_name", key=key, **facts) from error
    for address in addresses:
        if not is_reachable(address, private=target.private):
            facts = {"key": key, "id": target.id, "host": place.name, "address": address}
            raise RedaksiError("target_nobodys" if target.private else "target_not_public", **facts)
    return words.say("cli.doctor", "target_webhook", host=place.host)


def _check_secret(key: str, written: str) -> None:
    if written and read_secret(secrets.read_secret(key, written, read_environment())) is None:
        raise RedaksiError("no_webhook_secret", key=key)


LOOKS: Mapping[TargetKind, Look] = {
    "folder": check_folder,
    "webhook": check_webhook,
    "wordpress": check_wordpress,
}
