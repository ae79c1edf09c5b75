"""What stands still at the targets: what failed, what asks, what is looked for, who takes nothing."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from desk.store.engine import Transaction
from desk.store.outbound import relay
from desk.store.publications.rows import count_calling
from desk.store.tables import Attention, Publication, RelayPause


class PausedTarget(Struct, frozen=True, kw_only=True):
    """A target that is left alone until then. `code` as of a row that failed; `detail`: its own
    word."""

    target: str
    until: datetime
    code: str
    detail: str = ""


class Alarms(Struct, frozen=True, kw_only=True):
    """Counts of rows, and since when the oldest of a kind waits."""

    failed: int = 0
    asking: int = 0  # held ones too
    asking_since: datetime | None = None
    checking: int = 0
    checking_since: datetime | None = None
    paused: tuple[PausedTarget, ...] = ()


def find_alarms(tx: Transaction) -> Alarms:
    """How it stands at the targets now. Four queries."""
    calls = count_calling(tx)
    asked = select(func.min(Attention.since)).where(Attention.flag == "asking")
    looked = select(func.count(), func.min(Publication.checked_at))
    checking, since = tx.execute(looked.where(Publication.state == "checking")).one()
    prefix = relay.name_target("")
    pauses = tx.scalars(select(RelayPause).order_by(RelayPause.id))
    return Alarms(
        failed=calls["failed"],
        asking=calls["asking"],
        asking_since=tx.scalar(asked) if calls["asking"] else None,
        checking=checking,
        checking_since=since,
        paused=tuple(_paused(row, prefix) for row in pauses if row.id.startswith(prefix)),
    )


def _paused(row: RelayPause, prefix: str) -> PausedTarget:
    code, _, detail = row.error.partition(" ")
    return PausedTarget(
        target=row.id.removeprefix(prefix), until=row.until, code=code, detail=detail
    )
