"""The ledger: nothing lost, nothing twice."""

from collections.abc import Callable
from datetime import datetime

import pytest
from msgspec import structs
from sqlalchemy import func, select

from desk.store import Store, Transaction
from desk.store.inbound import flags, ledger
from desk.store.inbound.ledger import Arrival, Place
from desk.store.tables import Mail
from ingest.fetch.listing import Listed
from ingest.fetch.sync import plan

At = Callable[[float], datetime]


def place(uid: int, folder: str = "INBOX", epoch: int = 1) -> Place:
    return Place(mailbox="warta", folder=folder, uidvalidity=epoch, uid=uid)


def arrival(at: datetime, where: Place, content: str = "a") -> Arrival:
    return Arrival(place=where, at=at, size=10, sha256=content * 64)


def but(told: Arrival, **differs: object) -> Arrival:
    return structs.replace(told, **differs)


def listed(uid: int, internaldate: datetime) -> Listed:
    return Listed(uid=uid, size=10, message_id="<m@x>", internaldate=internaldate)


def recognised(tx: Transaction, one: Listed, epoch: int) -> int | None:
    """The mail a listed one is taken for."""
    known = ledger.recall(tx, "warta", "INBOX", epoch, [one])
    found = plan(known, [one], folder="INBOX", uidvalidity=epoch, max_message=100)
    return next((row for _, row in found.again), None)


def count(store: Store, table: type[Mail]) -> int:
    with store.read() as tx:
        return tx.scalars(select(func.count()).select_from(table)).one()


def test_a_new_mail_is_stored_with_the_watermark(store: Store, at: At) -> None:
    with store.begin() as tx:
        arrived = ledger.arrive(tx, arrival(at(0), place(17)))
    assert (arrived.new, arrived.known) == (True, False)
    with store.read() as tx:
        assert ledger.watermark(tx, "warta", "INBOX", 1) == 17
        assert ledger.known_uids(tx, "warta", "INBOX", 1) == {17}
        assert tx.scalars(select(Mail.source_text)).one() == "warta/INBOX/1/17"


def test_nothing_is_stored_when_the_transaction_fails(store: Store, at: At) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as tx:
        ledger.arrive(tx, arrival(at(0), place(17)))
        raise ZeroDivisionError
    assert count(store, Mail) == 0
    with store.read() as tx:
        assert ledger.watermark(tx, "warta", "INBOX", 1) == 0


def test_the_same_uid_again_changes_nothing(store: Store, at: At) -> None:
    for minute in (0, 1):
        with store.begin() as tx:
            arrived = ledger.arrive(tx, arrival(at(minute), place(17)))
    assert (arrived.new, arrived.known) == (False, True)
    assert count(store, Mail) == 1


@pytest.mark.parametrize("gm_msgid", ["", "1278455344230334865"])
def test_one_mail_under_two_labels_is_one_mail(store: Store, at: At, gm_msgid: str) -> None:
    with store.begin() as tx:
        first = ledger.arrive(tx, but(arrival(at(0), place(1)), gm_msgid=gm_msgid))
        second = ledger.arrive(tx, but(arrival(at(0), place(9, "Spam")), gm_msgid=gm_msgid))
    assert (second.mail_id, second.new) == (first.mail_id, False)
    assert count(store, Mail) == 1


