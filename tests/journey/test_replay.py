"""*Periksa sekarang*: what an editor has examined again is asked anew where it belongs, calls him,
writes no letter by itself and opens nothing that was decided."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from unittest import mock

import pytest
from msgspec import structs
from sqlalchemy import select

from desk.cli import replay as verb
from desk.demo.makers import mail, photo, word
from desk.demo.samples import ANDI
from desk.presentation.queue_rows import commands
from desk.store.submissions import review_queue
from desk.store.submissions.review_queue import QueueRow
from desk.store.tables import Outbox
from desk.worker import round as worker
from desk.workflow import pair as pairing
from desk.workflow.decisions import Decision, decide
from desk.workflow.replay import Replayed, replay
from publisher.letters.letter_context import Remark
from redaksi.errors import IllegalMove
from redaksi.reasons import ReasonCode, code_of
from tests.in_process import InProcess
from tests.journey.scene import SUBJECT, Scene, first, naskah, only, reply, status, word_of

PARENT = "W-2026-0001"
STRAY = "W-2026-0002"
BIG = ("IMG_3001.jpg", photo(1600, 1200, 4))
WHOLE = (("Warta.docx", naskah()), BIG)
OTHER_TEXT = "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama. " * 9
OTHER = (
    ("Kompos.docx", word("Ibu Tallo Olah Sampah", [OTHER_TEXT], captions=["kompos.jpg: Kompos."])),
    ("kompos.jpg", photo(1600, 1200, 5)),
)


@pytest.fixture(autouse=True)
def without_children() -> Iterator[None]:
    with mock.patch.object(worker, "open_pool", InProcess):
        yield


@contextmanager
def configured(scene: Scene, **safety: object) -> Iterator[None]:
    """While the newsroom's `safety` is another."""
    usual = scene.on
    config = usual.app.config
    config = structs.replace(config, safety=structs.replace(config.safety, **safety))
    scene.on = structs.replace(usual, app=structs.replace(usual.app, config=config))
    yield
    scene.on = usual


def over_the_day(scene: Scene, raw: bytes) -> None:
    """It arrives when its sender's day is spent: nothing but its header is read."""
    with configured(scene, sender_mails=0):
        scene.hand_in(raw)


def again(scene: Scene, number: str, *, apply: bool = True) -> Replayed:
    return replay(scene.app, InProcess(), number, apply=apply)


def row(scene: Scene, number: str) -> QueueRow:
    (found,) = [each for each in scene.rows() if each.number == number]
    return found


def rules(scene: Scene, number: str) -> list[str]:
    """What its page says was found."""
    with scene.app.store.read() as tx:
        page = review_queue.submission_page(tx, number)
    assert page is not None
    assert page.judged is not None
    return [finding.rule for finding in page.judged.findings]


def letters_written(scene: Scene) -> int:
    with scene.app.store.read() as tx:
        return len(tx.scalars(select(Outbox.id)).all())


def asked(scene: Scene, **differs: object) -> Message:
    """A submission to be mended: the letter about it."""
    scene.hand_in(first(**differs))
    return only(scene.letters())


def bare(text: str, *files: tuple[str, bytes]) -> bytes:
    return mail(ANDI, "Susulan", text, files)


# ── a stray reply ─────────────────────────────────────────────────────────────────────────────────

STRAYS: dict[str, Callable[[Message], bytes]] = {
    "only the photo, to our letter": lambda to: reply(to, "Ini fotonya.\n", BIG),
    "only the photo, in a mail of its own": lambda _: bare("Ini fotonya.\n", BIG),
    "a corrected document": lambda to: reply(to, "Perbaikan.\n", ("Warta Palu.docx", naskah())),
    "everything": lambda to: reply(to, "Lengkap.\n", *WHOLE),
    "words": lambda to: reply(to, "Apakah foto dari HP boleh?\n"),
}


