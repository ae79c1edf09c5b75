"""Two revisions beside each other: text, photos, captions, findings; any two, the first too."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import delete, select, update

from desk.store import Transaction
from desk.store.submissions.frozen import freeze, thaw
from desk.store.tables import Examination, Outbox, Revision, Submission
from redaksi.model import Assessment, Caption, Finding, Paragraph, Photo, Run
from tests.desk_web import Browser, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

NUMBER = "W-2026-0001"
PAGE = f"/kiriman/{NUMBER}/banding"
FACTS = {"count": "2", "least": "2"}
HOSTILE = "<script>alert(1)</script> “kutip”"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, Browser]]:
    folder: Path = tmp_path_factory.mktemp("compare")
    with bench(folder, MONDAY) as ready:
        fill(ready.app.store, 1, ready.now)
        with ready.app.store.begin() as tx:
            tx.execute(update(Submission).values(number=NUMBER, state="review"))
        add_account(ready.app, "rudi@example.org", "reader")
        with served(ready.app) as base:
            yield ready, signed_in(base, "rudi@example.org")


def rewrite(desk: Bench, number: int, change: Callable[[Assessment], Assessment]) -> None:
    with desk.app.store.begin() as tx:
        frozen = tx.get_one(Examination, revision_id(tx, number))
        frozen.judged = freeze(change(thaw(frozen.judged)))


def revision_id(tx: Transaction, number: int) -> int:
    return tx.scalars(select(Revision.id).where(Revision.number == number)).one()


def written(
    *texts: str, photos: tuple[Photo, ...] = (), asked: tuple[str, ...] = ()
) -> Callable[[Assessment], Assessment]:
    """What was read, with these paragraphs, photos and findings ("N009 byline-missing must")."""

    def change(judged: Assessment) -> Assessment:
        paragraphs = tuple(
            Paragraph(runs=(Run(text=text, font="Times New Roman", size=12),)) for text in texts
        )
        document = msgspec.structs.replace(judged.submission.documents[0], paragraphs=paragraphs)
        submission = msgspec.structs.replace(
            judged.submission, documents=(document,), photos=photos
        )
        findings = tuple(
            Finding(code=code, rule=rule, severity=severity, subject=document.name, facts=FACTS)  # type: ignore[arg-type]
            for code, rule, severity in (each.split() for each in asked)
        )
        return msgspec.structs.replace(judged, submission=submission, findings=findings)

    return change


def photo(letter: str, name: str, caption: str = "") -> Photo:
    paired = Caption(text=caption, source="body", evidence="order") if caption else None
    return Photo(name=name, kind="jpeg", sha256=letter * 64, caption=paired)


def test_what_changed_is_marked_for_eyes_and_for_screen_readers(
    desk: tuple[Bench, Browser],
) -> None:
    room, rudi = desk
    rewrite(room, 1, written("Warga menggali 240 meter.", "Tetap.", "Tetap pula.", "Akhir."))
    rewrite(room, 2, written("Warga menggali 250 meter.", "Tetap.", "Tetap pula.", "Akhir."))
    page = rudi.get(f"{PAGE}?dari=1&ke=2").text
    assert '<del><span class="off">dihapus: </span>240' in page
    assert '<ins><span class="off">ditambahkan: </span>250' in page
    assert "2 paragraf tidak berubah" in page


def test_either_way_and_a_revision_beside_itself(desk: tuple[Bench, Browser]) -> None:
    room, rudi = desk
    rewrite(room, 1, written("Lama sekali."))
    rewrite(room, 2, written("Baru benar."))
    assert "dihapus: </span>Baru benar." in rudi.get(f"{PAGE}?dari=2&ke=1").text
    assert "Teksnya sama." in rudi.get(f"{PAGE}?dari=1&ke=1").text


def test_photos_and_captions_are_compared_slot_by_slot(desk: tuple[Bench, Browser]) -> None:
    room, rudi = desk
    before = (photo("a", "IMG_1.jpg", "Warga."), photo("b", "IMG_2.jpg"), photo("c", "IMG_3.jpg"))
    after = (photo("a", "IMG_1.jpg", HOSTILE), photo("d", "IMG_2 (1).JPG"), photo("e", "lain.jpg"))
    rewrite(room, 1, written("Teks.", photos=before))
    rewrite(room, 2, written("Teks.", photos=after))
    page = rudi.get(f"{PAGE}?dari=1&ke=2").text
    for words in ("keterangan berubah", "diganti", "baru", "tidak ada lagi"):
        assert f">{words}</span>" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("severity", ["must", "tidy", "advice"])
def test_findings_are_mended_left_or_new(desk: tuple[Bench, Browser], severity: str) -> None:
    room, rudi = desk
    byline, document, shot = (
        f"{each} {severity}"
        for each in ("N009 byline-missing", "N001 document-missing", "F001 photo-missing")
    )
    rewrite(room, 1, written("Teks.", asked=(byline, document)))
    rewrite(room, 2, written("Teks.", asked=(document, shot)))
    page = rudi.get(f"{PAGE}?dari=1&ke=2").text
    for words in ("Sudah diperbaiki", "Masih ada", "Baru"):
        assert f'<h3>{words} <span class="b">1</span></h3>' in page


def test_hostile_text_is_text(desk: tuple[Bench, Browser]) -> None:
    room, rudi = desk
    rewrite(room, 1, written(HOSTILE, "</del></p>"))
    rewrite(room, 2, written(f"{HOSTILE} lagi", "</ins>\u202e<b>"))
    page = rudi.get(PAGE).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


def test_none_named_it_is_the_one_last_written_about_and_the_newest(
    desk: tuple[Bench, Browser],
) -> None:
    room, rudi = desk
    with room.app.store.begin() as tx:
        tx.execute(update(Outbox).values(revision_id=revision_id(tx, 1), state="sent"))
    assert "<h1>Percobaan 1 dan 2</h1>" in rudi.get(PAGE).text


@pytest.mark.parametrize("query", ["dari=0", "dari=9", "ke=9", "dari=x", "dari=1&ke=99999999", "ke=²"])  # fmt: skip
def test_what_is_no_revision_is_not_found(desk: tuple[Bench, Browser], query: str) -> None:
    assert desk[1].get(f"{PAGE}?{query}").status == 404


def test_what_is_kept_no_more_is_said(desk: tuple[Bench, Browser]) -> None:
    room, rudi = desk
    with room.app.store.begin() as tx:
        tx.execute(delete(Examination).where(Examination.revision_id == revision_id(tx, 1)))
    answer = rudi.get(f"{PAGE}?dari=1&ke=2")
    assert answer.status == 200
    assert "masa simpannya sudah lewat" in answer.text
