"""Nothing typed is lost: drafts of forms, by the script and without it; and the pulse, which tells
an open page what has become another."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from desk.store.editors import accounts, claims, form_drafts
from desk.store.editors.form_drafts import FormDraft
from desk.store.submissions import submission_rows
from desk.store.tables import Submission
from desk.web.presence import Presence
from desk.workflow.retention.purge import purge
from tests.desk_web import Browser, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

NUMBER = "W-2026-0001"
DRAFT = f"/kiriman/{NUMBER}/konsep"
HOSTILE = "<script>alert(1)</script>\n\u202eterbalik & “kutip”"


class Room:
    """A desk with one submission, Nina and Budi."""

    def __init__(self, desk: Bench, base: str) -> None:
        self.desk, self.base = desk, base
        with desk.app.store.read() as tx:
            found = submission_rows.id_of(tx, NUMBER)
        assert found is not None
        self.id = found
        self.nina = signed_in(base, "nina@example.org")
        self.budi = signed_in(base, "budi@example.org")

    def draft(self, login: str = "nina@example.org", scope: str = "decision") -> FormDraft | None:
        with self.desk.app.store.read() as tx:
            found = accounts.by_login(tx, login)
            assert found is not None
            return form_drafts.find(tx, found[0].id, self.id, scope)

    def minutes(self, count: float) -> None:
        self.desk.now += timedelta(minutes=count)

    def holder(self) -> str:
        with self.desk.app.store.read() as tx:
            held = claims.holders(tx, [self.id], self.desk.now)
        return held[self.id].name if held else ""


@pytest.fixture
def room(tmp_path: Path, database: str) -> Iterator[Room]:
    with bench(tmp_path, MONDAY, database) as desk:
        fill(desk.app.store, 1, desk.now)
        with desk.app.store.begin() as tx:
            tx.execute(update(Submission).values(number=NUMBER, state="review"))
        for login in ("nina@example.org", "budi@example.org"):
            add_account(desk.app, login)
        with served(desk.app) as base:
            yield Room(desk, base)


def type_in(browser: Browser, seq: int, **fields: str) -> int:
    """As the script stores it; the status."""
    return browser.post(DRAFT, {"seq": seq, "revisi": 1, "skrip": 1, **fields}).status


def test_what_is_typed_is_kept_as_it_was_typed(room: Room) -> None:
    assert type_in(room.nina, 1, judul=HOSTILE, tanggal="kemarin") == 204
    draft = room.draft()
    assert draft is not None
    assert draft.fields == {"judul": [HOSTILE], "tanggal": ["kemarin"]}
    assert (draft.revision, draft.seq) == (1, 1)


def test_a_tab_that_lags_behind_overwrites_nothing(room: Room) -> None:
    assert [type_in(room.nina, seq, judul=f"tab pertama {seq}") for seq in (1, 2)] == [204, 204]
    assert type_in(room.nina, 2, judul="tab kedua") == 409
    draft = room.draft()
    assert draft is not None and draft.fields["judul"] == ["tab pertama 2"]


def test_without_the_script_a_lost_race_shows_what_was_typed(room: Room) -> None:
    type_in(room.nina, 5, judul="tab pertama")
    answer = room.nina.post(DRAFT, {"seq": 3, "revisi": 1, "judul": HOSTILE, "simpan": ""})
    assert answer.status == 409
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


def test_without_the_script_a_draft_leads_back_to_its_page(room: Room) -> None:
    fields = {
        "seq": 0,
        "revisi": 1,
        "judul": "Gotong royong",
        "simpan": "",
        "dari": "tampilan=saya",
    }
    answer = room.nina.post(DRAFT, fields)
    assert answer.status == 303
    assert answer.location == f"/kiriman/{NUMBER}?dari=tampilan%3Dsaya"
    draft = room.draft()
    assert draft is not None and draft.fields == {"judul": ["Gotong royong"]}


def test_each_has_his_own_and_can_throw_it_away(room: Room) -> None:
    type_in(room.nina, 1, judul="Nina")
    type_in(room.budi, 1, judul="Budi")
    room.nina.post(DRAFT, {"buang": ""})
    assert room.draft() is None
    kept = room.draft("budi@example.org")
    assert kept is not None and kept.fields == {"judul": ["Budi"]}


def test_the_first_draft_takes_what_nobody_holds_and_each_renews(room: Room) -> None:
    type_in(room.nina, 1, judul="a")
    assert room.holder() == "Nina"
    room.minutes(20)
    type_in(room.nina, 2, judul="ab")
    room.minutes(20)
    assert room.holder() == "Nina"
    type_in(room.budi, 1, judul="c")
    assert room.holder() == "Nina"
    room.minutes(31)
    assert room.holder() == ""
    type_in(room.budi, 2, judul="cd")
    assert room.holder() == "Budi"


@pytest.mark.parametrize(
    ("scope", "status"),
    [("decision", 204), ("photos", 204), ("letter:17", 204), ("letter:", 400), ("x", 400)],
)
def test_a_draft_is_of_a_form_that_there_is(room: Room, scope: str, status: int) -> None:
    assert type_in(room.nina, 1, scope=scope, teks="a") == status


def test_a_draft_is_bounded_and_of_a_submission_that_there_is(room: Room) -> None:
    assert type_in(room.nina, 1, judul="a" * 66_000) == 413
    assert room.nina.post("/kiriman/W-2026-0099/konsep", {"seq": 1, "skrip": 1}).status == 404


def test_drafts_nobody_came_back_to_go_after_ninety_days(room: Room) -> None:
    type_in(room.nina, 1, judul="a")
    begun = room.desk.now
    for days, is_left in ((89, True), (91, False)):
        room.desk.now = begun + timedelta(days=days)
        purge(room.desk.app)
        assert (room.draft() is not None) is is_left


def test_the_pulse_tells_counts_and_how_the_open_submission_stands(room: Room) -> None:
    type_in(room.nina, 1, judul="a")
    room.nina.get(f"/pulse?kiriman={NUMBER}")
    answer = room.budi.get(f"/pulse?kiriman={NUMBER}")
    told = json.loads(answer.text)
    assert len(answer.content) <= 1024
    assert set(told["counts"]) == {"tindakan", "saya", "menunggu", "terjadwal", "aktif"}
    assert told["counts"]["aktif"] == 1
    assert told["kiriman"]["revisi"] == 2  # as the filler made it
    assert told["kiriman"]["pemegang"] == "Nina"
    assert told["kiriman"]["melihat"] == ["Nina"]
    assert told["trouble"] is True  # this inbox was never polled


def test_a_pulse_that_brings_nothing_new_is_not_sent_again(room: Room) -> None:
    first = room.nina.get(f"/pulse?kiriman={NUMBER}")
    again = room.nina.get(f"/pulse?kiriman={NUMBER}", If_None_Match=first.headers["etag"])
    assert (again.status, again.content) == (304, b"")
    type_in(room.budi, 1, judul="a")
    changed = room.nina.get(f"/pulse?kiriman={NUMBER}", If_None_Match=first.headers["etag"])
    assert changed.status == 200


def test_a_pulse_of_what_is_not_there_tells_the_counts_alone(room: Room) -> None:
    assert "kiriman" not in json.loads(room.nina.get("/pulse?kiriman=W-2026-0099").text)


def test_who_looks_is_told_for_three_quarters_of_a_minute(room: Room) -> None:
    presence, now = Presence(), room.desk.now
    assert presence.look(NUMBER, 1, "Nina", now) == ()
    assert presence.look(NUMBER, 2, "Budi", now + timedelta(seconds=44)) == ("Nina",)
    assert presence.look("W-2026-0002", 3, "Sari", now + timedelta(seconds=44)) == ()
    assert presence.look(NUMBER, 3, "Sari", now + timedelta(seconds=46)) == ("Budi",)
