"""A mail that the virus scanner could not look into: nobody is given its files as they came, until
an editor releases them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.add_column(
        "mail", sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
