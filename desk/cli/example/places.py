"""Where this installation's things are, for the files that name them."""

import pwd
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from redaksi.config.installed import list_secrets
from redaksi.config.schema import Config

DEFAULT_CONFIG = Path("/etc/redaksi/config.toml")
DEFAULT_HOME = Path("/var/lib/redaksi")
BACKUPS = Path("/var/backups/redaksi")
STATE = Path("/var/lib")  # what systemd's StateDirectory lies below
_HOMES = ("/home", "/root", "/run/user")  # what ProtectHome hides (systemd.exec(5))
_USER = "redaksi"
_UNIT_NAME = re.compile(r"[A-Za-z0-9:_.-]+")  # of a credential


class Places(Struct, frozen=True, kw_only=True):
    """What an installation is made of; every path is absolute."""

    program: Path
    config: Path
    home: Path
    work_folder: Path
    pages: Path
    user: str = _USER
    written: tuple[Path, ...] = ()  # folders we write to besides `home`
    credentials: tuple[tuple[str, Path], ...] = ()  # systemd's name of each, and its file
    variables: bool = False  # a secret stands in the environment
    base_url: str = ""
    metrics: str = ""  # where a daemon's figures are read, host:port
    textfile: str = ""  # the file that cron's figures are in

    @property
    def is_home_hidden(self) -> bool:
        """Whether nothing of it lies where people have their own files."""
        mine = (self.program, self.config, self.home, self.work_folder, *self.written)
        return not any(path.is_relative_to(above) for path in mine for above in _HOMES)


def find_places(path: Path, config: Config | None) -> Places:
    """As the configuration at `path` says; without one, as Debian's administrators would put it."""
    program = Path(sys.executable).parent / "redaksi"
    folder = path.absolute().parent
    if config is None:
        return Places(
            program=program,
            config=path.absolute(),
            home=DEFAULT_HOME,
            work_folder=DEFAULT_HOME,
            pages=DEFAULT_HOME / "queue",
            credentials=tuple((name, folder / f"{name}.secret") for name in ("imap", "smtp")),
            variables=True,
        )
    home = config.home.absolute()
    values = [value for _, value in list_secrets(config)]
    return Places(
        program=program,
        config=path.absolute(),
        home=home,
        work_folder=home if config.home.is_absolute() else Path.cwd(),
        pages=config.queue_folder.absolute(),
        user=_owner_of(home, path),
        written=tuple(dict.fromkeys(_list_written(config, home))),
        credentials=tuple(_list_credentials(values, folder)),
        variables=any(value.startswith("env:") for value in values),
        base_url=config.queue.base_url,
        metrics=config.metrics.listen,
        textfile=config.metrics.textfile,
    )


def _owner_of(*paths: Path) -> str:
    """Who owns the first that is there; redaksi where that is root or nobody we know."""
    for path in paths:
        try:
            name = pwd.getpwuid(path.stat().st_uid).pw_name
        except (OSError, KeyError):
            continue
        return _USER if name == "root" else name
    return _USER


def _list_written(config: Config, home: Path) -> Iterator[Path]:
    targets = (each.folder for each in config.publish.targets if each.kind == "folder")
    tokens = (str(Path(box.token_file).parent) for box in config.mailbox if box.token_file)
    textfile = config.metrics.textfile
    figures = (str(Path(textfile).absolute().parent),) if textfile else ()
    for folder in (config.queue.folder, *targets, *tokens, *figures):
        path = Path(folder).absolute()
        if folder and not path.is_relative_to(home):
            yield path


def _list_credentials(values: list[str], folder: Path) -> Iterator[tuple[str, Path]]:
    for name in dict.fromkeys(v.removeprefix("cred:") for v in values if v.startswith("cred:")):
        if _UNIT_NAME.fullmatch(name):
            yield name, folder / f"{name}.secret"
