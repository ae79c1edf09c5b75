"""A pass over a folder says how far it is, so that a first poll of thousands is told as progress; a
UID that left its folder before we had its mail keeps what may recognise it elsewhere."""

import sqlalchemy as sa
from alembic import op

from desk.store.columns import Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    with op.batch_alter_table("poll") as table:
        table.add_column(sa.Column("listed", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("done", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("moved_at", Instant(), nullable=True))
    with op.batch_alter_table("ledger") as table:
        table.add_column(sa.Column("message_id", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("gm_msgid", sa.Text(), nullable=False, server_default=""))
        table.create_index(table.f("ix_ledger_outcome_seen_at"), ["outcome", "seen_at"])
