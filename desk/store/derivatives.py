"""Which blob is the thumbnail, the screen copy, the JPEG of an original."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.rows import ensure
from desk.store.tables import Derivative
from desk.store.tables.derivative import DerivativeRole


def record(
    tx: Transaction, original: str, role: DerivativeRole, sha256: str, size: int, now: datetime
) -> None:
    """Say that the blob `sha256` is what `original` is shown as; what was said before stands."""
    values = {
        "original": original,
        "role": role,
        "variant": "",
        "sha256": sha256,
        "size": size,
        "created_at": now,
    }
    ensure(tx, Derivative, values)


def find(tx: Transaction, originals: Collection[str]) -> dict[tuple[str, DerivativeRole], str]:
    """The blob of each role of these originals."""
    if not originals:
        return {}
    rows = tx.execute(
        select(Derivative.original, Derivative.role, Derivative.sha256).where(
            Derivative.original.in_(originals), Derivative.variant == ""
        )
    )
    return {(original, role): sha256 for original, role, sha256 in rows}
