"""What a database that was brought back must be told before anybody opens it: nothing that was about to
leave leaves by itself, nobody who was at work is, nobody is signed in."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, update

from desk.store import Transaction, schema_meta
from desk.store.outbound import brought_back as letters
from desk.store.publications import brought_back as publications
from desk.store.tables import Claim, Process, RelayPause, SiteState, WebSession


class Settled(Struct, frozen=True, kw_only=True):
    """What an editor is called for."""

    letters: int
    publications: int


def settle(tx: Transaction, now: datetime) -> Settled:
    """All of it, in the transaction that brings the schema up to date."""
    schema_meta.change(tx, schema_meta.RESTORED, now.isoformat())
    # whoever was at work then is not: what they held is free
    tx.execute(update(Process).where(Process.ended_at.is_(None)).values(ended_at=now))
    # sessions that were ended since would live again; pages and pauses are of another machine
    for table in (WebSession, Claim, SiteState, RelayPause):
        tx.execute(delete(table))
    return Settled(
        letters=letters.make_drafts(tx, now), publications=publications.hold_all(tx, now)
    )
