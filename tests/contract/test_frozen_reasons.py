"""Every reason that a filled store of 0.1 holds is a code today, told in the same Indonesian words."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from desk.presentation.reasons import in_words, passed_over
from desk.store import Store, Transaction
from desk.store.legacy_reasons import translate
from desk.store.submissions.frozen import thaw
from desk.store.tables import Document, Event, Examination, Mail, Outbox, Photo, Revision
from redaksi.reasons import Reason, ReasonCode

SENTENCES = json.loads(
    (Path(__file__).parents[1] / "frozen" / "sentences.json").read_text(encoding="utf-8")
)
COLUMNS = (Mail.reason, Revision.reason, Document.refused, Photo.damage, Outbox.reason)
RELAY = "letter sent"  # its reason is the relay's own line


def unknown(reasons: Iterator[Reason | None]) -> list[str]:
    return [str(one) for one in reasons if one is not None and one.code is ReasonCode.UNKNOWN]


def of_examinations(tx: Transaction) -> Iterator[Reason | None]:
    for frozen in tx.scalars(select(Examination.judged)):
        judged = thaw(frozen)
        yield judged.reason
        yield from (document.refused for document in judged.submission.documents)
        yield from (photo.damage for photo in judged.submission.photos)
        yield from (other.why for other in judged.submission.others)


def test_every_reason_of_a_column_is_a_code(old_store: Store) -> None:
    with old_store.read() as tx:
        found = [list(tx.scalars(select(column))) for column in COLUMNS]
    assert all(found)
    assert unknown(reason for reasons in found for reason in reasons) == []


def test_the_columns_hold_codes_and_no_sentence(old_store: Store) -> None:
    with old_store.read() as tx:
        stored = set(tx.scalars(text("select reason from mail where reason <> ''")))
    assert {line.partition(" ")[0] for line in stored} <= set(ReasonCode)
    assert 'too_many_hops {"most": "50"}' in stored


def test_every_reason_of_an_examination_is_a_code(old_store: Store) -> None:
    with old_store.read() as tx:
        found = list(of_examinations(tx))
    assert len([one for one in found if one]) > 100
    assert unknown(iter(found)) == []


def test_events_stay_as_they_were_and_are_still_understood(old_store: Store) -> None:
    with old_store.read() as tx:
        ours = set(tx.scalars(select(Event.reason).where(Event.what != RELAY)))
    assert "every rule met" in ours
    assert unknown(translate(line) for line in ours) == []


@pytest.mark.parametrize("line", SENTENCES)
def test_an_old_reason_is_told_in_the_same_words(line: str) -> None:
    reason = translate(line)
    told = {"told": in_words(reason, "id"), "passed_over": passed_over(reason, "id")}
    assert told == SENTENCES[line]
