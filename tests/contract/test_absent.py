"""Mails that we do not have are in sight: what a server withholds, what left before we had it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from desk.presentation.absent import find_absent
from desk.store import Store
from desk.store.inbound.ledger import Place, skip
from desk.store.tables import Ledger, Mail
from tests.contract.conftest import NOW

DAY = timedelta(days=1)


def gone(store: Store, uid: int, at: datetime, message_id: str = "") -> None:
    place = Place(mailbox="warta", folder="INBOX", uidvalidity=1, uid=uid)
    with store.begin() as tx:
        skip(tx, place, "gone", at, advance=False)
        for row in tx.scalars(select(Ledger).where(Ledger.uid == uid)):
            row.message_id = message_id


def mail(store: Store, message_id: str, state: str = "examined") -> None:
    with store.begin() as tx:
        tx.add(
            Mail(
                mailbox_id="warta", source="mail", source_text="warta/INBOX/1/9",
                identity=message_id, size=1, received_at=NOW, message_id=message_id, state=state,
            )
        )  # fmt: skip


def subjects(store: Store) -> list[str]:
    with store.read() as tx:
        return [line.subject for line in find_absent(tx, "id", NOW)]


def test_what_left_before_we_had_it_is_shown_for_two_weeks(store: Store) -> None:
    gone(store, 3, NOW - DAY)
    gone(store, 4, NOW - 20 * DAY)
    assert subjects(store) == ["warta/INBOX, UID 3"]


def test_what_only_moved_to_another_folder_of_ours_is_not_missing(store: Store) -> None:
    gone(store, 3, NOW, "<a@x>")
    mail(store, "<a@x>")
    assert subjects(store) == []


@pytest.mark.parametrize(("state", "shown"), [("withheld", 1), ("received", 0), ("examined", 0)])
def test_what_is_withheld_is_shown_until_it_comes(store: Store, state: str, shown: int) -> None:
    mail(store, "<b@x>", state)
    assert len(subjects(store)) == shown