@pytest.mark.parametrize("stray", STRAYS)
def test_a_stray_reply_is_shown_beside_what_it_belongs_to(stray: str, scene: Scene) -> None:
    over_the_day(scene, STRAYS[stray](asked(scene)))
    replayed = again(scene, STRAY)
    written = letters_written(scene)
    scene.round()
    shown = row(scene, STRAY)
    assert (replayed.outcome, replayed.candidates) == ("doubtful", (PARENT,))
    assert (shown.state, shown.latest_revision) == ("review", 2)
    assert shown.attention.candidates == (PARENT,)
    assert commands(shown) == (f"redaksi pair {STRAY} {PARENT}",)
    assert code_of(shown.reason) is ReasonCode.DOUBTS
    assert rules(scene, STRAY) == []
    assert (row(scene, PARENT).state, row(scene, PARENT).latest_revision) == ("revising", 1)
    assert scene.letters() == []
    assert letters_written(scene) == written == 1


@pytest.mark.parametrize(
    ("stray", "state", "revision", "title"),
    [
        ("only the photo, to our letter", "review", 2, "Naskah diterima"),
        ("only the photo, in a mail of its own", "review", 2, "Naskah diterima"),
        ("everything", "review", 2, "Naskah diterima"),
        ("words", "revising", 1, ""),
    ],
)
def test_then_it_is_paired_like_any_other(
    stray: str, state: str, revision: int, title: str, scene: Scene
) -> None:
    over_the_day(scene, STRAYS[stray](asked(scene)))
    again(scene, STRAY)
    pairing.pair(scene.app, InProcess(), STRAY, PARENT)
    scene.round()
    whole = row(scene, PARENT)
    assert (whole.state, whole.latest_revision) == (state, revision)
    assert row(scene, STRAY).state == "not_a_submission"
    assert [status(letter) for letter in scene.letters() if title in status(letter)] or not title
    if revision > 1:
        assert [(each.name, each.width) for each in whole.photos] == [("IMG_3001.jpg", 1600)]
        assert len(whole.documents) == 1
        assert rules(scene, PARENT) == []


def test_a_corrected_document_is_paired_with_the_photos_that_came_before(scene: Scene) -> None:
    scene.hand_in(mail(ANDI, SUBJECT, "Naskah.\n", [("Warta.docx", naskah(font="Arial")), BIG]))
    over_the_day(scene, reply(only(scene.letters()), "Perbaikan.\n", ("Warta.docx", naskah())))
    again(scene, STRAY)
    pairing.pair(scene.app, InProcess(), STRAY, PARENT)
    scene.round()
    whole = row(scene, PARENT)
    assert (whole.state, whole.decision, whole.latest_revision) == ("review", "accept", 2)
    assert [each.name for each in whole.photos] == ["IMG_3001.jpg"]
    assert "Naskah diterima" in status(only(scene.letters()))


def test_replayed_twice_it_is_paired_once(scene: Scene) -> None:
    over_the_day(scene, reply(asked(scene), "Ini fotonya.\n", BIG))
    again(scene, STRAY)
    again(scene, STRAY)
    pairing.pair(scene.app, InProcess(), STRAY, PARENT)
    assert row(scene, PARENT).latest_revision == 2


def test_the_same_files_again_are_judged_the_same_and_name_the_first(scene: Scene) -> None:
    scene.hand_in(mail(ANDI, SUBJECT, "Terlampir.\n", WHOLE))
    scene.letters()
    over_the_day(scene, mail(ANDI, "Sekali lagi", "Terlampir.\n", WHOLE))
    assert again(scene, STRAY).candidates == (PARENT,)
    assert (row(scene, STRAY).state, row(scene, STRAY).decision) == ("review", "accept")
    pairing.pair(scene.app, InProcess(), STRAY, PARENT)
    scene.round()
    assert row(scene, STRAY).state == "not_a_submission"
    assert row(scene, PARENT).latest_revision == 1
    assert scene.letters() == []


