"""What serves the desk in a browser; it needs the extra [web]."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from desk.app import App
from redaksi.errors import ConfigError

if TYPE_CHECKING:
    from desk.web.visit import Desk


class ServeDesk(Protocol):
    """`listen` "": as config.toml says."""

    def __call__(self, app: App, listen: str = "") -> "AbstractContextManager[Desk]":
        """Serve until the end of the block."""
        ...


Serve = Callable[[App], "AbstractContextManager[Desk | None]"]


def find_desk() -> ServeDesk:
    """What serves the desk. Raises ConfigError without the extra."""
    try:
        from desk.web.server import serve_desk  # noqa: PLC0415 - needs the extra [web]
    except ImportError as error:
        raise ConfigError("no_web") from error
    return serve_desk
