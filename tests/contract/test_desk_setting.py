"""The copy desk: an article as it is set, and an editor's words about where it stands."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import update

from desk.store.publications import decisions, editions, moves, rows
from desk.store.publications.rows import Row
from desk.store.submissions import threads
from desk.store.tables import Publication, Submission
from publisher.articles.edition import Block, Span
from redaksi.config.publish import Publish, PublishTarget
from redaksi.states import State
from tests.desk_web import Browser, Page, add_account, press_on, served, signed_in
from tests.editions import HEADLINE, make_edition, make_words
from tests.filler import fill
from tests.listener import Asked, answer, listening
from tests.postoffice import MONDAY, Bench, bench

NUMBER = "W-2026-0143"
PAGE = f"/kiriman/{NUMBER}/tayang"
HOSTILE = '<script>alert(1)</script> & "kutip" {{ 7 * 7 }}'
REASON = "Nama ketua KSM salah tulis."


class Room:
    """A desk with an article that has an edition, an editor and a reader."""

    def __init__(self, desk: Bench, base: str) -> None:
        self.desk = desk
        self.nina = signed_in(base, "nina@example.org")
        self.budi = signed_in(base, "budi@example.org")

    def stand(self, state: State = "published") -> None:
        """It is in this state, its first edition wanted at *situs*; published: it stands there."""
        with self.desk.app.store.begin() as tx:
            judged = threads.newest(tx, 1)
            assert judged is not None
            photo = structs.replace(make_words(1), sha256=judged.submission.photos[0].sha256)
            edition = structs.replace(make_edition(), photos=(photo,))
            edition_id = editions.add(tx, 1, edition)
            moves.plan(tx, 1, "situs", edition_id, self.desk.now, self.desk.now)
            tx.execute(update(Submission).values(state=state, publish_at=self.desk.now))
            if state == "published":
                tx.execute(
                    update(Publication).values(
                        state="standing",
                        standing_edition_id=edition_id,
                        url="https://situs.example/a",
                        first_standing_at=self.desk.now,
                    )
                )
            else:
                tx.execute(update(Publication).values(state="asking"))

    def read(self, browser: Browser | None = None) -> str:
        found = (browser or self.nina).get(PAGE)
        assert found.status == 200, found.text
        return found.text

    def send(self, form: str, **fields: object) -> Page:
        """A form of the page, and its letter as it is shown, where one goes with it."""
        return press_on(self.nina, self.press(form, **fields), f"{PAGE}/{form}")

    def press(self, form: str, **fields: object) -> Page:
        """A form of the page, with what the page was made of now unless it is said otherwise."""
        with self.desk.app.store.read() as tx:
            row = tx.get_one(Submission, 1)
            seen = {"revisi": row.latest_revision, "versi": row.version}
        return self.nina.post(f"{PAGE}/{form}", {**seen, **fields})

    def row(self) -> Row:
        with self.desk.app.store.read() as tx:
            (found,) = rows.of_submission(tx, 1)
        return found

    def state(self) -> State:
        with self.desk.app.store.read() as tx:
            return threads.get(tx, 1).state


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with bench(tmp_path, MONDAY) as desk:
        fill(desk.app.store, 1, desk.now)
        with desk.app.store.begin() as tx:
            row = tx.get_one(Submission, 1)
            row.number, row.state = NUMBER, "review"
            row.accepted_revision = row.latest_revision
        target = PublishTarget(id="situs", kind="copy", private=True)
        config = structs.replace(desk.app.config, publish=Publish(target=(target,)))
        desk.app = structs.replace(desk.app, config=config)
        add_account(desk.app, "nina@example.org")
        add_account(desk.app, "budi@example.org", "reader")
        with served(desk.app) as base:
            yield Room(desk, base)


def correction(**changes: object) -> dict[str, object]:
    """The form as the page fills it, and what is typed."""
    return {"judul": HEADLINE, "artikel": "", "alasan_betulkan": REASON, **changes}


def body_of(room: Room) -> str:
    text = room.read()
    begin = text.index('name="artikel"')
    return unescape(text[text.index(">\n", begin) + 2 : text.index("</textarea>", begin)])


def test_the_article_stands_as_it_is_printed_to_be_pasted(room: Room) -> None:
    room.stand("scheduled")
    text = room.read()
    assert "<p>Warga bekerja <strong>bersama</strong>.</p>\n<h3>Tiga RW</h3>\n<ul>" in text
    assert "Menunggu ditayangkan" in text or "menunggu ditayangkan" in text
    assert "Warga RW 01 mengangkat batu" in text


def test_whatever_it_says_is_text(room: Room) -> None:
    room.stand()
    body = (Block(kind="p", lines=((Span(text=HOSTILE),),)),)
    with room.desk.app.store.begin() as tx:
        hostile = make_edition(2, photos=1, headline=HOSTILE, body=body, category=HOSTILE)
        editions.add(tx, 1, hostile)
    text = room.read()
    assert "<script>alert(1)" not in text and "49" not in text.partition("kutip")[2][:20]
    assert "&lt;script&gt;alert(1)" in text


def test_who_only_reads_is_offered_nothing_to_send(room: Room) -> None:
    room.stand()
    text = room.read(room.budi)
    assert "<article" in text and f'action="{PAGE}' not in text


def test_without_an_edition_the_page_says_so_and_takes_an_address(room: Room) -> None:
    text = room.read()
    assert "Belum ada edisinya" in text
    assert f'action="{PAGE}/terbit"' in text and f'action="{PAGE}/betulkan"' not in text
    assert room.nina.get("/kiriman/W-2026-9999/tayang").status == 404


def test_an_address_is_looked_at_before_it_is_taken(room: Room) -> None:
    room.stand("scheduled")

    def site(asked: Asked) -> bytes:
        shown = HEADLINE if asked.path == "/benar" else "Lain"
        return answer(f"<html><h1>{shown}</h1></html>".encode())

    with listening(site) as listener:
        wrong = room.send("terbit", tautan=listener.url("/salah"), alasan_terbit=REASON)
        assert wrong.status == 422
        assert "Judul tidak ditemukan di alamat itu." in wrong.text
        assert listener.url("/salah") in wrong.text and REASON in wrong.text
        assert room.state() == "scheduled"
        right = room.send("terbit", tautan=listener.url("/benar"), alasan_terbit=REASON)
    assert (right.status, right.location) == (303, f"{PAGE}?selesai=terbit")
    assert (room.state(), room.row().state) == ("published", "standing")


def test_an_address_no_program_may_look_at_is_taken_at_an_editors_word(room: Room) -> None:
    room.stand("scheduled")
    url = "https://situs.invalid/a"
    answered = room.send("terbit", tautan=url, tetap_catat="on", alasan_terbit=REASON)
    assert answered.status == 303
    assert room.row().known.url == url


@pytest.mark.parametrize("url", ["", "ftp://x.example/", "javascript:alert(1)", "x"])
def test_what_is_no_address_is_refused(room: Room, url: str) -> None:
    room.stand("scheduled")
    refused = room.send("terbit", tautan=url, alasan_terbit=REASON)
    assert (refused.status, room.state()) == (422, "scheduled")
    assert 'id="tautan-wrong"' in refused.text


def test_a_correction_is_the_next_edition_and_whose_it_is(room: Room) -> None:
    room.stand()
    body = body_of(room).replace("Jalan selesai", "Jalan rampung")
    headline = HEADLINE.replace("Gotong", "Gorong")
    caption = {"keterangan-1": "Warga RW 01 memindahkan batu."}
    sent = room.send("betulkan", **correction(judul=headline, artikel=body, **caption))
    assert (sent.status, sent.location) == (303, f"{PAGE}?selesai=betulkan")
    with room.desk.app.store.read() as tx:
        stored = editions.newest(tx, 1)
        kept = decisions.newest(tx, 1)
    assert stored is not None and kept is not None
    edition = stored.edition
    assert (edition.number, edition.headline, edition.reason) == (2, headline, REASON)
    assert edition.photos[0].caption == caption["keterangan-1"]
    assert "rampung" in room.read()
    assert (kept.event, kept.account_id is not None, kept.silent) == ("correct", True, True)
    assert room.row().edition_id == stored.id


def test_a_correction_that_cannot_be_comes_back_as_it_was_typed(room: Room) -> None:
    room.stand()
    body = body_of(room)
    typed = correction(
        judul=HOSTILE, artikel=f"{body}\n\n{HOSTILE}", alasan_betulkan="x", kabari="on"
    )
    refused = room.send("betulkan", **typed)
    assert refused.status == 422
    assert "Tulis alasannya, sekurangnya 5 huruf" in refused.text
    text = unescape(refused.text)
    assert f'value="{HOSTILE}"' in text and f"{body}\n\n{HOSTILE}</textarea>" in text
    assert 'name="kabari" checked' in refused.text
    with room.desk.app.store.read() as tx:
        stored = editions.newest(tx, 1)
    assert stored is not None and stored.edition.number == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Tidak ada yang dibetulkan."),
        ({"judul": " "}, "Judul tayang masih kosong."),
        ({"artikel": " "}, "Isi artikelnya kosong."),
        ({"judul": "a" * 141}, "141"),
        ({"keterangan-1": "a" * 612}, "Keterangan terlalu panjang: 612 dari 500 karakter."),
        ({"keterangan-1": ""}, "Keterangan foto tidak boleh dikosongkan."),
        ({"judul": "Lain", "alasan_betulkan": "a" * 501}, "Alasan terlalu panjang"),
    ],
)
def test_what_is_wrong_with_a_correction_is_said(
    room: Room, changes: dict[str, str], says: str
) -> None:
    room.stand()
    refused = room.send("betulkan", **correction(**{"artikel": body_of(room), **changes}))
    assert (refused.status, says in refused.text) == (422, True), refused.text
    assert 'id="salah"' in refused.text


@pytest.mark.parametrize("form", ["terbit", "betulkan", "turunkan", "ulangi"])
def test_a_page_that_is_older_than_what_there_is_decides_nothing(room: Room, form: str) -> None:
    room.stand()
    typed = {
        "judul": "Judul yang baru",
        "artikel": body_of(room),
        "alasan_betulkan": REASON,
        "alasan_turunkan": REASON,
        "tautan": "https://situs.invalid/b",
        "tetap_catat": "on",
    }
    for older in ({"versi": 77}, {"revisi": 77}, {"versi": "x"}):
        before = room.row()
        stale = room.send(form, **{**typed, **older})
        assert stale.status == 409
        assert "Yang Anda ketik masih ada" in stale.text
        assert "Judul yang baru" in stale.text and stale.text.count(REASON) == 2
        assert room.row() == before


def test_a_second_press_corrects_once(room: Room) -> None:
    room.stand()
    form = correction(judul="Judul yang baru", artikel=body_of(room))
    with room.desk.app.store.read() as tx:
        version = tx.get_one(Submission, 1).version
    pressed = [room.send("betulkan", **form, versi=version).status for _ in range(2)]
    assert pressed == [303, 303]
    with room.desk.app.store.read() as tx:
        stored = editions.newest(tx, 1)
    assert stored is not None and stored.edition.number == 2


def test_taking_down_asks_why_and_then_whether_it_is_down(room: Room) -> None:
    room.stand()
    refused = room.send("turunkan", alasan_turunkan="x")
    assert refused.status == 422 and "sekurangnya 5 huruf" in refused.text
    assert room.send("turunkan", alasan_turunkan=REASON).status == 303
    assert room.row().wanted == "down"
    early = room.send("turunkan", sudah="1", tetap_turun="on")  # nobody was asked yet
    assert early.status == 422 and 'name="sudah"' not in early.text
    with room.desk.app.store.begin() as tx:
        tx.execute(update(Publication).values(state="asking"))
    assert 'name="sudah" value="1"' in room.read()
    unsure = room.send("turunkan", sudah="1")
    assert unsure.status == 422 and 'id="tetap_turun-wrong"' in unsure.text
    sure = room.send("turunkan", sudah="1", tetap_turun="on")
    assert sure.status == 303, sure.text[sure.text.index('id="salah"') :][:400]
    assert (room.state(), room.row().state) == ("withdrawn", "down")


def test_what_failed_is_begun_anew(room: Room) -> None:
    room.stand("scheduled")
    with room.desk.app.store.begin() as tx:
        tx.execute(update(Publication).values(state="failed", error_code="login_refused"))
    assert "Kirim sekarang" in room.read()
    assert room.send("ulangi").status == 303
    assert room.row().state == "due"
    assert room.send("ulangi", tujuan="lain").status == 422


def test_where_nothing_waits_there_is_nothing_to_begin(room: Room) -> None:
    room.stand()
    assert "Kirim sekarang" not in room.read()
    refused = room.send("ulangi")
    assert (refused.status, "Tidak ada yang menunggu dikirim." in refused.text) == (422, True)


def test_a_draft_of_the_correction_comes_back_and_goes_with_it(room: Room) -> None:
    room.stand()
    form = correction(judul="Setengah jadi", artikel=body_of(room))
    drafted = {"scope": "edition", "seq": 1, "revisi": 1, "skrip": 1, **form}
    assert room.nina.post(f"/kiriman/{NUMBER}/konsep", drafted).status == 204
    text = room.read()
    assert 'value="Setengah jadi"' in text and 'name="seq" value="1"' in text
    refused = room.send("terbit", tautan="x").text  # another form of the page
    assert 'value="Setengah jadi"' in refused and 'name="seq" value="1"' in refused
    assert room.send("betulkan", **form).status == 303
    assert 'name="seq" value="0"' in room.read()
