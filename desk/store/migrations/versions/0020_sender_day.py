"""What a sender's mails of a day cost, so that nobody waits for one sender for long."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.create_table(
        "sender_day",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("authenticated", sa.Boolean(), nullable=False),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.Column("processor", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "address", "authenticated", name=op.f("pk_sender_day")),
    )
