"""What `redaksi init` leaves: all of it, or nothing."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from desk.cli.installing.plan import CLIENT_SECRET, SECRET, Plan, render_config
from ingest.fetch import oauth
from ingest.fetch.oauth import Tokens
from redaksi.errors import ConfigError


def refuse_existing(path: Path) -> None:
    """Raise ConfigError where something of ours is there already, or nothing can be written."""
    folder = path.absolute().parent
    for file in (path, folder / SECRET, folder / CLIENT_SECRET):
        if file.exists() or file.is_symlink():
            raise ConfigError("init_exists", file=file)
    above = next(each for each in (folder, *folder.parents) if each.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise ConfigError("init_no_folder", folder=above)


def write_files(plan: Plan, path: Path, tokens: Tokens | None) -> Iterator[Path]:
    """The secrets, then the configuration, each for its owner alone; they are the folder's owner's,
    where root writes them. Raises OSError, and has left nothing then."""
    folder = path.absolute().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written: list[Path] = []
    with ExitStack() as undo:
        for file in (*(folder / name for name in plan.secrets), path):
            text = plan.secrets.get(file.name) if file != path else None
            with _create(file) as stream:
                undo.callback(file.unlink, missing_ok=True)
                _fill(stream, f"{text}\n" if text is not None else render_config(plan))
            _give_to_owner(file, folder)
            written.append(file)
        if tokens is not None:
            written.append(_keep_tokens(plan, tokens, folder))
        undo.pop_all()
    yield from written


def _create(file: Path) -> TextIO:
    """A file that is there by now is not ours: FileExistsError."""
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(number, "w", encoding="utf-8")


def _fill(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()
    os.fsync(stream.fileno())


def _keep_tokens(plan: Plan, tokens: Tokens, folder: Path) -> Path:
    home = plan.config.home
    if not home.exists():
        home.mkdir(mode=0o700, parents=True)
        _give_to_owner(home, folder)
    file = home / f"{plan.config.mailbox[0].id}.token"
    oauth.write(file, tokens)
    _give_to_owner(file, folder)
    return file


def _give_to_owner(path: Path, like: Path) -> None:
    """Root installs for the user who will run us."""
    owner = like.stat()
    if os.geteuid() == 0 and owner.st_uid != 0:
        os.chown(path, owner.st_uid, owner.st_gid)
