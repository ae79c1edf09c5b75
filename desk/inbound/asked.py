"""*Periksa sekarang*: somebody at the desk wants the inbox looked at now. A moment in the store, so
that the worker sees it in whatever process it is; what is older than a pass's beginning is done."""

from datetime import datetime

from desk.app import App
from desk.store.jobs import leases
from redaksi.errors import StoreError


def ask_to_poll(app: App) -> None:
    """Every mailbox is to be looked at now; a quota that was met is waited out all the same."""
    with app.store.begin() as tx:
        for box in app.config.mailbox:
            leases.note(tx, _name(box.id), app.clock())


def is_asked(app: App, mailbox: str, begun: datetime | None) -> bool:
    """Whether somebody asked since the last pass began; a database that refuses asks nothing."""
    try:
        with app.store.read() as tx:
            asked = leases.until(tx, _name(mailbox))
    except StoreError:
        return False
    return asked is not None and (begun is None or asked > begun)


def _name(mailbox: str) -> str:
    return f"asked:{mailbox}"
