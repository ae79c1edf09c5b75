"""What an editor asks of the worker at the desk: a pairing, another look. The page only puts a job
there; what comes of it is on record, and what cannot be done calls an editor with its reason."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import msgspec
import pytest
from msgspec import Struct
from sqlalchemy import select

from desk.app import App
from desk.demo import makers
from desk.domain import attention as folding
from desk.sandbox.host import Crashed
from desk.store import attention
from desk.store.jobs import job_rows
from desk.store.submissions import review_queue, submission_rows
from desk.store.tables import Event, Job, Mail, Outbox
from desk.workflow import pair as pairing
from desk.workflow import replay as replaying
from desk.workflow.asked import release as releasing
from desk.workflow.asked.ask import ASKED, FAILED, Asked, find_under_way, read_asked
from redaksi.config.schema import make_limits
from redaksi.errors import StaleRevision, StoreError
from tests.contract.test_ask_again import ARTICLE, ELSEWHERE, Desk, opened, shots
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.unit.read_mail.test_attacks import BOMB as ATTACK

WHOLE, STRAY, PLAIN = "W-2026-0001", "W-2026-0002", "M-2026-0001"
HELD = "W-2026-0003"
NOTE = b"From: Rahma <rahma@lain.example>\nSubject: Halo\n\nApa kabar?\n"


class Room(Struct):
    """A desk with an article, photos from elsewhere and a letter that is no submission."""

    desk: Desk
    nina: Browser

    @property
    def app(self) -> App:
        return self.desk.app

    def fields(self, number: str) -> dict[str, object]:
        """What the page has of how it stands."""
        with self.app.store.read() as tx:
            stand = submission_rows.get_stand(tx, submission_rows.id_of(tx, number) or 0)
        return {"revisi": stand.revision, "versi": stand.version}

    def pair(self, number: str, into: str, **more: object) -> Page:
        fields = {**self.fields(number), "ke": into, **more}
        return self.nina.post(f"/kiriman/{number}/pasangkan", fields)

    def examine(self, number: str, **more: object) -> Page:
        return self.nina.post(f"/kiriman/{number}/periksa-ulang", {**self.fields(number), **more})

    def page(self, number: str) -> str:
        return self.nina.get(f"/kiriman/{number}").text

    def row(self, number: str) -> review_queue.QueueRow:
        with self.app.store.read() as tx:
            (found,) = [row for row in review_queue.queue_rows(tx) if row.number == number]
            assert attention.differing(tx) == []
        return found

    def happened(self, what: str) -> list[Event]:
        with self.app.store.read() as tx:
            return list(tx.scalars(select(Event).where(Event.what == what)))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    for desk in opened(tmp_path, settle=0):
        for raw in (ARTICLE, shots(ELSEWHERE), NOTE):
            desk.take_in(raw)
            desk.examine()
        add_account(desk.app, "nina@example.org")
        add_account(desk.app, "baca@example.org", "reader")
        with served(desk.app) as base:
            yield Room(desk=desk, nina=signed_in(base, "nina@example.org"))


def test_a_pairing_is_asked_for_done_and_on_record(room: Room) -> None:
    assert room.pair(STRAY, WHOLE).location == f"/kiriman/{STRAY}"
    page = room.page(STRAY)
    assert f"Sedang dipasangkan dengan {WHOLE}…" in page
    assert f'action="/kiriman/{STRAY}/pasangkan"' not in page  # one at a time
    room.desk.examine()
    assert room.row(WHOLE).latest_revision == 2
    assert room.row(STRAY).state == "not_a_submission"
    (event,) = room.happened("pair")
    assert event.actor.startswith("editor:")
    assert event.facts["with"] == WHOLE
    with room.app.store.read() as tx:
        assert find_under_way(tx, event.submission_id or 0) is None


def test_an_open_page_hears_that_it_is_done(room: Room) -> None:
    def is_asked() -> object:
        return json.loads(room.nina.get(f"/pulse?kiriman={STRAY}").content)["kiriman"]["diminta"]

    assert is_asked() is False
    assert "data-asked" not in room.page(STRAY)
    room.pair(STRAY, WHOLE)
    assert is_asked() is True
    assert "data-asked" in room.page(STRAY)
    room.desk.examine()
    assert is_asked() is False


def test_a_letter_that_is_no_submission_is_paired_and_adopted_from_its_list(room: Room) -> None:
    page = room.nina.get("/surel").text
    assert f'action="/kiriman/{PLAIN}/pasangkan"' in page
    assert f'action="/kiriman/{PLAIN}/putuskan"' in page
    assert room.pair(PLAIN, WHOLE).location == "/surel"
    assert f"Sedang dipasangkan dengan {WHOLE}…" in room.nina.get("/surel").text
    room.desk.examine()
    assert room.row(WHOLE).latest_revision == 1  # a word about it, no try
    fields = {**room.fields(PLAIN), "keputusan": "jadikan", "surat": "tanpa"}
    assert room.nina.post(f"/kiriman/{PLAIN}/putuskan", fields).status == 303
    assert room.row(PLAIN).state == "review"


@pytest.mark.parametrize(
    ("number", "into", "why"),
    [
        (STRAY, "", "tulis nomor kiriman"),
        (STRAY, "W-2026-0099", "tidak ada kiriman W-2026-0099"),
        (STRAY, STRAY, "kiriman yang sama"),
        (STRAY, '"><script>', "&lt;SCRIPT&gt;"),
        (PLAIN, "W-2026-0099", "tidak ada kiriman W-2026-0099"),
    ],
)
def test_what_cannot_be_paired_comes_back_as_it_was_typed(
    room: Room, number: str, into: str, why: str
) -> None:
    answer = room.pair(number, into, orang_sama="on")
    assert answer.status == 422
    assert why.casefold() in answer.text.casefold()
    assert re.search(r'name="orang_sama" checked', answer.text)
    assert "<script>" not in answer.text.casefold().replace('<script src="', "")
    with room.app.store.read() as tx:
        assert tx.scalars(select(Job).where(Job.kind == ASKED)).all() == []


def test_an_older_page_asks_for_nothing(room: Room) -> None:
    for path, fields in (("pasangkan", {"ke": WHOLE}), ("periksa-ulang", {})):
        answer = room.nina.post(f"/kiriman/{STRAY}/{path}", {"revisi": 1, "versi": 0, **fields})
        assert answer.status == 409
        answer = room.nina.post(f"/kiriman/{STRAY}/{path}", fields)
        assert answer.status == 409


def test_two_things_are_not_asked_at_once_and_the_same_is_asked_once(room: Room) -> None:
    assert room.pair(STRAY, WHOLE).status == 303
    assert room.pair(STRAY, WHOLE).status == 303
    assert room.examine(STRAY).status == 409
    with room.app.store.read() as tx:
        assert len(tx.scalars(select(Job).where(Job.kind == ASKED)).all()) == 1


def test_examined_again_without_a_letter(room: Room) -> None:
    with room.app.store.read() as tx:
        letters = len(tx.scalars(select(Outbox.id)).all())
    assert room.examine(WHOLE).location == f"/kiriman/{WHOLE}"
    assert "Sedang diperiksa ulang…" in room.page(WHOLE)
    room.desk.examine()
    assert "Diperiksa ulang: hasilnya sama" in room.page(WHOLE)
    with room.app.store.read() as tx:
        assert len(tx.scalars(select(Outbox.id)).all()) == letters


@pytest.mark.parametrize(
    ("state", "is_asked", "flags"),
    [
        ("review", True, set()),
        ("review", False, {"changed"}),
        ("scheduled", True, {"changed"}),  # beside the try that was accepted
    ],
)
def test_what_an_editor_had_examined_again_is_not_called_changed(
    state: str, is_asked: bool, flags: set[str]
) -> None:
    facts = {"from": state, "to": state, **({"replayed": True} if is_asked else {})}
    assert folding.step(frozenset(), "review", facts) == flags


def test_what_was_decided_is_not_examined_again(room: Room) -> None:
    decided = {"keputusan": "catatan", "permintaan": "Mohon lengkapi.", "surat": "tanpa"}
    answer = room.nina.post(f"/kiriman/{WHOLE}/putuskan", {**room.fields(WHOLE), **decided})
    assert answer.status == 303
    assert f'action="/kiriman/{WHOLE}/periksa-ulang"' not in room.page(WHOLE)
    answer = room.examine(WHOLE)
    assert answer.status == 422
    assert "pemeriksaan ulang tidak mengubah" in answer.text


@pytest.mark.parametrize("number", [STRAY, PLAIN])
def test_what_could_not_be_done_calls_an_editor_until_it_is(room: Room, number: str) -> None:
    died = Crashed("processor")
    with mock.patch.object(pairing, "examine_at_once", side_effect=died):
        room.pair(number, WHOLE)
        room.desk.examine()
    assert "pairing" in room.row(number).attention.flags
    shown = room.page(number) if number == STRAY else room.nina.get("/surel").text
    assert f"Tidak dapat dipasangkan (dengan {WHOLE})" in shown
    assert died.say("id") in shown
    if number == STRAY:
        assert "Permintaan tidak berhasil" in room.nina.get("/antrean").text
    assert room.pair(number, WHOLE).status == 303
    room.desk.examine()
    assert "pairing" not in room.row(number).attention.flags


def test_a_mail_that_is_not_there_is_a_reason(room: Room) -> None:
    with room.app.store.begin() as tx:
        for mail in tx.scalars(select(Mail)):
            room.app.blobs.delete(mail.blob or "")
    assert room.examine(WHOLE).status == 303
    room.desk.examine()
    assert [event.actor for event in room.happened("examining failed")] == ["worker"]
    assert "pairing" in room.row(WHOLE).attention.flags


@pytest.mark.parametrize(
    "outrun",
    [
        StaleRevision(number=STRAY, seen=1, now=2),
        StoreError("newer_try_again", number=STRAY),
    ],
)
def test_what_another_mail_outran_is_begun_again(room: Room, outrun: Exception) -> None:
    real = pairing.pair
    room.pair(STRAY, WHOLE)
    with mock.patch.object(pairing, "pair", _Once(outrun, real)):
        room.desk.examine()
    assert room.row(WHOLE).latest_revision == 2
    assert room.happened("pairing failed") == []


def test_what_is_outrun_every_time_is_told(room: Room) -> None:
    room.examine(WHOLE)
    outrun = StoreError("newer_try_again", number=WHOLE)
    with mock.patch.object(replaying, "replay", side_effect=outrun):
        room.desk.examine()
    assert "minta lagi" in room.page(WHOLE)


def test_a_job_that_killed_its_workers_sets_no_mail_aside(room: Room) -> None:
    room.examine(WHOLE)
    with room.app.store.begin() as tx:
        job = tx.scalars(select(Job).where(Job.kind == ASKED)).one()
        job.attempts = 99
    room.desk.examine()
    with room.app.store.read() as tx:
        job = tx.scalars(select(Job).where(Job.kind == ASKED)).one()
        assert (job.state, job_rows.failed_jobs(tx)) == ("failed", [])
    assert "periksa-ulang" in room.page(WHOLE)
    assert "pairing" in room.row(WHOLE).attention.flags
    assert room.row(WHOLE).state != "failed"


def test_a_reader_is_offered_nothing(room: Room) -> None:
    reader = signed_in(room.nina.base, "baca@example.org")
    for path in (f"/kiriman/{WHOLE}", "/surel"):
        page = reader.get(path).text
        assert "periksa-ulang" not in page
        assert "pasangkan" not in page


def test_payload_of_a_job_outlives_what_attempts_left_in_it() -> None:
    asked = Asked(what="pair", account=3, into=WHOLE, same_person=True)
    payload = {**msgspec.to_builtins(asked), "deaths": 2, "rung": "bare"}
    assert read_asked(payload) == asked


def test_every_failure_calls_and_every_end_is_known_to_attention() -> None:
    assert set(FAILED.values()) <= folding.ASKED_FAILED


class _Once:
    """Raises the first time, then does the real thing."""

    def __init__(self, error: Exception, real: object) -> None:
        self.error: Exception | None = error
        self.real = real

    def __call__(self, *arguments: object, **named: object) -> object:
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        return self.real(*arguments, **named)  # type: ignore[operator]


# ── quarantine ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def held(room: Room) -> tuple[Room, Browser]:
    """A package that unpacks to more than may be is in quarantine; and who runs the newsroom."""
    bomb = [("naskah.docx", makers.bomb(150 << 20))]
    room.desk.take_in(makers.mail(("X", "x@asing.example"), "Naskah", "Terlampir.\n", bomb))
    room.desk.examine()
    assert room.row(HELD).state == "quarantined"
    add_account(room.app, "ops@example.org", "ops")
    return room, signed_in(room.nina.base, "ops@example.org")


def test_a_bomb_stays_one_and_its_page_says_why(held: tuple[Room, Browser]) -> None:
    room, ops = held
    assert ops.post(f"/karantina/{HELD}/lepas").location == f"/karantina/{HELD}"
    assert "Sedang diperiksa ulang sebelum dilepas…" in ops.get(f"/karantina/{HELD}").text
    room.desk.examine()
    assert room.row(HELD).state == "quarantined"
    assert room.row(HELD).latest_revision == 1
    page = ops.get(f"/karantina/{HELD}").text
    assert f"Tetap dalam karantina: {HELD} masih melanggar batas" in page
    assert room.happened("release") == []


def test_a_bomb_under_a_photos_name_stays_one_too(room: Room) -> None:
    bomb = [("foto.jpg", ATTACK)]
    room.desk.take_in(makers.mail(("X", "x@asing.example"), "Foto", "Terlampir.\n", bomb))
    room.desk.examine()
    assert room.row(HELD).state == "quarantined"
    add_account(room.app, "ops@example.org", "ops")
    ops = signed_in(room.nina.base, "ops@example.org")
    assert "b.jpg" in ops.get(f"/karantina/{HELD}").text
    ops.post(f"/karantina/{HELD}/lepas")
    room.desk.examine()
    assert room.row(HELD).state == "quarantined"
    assert room.happened("release") == []


def test_what_breaks_no_limit_any_more_is_reviewed_without_a_letter(
    held: tuple[Room, Browser],
) -> None:
    room, ops = held
    with room.app.store.read() as tx:
        letters = len(tx.scalars(select(Outbox.id)).all())
    usual = make_limits(room.app.config, room.app.config.mailbox[0])
    wider = msgspec.structs.replace(usual.safety, max_ratio=10**6)
    ops.post(f"/karantina/{HELD}/lepas")
    bounds = msgspec.structs.replace(usual, safety=wider)
    with mock.patch.object(releasing, "bounds_of", return_value=bounds):
        room.desk.examine()
    assert room.row(HELD).state == "review"
    assert not room.row(HELD).attention.flags
    assert ops.get(f"/karantina/{HELD}").location == f"/kiriman/{HELD}"
    (event,) = room.happened("release")
    assert event.actor.startswith("editor:")
    with room.app.store.read() as tx:
        assert len(tx.scalars(select(Outbox.id)).all()) == letters
