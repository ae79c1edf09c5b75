"""Filing: an examined mail becomes submissions with tries, all or nothing, once."""

from datetime import datetime

import pytest
from msgspec import structs
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from desk.store import Store, events
from desk.store.inbound import dead_letters, mails
from desk.store.people import contributors
from desk.store.submissions import review_queue, submission_rows, tries
from desk.store.tables import Event, Person, Revision, Submission
from redaksi.errors import AlreadyFiled, IllegalMove, StoreError
from redaksi.model import (
    Verdict,
)
from redaksi.sender_rule import SenderRule
from redaksi.states import SHOWN_RULES
from tests.filing import At, arrive, examination, file, filing, judged


def happened(what: str, who: str, when: datetime) -> events.Happened:
    return events.Happened(at=when, actor=who, what=what)


def test_a_filed_submission_can_be_read_back_whole(store: Store, at: At) -> None:
    told = structs.replace(
        judged(), submission=structs.replace(judged().submission, title="Panen raya")
    )
    number = file(store, at(0), examination(told)).submissions[0].number
    with store.read() as tx:
        page = review_queue.submission_page(tx, number)
    assert page is not None
    assert page.row.number == "W-2026-0001"
    assert (page.row.state, page.row.title, page.row.contributor) == (
        "revising",
        "Panen raya",
        "Ani",
    )
    assert (page.row.findings, page.row.doubts) == (told.findings, ("photos-shared-out",))
    assert [(photo.name, photo.caption) for photo in page.row.photos] == [("IMG_1.jpg", "Warga …")]
    assert page.judged is not None
    assert page.judged.submission.document is not None
    assert page.judged.submission.document.paragraphs[0].text == "Warga Kubu Raya \ufffd"
    assert page.judged.findings == told.findings
    with store.read() as tx:
        revisions = tries.revisions_of(tx, page.row.id)
    assert revisions[0].mail.others[0].name == "smime.p7s"
    assert [event.what for event in page.events] == ["revise"]


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        ("accept", "review"),
        ("review", "review"),
        ("revise", "revising"),
        ("incomplete", "incomplete"),
        ("quarantine", "quarantined"),
        ("failed", "failed"),
        ("ignore", "not_a_submission"),
    ],
)
def test_a_verdict_has_its_state(store: Store, at: At, verdict: Verdict, state: str) -> None:
    assert [one.state for one in file(store, at(0), examination(judged(verdict))).submissions] == [
        state
    ]


@pytest.mark.parametrize("rule", sorted(SHOWN_RULES))
def test_who_must_not_be_answered_cannot_be_waited_for(
    store: Store, at: At, rule: SenderRule
) -> None:
    filed = file(store, at(0), examination(judged("revise"), decision="review", rule=rule))
    assert (filed.submissions[0].state, filed.submissions[0].letter) == ("review", "")


def test_a_mail_is_filed_once(store: Store, at: At) -> None:
    filed = file(store, at(0), examination(judged()))
    with pytest.raises(AlreadyFiled), store.begin() as tx:
        submission_rows.file(tx, filing(filed.mail_id, at(1), examination(judged())))
    with store.read() as tx:
        assert tx.scalars(select(func.count()).select_from(Submission)).one() == 1


def test_the_database_itself_refuses_a_second_try_of_one_mail(store: Store, at: At) -> None:
    filed = file(store, at(0), examination(judged()))
    with pytest.raises(DBAPIError), store.begin() as tx:
        values = {
            "submission_id": filed.submissions[0].id,
            "number": 2,
            "mail_id": filed.mail_id,
            "position": 0,
        }
        tx.add(
            Revision(
                **values, examined_at=at(1), decision="accept", caption_action="auto", doubts=[]
            )
        )


def test_nothing_is_filed_when_the_transaction_fails_and_no_number_is_lost(
    store: Store, at: At
) -> None:
    mail_id = arrive(store, at(0))
    with pytest.raises(ZeroDivisionError), store.begin() as tx:
        submission_rows.file(tx, filing(mail_id, at(0), examination(judged())))
        raise ZeroDivisionError
    with store.begin() as tx:
        assert review_queue.queue_rows(tx) == []
        filed = submission_rows.file(tx, filing(mail_id, at(1), examination(judged())))
    assert filed.submissions[0].number == "W-2026-0001"


