"""A mail that the server lists and does not give is withheld, no longer received: it waits for the
server, not for us."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    mail = sa.table(
        "mail", sa.column("state", sa.Text()), sa.column("identity", sa.Text()), sa.column("blob")
    )
    owed = (mail.c.state == "received", mail.c.identity.like("owed:%"), mail.c.blob.is_(None))
    op.get_bind().execute(sa.update(mail).where(*owed).values(state="withheld"))
