"""A letter's bytes lie apart: how letters stand is asked every second, their bytes once."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.create_table(
        "letter_content",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_letter_content_outbox_id")
        ),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_letter_content")),
    )
    op.execute("INSERT INTO letter_content (outbox_id, content) SELECT id, content FROM outbox")
    op.drop_column("outbox", "content")
