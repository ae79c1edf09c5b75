"""A restored store sends nothing by itself of what was before, and counts as sent what the Sent folder
has."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest

from desk.outbound import restored
from desk.store import events, schema_meta
from desk.store.inbound import mails
from desk.store.outbound import outbox
from redaksi.errors import ServerError
from tests.postoffice import Bench, bench

STATES = ("draft", "queued", "held", "unknown", "failed")


@contextmanager
def sent_folder(*known: str) -> Iterator[list[str]]:
    """A Sent folder that has these Message-IDs; what it was asked for."""
    asked: list[str] = []

    def find(_folder: str, message_id: str) -> bool:
        asked.append(message_id)
        return message_id in known

    @contextmanager
    def open_it(_account: object) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(find_message_id=find, special=lambda _use: "Sent")

    with (
        mock.patch.object(restored, "open_mailbox", open_it),
        mock.patch.object(restored, "imap_account", lambda _app, _box: None),
    ):
        yield asked


def mark_restored(on: Bench, at: datetime) -> None:
    with on.app.store.begin() as tx:
        schema_meta.change(tx, schema_meta.RESTORED, at.isoformat())


@pytest.mark.parametrize("state", ["draft", "queued"])
def test_what_left_after_the_backup_is_sent_and_the_rest_waits(tmp_path: Path, state: str) -> None:
    with bench(tmp_path, sent="Sent") as on:
        left, waits = on.letter(state="draft"), on.letter(state="draft")
        on.later(minutes=5)
        mark_restored(on, on.now)
        if state == "queued":
            with on.app.store.begin() as tx:
                outbox.release(tx, left, on.now)  # an editor was faster than the first turn
        on.later(minutes=5)
        new = on.letter(state="draft")
        with sent_folder(on.get(left).message_id, on.get(new).message_id) as asked:
            on.post()
            on.post()
        assert [on.get(each).state for each in (left, waits, new)] == ["sent", "draft", "draft"]
        assert asked == [on.get(left).message_id, on.get(waits).message_id]  # once
        assert on.wire == []


def test_a_sent_folder_that_cannot_be_asked_is_asked_again(tmp_path: Path) -> None:
    with bench(tmp_path, sent="Sent") as on:
        left = on.letter(state="draft")
        on.later(minutes=5)
        mark_restored(on, on.now)
        with mock.patch.object(restored, "open_mailbox", side_effect=ServerError("silent")):
            on.post()
        assert on.get(left).state == "draft"
        with sent_folder(on.get(left).message_id):
            on.post()
        assert on.get(left).state == "sent"


def test_where_no_copies_are_filed_nobody_is_asked(tmp_path: Path) -> None:
    with bench(tmp_path) as on:
        waits = on.letter(state="draft")
        on.later(minutes=5)
        mark_restored(on, on.now)
        with sent_folder(on.get(waits).message_id) as asked:
            on.post()
        assert (on.get(waits).state, asked) == ("draft", [])


@pytest.mark.parametrize(
    ("actor", "minutes", "is_old"),
    [
        ("contributor", -5, True),
        ("contributor", 5, False),
        ("editor:3", -5, True),
        ("editor:3", 5, False),
        ("clock", 5, True),
        ("publisher", 5, True),
    ],
)
def test_what_a_letter_is_about_is_old_until_somebody_does_something(
    tmp_path: Path, actor: str, minutes: float, is_old: bool
) -> None:
    with bench(tmp_path) as on:
        mark_restored(on, on.now)
        happened = events.Happened(
            at=on.now + timedelta(minutes=minutes),
            actor=actor,
            what="seen",
            submission_id=None,
            facts={},
        )
        with (
            mock.patch.object(events, "of_submission", lambda _tx, _id: [happened]),
            on.app.store.read() as tx,
        ):
            assert restored.is_old(tx, None, 7) == is_old


@pytest.mark.parametrize(("arrived", "is_old"), [(-60, True), (-1, True), (1, False)])
def test_a_mail_that_had_arrived_by_the_restore_may_have_been_answered(
    tmp_path: Path, arrived: float, is_old: bool
) -> None:
    with bench(tmp_path) as on:
        mark_restored(on, on.now)
        mail = SimpleNamespace(
            internaldate=on.now + timedelta(minutes=arrived),
            received_at=on.now + timedelta(hours=1),
        )
        with (
            mock.patch.object(mails, "get", lambda _tx, _id: mail),
            on.app.store.read() as tx,
        ):
            assert restored.is_old(tx, 7, None) == is_old


def test_a_store_that_never_was_restored_is_as_it_was(tmp_path: Path) -> None:
    with bench(tmp_path) as on, on.app.store.read() as tx:
        assert not restored.is_old(tx, 7, 7)
        assert not restored.is_unasked(tx)