def test_two_articles_of_one_mail_are_two_submissions(store: Store, at: At) -> None:
    filed = file(
        store,
        at(0),
        examination(judged("revise"), judged("accept", "lain.docx"), decision="revise"),
    )
    assert [(one.number, one.state, one.position) for one in filed.submissions] == [
        ("W-2026-0001", "revising", 0),
        ("W-2026-0002", "review", 1),
    ]


def test_a_bomb_beside_an_article_does_not_take_the_article_along(store: Store, at: At) -> None:
    both = (judged("accept"), judged("quarantine", "bom.docx"))
    filed = file(store, at(0), examination(*both, decision="quarantine"))
    assert [one.state for one in filed.submissions] == ["review", "quarantined"]


def test_a_mail_refused_as_a_whole_is_quarantined_with_all_it_holds(store: Store, at: At) -> None:
    filed = file(store, at(0), examination(judged("accept"), decision="quarantine"))
    assert [one.state for one in filed.submissions] == ["quarantined"]


def test_what_is_no_submission_takes_no_contributors_number(store: Store, at: At) -> None:
    passed = file(store, at(0), examination(decision="ignore"), uid=1)
    filed = file(store, at(0), examination(judged()), uid=2)
    assert (passed.submissions[0].number, filed.submissions[0].number) == (
        "M-2026-0001",
        "W-2026-0001",
    )


def test_numbers_begin_anew_with_the_year(store: Store, at: At) -> None:
    file(store, at(0), examination(judged()), uid=1)
    filed = file(store, at(0).replace(year=2027), examination(judged()), uid=2)
    assert filed.submissions[0].number == "W-2027-0001"


def test_a_mail_that_failed_before_keeps_its_number_when_it_is_examined_at_last(
    store: Store, at: At
) -> None:
    mail_id = arrive(store, at(0))
    with store.begin() as tx:
        dead_letters.set_aside(tx, mail_id, at(0), "crashed")
    with store.begin() as tx:
        dead_letters.take_back(tx, mail_id, at(1), "editor")
    with store.begin() as tx:
        filed = submission_rows.file(tx, filing(mail_id, at(2), examination(judged())))
    assert (filed.submissions[0].number, filed.submissions[0].state) == ("W-2026-0001", "revising")


def test_a_later_mail_is_another_try_of_the_same_submission(store: Store, at: At) -> None:
    first = file(store, at(0), examination(judged("revise")), uid=1).submissions[0]
    again = file(store, at(1), examination(judged("accept")), uid=2, into=first.id).submissions[0]
    assert (again.id, again.revision_number, again.state, again.letter) == (
        first.id,
        2,
        "review",
        "accepted",
    )
    with store.read() as tx:
        revisions = tries.revisions_of(tx, first.id)
    assert [(each.number, each.decision) for each in revisions] == [
        (1, "revise"),
        (2, "accept"),
    ]


def test_after_two_automatic_returns_an_editor_decides(store: Store, at: At) -> None:
    one = file(store, at(0), examination(judged("revise")), uid=1).submissions[0]
    states = [one.state]
    letters = [one.letter]
    for uid in (2, 3):
        again = file(
            store, at(uid), examination(judged("revise")), uid=uid, into=one.id
        ).submissions[0]
        states.append(again.state)
        letters.append(again.letter)
    assert states == ["revising", "revising", "review"]
    assert letters == ["revise", "partly_mended", ""]


def test_a_decision_on_a_stale_page_is_refused(store: Store, at: At) -> None:
    one = file(store, at(0), examination(judged("accept")), uid=1).submissions[0]
    file(store, at(1), examination(judged("accept")), uid=2, into=one.id)
    with pytest.raises(IllegalMove, match="newer try"), store.begin() as tx:
        submission_rows.move(
            tx, one.id, "decline", "editor", happened("decline", "editor:3", at(2)), seen_revision=1
        )


def test_a_decision_is_on_record(store: Store, at: At) -> None:
    one = file(store, at(0), examination(judged("accept"))).submissions[0]
    with store.begin() as tx:
        moved = submission_rows.move(
            tx, one.id, "decline", "editor", happened("decline", "editor:3", at(2)), seen_revision=1
        )
    assert moved.letter == "declined"
    with store.read() as tx:
        last = events.of_submission(tx, one.id)[-1]
    assert (last.actor, last.what, last.facts) == (
        "editor:3",
        "decline",
        {"from": "review", "to": "declined"},
    )


