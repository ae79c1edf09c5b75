"""What `doctor --fix` may do: folders and modes of our own. It says what it did."""

import stat
from collections.abc import Iterator
from pathlib import Path

from redaksi.catalog import Catalog
from redaksi.config.installed import find_unfit, list_secrets
from redaksi.config.schema import Config, read_environment
from redaksi.config.secrets import find_secret_file
from redaksi.errors import ConfigError


def mend(config: Config, path: Path, words: Catalog) -> Iterator[str]:
    """Make the folders, take from others what they may not have. Raises OSError."""
    home = config.home
    for folder in (home, config.queue_folder):
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
            yield words.say("cli.doctor", "fixed_folder", path=folder.absolute())
    for file in (home, *_files(config, path)):
        if mode := _take_from_others(file):
            yield words.say("cli.doctor", "fixed_mode", path=file, mode=mode)


def _files(config: Config, path: Path) -> Iterator[Path]:
    """Those that are complained of for their mode."""
    environment = read_environment()
    unfit = find_unfit(config, path, environment, secrets=False)
    complained = {mistake.where for mistake in unfit if mistake.sentence.key in _MODES}
    if "" in complained:
        yield path
    for key, value in list_secrets(config):
        if key in complained:
            try:
                yield find_secret_file(key, value, environment)
            except ConfigError:
                continue


_MODES = frozenset({"writable", "readable", "own_writable", "own_readable"})


def _take_from_others(file: Path) -> str:
    """The new mode, "" where it was right."""
    mode = stat.S_IMODE(file.stat().st_mode)
    if not mode & stat.S_IRWXO:
        return ""
    file.chmod(mode & ~stat.S_IRWXO)
    return f"{mode & ~stat.S_IRWXO:04o}"
