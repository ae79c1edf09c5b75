"""Before a letter leaves that asks for something missing: it may lie in another mail of the same
person that is not examined yet, is being examined, or was filed on its own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from unittest import mock

import msgspec
import pytest
from msgspec import Struct
from sqlalchemy import select

from desk.app import App, open_app
from desk.demo.makers import mail, photo
from desk.jobs.job_queue import EXAMINE
from desk.outbound import sender
from desk.store.inbound import dead_letters
from desk.store.jobs import job_rows
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.people import contributors
from desk.store.tables import Outbox, Submission
from publisher.smtp.session import Sent, SmtpSession
from redaksi.reasons import ReasonCode, code_of
from tests.drill import pairs
from tests.empty_store import lay_out
from tests.kept_pool import keep_pool

BEGIN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PHOTOS = [("A1.jpg", photo(1600, 1200, 4)), ("B2.jpg", photo(1600, 1200, 5))]
ANDI = ("Andi Tenri Ajeng", "andi.1@kontributor.example")
ELSEWHERE = ("Andi Tenri Ajeng", "tenri@kantor.example")
OTHER = ("Rahma Sari Dewi", "rahma@lain.example")
ARTICLE = pairs.pair(1)[0].replace(b"Andi 1", b"Andi Tenri Ajeng")


class Desk(Struct):
    """An office with its clock set by hand; `wire` is what left, with its kind."""

    app: App
    now: datetime
    wire: list[str]
    count: int = 0

    def minutes(self, span: float) -> None:
        self.now += timedelta(minutes=span)

    def take_in(self, raw: bytes) -> None:
        self.count += 1
        pairs.take_in(self.app, self.count, raw)

    def examine(self) -> None:
        pairs.work_with(self.app, keep_pool(self.app))

    def send(self) -> list[str]:
        """What left in this turn."""
        before = len(self.wire)
        sender.send_due_letters(self.app)
        return self.wire[before:]

    def letters(self) -> list[Stored]:
        with self.app.store.read() as tx:
            found = [outbox.get(tx, one) for one in tx.scalars(select(Outbox.id).order_by("id"))]
        return [one for one in found if one is not None]

    def stands(self) -> list[tuple[str, str, ReasonCode | None]]:
        return [(one.kind, one.state, code_of(one.reason)) for one in self.letters()]

    def submissions(self) -> list[tuple[str, int]]:
        with self.app.store.read() as tx:
            return [(str(row.state), row.latest_revision) for row in tx.query(Submission)]


def opened(tmp_path: Path, settle: float, url: str = "") -> Iterator[Desk]:
    database = url or lay_out(tmp_path)
    config = pairs.configuration(tmp_path, database, pool=1)
    queue = msgspec.structs.replace(config.queue, settle=timedelta(minutes=settle))
    config = msgspec.structs.replace(config, queue=queue)
    with open_app(config, environment={"P": "x"}) as app:
        desk = Desk(app=app, now=BEGIN, wire=[])
        desk.app = msgspec.structs.replace(app, clock=lambda: desk.now)

        def sent(_self: SmtpSession, content: bytes, _from: str, _to: str) -> Sent:
            known = str(message_from_bytes(content)["Message-ID"])
            desk.wire.append(known.split(".")[2])
            return Sent(reply="250")

        with mock.patch.object(SmtpSession, "send", sent):
            yield desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path, settle=10)


@pytest.fixture
def apart(tmp_path: Path, database: str) -> Iterator[Desk]:
    """No window: two mails are two submissions unless one answers the other."""
    yield from opened(tmp_path, settle=0, url=database)


def shots(sender_of: tuple[str, str] = ANDI, said: str = pairs.CAPTIONS) -> bytes:
    return mail(sender_of, "Foto", said, PHOTOS)


def asked_for_photos(desk: Desk, minutes: float = 11) -> None:
    """The article was filed; its letter asks for photos and is due."""
    desk.take_in(ARTICLE)
    desk.examine()
    desk.minutes(minutes)


# ── the second mail arrives between filing and sending ────────────────────────────────────────────


def test_what_arrived_since_is_waited_for_and_the_pair_is_joined(desk: Desk) -> None:
    asked_for_photos(desk, minutes=9.9)
    desk.take_in(shots())
    desk.minutes(0.2)
    assert desk.send() == []
    assert desk.stands() == [("revise", "queued", ReasonCode.OTHER_MAIL_UNREAD)]
    desk.examine()
    assert desk.submissions() == [("review", 2)]
    desk.minutes(1)
    assert desk.send() == ["accepted"]
    assert desk.stands()[0][:2] == ("revise", "dropped")


def test_what_arrived_after_the_window_is_shown_to_an_editor_and_asked_of_nobody(
    desk: Desk,
) -> None:
    asked_for_photos(desk)
    desk.take_in(shots())
    assert desk.send() == []
    desk.examine()
    desk.minutes(1)
    assert desk.send() == []
    assert desk.stands() == [("revise", "draft", ReasonCode.OTHER_MAIL_BRINGS)]
    assert [state for state, _ in desk.submissions()] == ["revising", "review"]


# ── it is being examined ──────────────────────────────────────────────────────────────────────────


def test_a_letter_waits_while_the_other_mail_is_examined_but_not_for_ever(desk: Desk) -> None:
    asked_for_photos(desk)
    desk.take_in(shots())
    with desk.app.store.begin() as tx:
        now = datetime.now(UTC) + timedelta(minutes=1)
        assert job_rows.claim_job(tx, {EXAMINE: dead_letters.give_up}, "somebody", now)
    for _ in range(29):
        assert desk.send() == []
        desk.minutes(1)
    assert desk.send() == []
    desk.minutes(1.5)
    assert desk.send() == ["revise"]


def test_a_mail_that_was_never_examined_stops_no_letter_written_later(desk: Desk) -> None:
    desk.take_in(ARTICLE)
    desk.examine()
    desk.take_in(shots())
    desk.minutes(31)
    assert desk.send() == ["revise"]


@pytest.mark.parametrize(
    ("other", "waits"),
    [
        (shots(), True),
        (shots(ELSEWHERE), True),  # the same full name
        (shots(OTHER), False),
        (mail(OTHER, "Foto", "Foto.\n", PHOTOS, headers=[("Cc", ANDI[1])]), True),
        (mail(OTHER, "Re: W-2026-0001", "Ini fotonya.\n", PHOTOS), True),
        (mail(OTHER, "Lomba", "Selamat pagi.\n"), False),
    ],
    ids=["address", "name", "stranger", "copy", "number", "plain"],
)  # fmt: skip
def test_only_a_mail_that_may_be_theirs_is_waited_for(
    desk: Desk, other: bytes, waits: bool
) -> None:
    asked_for_photos(desk)
    desk.take_in(other)
    assert desk.send() == ([] if waits else ["revise"])


def test_an_answer_to_our_letter_is_known_by_its_thread(desk: Desk) -> None:
    asked_for_photos(desk)
    (letter,) = desk.letters()
    answer = mail(OTHER, "Foto", "Ini.\n", PHOTOS, headers=[("In-Reply-To", letter.message_id)])
    desk.take_in(answer)
    assert desk.send() == []


def test_an_address_of_the_same_person_is_theirs(desk: Desk) -> None:
    asked_for_photos(desk)
    other = ("Tenri", "tenri@kantor.example")
    with desk.app.store.begin() as tx:
        (row,) = tx.query(Submission)
        linked = contributors.ensure_contributor(tx, other[1], other[0], desk.now)
        assert row.person_id is not None
        contributors.mark_same_person(tx, linked.address_id, row.person_id)
    desk.take_in(shots(other))
    assert desk.send() == []


def test_good_news_waits_for_nothing(desk: Desk) -> None:
    for raw in pairs.pair(1):
        desk.take_in(raw)
        desk.examine()
    desk.take_in(shots(said="Satu lagi.\n"))
    assert desk.send() == ["accepted"]


# ── it was filed on its own ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["article first", "photos first"])
@pytest.mark.parametrize("whose", [ANDI, ELSEWHERE], ids=["address", "name"])
def test_two_halves_that_nobody_joined_are_asked_for_by_nobody(
    apart: Desk, order: tuple[int, int], whose: tuple[str, str]
) -> None:
    both = [ARTICLE, shots(whose)]
    for at in order:
        apart.take_in(both[at])
        apart.examine()
        apart.minutes(1)
    assert len(apart.submissions()) == 2
    assert apart.send() == []
    assert {one[1:] for one in apart.stands()} == {("draft", ReasonCode.OTHER_MAIL_BRINGS)}
    assert [one.reason.facts["number"] for one in apart.letters() if one.reason] == [
        "W-2026-0002",
        "W-2026-0001",
    ]


def test_the_photos_of_somebody_else_bring_nothing(apart: Desk) -> None:
    for raw in (ARTICLE, shots(OTHER)):
        apart.take_in(raw)
        apart.examine()
    assert len(apart.send()) == 2


def test_a_whole_article_of_the_same_person_brings_nothing(apart: Desk) -> None:
    article = message_from_bytes(pairs.pair(2)[0])
    (document,) = [p for p in article.walk() if p.get_filename()]
    content = document.get_payload(decode=True)
    assert isinstance(content, bytes)
    whole = mail(ANDI, "Naskah kedua", pairs.CAPTIONS, [("Dua.docx", content), *PHOTOS])
    for raw in (ARTICLE, whole):
        apart.take_in(raw)
        apart.examine()
        apart.minutes(1)
    assert sorted(apart.send()) == ["accepted", "revise"]


def test_an_editor_who_sends_it_all_the_same_is_not_asked_again(apart: Desk) -> None:
    for raw in (ARTICLE, shots()):
        apart.take_in(raw)
        apart.examine()
    apart.send()
    with apart.app.store.begin() as tx:
        outbox.release(tx, apart.letters()[0].id, apart.now)
    assert apart.send() == ["revise"]


def test_a_mail_that_could_not_be_examined_may_be_what_is_missing(desk: Desk) -> None:
    asked_for_photos(desk)
    desk.take_in(shots())
    with desk.app.store.begin() as tx:
        dead_letters.set_aside(tx, 2, desk.now, str(ReasonCode.TIME_LIMIT))
    assert desk.send() == []
    assert desk.stands() == [("revise", "draft", ReasonCode.OTHER_MAIL_BRINGS)]
