"""Who took a submission back: its contributor by BATAL, an editor at the contributor's wish, or an
editor. Letter, event and history say which."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.demo.makers import mail
from desk.presentation.labels import event_text
from desk.store import events
from desk.store.tables import Mail
from desk.workflow import decisions, drafts
from desk.workflow.decisions import Decision
from redaksi.model import Language
from redaksi.states import Event
from tests.contract.test_ask_again import ANDI, ARTICLE, Desk, opened, shots

NUMBER = "W-2026-0001"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    for ready in opened(tmp_path, settle=10):
        for raw in (ARTICLE, shots()):
            ready.take_in(raw)
            ready.examine()
        ready.send()
        yield ready


def decide(desk: Desk, event: Event, **more: object) -> None:
    word = Decision(event=event, editor="Nina", **more)  # type: ignore[arg-type]
    decisions.decide(desk.app, NUMBER, word)


def cancel(desk: Desk, *, junk: bool = False) -> None:
    desk.take_in(mail(ANDI, f"Re: {NUMBER}", "BATAL\n"))
    if junk:
        with desk.app.store.begin() as tx:
            tx.query(Mail).order_by(Mail.id.desc()).first().junk = True  # type: ignore[union-attr]
    desk.examine()


def history(desk: Desk, language: Language) -> str:
    with desk.app.store.read() as tx:
        last = [e for e in events.of_submission(tx, 1) if not e.what.startswith("letter")][-1]
    return event_text(last.what, last.facts, language, last.actor)


def letter(desk: Desk) -> str:
    last = desk.letters()[-1]
    assert last.kind == "withdrawn"
    return " ".join(last.text.split())


def test_an_editors_withdrawal_is_the_editors(desk: Desk) -> None:
    decide(desk, "withdraw")
    assert history(desk, "id") == "Redaktur menarik naskah · redaktur Nina"
    assert history(desk, "en") == "Withdrawn by an editor · an editor Nina"
    assert "Redaktur menarik naskah" in letter(desk)
    assert "bukan atas permintaan Bapak/Ibu" in letter(desk)
    assert "Sesuai dengan permintaan" not in letter(desk)


def test_a_contributors_is_the_contributors(desk: Desk) -> None:
    cancel(desk)
    assert history(desk, "id") == "Kontributor menarik naskah · kontributor"
    assert history(desk, "en") == "Withdrawn by its contributor · the contributor"
    assert "Sesuai dengan permintaan Bapak/Ibu" in letter(desk)


@pytest.mark.parametrize("asked", [True, False], ids=["asked for", "not asked for"])
def test_what_is_scheduled_is_withdrawn_by_whom_it_was(desk: Desk, asked: bool) -> None:
    decide(desk, "schedule", publish_at=desk.now + timedelta(days=3))
    if asked:
        cancel(desk)
    decide(desk, "withdraw")
    told = history(desk, "id")
    assert told.endswith("· redaktur Nina")
    assert told.startswith("Penarikan naskah dipastikan" if asked else "Redaktur menarik naskah")
    assert ("Sesuai dengan permintaan Bapak/Ibu" in letter(desk)) is asked


def test_an_earlier_wish_is_not_this_withdrawals(desk: Desk) -> None:
    cancel(desk)
    decide(desk, "reopen")
    decide(desk, "withdraw")
    assert history(desk, "id").startswith("Redaktur menarik naskah")
    assert "bukan atas permintaan" in letter(desk)


@pytest.mark.parametrize(("junk", "state"), [(True, "draft"), (False, "sent")])
def test_a_batal_out_of_spam_is_obeyed_and_answered_when_an_editor_says_so(
    desk: Desk, junk: bool, state: str
) -> None:
    cancel(desk, junk=junk)
    desk.send()
    last = desk.letters()[-1]
    assert (last.kind, last.state) == ("withdrawn", state)
    if junk:
        before = last.text
        with desk.app.store.begin() as tx:
            assert drafts.release(tx, desk.app, last.id, "editor:Nina")
        assert desk.letters()[-1].text == before
        assert desk.send() == ["withdrawn"]
