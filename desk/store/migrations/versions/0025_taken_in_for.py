"""A mail that an editor took in may be part of a submission: a column says so, not its subject."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.add_column("mail", sa.Column("for_submission_id", sa.Integer(), nullable=True))
