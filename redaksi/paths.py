"""Where the templates are: beside the packages in a checkout, inside `redaksi` in a wheel."""

from pathlib import Path


def templates() -> Path:
    """The folder that holds `letters/`, `web/` and `static/`."""
    packaged = Path(__file__).parent / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "templates"
