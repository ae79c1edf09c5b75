"""What is the same of one picture at two sizes stands beside the photo, so that an editor sees
what came before. Photos filed earlier are known by their bytes alone."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    with op.batch_alter_table("photo") as table:
        table.add_column(sa.Column("likeness", sa.Text(), nullable=False, server_default=""))
