"""The desk: accounts, sessions, claims, drafts of forms; versions of what editors see."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    _make_accounts()
    _make_sessions()
    _make_claims()
    _make_drafts()
    version: sa.Column[int] = sa.Column("version", sa.Integer(), nullable=False, server_default="0")
    op.add_column("submission", version)
    op.add_column("submission", sa.Column("editor_id", sa.Integer(), nullable=True))
    _index("submission", ["editor_id", "state"])
    _index("submission", ["province", "id"])
    op.add_column("mail", sa.Column("taken_in_by", sa.Integer(), nullable=True))
    op.add_column("mail", _text("channel"))
    op.add_column("outbox", _text("source"))
    op.add_column("outbox", _text("facts_hash"))
    op.add_column("outbox", sa.Column("edited_by", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("edited_at", _INSTANT, nullable=True))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _index(table: str, columns: Sequence[str]) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _account_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id")
    )


def _make_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _text("sign"),
        _text("initials"),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        _text("password_hash"),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("disabled_at", _INSTANT, nullable=True),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sa.CheckConstraint(
            "role IN ('reader', 'editor', 'chief', 'ops')", name=op.f("ck_account_role")
        ),
    )


def _make_sessions() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        _text("agent"),
        _text("network"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        _account_key("session"),
    )
    _index("session", ["account_id"])
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("login_key", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
    )
    _index("sign_in_failure", ["login_key", "at"])
    _index("sign_in_failure", ["network", "at"])


def _make_claims() -> None:
    op.create_table(
        "claim",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_claim")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_claim_submission_id")
        ),
        _account_key("claim"),
    )
    _index("claim", ["account_id"])


def _make_drafts() -> None:
    op.create_table(
        "decision_draft",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("saved_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(
            "account_id", "submission_id", "scope", name=op.f("pk_decision_draft")
        ),
        _account_key("decision_draft"),
    )
    _index("decision_draft", ["saved_at"])
