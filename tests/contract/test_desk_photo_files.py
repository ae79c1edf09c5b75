"""foto.zip of the page where an article is set by hand: asked of the worker, then one download."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desk.store.publications import editions
from desk.store.submissions import submission_rows
from publisher.articles.edition import Edition
from publisher.articles.photo_list import list_photos, name_photo_files
from tests.contract.test_ask_again import Desk
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.ready_desk import NUMBER, open_ready, schedule

SET = f"/kiriman/{NUMBER}/tayang"
ZIP = f"{SET}/foto.zip"


class Room:
    """A desk where an article is scheduled; an editor and a reader."""

    def __init__(self, desk: Desk, base: str) -> None:
        self.desk = desk
        self.nina = signed_in(base, "nina@example.org")
        self.reader = signed_in(base, "baca@example.org")

    def ask(self, **more: object) -> Page:
        """The button of the page."""
        with self.desk.app.store.read() as tx:
            stand = submission_rows.get_stand(tx, 1)
        fields = {"revisi": stand.revision, "versi": stand.version, **more}
        return self.nina.post(f"{SET}/foto", fields)

    def edition(self) -> Edition:
        with self.desk.app.store.read() as tx:
            stored = editions.newest(tx, 1)
        assert stored is not None
        return stored.edition


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    for desk in open_ready(tmp_path):
        schedule(desk)
        add_account(desk.app, "nina@example.org")
        add_account(desk.app, "baca@example.org", "reader")
        with served(desk.app) as base:
            yield Room(desk, base)


def open_zip(browser: Browser) -> zipfile.ZipFile:
    answer = browser.get(ZIP)
    assert answer.status == 200, answer.text[:400]
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="{NUMBER}-1-foto.zip"'
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_photos_are_made_when_asked_for_and_are_one_download(room: Room) -> None:
    assert room.nina.get(ZIP).status == 404
    assert f'action="{SET}/foto"' in room.nina.get(SET).text
    assert f'action="{SET}/foto"' not in room.reader.get(SET).text
    assert room.ask(versi=0).status == 409
    assert room.ask().location == f"{SET}?selesai=foto"
    assert "sedang disiapkan…" in room.nina.get(SET).text
    room.desk.examine()
    page = room.nina.get(SET).text
    assert f'href="{ZIP}"' in page
    assert f'action="{SET}/foto"' not in page
    edition = room.edition()
    names = name_photo_files(edition)
    with open_zip(room.reader) as package:
        assert package.namelist() == [*names, "keterangan.txt"]
        assert package.read("keterangan.txt").decode() == list_photos(edition)
        for name, photo in zip(names, edition.photos, strict=True):
            content = package.read(name)
            with Image.open(io.BytesIO(content)) as picture:
                assert picture.format == "JPEG"
                assert not picture.getexif()  # no GPS, no serial number, no thumbnail
            assert photo.caption.encode() in content


def test_what_cannot_be_made_calls_an_editor_with_its_reason(room: Room) -> None:
    for photo in room.edition().photos:
        room.desk.app.blobs.delete(photo.sha256)
    assert room.ask().status == 303
    room.desk.examine()
    page = room.nina.get(SET).text
    assert "Foto untuk diunduh tidak dapat disiapkan" in page
    assert f'action="{SET}/foto"' in page
    assert room.nina.get(ZIP).status == 404
