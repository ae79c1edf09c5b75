"""Jobs of any kind: `work` becomes `job`, with a key of text, a payload and a priority."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Forward only: a backup is the way back. Ids, attempts, tokens and leases go on."""
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.execute(
        "INSERT INTO job (id, kind, key, payload, state, priority, attempts, token, holder,"
        " leased_until, not_before, last_error, created_at, ended_at)"
        " SELECT id, kind, CAST(mail_id AS TEXT), '{}', state, 0, attempts, token, worker,"
        " leased_until, not_before, last_error, created_at, ended_at FROM work"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('job', 'id'), max(id)) FROM job HAVING max(id) > 0"
        )
    op.create_index(
        op.f("ix_job_kind_state_not_before"), "job", ["kind", "state", "not_before"], unique=False
    )
    still_open = sa.text("state IN ('waiting', 'leased')")
    op.create_index(
        "uq_job_open",
        "job",
        ["kind", "key"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.drop_table("work")
