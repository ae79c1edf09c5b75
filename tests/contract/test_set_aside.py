"""What an editor set aside is asked for no more, in any later revision; who wrote is told nothing of
it, and an editor sees by whom and why."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from desk.demo.makers import mail, photo
from desk.presentation.publication.decided import describe_set_aside
from desk.presentation.submission_page import make_page
from desk.store.publications import decisions as decided
from desk.store.submissions import review_queue, threads
from desk.store.submissions.review_queue import QueueRow
from publisher.letters.letter_context import Remark
from redaksi.errors import IllegalMove
from tests.contract.test_ask_again import ANDI, ARTICLE, PHOTOS, Desk, opened
from tests.drill import pairs
from tests.ready_desk import NUMBER, decide, state

WHY = "Hanya ada foto lama dari arsip desa."
SMALL = [("A1.jpg", photo(640, 480, 4)), PHOTOS[1]]
OTHER_SMALL = [("C3.jpg", photo(640, 480, 9)), PHOTOS[1]]


def bring(desk: Desk, photos: list[tuple[str, bytes]], subject: str = "Foto") -> None:
    desk.take_in(mail(ANDI, subject, pairs.CAPTIONS, photos))
    desk.examine()
    desk.minutes(15)
    desk.send()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An article with a photo that is too small: scheduled all the same, and taken back."""
    for ready in opened(tmp_path, settle=10):
        ready.take_in(ARTICLE)
        ready.examine()
        bring(ready, SMALL)
        assert (state(ready), codes(ready)) == ("revising", ["photo-too-small"])
        when = ready.now + timedelta(hours=9)
        decide(ready, "schedule", publish_at=when, reason=WHY)
        decide(ready, "unschedule")
        yield ready


def shown(desk: Desk) -> QueueRow:
    with desk.app.store.read() as tx:
        (row,) = [each for each in review_queue.queue_rows(tx) if each.number == NUMBER]
    return row


def codes(desk: Desk) -> list[str]:
    return [each.rule for each in shown(desk).findings if each.severity == "must"]


def newest_letter(desk: Desk, *kinds: str) -> str:
    letter = [each for each in desk.letters() if each.kind in kinds][-1]
    return " ".join(letter.text.split())


def test_a_row_counts_it_no_more_and_says_by_whom(desk: Desk) -> None:
    row = shown(desk)
    (aside,) = row.set_aside
    assert (codes(desk), aside.finding.subject) == ([], "A1.jpg")
    assert (aside.override.editor, aside.override.reason) == ("Nina", WHY)
    told = msgspec.json.decode(msgspec.json.encode(row))
    assert told["set_aside"][0]["override"]["editor"] == "Nina"
    (line,) = describe_set_aside(row.set_aside, "id")
    assert line.startswith(f"dikesampingkan Nina: {WHY}")


def test_a_letter_lists_it_no_more(desk: Desk) -> None:
    with pytest.raises(IllegalMove):  # there is nothing left to mend
        decide(desk, "return")
    decide(desk, "return", remarks=(Remark(ask="Sebutkan nama dusunnya."),))
    text = newest_letter(desk, "revise")
    assert "Sebutkan nama dusunnya." in text
    for word in ("A1.jpg", "640", "Nina: ", WHY, "dikesampingkan"):
        assert word not in text


@pytest.fixture
def returned(desk: Desk) -> Desk:
    decide(desk, "return", remarks=(Remark(ask="Sebutkan nama dusunnya."),))
    desk.minutes(5)
    desk.send()
    return desk


def test_in_a_new_revision_it_counts_in_no_verdict(returned: Desk) -> None:
    before = len(returned.letters())
    bring(returned, OTHER_SMALL, f"Re: {NUMBER}")  # takes the place of the other small one
    with returned.app.store.read() as tx:
        judged = threads.newest(tx, 1)
        assert judged is not None
        assert [x.subject for x in judged.findings if x.severity == "must"] == ["A1.jpg"]
        assert len(decided.overrides_of(tx, 1)) == 1
    assert (state(returned), codes(returned), judged.decision) == ("review", [], "accept")
    (letter,) = returned.letters()[before:]
    assert letter.kind == "accepted"
    for word in ("A1.jpg", "C3.jpg", "Nina", WHY):
        assert word not in letter.text


def test_another_subject_is_asked_for(returned: Desk) -> None:
    bring(returned, [("B2.jpg", photo(640, 480, 5))], f"Re: {NUMBER}")
    assert (state(returned), codes(returned)) == ("revising", ["photo-too-small"])
    text = newest_letter(returned, "revise", "partly-fixed")
    assert "B2.jpg" in text
    assert "A1.jpg" not in text


def test_the_page_says_it_and_counts_it_not(desk: Desk) -> None:
    with desk.app.store.read() as tx:
        found = review_queue.submission_page(tx, NUMBER)
    assert found is not None
    page = make_page(desk.app, found, desk.now, {})
    assert [each.subject for each in page.findings if each.severity == "must"] == []
    (line,) = page.set_aside
    assert (WHY in line, "A1.jpg" in line) == (True, True)


def test_it_is_set_aside_once(desk: Desk) -> None:
    decide(desk, "schedule", publish_at=desk.now + timedelta(hours=9))
    with desk.app.store.read() as tx:
        assert decided.of_submission(tx, 1)[-1].overrides == ()
