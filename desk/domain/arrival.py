"""When a mail arrived: what "diterima" says and every waiting time is counted from. Pure."""

from datetime import datetime, timedelta

OLDEST = timedelta(
    days=3 * 365
)  # an older date is a broken clock's, or none at all (1 January 1970)


def find_arrival(internaldate: datetime | None, fetched: datetime) -> datetime:
    """When the mail came to its server (INTERNALDATE, RFC 9051, 2.3.3), so that an outage of ours
    hides nothing; when we fetched it, where the server says nothing, something later, or something
    absurd."""
    if internaldate is None or not fetched - OLDEST <= internaldate <= fetched:
        return fetched
    return internaldate
