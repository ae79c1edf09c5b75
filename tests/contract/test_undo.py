"""A decision is taken back until its letter begins to be sent, and then everything is as it was."""

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desk.demo.makers import mail
from desk.store import events
from desk.store.editors import form_drafts
from desk.store.editors.form_drafts import FormDraft
from desk.store.outbound import outbox
from desk.workflow.deciding.undo import list_undoable, undo
from desk.workflow.submission_letters import is_asked_back
from redaksi.errors import IllegalMove
from redaksi.states import Event
from tests.contract.test_ask_again import ANDI, Desk
from tests.ready_desk import NUMBER, desk, open_ready, state, tick
from tests.sites import Site, tools_of
from tests.undoing import (
    HAS_LETTER,
    add_account,
    decide,
    is_refused,
    stands,
    take_back_in_time_and_late,
)

__all__ = ["desk"]

# in these states · these can be decided and taken back
TABLE: dict[str, tuple[Event, ...]] = {
    "review": ("note", "return", "decline", "withdraw", "schedule", "seen", "discard"),
    "noted": ("note", "return", "decline", "withdraw", "schedule", "seen"),
    "scheduled": ("note", "return", "decline", "withdraw", "schedule", "unschedule", "seen"),
    "declined": ("reopen", "seen"),
}


@pytest.fixture
def either(tmp_path: Path, database: str) -> Iterator[Desk]:
    """The same desk on each database."""
    yield from open_ready(tmp_path, database)


def test_everything_is_as_it_was(either: Desk) -> None:
    """On the way from state to state, the letters of the state before still waiting: each decision
    that can be made is made and taken back."""
    nina = add_account(either)
    for name, enter in (
        ("review", None),
        ("noted", "note"),
        ("scheduled", "schedule"),
        ("declined", "decline"),
    ):
        if enter is not None:
            decide(either, nina, enter)  # type: ignore[arg-type]
        assert state(either) == name
        for event in TABLE[name]:
            before = stands(either)
            decision = decide(either, nina, event)
            assert stands(either) != before or event == "seen"
            either.minutes(0.2)
            assert is_refused(either, decision, nina) == ""
            assert stands(either) == before, (name, event)
            assert is_refused(either, decision, nina) == "undone_before"
    either.minutes(1)
    (left,) = either.send()
    assert left.startswith("declined")  # the last that was not taken back


def test_a_flag_that_the_decision_cleared_stands_since_it_stood(desk: Desk) -> None:
    nina = add_account(desk)
    desk.take_in(mail(ANDI, f"Re: {NUMBER}", "Apakah naskah kami dimuat?\n"))
    desk.examine()
    before = stands(desk)
    assert [flag["flag"] for flag in before["flags"]] == ["message"]
    desk.minutes(3)
    decision = decide(desk, nina, "note")
    assert stands(desk)["flags"] == []
    undo(desk.app, decision, nina)
    assert stands(desk) == before


def test_what_was_asked_back_is_asked_back_again(desk: Desk) -> None:
    nina = add_account(desk)
    decide(desk, nina, "schedule")
    desk.take_in(mail(ANDI, f"Re: {NUMBER}", "BATAL\n"))
    desk.examine()
    decision = decide(desk, nina, "schedule")
    undo(desk.app, decision, nina)
    with desk.app.store.read() as tx:
        assert is_asked_back(tx, 1)


def test_mails_at_29_and_at_31_seconds(desk: Desk) -> None:
    """Of each decision with a letter two in time and two too late; `make drill ARGS=undo` takes five
    hundred of each."""
    result = take_back_in_time_and_late(desk, add_account(desk), 4 * len(HAS_LETTER))
    assert (result.early_mails, result.late_mails, result.late_undone) == (0, 10, 0)


def test_in_quiet_hours_it_can_be_taken_back_until_they_end(desk: Desk) -> None:
    nina = add_account(desk)
    reply = msgspec.structs.replace(desk.app.config.reply, quiet="21:00-06:00")
    config = msgspec.structs.replace(desk.app.config, reply=reply)
    desk.app = msgspec.structs.replace(desk.app, config=config)
    desk.minutes(14 * 60)  # 23:15 in Jakarta
    decision = decide(desk, nina, "decline")
    desk.minutes(5 * 60)
    assert desk.send() == []
    undo(desk.app, decision, nina)
    desk.minutes(12 * 60)
    assert (desk.send(), state(desk)) == ([], "review")


def test_without_a_letter_it_is_thirty_seconds(desk: Desk) -> None:
    nina = add_account(desk)
    for seconds, code in ((30, ""), (31, "undo_late")):
        decision = decide(desk, nina, "note", silent=True)
        desk.minutes(seconds / 60)
        assert is_refused(desk, decision, nina) == code


def test_a_letter_that_left_says_when(desk: Desk) -> None:
    nina = add_account(desk)
    decision = decide(desk, nina, "decline")
    desk.minutes(1)
    desk.send()
    with pytest.raises(IllegalMove) as raised:
        undo(desk.app, decision, nina)
    assert raised.value.say("id") == (
        "Suratnya sudah berangkat pukul 09.16.00. Buat keputusan baru."
    )
    assert state(desk) == "declined"


