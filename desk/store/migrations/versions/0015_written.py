"""What a contributor wrote beside the files stands with the mail. Mails examined by then have it in
their originals alone."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.add_column("mail", sa.Column("written", sa.Text(), nullable=False, server_default=""))
