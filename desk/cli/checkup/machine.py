"""This machine: packages, settings, secrets, modes, folders, room, the examiners."""

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import desk
import validators
from desk.health.confined import Confined, describe, name_lacking, require
from desk.health.disks import look_at_disks
from desk.health.judge import judge_disks, judge_settings
from desk.health.trouble import Trouble
from desk.health.words import say_trouble
from desk.sandbox.confinement.measures import MeasureCode
from desk.sandbox.host import Sandbox, sandbox_limits_of
from redaksi.catalog import Catalog, Sentence
from redaksi.config.installed import find_unfit
from redaksi.config.schema import Config, read_environment
from redaksi.errors import ConfigError, RedaksiError
from redaksi.fault import word_errno, word_remedy
from redaksi.limits import Limits

MAIL = b"From: doctor@localhost\r\nSubject: doctor\r\n\r\nHalo.\r\n"
Check = tuple[str, Callable[[], str]]  # its name, and what it says; raises what is wrong


def list_checks(config: Config, path: Path, words: Catalog) -> Iterator[Check]:
    """What is looked at without the store and without a server."""
    yield words.say("cli.doctor", "secrets"), lambda: check_fit(config, path, words)
    yield words.say("cli.doctor", "settings"), lambda: check_settings(config, words)
    yield words.say("cli.doctor", "packages"), lambda: check_packages(words)
    yield words.say("cli.doctor", "folders"), lambda: check_folders(config, words)
    yield words.say("cli.doctor", "disk"), lambda: check_disks(config, words)
    yield words.say("cli.doctor", "sandbox"), lambda: check_sandbox(config, words)


def check_fit(config: Config, path: Path, words: Catalog) -> str:
    """Secrets that can be read, files that nobody else writes."""
    unfit = [
        mistake.sentence for mistake in find_unfit(config, path, read_environment(), secrets=True)
    ]
    if unfit:
        raise ConfigError.of(unfit)
    return words.say("cli.doctor", "kept")


def check_settings(config: Config, words: Catalog) -> str:
    """Nothing in the configuration contradicts."""
    raise_troubles(list(judge_settings(config)), words)
    return words.say("cli.doctor", "no_contradiction")


def check_packages(words: Catalog) -> str:
    """A distribution on the package index owns the name `validators` too; ours must be the one
    imported."""
    ours, theirs = Path(desk.__file__).parent.parent, Path(str(validators.__file__)).parent
    if theirs.parent != ours or not (theirs / "registry.py").exists():
        raise RedaksiError("wrong_validators", path=theirs)
    return words.say("cli.doctor", "own")


def check_folders(config: Config, words: Catalog) -> str:
    """The data folder is ours alone, or can be made."""
    home = config.home.absolute()
    if not home.exists():
        above = next(folder for folder in home.parents if folder.exists())
        if not os.access(above, os.W_OK | os.X_OK):
            facts = {"fault": word_errno(errno.EACCES), "remedy": word_remedy(errno.EACCES)}
            raise RedaksiError("no_data_folder", path=home, **facts)
        return words.say("cli.doctor", "not_made", path=home)
    mode = stat.S_IMODE(home.stat().st_mode)
    if mode & stat.S_IRWXO:
        raise RedaksiError("open_to_others", path=home, mode=f"{mode:04o}")
    return str(home)


def check_disks(config: Config, words: Catalog) -> str:
    """Room for mails, and that they can be written."""
    places = look_at_disks(config)
    raise_troubles(list(judge_disks(places, config)), words)
    home = next((place for place in places if place.key == "data_dir"), places[0])
    return words.say("cli.doctor", "free", n=home.free >> 30)


def check_sandbox(config: Config, words: Catalog) -> str:
    """A mail is examined; each measure that holds its child, and each that does not."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(sandbox_limits_of(config.sandbox)) as sandbox,
    ):
        mail = Path(folder) / "doctor.eml"
        mail.write_bytes(MAIL)
        confined = describe(sandbox.start())
        sandbox.examine_mail(mail, "doctor", Limits())
    require(confined, config.sandbox.require)
    return words.say(
        "cli.doctor", "confined", level=confined.level, measures=list_measures(confined)
    )


def list_measures(confined: Confined) -> list[Sentence]:
    """What holds a child and what a probe was refused, then what lacks."""
    facts = {"abi": confined.landlock}
    stands = [
        Sentence(section="measure", key=code, facts=facts)
        for code in get_args(MeasureCode)
        if code not in confined.lacking
    ]
    return [*stands, *name_lacking(confined.lacking)]


def raise_troubles(troubles: list[Trouble], words: Catalog) -> None:
    """Troubles of `status` as the error of a check, a line each."""
    if troubles:
        lines = [say_trouble(trouble, words.language) for trouble in troubles]
        raise ConfigError.of(
            [Sentence("error", "doctor_trouble", {"trouble": line}) for line in lines]
        )
