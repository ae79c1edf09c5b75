"""What the provider counts: letters that left, or may have, in the last day."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from desk.store import Store
from desk.store.outbound import outbox, outbox_queries
from desk.store.people import contributors
from tests.contract.test_outbox import begin, due, got, letter, queue

At = Callable[[float], datetime]


def test_letters_that_left_or_may_have_are_counted(store: Store, at: At) -> None:
    left, doubtful, sending, refused, waiting = (
        queue(store, letter(at(0), f"try:{n}")) for n in range(5)
    )
    for one in (left, doubtful, sending, refused):
        begin(store, one, at(1))
    with store.begin() as tx:
        outbox.mark_sent(tx, left, at(1))
        outbox.mark_unknown(tx, doubtful, at(1), "cut")
        outbox.mark_failed(tx, refused, at(1), "550")
    with store.read() as tx:
        assert [(one.to, one.at) for one in outbox_queries.left(tx, at(0))] == [
            ("ani@example.id", at(1))
        ] * 3
        assert outbox_queries.left(tx, at(2)) == []
    assert due(store, at(5)) == [waiting]


def test_one_address_is_one_however_it_is_spelt(store: Store, at: At) -> None:
    spelt = ("Ani@B\u00fccher.Example", "ani@xn--bcher-kva.example", "ANI@b\u00fccher.example")
    for number, to in enumerate(spelt):
        begin(store, queue(store, letter(at(0), f"try:{number}", to=to)), at(1))
    with store.read() as tx:
        assert {one.to for one in outbox_queries.left(tx, at(0))} == {"ani@xn--bcher-kva.example"}


def test_a_bounce_marks_the_address_however_it_is_spelt(store: Store, at: At) -> None:
    with store.begin() as tx:
        contributors.ensure_contributor(tx, "Ani@b\u00fccher.example", "Ani", at(0))
        assert contributors.mark_bounced(tx, "ani@XN--bcher-kva.example", at(1))
        assert contributors.has_bounced(tx, "ani@b\u00fccher.example")
        assert not contributors.mark_bounced(tx, "budi@b\u00fccher.example", at(1))


def test_who_is_forgotten_is_in_no_letter_however_it_was_spelt(store: Store, at: At) -> None:
    one = queue(store, letter(at(0), to="Ani@xn--bcher-kva.example"))
    with store.begin() as tx:
        person = contributors.ensure_contributor(
            tx, "ani@b\u00fccher.example", "Ani", at(0)
        ).person_id
        contributors.forget(tx, person, at(1))
    found = got(store, one)
    with store.read() as tx:
        content = outbox.content(tx, one)
    assert (found.to, found.text, content) == ("", "", b"")


def test_an_occasion_that_was_written_for_is_known(store: Store, at: At) -> None:
    queue(store, letter(at(0), idempotency_key="digest:2026-11-23:nina@redaksi.example"))
    with store.read() as tx:
        assert outbox.is_written(tx, "digest:2026-11-23:nina@redaksi.example")
        assert not outbox.is_written(tx, "digest:2026-11-24:nina@redaksi.example")


def test_what_was_asked_of_an_address_is_what_left_or_will_by_itself(store: Store, at: At) -> None:
    """A draft has told nobody anything, and what was dropped never will."""
    for number, kept in enumerate(("queued", "draft")):
        asked = letter(at(0), f"try:{number}", to=f"{kept}@x.example", state=kept)
        queue(store, replace(asked, kind="unreadable"))
    queue(store, letter(at(0), "try:8", to="about-a-font@x.example"))
    gone = replace(letter(at(0), "try:9", to="dropped@x.example"), kind="unreadable")
    dropped = queue(store, gone)
    with store.begin() as tx:
        outbox.drop(tx, dropped, at(1))
        assert [one.to for one in outbox_queries.asked_for_articles(tx, at(-1))] == [
            "queued@x.example"
        ]
        assert outbox_queries.asked_for_articles(tx, at(0)) == []
