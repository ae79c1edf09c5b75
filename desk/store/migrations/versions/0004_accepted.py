"""What an editor scheduled: which try, under which headline, where."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Forward only: a backup is the way back. What was scheduled before counts as its newest try."""
    with op.batch_alter_table("submission") as table:
        table.add_column(sa.Column("accepted", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("headline", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("category", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE submission SET accepted = tries WHERE state IN ('scheduled', 'published')")
