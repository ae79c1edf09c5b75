"""Pictures made of what was sent are blobs, and a table says whose. Thumbnails made before stay in
their folder, where they are still found (desk.presentation.pictures)."""

import sqlalchemy as sa
from alembic import op

from desk.store.columns import Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.create_table(
        "derivative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derivative")),
        sa.UniqueConstraint(
            "original", "role", "variant", name=op.f("uq_derivative_original_role_variant")
        ),
    )
