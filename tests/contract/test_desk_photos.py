"""Photos chosen at the desk: which are used, the main one, whose caption is whose; kept by the bytes of
a photo, shown on the page, taken into the edition."""

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import delete, select, update

from desk.domain.photos.choices import Choice, name_key
from desk.presentation.queue_rows import badges_of
from desk.store import Transaction
from desk.store.editors import accounts, form_drafts
from desk.store.publications import photo_choices
from desk.store.submissions import review_queue, submission_rows, threads
from desk.store.submissions.frozen import freeze, thaw
from desk.store.submissions.parts import add_parts
from desk.store.tables import Caption as CaptionRow
from desk.store.tables import Examination, PhotoChoice, Revision, Submission
from desk.store.tables import Photo as PhotoRow
from publisher.articles.edition import Amendments
from redaksi.model import Caption, Photo
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

NUMBER = "W-2026-0001"
PAGE, FORM = f"/kiriman/{NUMBER}", f"/kiriman/{NUMBER}/foto"
HOSTILE = "<script>alert(1)</script> “kutip” </textarea><b>"
A, B, C = "a" * 64, "b" * 64, "c" * 64


def photo(sha256: str, caption: str = "", *, sure: bool = True, intact: bool = True) -> Photo:
    own = Caption(
        text=caption, source="body", evidence="order", action="auto" if sure else "confirm"
    )
    return Photo(
        name=f"IMG_{sha256[0]}.jpg",
        kind="jpeg",
        sha256=sha256,
        width=1600,
        height=1200,
        intact=intact,
        caption=own if caption else None,
    )


PHOTOS = (photo(A, "Warga bekerja."), photo(B, "Ibu memasak.", sure=False), photo(C))


class Room:
    """A desk with one submission in review, and Nina."""

    def __init__(self, desk: Bench, base: str) -> None:
        self.desk = desk
        with desk.app.store.read() as tx:
            found = submission_rows.id_of(tx, NUMBER)
        assert found is not None
        self.id, self.base = found, base
        self.nina: Browser = signed_in(base, "nina@example.org")

    def have(self, photos: Sequence[Photo]) -> None:
        """The newest revision's photos are these."""
        with self.desk.app.store.begin() as tx:
            newest = tx.get_one(Submission, self.id).latest_revision
            give_photos(tx, self.id, newest, photos)

    def come(self, photos: Sequence[Photo]) -> None:
        """The next revision comes, with these photos."""
        with self.desk.app.store.begin() as tx:
            row = tx.get_one(Submission, self.id)
            row.latest_revision += 1
            row.version += 1
            give_photos(tx, self.id, row.latest_revision, photos)

    @property
    def stand(self) -> submission_rows.Stand:
        with self.desk.app.store.read() as tx:
            return submission_rows.get_stand(tx, self.id)

    def send(self, seen: submission_rows.Stand | None = None, /, **fields: str) -> Page:
        """The form as Nina sends it; "x_a" is the field x of photo A."""
        stand = seen or self.stand
        typed = {"revisi": str(stand.revision), "versi": str(stand.version)}
        for name, value in fields.items():
            kind, _, letter = name.partition("_")
            typed[f"{kind}-{name_key(letter * 64)}" if letter else kind] = value
        return self.nina.post(FORM, typed)

    def chosen(self) -> dict[str, Choice]:
        with self.desk.app.store.read() as tx:
            return photo_choices.of_submission(tx, self.id)

    def amended(self) -> Amendments:
        with self.desk.app.store.read() as tx:
            judged = threads.at_revision(tx, self.id, self.stand.revision)
            assert judged is not None
            photos = judged.submission.photos
            return photo_choices.amend(tx, self.id, Amendments(), photos)

    def is_marked(self) -> bool:
        with self.desk.app.store.read() as tx:
            (row,) = review_queue.rows_by_id(tx, [self.id])
        return any(badge.text == "periksa keterangan foto" for badge in badges_of(row, (), "id"))


def give_photos(tx: Transaction, submission_id: int, number: int, photos: Sequence[Photo]) -> None:
    """What was read at a revision, with other photos and no findings."""
    wanted = Revision.submission_id == submission_id, Revision.number == number
    row = tx.scalars(select(Revision).where(*wanted)).one()
    frozen = tx.get_one(Examination, row.id)
    judged = thaw(frozen.judged)
    submission = msgspec.structs.replace(judged.submission, photos=tuple(photos))
    judged = msgspec.structs.replace(judged, submission=submission, findings=())
    frozen.judged = freeze(judged)
    ids = select(PhotoRow.id).where(PhotoRow.revision_id == row.id)
    tx.execute(delete(CaptionRow).where(CaptionRow.photo_id.in_(ids)))
    tx.execute(delete(PhotoRow).where(PhotoRow.revision_id == row.id))
    alone = msgspec.structs.replace(submission, documents=())
    add_parts(tx, row.id, msgspec.structs.replace(judged, submission=alone))


