"""Limits are enforced at sending: who decided on a letter, since when it is tried, and the relay's pause."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Forward only: a backup is the way back. Addresses were written in lower case and ASCII until now."""
    op.drop_index(op.f("ix_outbox_to_address_sent_at"), table_name="outbox")
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("to_key", sa.Text(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("automatic", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        table.add_column(sa.Column("good_until", sa.DateTime(timezone=True), nullable=True))
        table.add_column(
            sa.Column(
                "queued_at",
                sa.DateTime(timezone=True),
                nullable=False,
                server_default="1970-01-01 00:00:00",
            )
        )
        table.add_column(sa.Column("deferred_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE outbox SET to_key = lower(to_address), queued_at = created_at")
    op.create_index(op.f("ix_outbox_sent_at"), "outbox", ["sent_at"], unique=False)
    op.create_index(
        op.f("ix_outbox_kind_created_at"), "outbox", ["kind", "created_at"], unique=False
    )
    op.create_table(
        "relay_pause",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_pause")),
    )
