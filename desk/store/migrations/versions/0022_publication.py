"""Decisions with their words, editions, and what should stand at each target against what does."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_INSTANT = sa.DateTime(timezone=True)
TARGET = "situs"  # the leading target's id where none was configured


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    _make_decisions()
    _make_photo_choices()
    _make_editions()
    _make_publications()
    column = sa.Column("article_uri", sa.Text(), nullable=False, server_default="")
    op.add_column("submission", column)
    told: sa.Column[bool] = sa.Column(
        "tells_published", sa.Boolean(), nullable=False, server_default=sa.true()
    )
    op.add_column("submission", told)
    op.add_column("submission", sa.Column("embargo_until", _INSTANT, nullable=True))
    _note_published_before()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _make(name: str, columns: Sequence[sa.schema.SchemaItem]) -> None:
    op.create_table(name, *columns)


def _make_decisions() -> None:
    _make(
        "decision",
        [
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("event_id", sa.Integer(), nullable=False),
            sa.Column("submission_id", sa.Integer(), nullable=False),
            sa.Column("account_id", sa.Integer(), nullable=True),
            _text("editor"),
            _text("initials"),
            sa.Column("revision", sa.Integer(), nullable=False),
            sa.Column("event", sa.Text(), nullable=False),
            sa.Column("at", _INSTANT, nullable=False),
            _text("headline"),
            _text("category"),
            sa.Column("publish_at", _INSTANT, nullable=True),
            _text("url"),
            _text("reason"),
            _text("note"),
            sa.Column("remarks", sa.Text(), nullable=False),
            sa.Column("overrides", sa.Text(), nullable=False),
            sa.Column("silent", sa.Boolean(), nullable=False),
            sa.Column("letter_id", sa.Integer(), nullable=True),
            sa.Column("before", sa.Text(), nullable=False),
            sa.Column("undone_at", _INSTANT, nullable=True),
            sa.UniqueConstraint("event_id", name=op.f("uq_decision_event_id")),
            sa.ForeignKeyConstraint(
                ["submission_id"], ["submission.id"], name=op.f("fk_decision_submission_id")
            ),
        ],
    )
    op.create_index(op.f("ix_decision_submission_id"), "decision", ["submission_id"])


def _make_photo_choices() -> None:
    _make(
        "photo_choice",
        [
            sa.Column("submission_id", sa.Integer(), nullable=False),
            sa.Column("sha256", sa.Text(), nullable=False),
            sa.Column("used", sa.Boolean(), nullable=False),
            sa.Column("lead", sa.Boolean(), nullable=False),
            sa.Column("caption", sa.Text(), nullable=True),
            sa.Column("credit", sa.Text(), nullable=True),
            sa.Column("alt", sa.Text(), nullable=True),
            sa.Column("source_sha256", sa.Text(), nullable=True),
            sa.Column("confirmed_at", _INSTANT, nullable=True),
            sa.Column("account_id", sa.Integer(), nullable=True),
            sa.Column("at", _INSTANT, nullable=False),
            sa.PrimaryKeyConstraint("submission_id", "sha256", name=op.f("pk_photo_choice")),
            sa.ForeignKeyConstraint(
                ["submission_id"], ["submission.id"], name=op.f("fk_photo_choice_submission_id")
            ),
        ],
    )
    op.create_index(
        "ix_photo_choice_lead",
        "photo_choice",
        ["submission_id"],
        unique=True,
        sqlite_where=sa.text("lead"),
        postgresql_where=sa.text("lead"),
    )


def _make_editions() -> None:
    _make(
        "edition",
        [
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("submission_id", sa.Integer(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("revision_id", sa.Integer(), nullable=True),
            sa.Column("content", sa.LargeBinary(), nullable=False),
            sa.Column("made_by", sa.Text(), nullable=False),
            sa.Column("made_at", _INSTANT, nullable=False),
            _text("reason"),
            sa.UniqueConstraint(
                "submission_id", "number", name=op.f("uq_edition_submission_id_number")
            ),
            sa.ForeignKeyConstraint(
                ["submission_id"], ["submission.id"], name=op.f("fk_edition_submission_id")
            ),
            sa.ForeignKeyConstraint(
                ["revision_id"], ["try.id"], name=op.f("fk_edition_revision_id")
            ),
        ],
    )
    _make(
        "edition_term",
        [
            sa.Column("submission_id", sa.Integer(), nullable=False),
            sa.Column("term", sa.Text(), nullable=False),
            sa.Column("is_place", sa.Boolean(), nullable=False),
            sa.PrimaryKeyConstraint("submission_id", "term", name=op.f("pk_edition_term")),
            sa.ForeignKeyConstraint(
                ["submission_id"], ["submission.id"], name=op.f("fk_edition_term_submission_id")
            ),
        ],
    )
    op.create_index(op.f("ix_edition_term_term"), "edition_term", ["term"])


def _make_publications() -> None:
    _make(
        "publication",
        [
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("submission_id", sa.Integer(), nullable=False),
            sa.Column("target", sa.Text(), nullable=False),
            sa.Column("wanted", sa.Text(), nullable=False),
            sa.Column("edition_id", sa.Integer(), nullable=True),
            sa.Column("standing_edition_id", sa.Integer(), nullable=True),
            sa.Column("state", sa.Text(), nullable=False),
            _text("external_id"),
            _text("external_version"),
            _text("url"),
            sa.Column("media", sa.Text(), nullable=False),
            sa.Column("first_standing_at", _INSTANT, nullable=True),
            sa.Column("checked_at", _INSTANT, nullable=True),
            sa.Column("attempts", sa.Integer(), nullable=False),
            sa.Column("first_attempt_at", _INSTANT, nullable=True),
            sa.Column("next_at", _INSTANT, nullable=True),
            _text("error_code"),
            _text("last_error"),
            sa.Column("overwrite", sa.Boolean(), nullable=False),
            sa.Column("tell", sa.Boolean(), nullable=False),
            sa.UniqueConstraint(
                "submission_id", "target", name=op.f("uq_publication_submission_id_target")
            ),
            sa.ForeignKeyConstraint(
                ["submission_id"], ["submission.id"], name=op.f("fk_publication_submission_id")
            ),
            sa.ForeignKeyConstraint(
                ["edition_id"], ["edition.id"], name=op.f("fk_publication_edition_id")
            ),
            sa.ForeignKeyConstraint(
                ["standing_edition_id"],
                ["edition.id"],
                name=op.f("fk_publication_standing_edition_id"),
            ),
        ],
    )
    op.create_index(op.f("ix_publication_state_next_at"), "publication", ["state", "next_at"])
    op.create_index(
        op.f("ix_publication_target_first_standing_at"),
        "publication",
        ["target", "first_standing_at"],
    )


def _note_published_before() -> None:
    """What was called published before there were targets: nobody knows where it stands, and nobody
    is told anything more."""
    op.execute(
        sa.text(
            "INSERT INTO publication (submission_id, target, wanted, state, external_id, "
            "external_version, url, media, attempts, error_code, last_error, overwrite, tell) "
            "SELECT id, :target, 'up', 'standing', '', '', published_url, '{}', 0, "
            "CASE WHEN published_url = '' THEN 'before_targets' ELSE '' END, '', :no, :no "
            "FROM submission WHERE state = 'published'"
        ).bindparams(target=TARGET, no=False)
    )