@pytest.fixture
def room(tmp_path: Path, database: str) -> Iterator[Room]:
    with bench(tmp_path, MONDAY, database) as desk:
        fill(desk.app.store, 1, desk.now)
        with desk.app.store.begin() as tx:
            values = {"number": NUMBER, "state": "review", "latest_revision": 1, "version": 5}
            tx.execute(update(Submission).values(**values))
        add_account(desk.app, "nina@example.org")
        add_account(desk.app, "rudi@example.org", "reader")
        with served(desk.app) as base:
            made = Room(desk, base)
            made.have(PHOTOS)
            yield made


# The form as the page gives it, where nobody touched anything.
UNTOUCHED = {
    "pakai_a": "1", "pakai_b": "1", "pakai_c": "1", "utama": name_key(A),
    "keterangan_a": "Warga bekerja.", "keterangan_b": "Ibu memasak.", "keterangan_c": "",
}  # fmt: skip


def test_a_form_that_nobody_touched_keeps_what_was_read(room: Room) -> None:
    answer = room.send(**UNTOUCHED)
    assert (answer.status, answer.location) == (303, f"{PAGE}#foto")
    assert {sha256: choice.caption for sha256, choice in room.chosen().items()} == {
        A: None, B: None, C: None,
    }  # fmt: skip
    assert room.amended() == Amendments(photos=(A, B, C))


def test_what_is_chosen_is_an_accounts_and_makes_the_page_older(room: Room) -> None:
    before = room.stand
    room.send(**UNTOUCHED | {"keterangan_c": " Lurah\n meresmikan. "})
    choice = room.chosen()[C]
    with room.desk.app.store.read() as tx:
        found = accounts.by_login(tx, "nina@example.org")
        assert found is not None
        assert choice.account_id == found[0].id
        assert tx.get_one(PhotoChoice, (room.id, C)).at == room.desk.now
    assert choice.caption == "Lurah meresmikan."
    assert choice.confirmed_at == room.desk.now
    assert room.stand.version == before.version + 1


def test_the_edition_has_the_photos_that_are_used_the_main_one_first(room: Room) -> None:
    fields = UNTOUCHED | {"utama": name_key(B), "kredit_b": "Foto: Siti", "alt_b": "Dapur umum"}
    del fields["pakai_a"]
    assert room.send(**fields).status == 303
    amended = room.amended()
    assert amended.photos == (B, C)
    assert (amended.credits, amended.alts) == ({B: "Foto: Siti"}, {B: "Dapur umum"})
    page = room.nina.get(PAGE).text
    assert "Tidak dipakai" in page
    assert "Foto utama" in page
    assert "Kredit: Foto: Siti" in page


def test_two_captions_change_places_in_one_form(room: Room) -> None:
    room.send(**UNTOUCHED | {"milik_a": name_key(B), "milik_b": name_key(A)})
    chosen = room.chosen()
    assert (chosen[A].caption, chosen[A].source) == ("Ibu memasak.", B)
    assert (chosen[B].caption, chosen[B].source) == ("Warga bekerja.", A)
    assert not room.is_marked()
    page = room.nina.get(PAGE).text
    assert page.count("Terbaca: ") == 2, "the machine's text stands below"
    again = UNTOUCHED | {"keterangan_a": "Ibu memasak.", "keterangan_b": "Warga bekerja."}
    room.send(**again | {"benar_b": "1"})
    assert room.chosen()[A].source == B, "sent again as it is shown, it stays a swap"


def test_a_caption_is_typed_or_taken_but_not_both(room: Room) -> None:
    answer = room.send(
        **UNTOUCHED | {"keterangan_a": "Ketikan baru", "milik_a": name_key(B), "milik_b": ""}
    )
    assert answer.status == 422
    assert "Ketikan baru" in answer.text
    assert "Pilih salah satu." in answer.text


def test_a_pairing_that_is_confirmed_is_no_mark_any_more(room: Room) -> None:
    room.have([photo(A, "Warga bekerja."), photo(B, "Ibu memasak.", sure=False)])
    assert room.is_marked()
    fields = {name: value for name, value in UNTOUCHED.items() if not name.endswith("_c")}
    room.send(**fields)
    assert room.is_marked(), "saved without a word of the pairing"
    room.send(**fields | {"benar_b": "1"})
    assert not room.is_marked()
    assert "periksa pasangannya" not in room.nina.get(PAGE).text


def test_a_confirmed_pairing_is_of_the_caption_that_was_read_then(room: Room) -> None:
    """Another caption came for the same photo: nobody has confirmed that one."""
    room.have([photo(A, "Warga bekerja."), photo(B, "Ibu memasak.", sure=False)])
    room.send(**UNTOUCHED | {"benar_b": "1"})
    room.come([photo(A, "Warga bekerja."), photo(B, "Anak bermain.", sure=False)])
    assert room.is_marked()
    assert B not in room.amended().captions


