"""A database file with every table and no row: the migrations run once for a test process, and each
test has a copy. That they run from nothing is tried where a store is begun: test_migrations, and
whatever starts `redaksi` as a process."""

import tempfile
from functools import cache
from pathlib import Path

from desk.store import open_store

NAME = "redaksi.db"  # beneath data_dir, where config.toml names no other


@cache
def _read_empty() -> bytes:
    with tempfile.TemporaryDirectory(prefix="redaksi-empty-") as folder:
        file = Path(folder) / NAME
        open_store(f"sqlite:///{file}").close()
        return file.read_bytes()


def lay_out(home: Path) -> str:
    """A database in this folder, unless it has one; its URL."""
    file = home / NAME
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_bytes(_read_empty())
    return f"sqlite:///{file}"
