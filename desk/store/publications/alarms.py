"""What stands still at the targets: what failed, what asks, what is looked for, who takes nothing."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from desk.store.engine import Transaction
from desk.store.outbound import relay
from desk.store.publications.rows import count_calling
from desk.store.rows import look_at_once
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
    """How it stands at the targets now. Three queries."""
    calls = count_calling(tx)
    is_looked_for = Publication.state == "checking"
    asked = {
        "asking_since": select(func.min(Attention.since)).where(Attention.flag == "asking"),
        "checking": select(func.count()).where(is_looked_for),
        "checking_since": select(func.min(Publication.checked_at)).where(is_looked_for),
    }
    found = look_at_once(tx, asked)
    prefix = relay.name_target("")
    pauses = tx.scalars(select(RelayPause).order_by(RelayPause.id))
    return Alarms(
        failed=calls["failed"],
        asking=calls["asking"],
        asking_since=found["asking_since"] if calls["asking"] else None,
        checking=found["checking"],
        checking_since=found["checking_since"],
        paused=tuple(_paused(row, prefix) for row in pauses if row.id.startswith(prefix)),
    )


def _paused(row: RelayPause, prefix: str) -> PausedTarget:
    code, _, detail = row.error.partition(" ")
    return PausedTarget(
        target=row.id.removeprefix(prefix), until=row.until, code=code, detail=detail
    )
