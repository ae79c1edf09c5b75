"""Every sample mail through a real IMAP server and a real SMTP socket: outcome, letter, page. A
second pass is idle."""

from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from desk.demo import dovecot
from desk.demo.post import part
from desk.demo.samples import Sample, samples
from desk.demo.show import Stage, play, silent, stage
from desk.store.inbound import mails
from desk.store.submissions import review_queue
from desk.worker.round import one_round
from tests.journey.whole import assert_whole

SAMPLES = {sample.name: sample for sample in samples()}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    with stage(tmp_path_factory.mktemp("demo")) as on:
        done, wrong = play(on, lambda _: None, silent)
        assert not done.troubles
        assert not wrong
        yield on
        assert_whole(on.folder)


def message_id(sample: Sample) -> str:
    return str(message_from_bytes(sample.raw)["Message-ID"])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_becomes_what_it_must(played: Stage, name: str) -> None:
    sample = SAMPLES[name]
    with played.app.store.read() as tx:
        assert mails.outcomes(tx)[message_id(sample)] == sample.decision


@pytest.mark.parametrize("name", [n for n, s in SAMPLES.items() if s.letter])
def test_its_letter_arrives_in_its_thread(played: Stage, name: str) -> None:
    sample = SAMPLES[name]
    letters = [message_from_bytes(one.content) for one in played.letterbox.letters]
    (letter,) = [one for one in letters if one["In-Reply-To"] == message_id(sample)]
    asked = message_from_bytes(sample.raw)
    assert message_id(sample) in letter["References"]
    assert letter["Auto-Submitted"] == "auto-replied"
    assert str(letter["Subject"]).startswith("Re: ")
    assert str(letter["To"]) in str(asked["From"])
    assert part(letter, "text/plain").strip()
    assert part(letter, "text/html").strip()


@pytest.mark.parametrize("name", [n for n, s in SAMPLES.items() if not s.letter])
def test_who_should_not_get_a_letter_gets_none(played: Stage, name: str) -> None:
    answered = [message_from_bytes(one.content)["In-Reply-To"] for one in played.letterbox.letters]
    assert message_id(SAMPLES[name]) not in answered


@pytest.mark.parametrize("name", [n for n, s in SAMPLES.items() if s.codes])
def test_its_findings_are_filed_and_shown(played: Stage, name: str) -> None:
    sample = SAMPLES[name]
    row = row_of(played, sample)
    assert {f.code for f in row.findings if f.severity == "must"} == set(sample.codes)
    page = Path(played.app.config.queue_folder / row.number / "index.html").read_text()
    assert "Kami temukan" in page


@pytest.mark.parametrize("name", [n for n, s in SAMPLES.items() if s.decision != "ignore"])
def test_an_editor_finds_it_in_the_queue(played: Stage, name: str) -> None:
    row = row_of(played, SAMPLES[name])
    index = "".join(p.read_text() for p in played.app.config.queue_folder.glob("*.html"))
    assert f"{row.number}/index.html" in index


def test_a_second_pass_changes_nothing(played: Stage) -> None:
    before = state(played)
    done = one_round(played.app)
    assert (done.taken, done.examined, done.sent, done.troubles) == (0, 0, 0, ())
    assert state(played) == before


def row_of(on: Stage, sample: Sample) -> review_queue.QueueRow:
    with on.app.store.read() as tx:
        found = {mails.get(tx, row.mail_id).message_id: row for row in review_queue.queue_rows(tx)}
    return found[message_id(sample)]


def state(on: Stage) -> tuple[object, ...]:
    with on.app.store.read() as tx:
        rows = tuple(review_queue.queue_rows(tx))
    pages = {
        str(p.relative_to(on.folder)): p.read_bytes()
        for p in sorted(on.app.config.queue_folder.rglob("*.html"))
        if p.parent.name.startswith("W-")
    }
    return rows, pages, len(on.letterbox.letters)
