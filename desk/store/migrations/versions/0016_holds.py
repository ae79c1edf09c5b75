"""A job is held while its holder's heartbeat comes: no time of its own any more."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Forward only: a backup is the way back. What was leased when the program was stopped is held
    by nobody we know, so it is due at once."""
    op.drop_column("job", "leased_until")
