"""A folder that a restore has not finished is nobody's `data_dir`."""

from pathlib import Path

from redaksi.errors import StoreUnfit

MARK = "restoring"


def refuse_half_restored(home: Path) -> None:
    """Raise StoreUnfit for one."""
    if (home / MARK).exists():
        raise StoreUnfit("half_restored", path=home)
