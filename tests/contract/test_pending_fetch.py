"""Mails the server lists and would not give: what is owed, when it is asked for, how it ends."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from desk.store import Store, Transaction, events
from desk.store.inbound import dead_letters, ledger, pending_fetch
from desk.store.inbound.ledger import Arrival, Place
from desk.store.inbound.pending_fetch import Owed
from desk.store.jobs import job_rows
from desk.store.tables import Ledger, Mail

At = Callable[[float], datetime]
SERVER, OTHER = "a" * 64, "b" * 64


def place(uid: int = 2, folder: str = "INBOX", uidvalidity: int = 7) -> Place:
    return Place(mailbox="warta", folder=folder, uidvalidity=uidvalidity, uid=uid)


def arrival(where: Place, at: datetime, sha256: str | None = None, gm: str = "") -> Arrival:
    return Arrival(place=where, at=at, size=900, sha256=sha256, message_id="<m@x>", gm_msgid=gm)


def owe(tx: Transaction, at: datetime, where: Place | None = None) -> int:
    return pending_fetch.owe(tx, arrival(where or place(), at), "NO [SERVERBUG]")


def due(tx: Transaction, at: datetime, *, failed_too: bool = False) -> list[Owed]:
    return pending_fetch.due(tx, "warta", "INBOX", at, failed_too=failed_too)


def only(tx: Transaction, at: datetime, *, failed_too: bool = False) -> Owed:
    (owed,) = due(tx, at, failed_too=failed_too)
    return owed


def fail(tx: Transaction, at: datetime, most: int = 3) -> bool:
    """One attempt more, which fails."""
    claim = pending_fetch.begin(tx, only(tx, at), "w", at)
    return job_rows.failed(tx, claim, at, "NO", dead_letters.give_up, most=most)


def happened(tx: Transaction, mail_id: int) -> list[str]:
    return [one.what for one in events.of_mail(tx, mail_id)]


# ── owed ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_mail_that_did_not_come_is_accounted_for(store: Store, at: At) -> None:
    with store.begin() as tx:
        mail_id = owe(tx, at(0))
        mail = tx.get_one(Mail, mail_id)
        assert (mail.blob, mail.size, mail.message_id, mail.state) == (
            None,
            900,
            "<m@x>",
            "withheld",
        )
        assert mail.source_text == "warta/INBOX/7/2"
        row = tx.scalars(select(Ledger)).one()
        assert (row.uid, row.outcome, row.mail_id) == (2, "skipped", mail_id)
        assert pending_fetch.count(tx, "warta") == 1
        assert pending_fetch.count(tx, "another") == 0
        assert happened(tx, mail_id) == ["mail withheld"]


@pytest.mark.parametrize(("advance", "watermark"), [(True, 2), (False, 0)])
def test_the_line_goes_on_past_it_unless_one_before_it_is_open(
    store: Store, at: At, advance: bool, watermark: int
) -> None:
    with store.begin() as tx:
        pending_fetch.owe(tx, arrival(place(), at(0)), "NO", advance=advance)
        assert ledger.watermark(tx, "warta", "INBOX", 7) == watermark


def test_owed_twice_is_owed_once(store: Store, at: At) -> None:
    with store.begin() as tx:
        first = owe(tx, at(0))
        assert owe(tx, at(60)) == first
        assert pending_fetch.count(tx, "warta") == 1
        assert happened(tx, first) == ["mail withheld"]
        assert only(tx, at(1)).mail_id == first  # still from the first time


# ── when it is asked for ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("minutes", "is_due"), [(0, False), (0.49, False), (0.5, True), (99, True)]
)
def test_the_first_failure_waits_half_a_minute(
    store: Store, at: At, minutes: float, is_due: bool
) -> None:
    with store.begin() as tx:
        owe(tx, at(0))
        assert due(tx, at(1))


def test_it_is_asked_for_in_its_own_folder_whatever_its_epoch(store: Store, at: At) -> None:
    with store.begin() as tx:
        owe(tx, at(0), place(2, uidvalidity=6))
        owe(tx, at(0), place(3))
        owe(tx, at(0), place(4, folder="Spam"))
        assert [one.place for one in due(tx, at(1))] == [place(2, uidvalidity=6), place(3)]
        assert [one.size for one in due(tx, at(1))] == [900, 900]
        assert pending_fetch.due(tx, "another", "INBOX", at(1)) == []
        assert pending_fetch.count(tx, "warta") == 3


def test_who_began_and_died_is_followed_by_the_next_who_holds_the_mailbox(
    store: Store, at: At
) -> None:
    with store.begin() as tx:
        owe(tx, at(0))
        claim = pending_fetch.begin(tx, only(tx, at(1)), "w", at(1))
        assert claim.attempt == 2  # that it was withheld was the first
        assert due(tx, at(1))


def test_the_last_failure_is_shown_and_asked_for_at_a_reconciliation_alone(
    store: Store, at: At
) -> None:
    with store.begin() as tx:
        mail_id = owe(tx, at(0))
        assert not fail(tx, at(1))
        assert due(tx, at(5)) == []
        assert fail(tx, at(6.1))
        assert due(tx, at(999)) == []
        owed = only(tx, at(999), failed_too=True)
        assert (owed.mail_id, owed.failed) == (mail_id, True)
        assert pending_fetch.count(tx, "warta") == 1
        assert dead_letters.unexamined(tx, mail_id) is not None


# ── how it ends ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("failed", [False, True])
def test_the_bytes_come(store: Store, at: At, failed: bool) -> None:
    with store.begin() as tx:
        mail_id = owe(tx, at(0))
        if failed:
            assert fail(tx, at(1), most=1)
        owed = only(tx, at(60), failed_too=True)
        assert pending_fetch.record_arrival(tx, owed, SERVER, 950, "17", at(60))
        mail = tx.get_one(Mail, mail_id)
        assert (mail.blob, mail.size, mail.gm_msgid, mail.state) == (SERVER, 950, "17", "received")
        assert not mail.reason
        assert tx.scalars(select(Ledger.outcome)).one() == "new"
        assert pending_fetch.count(tx, "warta") == 0
        assert due(tx, at(999), failed_too=True) == []
        assert happened(tx, mail_id)[-1] == "mail arrived"
        shown = dead_letters.unexamined(tx, mail_id)
        assert (shown.state if shown else None) == ("received" if failed else None)


@pytest.mark.parametrize(
    ("had", "number", "came", "as_number", "is_known"),
    [
        (SERVER, "", SERVER, "", True),
        (SERVER, "", OTHER, "", False),
        (SERVER, "17", OTHER, "17", True),
        (SERVER, "17", OTHER, "18", False),
        (SERVER, "17", OTHER, "", False),
        (SERVER, "", OTHER, "17", False),
    ],
)
def test_a_mail_we_have_by_its_bytes_or_its_number_is_not_filed_again(
    store: Store, at: At, had: str, number: str, came: str, as_number: str, is_known: bool
) -> None:
    with store.begin() as tx:
        known = ledger.arrive(tx, arrival(place(1), at(0), had, number)).mail_id
        mail_id = owe(tx, at(0))
        new = pending_fetch.record_arrival(tx, only(tx, at(1)), came, 950, as_number, at(1))
        assert new is not is_known
        row = tx.scalars(select(Ledger).where(Ledger.uid == 2)).one()
        assert row.mail_id == (known if is_known else mail_id)
        assert row.outcome == ("twin" if is_known else "new")
        mail = tx.get_one(Mail, mail_id)
        assert mail.state == ("examined" if is_known else "received")
        assert mail.outcome == ("ignore" if is_known else None)
        assert pending_fetch.count(tx, "warta") == 0


def test_what_was_shown_as_failed_and_is_known_after_all_is_put_away(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.arrive(tx, arrival(place(1), at(0), SERVER))
        mail_id = owe(tx, at(0))
        assert fail(tx, at(1), most=1)
        assert not pending_fetch.record_arrival(
            tx, only(tx, at(60), failed_too=True), SERVER, 950, "", at(60)
        )
        assert happened(tx, mail_id)[-1] == "ignore"
        assert not job_rows.failed_jobs(tx)
        shown = events.of_mail(tx, mail_id)[-1]
        assert shown.submission_id is not None