def test_a_photo_that_is_kept_keeps_its_choice_and_a_main_one_that_is_gone_falls(
    room: Room,
) -> None:
    room.send(**UNTOUCHED | {"utama": name_key(B), "keterangan_a": "Tulisan redaktur"})
    room.come([photo(A, "Warga bekerja."), photo("d" * 64, "Jalan baru.")])
    amended = room.amended()
    assert amended.photos == (A, "d" * 64)
    assert amended.captions == {A: "Tulisan redaktur"}
    page = room.nina.get(PAGE).text
    assert "Foto utama yang dipilih tidak ada lagi pada percobaan ini." in page
    assert f'value="{name_key(A)}" checked' in page


@pytest.mark.parametrize("behind", ["revision", "version"])
def test_an_older_page_is_refused_with_what_was_typed(room: Room, behind: str) -> None:
    seen = room.stand
    older = msgspec.structs.replace(seen, **{behind: getattr(seen, behind) - 1})
    answer = room.send(older, **UNTOUCHED | {"keterangan_a": HOSTILE})
    assert answer.status == 409
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in answer.text
    assert f'name="versi" value="{seen.version}"' in answer.text
    assert room.chosen() == {}


def test_what_was_typed_of_a_photo_that_is_gone_is_shown(room: Room) -> None:
    seen = room.stand
    room.come([photo(A, "Warga bekerja.")])
    answer = room.send(seen, **UNTOUCHED | {"keterangan_c": "Untuk foto ketiga"})
    assert answer.status == 409
    assert "Untuk foto ketiga" in answer.text


def test_the_second_press_of_one_button_is_no_second_choice(room: Room) -> None:
    seen = room.stand
    assert [room.send(seen, **UNTOUCHED).status for _ in range(2)] == [303, 303]
    assert room.stand.version == seen.version + 1


LONG = "kata " * 122 + "ab"  # 612 characters


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("keterangan_a", "Keterangan terlalu panjang: 612 dari 500 karakter."),
        ("kredit_a", "Kredit terlalu panjang: 612 dari 500 karakter."),
        ("alt_a", "Teks alternatif terlalu panjang: 612 dari 500 karakter."),
    ],
)
def test_a_text_that_is_too_long_is_shown_again(room: Room, field: str, sentence: str) -> None:
    answer = room.send(**UNTOUCHED | {field: LONG})
    assert answer.status == 422
    assert sentence in answer.text
    assert LONG in answer.text
    assert room.chosen() == {}


def test_a_long_caption_that_was_read_is_nobodys_mistake(room: Room) -> None:
    room.have([photo(A, LONG)])
    room.send(pakai_a="1", utama=name_key(A), keterangan_a=LONG)
    assert room.chosen()[A].caption is None


def test_the_main_photo_is_used_unless_none_is(room: Room) -> None:
    fields = {name: value for name, value in UNTOUCHED.items() if name != "pakai_a"}
    answer = room.send(**fields)
    assert answer.status == 422
    assert "Foto utama harus dipakai." in answer.text
    none = {name: value for name, value in fields.items() if not name.startswith("pakai")}
    assert room.send(**none).status == 303
    assert room.amended().photos == ()


def test_a_draft_is_restored_and_gone_once_sent(room: Room) -> None:
    stand = room.stand
    typed = {
        "scope": "photos", "seq": 1, "skrip": 1, "revisi": stand.revision, "versi": stand.version,
        f"keterangan-{name_key(A)}": HOSTILE,
    }  # fmt: skip
    assert room.nina.post(f"{PAGE}/konsep", typed).status == 204
    page = room.nina.get(PAGE).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert 'name="seq" value="1"' in page
    assert "Ada perubahan sejak konsep ini ditulis" not in page
    room.send(**UNTOUCHED)
    with room.desk.app.store.read() as tx:
        choice = room.chosen()[A]
        assert choice.account_id is not None
        assert form_drafts.find(tx, choice.account_id, room.id, "photos") is None


def test_hostile_words_are_text_everywhere(room: Room) -> None:
    fields = dict.fromkeys(("keterangan_a", "kredit_a", "alt_a"), HOSTILE)
    room.send(**UNTOUCHED | fields)
    page = room.nina.get(PAGE).text
    assert "<script>alert" not in page
    assert "</textarea><b>" not in page
    assert room.chosen()[A].caption == HOSTILE


def test_who_only_reads_sees_the_choice_and_no_form(room: Room) -> None:
    room.send(**UNTOUCHED | {"keterangan_a": "Tulisan redaktur"})
    page = signed_in(room.base, "rudi@example.org").get(PAGE).text
    assert "Tulisan redaktur" in page
    assert "Simpan pilihan foto" not in page


def test_the_history_names_who_chose(room: Room) -> None:
    room.send(**UNTOUCHED)
    page = room.nina.get(PAGE).text
    assert "Foto dan keterangan dipilih" in page


def test_a_submission_that_there_is_none_of_is_not_found(room: Room) -> None:
    assert room.nina.post("/kiriman/W-2026-0099/foto", {"revisi": 1, "versi": 1}).status == 404
