"""What bends the examination of a stored mail."""

import msgspec

from desk.app import App
from desk.store.inbound.mails import MailRow
from redaksi.config.schema import make_limits
from redaksi.limits import Limits


def bounds_of(app: App, row: MailRow) -> Limits:
    """The limits of its mailbox. No border saw what was taken in by hand: none is asked about its
    sender."""
    bounds = make_limits(app.config, app.mailbox(row.mailbox))
    if not row.is_taken_in:
        return bounds
    identity = msgspec.structs.replace(bounds.identity, is_taken_in=True)
    return msgspec.structs.replace(bounds, identity=identity)
