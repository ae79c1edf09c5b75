"""Which blob is the thumbnail, the screen copy, the JPEG of an original."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select, update

from desk.store.engine import Transaction
from desk.store.rows import ensure
from desk.store.tables import Derivative
from desk.store.tables.derivative import DerivativeRole


class Made(Struct, frozen=True, kw_only=True):
    """A blob (`sha256`, `size` in bytes) made of an original by the reading of mail `mail_id`."""

    original: str
    role: DerivativeRole
    sha256: str
    size: int
    mail_id: int


def record(tx: Transaction, made: Made, now: datetime) -> None:
    """Say what an original is shown as; what was said before stands. Where the reading of another
    mail made other bytes of it, those are what is shown of that mail alone: who sends somebody
    else's photo does not change how it is shown to its owner's editors."""
    before = find(tx, [made.original]).get((made.original, made.role), made.sha256)
    values = {
        "original": made.original,
        "role": made.role,
        "variant": "" if before == made.sha256 else _variant_of(made.mail_id),
        "sha256": made.sha256,
        "size": made.size,
        "created_at": now,
    }
    ensure(tx, Derivative, values)


def record_published(
    tx: Transaction, original: str, variant: str, sha256: str, size: int, now: datetime
) -> None:
    """Say which blob is published of an original with these words (`variant`). What was said
    before gives way: its blob is no longer there."""
    key = {"original": original, "role": "publish", "variant": variant}
    _replace(tx, key, {"sha256": sha256, "size": size}, now)


def record_tidied(
    tx: Transaction, original: str, look: str, sha256: str, size: int, now: datetime
) -> None:
    """Say which blob is the tidied copy of a document in this `look`; what was said before gives
    way."""
    key = {"original": original, "role": "tidied", "variant": look}
    _replace(tx, key, {"sha256": sha256, "size": size}, now)


def find_published(tx: Transaction, original: str, variant: str) -> str | None:
    """The blob of an original with these words; None where it was never made."""
    return _find_variant(tx, original, "publish", variant)


def find_all_published(
    tx: Transaction, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """The same of these originals, each with its words; what was never made is absent. One query."""
    found = select(Derivative.original, Derivative.variant, Derivative.sha256).where(
        Derivative.role == "publish",
        Derivative.original.in_({original for original, _ in wanted}),
        Derivative.variant.in_({variant for _, variant in wanted}),
    )
    return {(original, variant): sha256 for original, variant, sha256 in tx.execute(found)}


def find_tidied(tx: Transaction, original: str, look: str) -> str | None:
    """The blob of a document's tidied copy; None where it was never made."""
    return _find_variant(tx, original, "tidied", look)


def _replace(
    tx: Transaction, key: dict[str, str], made: dict[str, str | int], now: datetime
) -> None:
    ensure(tx, Derivative, {**key, **made, "created_at": now})
    tx.execute(update(Derivative).filter_by(**key).values(**made))


def _find_variant(tx: Transaction, original: str, role: DerivativeRole, variant: str) -> str | None:
    return tx.scalar(
        select(Derivative.sha256).filter_by(original=original, role=role, variant=variant)
    )


def find(
    tx: Transaction, originals: Collection[str], mails: Collection[int] = (), look: str = ""
) -> dict[tuple[str, DerivativeRole], str]:
    """The blob of each role of these originals, as the readings of `mails` made it, else as the
    first did; with a `look`, the tidied copies in it."""
    if not originals:
        return {}
    own = [_variant_of(mail_id) for mail_id in mails]
    rows = tx.execute(
        select(Derivative.original, Derivative.role, Derivative.sha256)
        .where(Derivative.original.in_(originals), Derivative.variant.in_(["", look, *own]))
        .order_by(Derivative.variant != "", Derivative.id)  # those of these mails stand last
    )
    return {(original, role): sha256 for original, role, sha256 in rows}


def _variant_of(mail_id: int) -> str:
    return f"mail {mail_id}"