def test_what_expired_reopens_where_it_was(store: Store, at: At) -> None:
    one = file(store, at(0), examination(judged("incomplete"))).submissions[0]
    with store.begin() as tx:
        submission_rows.move(tx, one.id, "expire", "clock", happened("expire", "clock", at(1)))
        submission_rows.move(tx, one.id, "reopen", "editor", happened("reopen", "editor:3", at(2)))
        assert [row.state for row in review_queue.queue_rows(tx)] == ["incomplete"]


@pytest.mark.parametrize("statement", ["UPDATE event SET what = 'x'", "DELETE FROM event"])
def test_the_history_cannot_be_changed(store: Store, at: At, statement: str) -> None:
    arrive(store, at(0))
    with pytest.raises((DBAPIError, StoreError), match="append-only"), store.begin() as tx:
        tx.execute(text(statement))
    with store.read() as tx:
        assert tx.scalars(select(func.count()).select_from(Event)).one() == 1


def test_events_name_nobody(store: Store, at: At) -> None:
    one = file(store, at(0), examination(judged())).submissions[0]
    with store.read() as tx:
        written = repr(events.of_submission(tx, one.id)) + repr(events.of_mail(tx, 1))
    assert not [
        word for word in ("Ani", "example.id", "Kirim", "naskah.docx", "IMG_1") if word in written
    ]


def test_one_address_is_one_person_who_keeps_the_language_chosen(store: Store, at: At) -> None:
    with store.begin() as tx:
        first = contributors.ensure_contributor(tx, "Ani@Example.id", "", at(0), "id")
        contributors.speak(tx, first.person_id, "en")
    with store.begin() as tx:
        again = contributors.ensure_contributor(tx, " ani@example.ID", "Ani", at(1), "id")
        third = contributors.ensure_contributor(tx, "ani@example.id", "Somebody Else", at(2), "id")
    assert (again.person_id, again.language, third.name) == (first.person_id, "en", "Ani")


def test_a_forgotten_person_leaves_only_what_happened(store: Store, at: At) -> None:
    filed = file(store, at(0), examination(judged()))
    assert filed.person_id is not None
    with store.begin() as tx:
        contributors.forget(tx, filed.person_id, at(1))
    with store.read() as tx:
        row = review_queue.queue_rows(tx)[0]
        assert (row.contributor, row.address, row.mail_subject) == ("", "", "")
        assert tx.get_one(Person, filed.person_id).forgotten_at == at(1)
        assert len(events.of_submission(tx, filed.submissions[0].id)) == 1


def test_the_queue_shows_the_longest_waiting_first_and_the_states_asked_for(
    store: Store, at: At
) -> None:
    verdicts: tuple[Verdict, ...] = ("accept", "revise", "accept")
    for uid, verdict in enumerate(verdicts, start=1):
        file(store, at(uid), examination(judged(verdict)), uid=uid)
    with store.read() as tx:
        assert [row.number for row in review_queue.queue_rows(tx, ["review"])] == [
            "W-2026-0001",
            "W-2026-0003",
        ]
        assert review_queue.submission_page(tx, "W-2026-0009") is None


def test_a_row_is_stamped_anew_when_anything_happens_to_it(store: Store, at: At) -> None:
    one = file(store, at(0), examination(judged("accept")), uid=1).submissions[0]
    file(store, at(0), examination(judged("accept")), uid=2)
    with store.begin() as tx:
        before = [row.stamp for row in review_queue.queue_rows(tx)]
        submission_rows.move(tx, one.id, "note", "editor", happened("note", "editor:3", at(1)))
        after = [row.stamp for row in review_queue.queue_rows(tx)]
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_an_examined_mail_says_what_became_of_it(store: Store, at: At) -> None:
    filed = file(store, at(0), examination(judged("revise"), rule=SenderRule.UNKNOWN))
    with store.read() as tx:
        row = mails.get(tx, filed.mail_id)
        assert (row.state, row.outcome, row.kind, row.answer_rule) == (
            "examined",
            "revise",
            "normal",
            SenderRule.UNKNOWN,
        )
        assert mails.waiting(tx) == []
