"""What goes goes whole, and nothing of another's."""

import zlib
from contextlib import suppress
from datetime import datetime

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from desk.store import Store, attention
from desk.store.columns import Base
from desk.store.retention.empty import empty_mail, empty_submission
from desk.store.retention.fates import FATES
from desk.store.search.index import index, rebuild
from desk.store.tables import Event, Mail, Person, Submission
from redaksi.errors import StoreError
from redaksi.states import FINAL, State
from tests.filing import At, examination, file, judged
from tests.kept import CANARY, furnish, rows


def _file(
    store: Store, at: At, state: State = "published", word: str = CANARY, uid: int = 1
) -> int:
    assessed = judged(name=f"{word}.docx")
    (filed,) = file(store, at(0), examination(assessed), uid=uid).submissions
    with store.begin() as tx:
        furnish(tx, filed.id, at(1), state, word)
    return filed.id


def _empty(store: Store, submission_id: int, now: datetime) -> None:
    with store.begin() as tx:
        empty_submission(tx, submission_id, now, "clock")
        rebuild(tx)


def _found(store: Store, word: str) -> set[tuple[str, str]]:
    """The columns in which a word stands."""
    with store.read() as tx:
        return {
            (table.name, column.name)
            for table in Base.metadata.sorted_tables
            for row in tx.execute(select(*table.columns))
            for column, value in zip(table.columns, row, strict=True)
            if word in _text(value)
        }


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value).lower()
    with suppress(zlib.error):
        value = zlib.decompress(value)
    return value.decode("latin-1").lower()


@pytest.mark.parametrize("state", sorted(FINAL))
def test_no_word_of_it_stays(store: Store, at: At, state: State) -> None:
    submission = _file(store, at, state)
    seen = _found(store, CANARY)
    _empty(store, submission, at(2))
    kept = {(table, column) for table, fate in FATES.items() for column in fate.published}
    kept |= {("submission_search", "words"), ("edition", "content")}  # made of what stays
    assert _found(store, CANARY) == (seen & kept if state == "published" else set())
    with store.read() as tx:
        assert tx.get_one(Submission, submission).emptied_at == at(2)
        assert tx.scalars(select(Mail.emptied_at)).all() == [at(2)]
        person = tx.scalars(select(Person)).one()
        assert (person.name, person.forgotten_at) == ("", at(2))


def test_every_column_that_goes_was_full(store: Store, at: At) -> None:
    """The canaries reach every table, so that the test above leaves none out."""
    _file(store, at)
    with store.read() as tx:
        before = rows(tx)
    untouched = {name for name in FATES if not before[name]}
    assert untouched == {"derivative", "sender_day"}


def test_its_neighbour_is_as_it_was(store: Store, at: At) -> None:
    submission, other = _file(store, at), _file(store, at, word="burung", uid=2)
    seen = _found(store, "burung")
    with store.read() as tx:
        before = rows(tx)
    _empty(store, submission, at(2))
    assert _found(store, "burung") == seen
    with store.read() as tx:
        after = rows(tx)
        assert tx.scalars(select(Person.name)).one() == "Ani"  # the other is hers too
        assert attention.differing(tx) == []
    for name in ("try", "document", "photo", "finding", "publication", "decision"):
        assert after[name][-1] == before[name][-1]
    mine = [row for row in before["submission"] if row[0] == other]
    assert [row for row in after["submission"] if row[0] == other] == mine


def test_a_mail_stays_while_one_of_its_submissions_does(store: Store, at: At) -> None:
    told = examination(judged(name="satu.docx"), judged(name="dua.docx"))
    one, two = file(store, at(0), told).submissions
    _empty(store, one.id, at(2))
    with store.read() as tx:
        assert tx.scalars(select(Mail.subject)).one() == "Kirim"
    with store.begin() as tx:
        assert not empty_mail(tx, 1, at(3))
    _empty(store, two.id, at(4))
    with store.read() as tx:
        mail = tx.scalars(select(Mail)).one()
        assert (mail.subject, mail.blob, mail.message_id) == ("", None, "")
        assert mail.identity == f"sha256:{1:064x}"


def test_nothing_is_found_by_the_words_of_a_mail_that_went(store: Store, at: At) -> None:
    told = examination(judged(name="satu.docx"), judged(name="dua.docx"))
    one, two = file(store, at(0), told).submissions
    with store.begin() as tx:
        tx.execute(update(Mail).values(subject=CANARY, written=f"{CANARY} surat"))
        for each in (one, two):
            index(tx, each.id)
    assert ("submission_search", "words") in _found(store, CANARY)
    _empty(store, one.id, at(2))
    _empty(store, two.id, at(3))
    assert _found(store, CANARY) == set()


def test_a_second_time_nothing_happens(store: Store, at: At) -> None:
    submission = _file(store, at)
    _empty(store, submission, at(2))
    with store.read() as tx:
        before = rows(tx)
    _empty(store, submission, at(3))
    with store.read() as tx:
        assert rows(tx) == before


@pytest.mark.parametrize(
    "change", [{"reason": "lain"}, {"reason": "", "actor": "x"}, {"facts": {}}, {"what": "accept"}]
)
def test_the_history_takes_no_other_change(store: Store, at: At, change: dict[str, object]) -> None:
    _file(store, at)
    with pytest.raises((DBAPIError, StoreError), match="append-only"), store.begin() as tx:
        tx.execute(update(Event).values(**change))
    with pytest.raises((DBAPIError, StoreError), match="append-only"), store.begin() as tx:
        tx.execute(text("DELETE FROM event"))


def test_nobody_is_called_to_what_is_no_longer_there(store: Store, at: At) -> None:
    submission = _file(store, at, "quarantined")
    _empty(store, submission, at(2))
    with store.read() as tx:
        assert tx.get_one(Submission, submission).attention_since is None
        assert attention.differing(tx) == []
