"""Reasons are codes with facts, no longer English sentences. What nobody gave a code keeps its line
as a fact; events refuse UPDATE and stay as they are (desk.store.legacy_reasons reads them)."""

import sqlalchemy as sa
from alembic import op

from desk.store.legacy_reasons import translate

revision = "0009"
down_revision = "0008"

_COLUMNS = (
    ("mail", "reason"),
    ("try", "reason"),
    ("document", "refused"),
    ("photo", "damage"),
    ("outbox", "why"),
)


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    connection = op.get_bind()
    for name, column in _COLUMNS:
        table = sa.table(name, sa.column(column, sa.Text()))
        kept = table.c[column]
        for text in connection.scalars(sa.select(kept).where(kept != "").distinct()).all():
            connection.execute(
                sa.update(table).where(kept == text).values({column: str(translate(text))})
            )
