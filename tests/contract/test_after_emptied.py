"""What may still happen to what was deleted: it comes down from where readers see it, and no more."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.store.outbound import outbox
from desk.store.retention.empty import empty_submission
from desk.store.submissions import submission_rows, threads
from desk.store.tables import Outbox, Submission
from desk.worker.articles import publish_articles
from desk.workflow import decisions, replay
from desk.workflow.decisions import Decision
from desk.workflow.publishing import correct
from desk.workflow.retention.purge import purge
from publisher.articles.edition import Amendments
from redaksi.errors import IllegalMove
from tests.desk_submissions import take_in
from tests.postoffice import Bench, bench

URL = "https://warta.example/pohon"


@pytest.fixture
def published(tmp_path: Path) -> Iterator[tuple[Bench, str]]:
    """An article that was published, then deleted here."""
    with bench(tmp_path, mode="off") as on:
        number = take_in(on)[1]
        decisions.decide(on.app, number, Decision(event="publish", url=URL, editor="E"))
        with on.app.store.begin() as tx:
            empty_submission(tx, 1, on.app.clock(), "clock")
        yield on, number


def _row(on: Bench) -> Submission:
    with on.app.store.read() as tx:
        return tx.get_one(Submission, 1)


def test_it_is_taken_down_and_its_headline_goes_in_its_time(published: tuple[Bench, str]) -> None:
    on, number = published
    assert (_row(on).headline, _row(on).published_url) == ("Warga Menanam Pohon", URL)
    decisions.decide(
        on.app, number, Decision(event="take_down", reason="Diminta warga", editor="E")
    )
    publish_articles(on.app, None)  # type: ignore[arg-type]
    decisions.decide(on.app, number, Decision(event="taken_down", editor="E", unchecked=True))
    assert _row(on).state == "withdrawn"
    on.later(days=31)
    purge(on.app)
    assert (_row(on).headline, _row(on).published_url, _row(on).number) == ("", "", number)


@pytest.mark.parametrize("event", ["publish", "decline", "schedule"])
def test_nothing_is_decided_of_it(published: tuple[Bench, str], event: str) -> None:
    on, number = published
    when = on.app.clock() + timedelta(days=1)
    decision = Decision(event=event, url=f"{URL}2", publish_at=when, editor="E")  # type: ignore[arg-type]
    with pytest.raises(IllegalMove):
        decisions.decide(on.app, number, decision)


def test_it_is_not_corrected_examined_or_published_again(published: tuple[Bench, str]) -> None:
    on, number = published
    with pytest.raises(IllegalMove, match="is deleted"):
        replay.find_stood(on.app, number)
    with pytest.raises(IllegalMove, match="is deleted"):
        correct.correct(
            on.app, number, Amendments(headline="Lain"), captions={}, reason="Salah ketik"
        )


def test_no_letter_of_it_is_sent(published: tuple[Bench, str]) -> None:
    on, _ = published
    letter = on.letter()
    with on.app.store.begin() as tx:
        row = tx.get_one(Outbox, letter)
        row.state, row.to_address = "failed", ""
    with pytest.raises(IllegalMove, match="is deleted"), on.app.store.begin() as tx:
        outbox.lock_releasable(tx, letter)


def test_its_contributor_begins_anew(published: tuple[Bench, str]) -> None:
    on, number = published
    with on.app.store.read() as tx:
        assert threads.known_to(tx, "ani@example.id", [number]) == []
        assert submission_rows.id_of(tx, number) == 1