def test_two_mails_of_one_size_are_two(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.arrive(tx, arrival(at(0), place(1), "a"))
        ledger.arrive(tx, arrival(at(0), place(2), "b"))
    assert count(store, Mail) == 2


def test_a_mail_too_big_to_take_in_is_a_mail(store: Store, at: At) -> None:
    told = {"sha256": None, "size": 10**9, "message_id": "<a@b>", "internaldate": at(-5)}
    with store.begin() as tx:
        first = ledger.arrive(tx, but(arrival(at(0), place(1)), **told))
        again = ledger.arrive(tx, but(arrival(at(0), place(1, "Spam")), **told))
        other = ledger.arrive(tx, but(arrival(at(0), place(2)), sha256=None, size=10**9))
        third = ledger.arrive(tx, but(arrival(at(0), place(3)), sha256=None, size=10**9))
    assert first.new
    assert again.mail_id == first.mail_id
    assert len({first.mail_id, other.mail_id, third.mail_id}) == 3


def test_a_new_epoch_begins_at_zero_and_knows_its_mails_again(store: Store, at: At) -> None:
    with store.begin() as tx:
        first = ledger.arrive(
            tx, but(arrival(at(0), place(17)), message_id="<m@x>", internaldate=at(-1))
        )
        assert ledger.watermark(tx, "warta", "INBOX", 2) == 0
        assert recognised(tx, listed(1, at(-1)), epoch=2) == first.mail_id
        again = ledger.arrive(
            tx, but(arrival(at(1), place(1, epoch=2)), sha256=None, duplicate_of=first.mail_id)
        )
    assert (again.mail_id, again.new) == (first.mail_id, False)


@pytest.mark.parametrize("differs", [{"message_id": "<n@x>"}, {"size": 11}, {"internaldate": None}])
def test_a_twin_agrees_in_everything(store: Store, at: At, differs: dict[str, object]) -> None:
    with store.begin() as tx:
        ledger.arrive(tx, but(arrival(at(0), place(17)), message_id="<m@x>", internaldate=at(-1)))
        assert recognised(tx, structs.replace(listed(1, at(-1)), **differs), epoch=2) is None


def test_two_mails_alike_in_one_folder_are_two(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.arrive(tx, but(arrival(at(0), place(17)), message_id="<m@x>", internaldate=at(-1)))
        assert recognised(tx, listed(18, at(-1)), epoch=1) is None


def test_two_big_mails_alike_in_one_folder_are_two(store: Store, at: At) -> None:
    told = {"sha256": None, "size": 10**9, "message_id": "<a@b>", "internaldate": at(-5)}
    with store.begin() as tx:
        made = [ledger.arrive(tx, but(arrival(at(0), place(uid)), **told)) for uid in (1, 2, 2, 3)]
    assert [one.new for one in made] == [True, True, False, True]
    assert len({one.mail_id for one in made}) == 3


def test_a_uid_without_a_mail_is_recalled_as_done(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.skip(tx, place(4), "gone", at(0))
        (known,) = ledger.recall(tx, "warta", "INBOX", 1, [listed(4, at(0))])
    assert (known.uid, known.row) == (4, 0)


def test_the_watermark_never_goes_back(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.arrive(tx, arrival(at(0), place(17), "a"))
        ledger.arrive(tx, arrival(at(0), place(5), "b"))
        assert ledger.watermark(tx, "warta", "INBOX", 1) == 17


def test_a_gap_is_filled_without_moving_the_watermark(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.arrive(tx, arrival(at(0), place(17)), advance=False)
        assert ledger.watermark(tx, "warta", "INBOX", 1) == 0


def test_a_mail_that_was_gone_is_accounted_for(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.skip(tx, place(4), "gone", at(0))
        assert ledger.known_uids(tx, "warta", "INBOX", 1) == {4}
        assert ledger.watermark(tx, "warta", "INBOX", 1) == 4
        assert flags.unflagged(tx, "warta") == []


def test_the_server_is_told_of_each_copy_once(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.arrive(tx, arrival(at(0), place(1)))
        ledger.arrive(tx, arrival(at(0), place(1, "Spam")))
    with store.begin() as tx:
        copies = flags.unflagged(tx, "warta")
        assert [copy.place.folder for copy in copies] == ["INBOX", "Spam"]
        flags.mark_flagged(tx, [copies[0].ledger_id], at(1))
    with store.read() as tx:
        assert [copy.place.folder for copy in flags.unflagged(tx, "warta")] == ["Spam"]


def test_an_import_is_one_mail_however_often(store: Store, at: At) -> None:
    with store.begin() as tx:
        first = ledger.take_in(tx, "warta", "c" * 64, 10, "import", "old.mbox/3", at(0))
        again = ledger.take_in(tx, "warta", "c" * 64, 10, "import", "old.mbox/3", at(0))
    assert (first.new, again.new, again.mail_id) == (True, False, first.mail_id)


def test_a_message_id_of_any_length_and_kind_is_taken(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.arrive(
            tx, but(arrival(at(0), place(1)), message_id="<" + "\x00\ud800é" * 30_000 + ">")
        )
        assert ledger.watermark(tx, "warta", "INBOX", 1) == 1
