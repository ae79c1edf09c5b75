"""A submission was received when its mail arrived at the server, not when we fetched it: after an
outage of ours it waits as long as its contributor does."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

OLDEST = timedelta(days=3 * 365)  # desk.domain.arrival, as it was on the day of this migration


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    connection = op.get_bind()
    instant = sa.DateTime(timezone=True)
    mails = sa.table(
        "mail",
        sa.column("id", sa.Integer()),
        sa.column("internaldate", instant),
        sa.column("received_at", instant),
    )
    submissions = sa.table(
        "submission", sa.column("mail_id", sa.Integer()), sa.column("received_at", instant)
    )
    earlier = sa.select(mails).where(mails.c.internaldate < mails.c.received_at)
    for mail in connection.execute(earlier).all():
        if mail.received_at - mail.internaldate <= OLDEST:
            connection.execute(
                sa.update(submissions)
                .where(submissions.c.mail_id == mail.id)
                .values(received_at=mail.internaldate)
            )
