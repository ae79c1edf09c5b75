"""*Rapikan*: a copy of the document in the look that is asked for, made by a child, read again by
another, and offered as a download beside the original."""

import hashlib
import io
import zipfile
from unittest import mock

import msgspec
import pytest
from sqlalchemy import update

from desk.demo import makers
from desk.sandbox.host import Reading, Request
from desk.sandbox.protocol import Announced
from desk.sandbox.sink import Sink
from desk.store import derivatives
from desk.store.tables import Submission
from desk.workflow.asked import tidy as tidying
from ingest.read.document.document import read_document
from redaksi.limits import Safety
from tests import builders
from tests.contract.test_desk_asked import HELD, STRAY, WHOLE, Room
from tests.contract.test_desk_asked import room as room  # noqa: PLC0414 - a fixture
from tests.desk_web import Page
from tests.drill import pairs
from tests.in_process import InProcess, SinkWriter

BAD_LOOK = builders.docx(builders.article_text(600), font="Calibri", size=11, line=1.5)
COPY = "naskah-dirapikan.docx"


@pytest.fixture
def untidy(room: Room) -> Room:
    """An article in another font is W-2026-0003."""
    files = [("Naskah.docx", BAD_LOOK)]
    room.desk.take_in(makers.mail(("Siti", "siti@contoh.id"), "Naskah", "Terlampir.\n", files))
    room.desk.examine()
    return room


def tidy(room: Room, number: str = HELD) -> Page:
    return room.nina.post(f"/kiriman/{number}/rapikan", room.fields(number))


def copy_of(room: Room) -> Page:
    return room.nina.get(f"/kiriman/{HELD}/berkas/1/{COPY}")


def test_a_document_is_tidied_and_the_original_stays(untidy: Room) -> None:
    assert f'action="/kiriman/{HELD}/rapikan"' in untidy.page(HELD)
    assert copy_of(untidy).status == 404
    assert tidy(untidy).location == f"/kiriman/{HELD}"
    assert "Sedang dirapikan…" in untidy.page(HELD)
    untidy.desk.examine()
    page = untidy.page(HELD)
    assert f'href="/kiriman/{HELD}/berkas/1/{COPY}"' in page
    assert f'action="/kiriman/{HELD}/rapikan"' not in page
    answer = copy_of(untidy)
    named = f'attachment; filename="{HELD}-{COPY}"'
    assert answer.headers["content-disposition"] == named
    assert answer.headers["content-type"] == "application/octet-stream"
    found = read_document(builders.file("n.docx", answer.content, "docx"), Safety())
    assert (found.share.font, found.share.size, found.share.spacing) == (1, 1, 1)
    original = untidy.nina.get(f"/kiriman/{HELD}/berkas/1/naskah.docx")
    assert original.content == BAD_LOOK
    (event,) = untidy.happened("tidied")
    assert event.actor.startswith("editor:")
    assert untidy.row(HELD).latest_revision == 1  # it is no try


def test_a_copy_of_a_signed_document_says_that_it_is_not_signed(room: Room) -> None:
    files = [("Naskah.docx", builders.signed(BAD_LOOK))]
    room.desk.take_in(makers.mail(("Siti", "siti@contoh.id"), "Naskah", "Terlampir.\n", files))
    room.desk.examine()
    says = "Tanda tangan digital pada naskah asli tidak berlaku untuk salinan ini."
    assert "memuat tanda tangan digital" in room.page(HELD)
    assert says not in room.page(HELD)  # there is no copy yet
    tidy(room)
    room.desk.examine()
    assert says in room.page(HELD)


def test_what_has_nothing_to_tidy_is_offered_none(room: Room) -> None:
    for number in (WHOLE, STRAY):
        assert "/rapikan" not in room.page(number)
    tidy(room, STRAY)
    room.desk.examine()
    assert "Naskah tidak dapat dirapikan" in room.page(STRAY)
    assert room.happened("tidied") == []