# ── what belongs nowhere else ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("files", "decision", "found"),
    [
        (OTHER, "accept", []),
        ((("foto.jpg", photo(1600, 1200, 6)),), "incomplete", ["document-missing"]),
    ],
)
def test_a_mail_of_its_own_is_examined_as_such(
    files: tuple[tuple[str, bytes], ...], decision: str, found: list[str], scene: Scene
) -> None:
    over_the_day(scene, mail(ANDI, "Naskah", "Terlampir.\n", files))
    assert again(scene, PARENT).outcome == "try"
    scene.round()
    shown = row(scene, PARENT)
    assert (shown.state, shown.decision, shown.latest_revision) == ("review", decision, 2)
    assert shown.attention.candidates == ()
    assert [rule for rule in rules(scene, PARENT) if rule in found] == found
    assert letters_written(scene) == 0


def test_another_article_in_answer_to_a_declined_one_is_new_and_says_what_it_follows(
    scene: Scene,
) -> None:
    asked(scene)
    word_of(scene, "decline")
    over_the_day(scene, reply(only(scene.letters()), "Naskah baru.\n", *OTHER))
    assert again(scene, STRAY).outcome == "try"
    assert (row(scene, STRAY).decision, row(scene, STRAY).attention.follows) == ("accept", PARENT)
    assert row(scene, PARENT).state == "declined"
    assert scene.letters() == []


def test_more_photos_for_a_declined_one_open_nothing(scene: Scene) -> None:
    asked(scene)
    word_of(scene, "decline")
    over_the_day(scene, reply(only(scene.letters()), "Ini fotonya.\n", BIG))
    assert again(scene, STRAY).candidates == (PARENT,)
    assert rules(scene, STRAY) == []
    pairing.pair(scene.app, InProcess(), STRAY, PARENT)
    scene.round()
    assert (row(scene, PARENT).state, row(scene, PARENT).latest_revision) == ("declined", 2)
    assert scene.letters() == []


def test_a_withdrawal_withdraws_nothing_by_itself(scene: Scene) -> None:
    over_the_day(scene, reply(asked(scene), "BATAL\n"))
    assert again(scene, STRAY).candidates == (PARENT,)
    assert row(scene, PARENT).state == "revising"
    assert scene.letters() == []


# ── a submission that has moved on ────────────────────────────────────────────────────────────────


def test_what_came_beside_earlier_mails_is_looked_at_together_with_them(scene: Scene) -> None:
    scene.hand_in(reply(asked(scene), "Ini fotonya.\n", BIG))
    scene.letters()
    assert again(scene, PARENT).outcome == "unchanged"
    assert (row(scene, PARENT).latest_revision, rules(scene, PARENT)) == (2, [])


def test_what_was_not_judged_then_is_examined_with_its_article(scene: Scene) -> None:
    to = asked(scene)
    with configured(scene, decoders=frozenset({"png"})):
        scene.hand_in(reply(to, "Ini fotonya.\n", BIG))
    assert (row(scene, PARENT).decision, row(scene, PARENT).latest_revision) == ("review", 2)
    assert again(scene, PARENT).decision == "accept"
    assert (row(scene, PARENT).state, row(scene, PARENT).latest_revision) == ("review", 3)
    assert rules(scene, PARENT) == []
    assert scene.letters() == []


def test_what_has_changed_calls_an_editor_and_nobody_else(scene: Scene) -> None:
    asked(scene)
    with configured(scene, decoders=frozenset({"png"})):
        assert again(scene, PARENT).outcome == "try"
    scene.round()
    assert (row(scene, PARENT).state, rules(scene, PARENT)) == ("review", [])
    assert scene.letters() == []
    assert again(scene, PARENT).decision == "revise"
    scene.round()
    assert (row(scene, PARENT).state, rules(scene, PARENT)) == ("review", ["photo-too-small"])
    assert scene.letters() == []


