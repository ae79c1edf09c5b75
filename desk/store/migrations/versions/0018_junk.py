"""Whether a mail came through a folder for spam: its letter waits for an editor. Of mails taken in
before nobody remembers it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Forward only: a backup is the way back. No table is made anew: others point at this one."""
    junk: sa.Column[bool] = sa.Column(
        "junk", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("mail", junk)