def test_a_copy_for_another_look_is_none(untidy: Room) -> None:
    tidy(untidy)
    untidy.desk.examine()
    rules = {"font": {"names": ["Georgia"]}}
    config = msgspec.structs.replace(untidy.app.config, rules=rules)
    changed = msgspec.structs.replace(untidy.app, config=config)
    assert tidying.name_look(changed) != tidying.name_look(untidy.app)
    with changed.store.read() as tx:
        original = hashlib.sha256(BAD_LOOK).hexdigest()
        assert derivatives.find_tidied(tx, original, tidying.name_look(changed)) is None
        assert derivatives.find_tidied(tx, original, tidying.name_look(untidy.app)) is not None


class Liar(InProcess):
    """A child that gives another file for a copy than what it read."""

    gives: bytes = b""

    def read(self, request: Request, sink: Sink | None = None) -> Reading:
        """See Sandbox."""
        reading = super().read(msgspec.structs.replace(request, tidy=False), sink)
        if request.tidy and sink is not None:
            sha256 = hashlib.sha256(self.gives).hexdigest()
            original = hashlib.sha256(BAD_LOOK).hexdigest()
            SinkWriter(sink).put(
                Announced(role="tidied", sha256=sha256, size=len(self.gives), original=original),
                self.gives,
            )
        return reading


@pytest.mark.parametrize(
    ("gives", "why"),
    [
        (builders.docx(builders.article_text(300)), "teks salinannya tidak sama"),
        (BAD_LOOK, "salinannya masih punya temuan"),
        (b"PK\x03\x04" + bytes(200), "teks salinannya tidak sama"),
    ],
)
def test_what_a_child_says_is_a_copy_is_read_by_another(
    untidy: Room, gives: bytes, why: str
) -> None:
    tidy(untidy)
    with mock.patch.object(Liar, "gives", gives):
        pairs.work_with(untidy.app, Liar())
    assert why in untidy.page(HELD)
    assert copy_of(untidy).status == 404
    assert not untidy.app.blobs.exists(hashlib.sha256(gives).hexdigest()) or gives == BAD_LOOK


def test_the_copy_of_what_is_in_quarantine_is_not_there(untidy: Room) -> None:
    tidy(untidy)
    untidy.desk.examine()
    assert copy_of(untidy).status == 200
    with untidy.app.store.begin() as tx:
        tx.execute(update(Submission).where(Submission.number == HELD).values(state="quarantined"))
    assert copy_of(untidy).status == 404
    assert tidy(untidy).status == 404


# ── all originals in one archive ──────────────────────────────────────────────────────────────────


def all_of(room: Room, number: str) -> Page:
    return room.nina.get(f"/kiriman/{number}/berkas/1/semua.zip")


def test_all_originals_come_in_one_archive_under_names_of_ours(untidy: Room) -> None:
    assert f'href="/kiriman/{HELD}/berkas/1/semua.zip"' in untidy.page(HELD)
    answer = all_of(untidy, HELD)
    assert answer.headers["content-disposition"] == f'attachment; filename="{HELD}-1-asli.zip"'
    assert answer.headers["content-type"] == "application/octet-stream"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert {name: package.read(name) for name in package.namelist()} == {
            "naskah.docx": BAD_LOOK
        }
    with zipfile.ZipFile(io.BytesIO(all_of(untidy, STRAY).content)) as package:
        assert package.namelist() == ["foto-1.jpg", "foto-2.jpg"]
        assert package.testzip() is None
    for path in (f"/kiriman/{HELD}/berkas/9/semua.zip", "/kiriman/W-2026-0099/berkas/1/semua.zip"):
        assert untidy.nina.get(path).status == 404


def test_an_archive_that_is_not_whole_is_none(untidy: Room) -> None:
    untidy.app.blobs.delete(hashlib.sha256(BAD_LOOK).hexdigest())
    answer = all_of(untidy, HELD)
    assert answer.status == 404
    assert "sudah dihapus" in answer.text
    with untidy.app.store.begin() as tx:
        tx.execute(update(Submission).where(Submission.number == STRAY).values(state="quarantined"))
    assert all_of(untidy, STRAY).status == 404
