"""What a row of the queue is marked with."""

from datetime import UTC, datetime
from typing import Any

import pytest

from desk.presentation.queue_rows import badges_of
from desk.store.submissions.review_queue import QueueRow
from desk.store.submissions.row_parts import PhotoRow
from redaksi.states import OPEN, STATES, State

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


def row(state: State, **changes: Any) -> QueueRow:
    values: dict[str, Any] = {
        "id": 1, "number": "W-2026-0001", "state": state, "decision": "accept", "reason": None,
        "title": "Warga", "contributor": "Siti", "address": "siti@desa.example", "language": "id",
        "province": "", "mailbox": "warta", "source": "mailbox", "mail_id": 1, "mail_subject": "",
        "answer_rule": None, "received_at": NOW, "updated_at": NOW, "revision_id": 1,
        "latest_revision": 1, "returns": 0, "claimed_by": "", "publish_at": None,
        "accepted_revision": 0, "published_url": "", "caption_action": "auto", "doubts": (),
    }  # fmt: skip
    return QueueRow(**(values | changes))


def photo(action: str) -> PhotoRow:
    return PhotoRow(
        name="a.jpg",
        kind="jpeg",
        sha256="0" * 64,
        size=1,
        width=1600,
        height=1200,
        intact=True,
        caption="Warga",
        caption_source="body",
        caption_action=action,
    )


def marks(shown: QueueRow) -> list[str]:
    return [badge.text for badge in badges_of(shown, (), "id")]


@pytest.mark.parametrize("state", sorted(OPEN))
def test_an_unsure_pair_is_marked_in_every_open_state(state: State) -> None:
    assert "periksa keterangan foto" in marks(row(state, caption_action="editor_confirm"))


@pytest.mark.parametrize("state", sorted(set(STATES) - OPEN - {"not_a_submission"}))
def test_what_is_settled_asks_no_one(state: State) -> None:
    assert "periksa keterangan foto" not in marks(row(state, caption_action="editor_confirm"))


def test_an_unsure_pair_is_marked_beside_a_photo_without_caption() -> None:
    shown = row("revising", caption_action="ask", photos=(photo("confirm"), photo("")))
    assert "periksa keterangan foto" in marks(shown)


def test_sure_pairs_are_not_marked() -> None:
    assert "periksa keterangan foto" not in marks(row("review", photos=(photo("auto"),)))
