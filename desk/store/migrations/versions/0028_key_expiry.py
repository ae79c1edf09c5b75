"""Until when what a retired key signed counts; NULL: for ever, as before."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    instant = sa.DateTime(timezone=True)
    op.add_column("signing_key", sa.Column("expires_at", instant, nullable=True))
