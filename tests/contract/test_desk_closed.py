"""The desk's page of a submission whose files the virus scanner could not look into: no way to any
file as it came, until an editor opens them."""

import re

import pytest
from sqlalchemy import update

from desk.demo import makers
from desk.store.tables import Mail
from tests.contract.test_desk_asked import HELD, Room
from tests.contract.test_desk_asked import room as room  # noqa: PLC0414 - a fixture
from tests.contract.test_desk_tidy import BAD_LOOK

FILES = ("naskah.docx", "surel-asli.eml", "semua.zip", "naskah-dirapikan.docx")


@pytest.fixture
def closed(room: Room) -> Room:
    files = [("Naskah.docx", BAD_LOOK)]
    room.desk.take_in(makers.mail(("Siti", "siti@contoh.id"), "Naskah", "Terlampir.\n", files))
    room.desk.examine()
    with room.desk.app.store.begin() as tx:
        tx.execute(update(Mail).values(closed=True))
    return room


def status_of(room: Room) -> list[int]:
    return [room.nina.get(f"/kiriman/{HELD}/berkas/1/{name}").status for name in FILES]


def test_no_file_is_given_until_an_editor_opens_them(closed: Room) -> None:
    assert status_of(closed) == [404] * 4
    page = closed.page(HELD)
    assert re.findall(r'href="[^"]*/berkas/[^"]*"|href=""', page) == []
    assert f'action="/kiriman/{HELD}/buka-berkas"' in page
    answer = closed.nina.post(f"/kiriman/{HELD}/buka-berkas", closed.fields(HELD))
    assert answer.location == f"/kiriman/{HELD}"
    assert status_of(closed) == [200, 200, 200, 404]  # nobody tidied it
    assert f'action="/kiriman/{HELD}/buka-berkas"' not in closed.page(HELD)
    (event,) = closed.happened("files opened")
    assert event.actor.startswith("editor:")


def test_what_is_open_is_not_opened_again(closed: Room) -> None:
    fields = closed.fields(HELD)
    closed.nina.post(f"/kiriman/{HELD}/buka-berkas", fields)
    assert closed.nina.post(f"/kiriman/{HELD}/buka-berkas", fields).status in (409, 422)
    assert len(closed.happened("files opened")) == 1