def test_another_editors_is_the_chiefs_to_take_back(desk: Desk) -> None:
    nina, budi = add_account(desk), add_account(desk, "budi")
    chief = add_account(desk, "sari", "chief")
    decision = decide(desk, nina, "decline")
    assert is_refused(desk, decision, budi) == "undo_not_yours"
    assert is_refused(desk, decision, chief) == ""


def test_nothing_else_may_have_happened(desk: Desk) -> None:
    nina = add_account(desk)
    first = decide(desk, nina, "note")
    second = decide(desk, nina, "decline")
    assert is_refused(desk, first, nina) == "undo_overtaken"
    undo(desk.app, second, nina)
    assert is_refused(desk, first, nina) == "undo_overtaken"  # its letter was touched since
    third = decide(desk, nina, "decline")
    desk.take_in(mail(ANDI, f"Re: {NUMBER}", "Apakah naskah kami dimuat?\n"))
    desk.examine()
    assert is_refused(desk, third, nina) == "undo_overtaken"


def test_what_a_target_took_is_not_taken_back(desk: Desk) -> None:
    nina = add_account(desk)
    now = desk.now
    decision = decide(desk, nina, "schedule", publish_at=now, silent=True)
    tick(desk, tools_of(Site()), 0.1)
    assert is_refused(desk, decision, nina) == "undo_overtaken"
    assert state(desk) == "published"
    given = decide(desk, nina, "take_down", reason="Diminta penulisnya.")
    assert is_refused(desk, given, nina) == "undo_stands"


def test_a_cut_attempt_may_have_left(desk: Desk) -> None:
    """It began to be sent, and nobody knows: it is not taken back."""
    nina = add_account(desk)
    decision = decide(desk, nina, "decline")
    desk.minutes(1)
    with desk.app.store.begin() as tx:
        letter = desk.letters()[-1].id
        outbox.begin_sending(tx, letter, desk.now)
    assert is_refused(desk, decision, nina) == "undo_sent"
    with desk.app.store.begin() as tx:
        outbox.defer(tx, letter, desk.now, desk.now, "421 later")
    assert is_refused(desk, decision, nina) == "undo_sent"


def test_what_was_typed_is_a_draft_again(desk: Desk) -> None:
    nina = add_account(desk)
    typed = FormDraft(fields={"catatan": ["Sebutkan"]}, revision=2, seq=7, saved_at=desk.now)
    with desk.app.store.begin() as tx:
        form_drafts.save(tx, nina.id, 1, "decision", typed)
    decision = decide(desk, nina, "note")
    with desk.app.store.read() as tx:
        assert form_drafts.find(tx, nina.id, 1, "decision") is None
    undo(desk.app, decision, nina)
    with desk.app.store.read() as tx:
        found = form_drafts.find(tx, nina.id, 1, "decision")
    assert found is not None
    assert (found.fields, found.revision) == (typed.fields, 2)


def test_the_history_says_who_took_what_back(desk: Desk) -> None:
    nina = add_account(desk)
    decision = decide(desk, nina, "decline")
    undo(desk.app, decision, nina)
    with desk.app.store.read() as tx:
        last = events.of_submission(tx, 1)[-1]
        standing = events.still_standing(events.of_submission(tx, 1))
    assert (last.what, last.actor, last.facts["to"]) == ("undo", f"editor:{nina.id}", "review")
    assert not {"undo", "decline"} & {each.what for each in standing}


def test_what_can_be_taken_back_is_offered_while_it_can(desk: Desk) -> None:
    nina, budi = add_account(desk), add_account(desk, "budi")

    def offered() -> list[tuple[int, str]]:
        with desk.app.store.read() as tx:
            assert list_undoable(desk.app, tx, budi) == []
            found = list_undoable(desk.app, tx, nina)
        # what is offered is what would be done
        return [(each.id, each.letter_kind) for each in found]

    assert offered() == []
    with_letter = decide(desk, nina, "note")
    assert offered() == [(with_letter, "notes")]
    desk.minutes(0.4)
    without = decide(desk, nina, "seen")
    assert offered() == [(without, "")]  # something happened since the other
    desk.minutes(0.6)
    assert offered() == []
    late = decide(desk, nina, "decline")
    desk.minutes(60)
    assert offered() == [(late, "declined")]  # no sender came
    desk.send()
    assert offered() == []


@pytest.mark.parametrize("rounds", [12])
def test_undo_and_sender_at_once(either: Desk, rounds: int) -> None:
    """Never a mail that left and a decision undone; never a decision that stands and no mail."""
    nina = add_account(either)
    for _ in range(rounds):
        decision = decide(either, nina, "decline")
        either.minutes(1)
        before, found = len(either.wire), list[str]()
        start = threading.Barrier(2)

        def take_back(decision: int = decision, found: list[str] = found) -> None:
            start.wait(10)  # noqa: B023 - joined below
            found.append(is_refused(either, decision, nina))

        beside = threading.Thread(target=take_back)
        beside.start()
        start.wait(10)
        either.send()
        beside.join(30)
        either.minutes(1)
        either.send()
        mails = len(either.wire) - before
        assert (mails, found) in ((0, [""]), (1, ["undo_sent"]))
        if mails:
            decide(either, nina, "reopen")
        either.minutes(24 * 60)