@pytest.mark.parametrize(
    ("event", "state", "is_filed"),
    [
        ("schedule", "scheduled", True),
        ("decline", "declined", True),
        ("note", "noted", False),
        ("withdraw", "withdrawn", False),
        ("discard", "not_a_submission", False),
    ],
)
@pytest.mark.parametrize("apply", [True, False])
def test_what_was_decided_stays_so(
    event: str, state: str, is_filed: bool, apply: bool, scene: Scene
) -> None:
    over_the_day(scene, mail(ANDI, SUBJECT, "Terlampir.\n", OTHER))
    told = {
        "schedule": {
            "publish_at": scene.now + timedelta(days=2),
            "headline": "Warga menata bantaran",
            "body": "Diketik redaktur.",
        },
        "note": {"remarks": (Remark(ask="Mohon nama lengkap."),)},
    }.get(event, {})
    decide(scene.app, PARENT, Decision(event=event, **told))  # type: ignore[arg-type]
    scene.now += timedelta(minutes=1)
    scene.round()
    scene.letters()
    if apply and not is_filed:
        with pytest.raises(IllegalMove, match="nothing that was decided"):
            again(scene, PARENT)
    else:
        replayed = again(scene, PARENT, apply=apply)
        assert (replayed.outcome == "refused") is not is_filed
        assert replayed.state == state
    scene.round()
    (shown,) = scene.rows()
    assert shown.state == state
    assert shown.latest_revision == (2 if is_filed and apply else 1)
    assert scene.letters() == []


def test_what_was_closed_for_want_of_an_answer_stays_closed(scene: Scene) -> None:
    asked(scene)
    for _ in range(3):
        scene.now += timedelta(days=15)
        scene.round()
    scene.letters()
    assert row(scene, PARENT).state == "expired"
    assert again(scene, PARENT, apply=False).outcome == "refused"
    with pytest.raises(IllegalMove):
        again(scene, PARENT)
    scene.round()
    assert row(scene, PARENT).state == "expired"
    assert scene.letters() == []


# ── without --apply ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stray", "outcome"),
    [("only the photo, to our letter", "doubtful"), ("everything", "doubtful")],
)
def test_what_would_become_of_it_is_what_becomes_of_it(
    stray: str, outcome: str, scene: Scene
) -> None:
    over_the_day(scene, STRAYS[stray](asked(scene)))
    shown = again(scene, STRAY, apply=False)
    assert (row(scene, STRAY).latest_revision, row(scene, STRAY).attention.candidates) == (
        1,
        (PARENT,),
    )
    assert shown == again(scene, STRAY)
    assert shown.outcome == outcome
    after = row(scene, STRAY)
    assert (after.state, after.latest_revision) == (shown.state, shown.revision)
    assert after.decision == shown.decision
    assert verb.tell(STRAY, shown, "id", apply=False).count(PARENT) == 1
    assert f"redaksi pair {STRAY} {PARENT}" in verb.tell(STRAY, shown, "id", apply=True)


# ── what answers a mail that was never read ───────────────────────────────────────────────────────


def test_what_answers_an_unread_mail_waits_until_that_is_read(scene: Scene) -> None:
    article = [("Warta.docx", naskah())]
    raw = mail(ANDI, SUBJECT, "Naskah.\n", article)
    over_the_day(scene, raw)
    scene.hand_in(reply(message_from_bytes(raw), "Fotonya.\n", BIG))
    assert row(scene, STRAY).attention.candidates == (PARENT,)
    assert rules(scene, STRAY) == []
    assert row(scene, PARENT).latest_revision == 1
    with pytest.raises(IllegalMove):
        pairing.pair(scene.app, InProcess(), STRAY, PARENT)
    again(scene, PARENT)
    pairing.pair(scene.app, InProcess(), STRAY, PARENT)
    assert (row(scene, PARENT).decision, rules(scene, PARENT)) == ("accept", [])
