"""Photos behind signed links: who has the signature has the photo, and nobody else learns anything."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from msgspec import structs
from sqlalchemy import update

from desk.store.publications import editions, moves, rows
from desk.store.tables import Derivative, Submission
from desk.web.server import serve_desk
from desk.workflow.publishing.photos import make_photos
from publisher.articles.edition import Edition
from publisher.targets.make import load_media_key
from publisher.targets.media_links import GOOD_FOR, name_edition, sign_media
from publisher.targets.target import Article, Delivered, MadePhoto
from redaksi.config.schema import Web
from tests.desk_web import Browser, Page
from tests.editions import make_edition
from tests.filler import fill
from tests.in_process import InProcess
from tests.listener import listening
from tests.postoffice import MONDAY, Bench, bench
from tests.receiver import Receiver, make_webhook
from tests.unit.read_photo.pictures import picture, saved

NUMBER = "W-2026-0143"
BASE = "https://redaksi.example"
PHOTOS = (saved(picture(640, 480), "JPEG"), saved(picture(320, 240), "PNG"))


class Room:
    """A desk at which an edition with two photos is wanted at a target, and a stranger."""

    def __init__(self, desk: Bench, base: str) -> None:
        self.desk, self.stranger = desk, Browser(base)
        self.edition = self._file()
        self.made: tuple[MadePhoto, ...] = make_photos(desk.app, InProcess(), self.edition)
        self.key = load_media_key(desk.app.config.home)

    def _file(self) -> Edition:
        app = self.desk.app
        edition = make_edition(photos=len(PHOTOS))
        named = tuple(
            structs.replace(photo, sha256=app.blobs.put(content))
            for photo, content in zip(edition.photos, PHOTOS, strict=True)
        )
        edition = structs.replace(edition, photos=named)
        with app.store.begin() as tx:
            edition_id = editions.add(tx, 1, edition)
            moves.plan(tx, 1, "situs", edition_id, self.desk.now, self.desk.now)
        return edition

    def link(self, place: int = 1, end: datetime | None = None, edition: str = "") -> str:
        """As the webhook signs it."""
        end = end or self.desk.now + GOOD_FOR
        url = sign_media(self.key, BASE, edition or name_edition(self.edition), place, end)
        return url.removeprefix(BASE)

    def get(self, path: str) -> Page:
        return self.stranger.get(path, Host=urlsplit(BASE).netloc)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with bench(tmp_path, MONDAY) as desk:
        fill(desk.app.store, 1, desk.now)
        with desk.app.store.begin() as tx:
            tx.execute(update(Submission).values(number=NUMBER, state="scheduled"))
        config = structs.replace(desk.app.config, web=Web(base_url=BASE))
        desk.app = msgspec.structs.replace(desk.app, config=config)
        with serve_desk(desk.app, "127.0.0.1:0") as serving:
            yield Room(desk, f"http://{serving.listen}")


def test_a_receiver_fetches_the_photos_of_the_event_it_was_sent(room: Room) -> None:
    """The webhook's journey to its end: each link of the news object is the photo it describes."""
    receiver = Receiver()
    room.desk.now = datetime.now(UTC)  # the reference library takes no event of another day
    with listening(receiver) as listener:
        hook = structs.replace(make_webhook(listener), media_key=room.key, base_url=BASE)
        article = Article(
            edition=room.edition, photos=room.made, key="pub_1_1_publish", now=room.desk.now
        )
        assert isinstance(hook.publish(article, None), Delivered)
    (news,) = receiver.list_standing()
    assert len(news["associations"]) == len(PHOTOS)
    for photo, made in zip(news["associations"], room.made, strict=True):
        (rendition,) = photo["renditions"]
        answer = room.get(rendition["href"].removeprefix(BASE))
        assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
        assert hashlib.sha256(answer.content).hexdigest() == made.sha256
        assert len(answer.content) == rendition["sizeInBytes"]


def test_it_may_be_kept_by_anybody_until_the_link_ends(room: Room) -> None:
    answer = room.get(room.link(end=room.desk.now + timedelta(minutes=90)))
    assert answer.headers["cache-control"] == "public, max-age=5400"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


def test_a_link_is_good_to_its_last_second(room: Room) -> None:
    link = room.link()
    room.desk.now += GOOD_FOR - timedelta(seconds=1)
    assert room.get(link).status == 200
    room.desk.now += timedelta(seconds=1)
    answer = room.get(link)
    assert (answer.status, "Tautan foto ini salah" in answer.text) == (403, True)


WRONG = {
    "no signature": lambda link: link.partition("&sig=")[0],
    "an empty one": lambda link: link.partition("&sig=")[0] + "&sig=",
    "another's": lambda link: link[:-1] + ("A" if link[-1] != "A" else "B"),
    "no ASCII": lambda link: link + "%C3%A9",
    "a later end": lambda link: link.replace("exp=1", "exp=2"),
    "no end": lambda link: link.replace("exp=", "x="),
    "an end that is none": lambda link: link.replace("exp=", "exp=-"),
    "another photo": lambda link: link.replace("/1.jpg", "/2.jpg"),
    "the same photo, written otherwise": lambda link: link.replace("/1.jpg", "/01.jpg"),
    "photo 0": lambda link: link.replace("/1.jpg", "/0.jpg"),
    "no number": lambda link: link.replace("/1.jpg", "/x.jpg"),
    "another edition": lambda link: link.replace("0143-1/", "0143-2/"),
    "no edition": lambda link: link.replace("W-2026-0143-1", "x"),
    "digits of another script": lambda link: link.replace("/1.jpg", "/%D9%A1.jpg"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_we_did_not_sign_opens_nothing_and_the_store_is_not_asked(
    room: Room, name: str
) -> None:
    assert room.get(WRONG[name](room.link())).status == 403


def test_a_signed_link_to_what_is_not_there_is_missing(room: Room) -> None:
    assert room.get(room.link(3)).status == 404
    assert room.get(room.link(edition=f"{NUMBER}-7")).status == 404
    assert room.get(room.link(edition="W-2026-9999-1")).status == 404


def test_a_photo_that_was_not_made_or_lost_its_bytes_is_missing(room: Room) -> None:
    room.desk.app.blobs.delete(room.made[0].sha256)
    assert room.get(room.link(1)).status == 404
    with room.desk.app.store.begin() as tx:
        tx.query(Derivative).delete()
    assert room.get(room.link(2)).status == 404


def test_what_is_taken_down_is_gone(room: Room) -> None:
    with room.desk.app.store.begin() as tx:
        (row,) = rows.of_submission(tx, 1)
        moves.take_down(tx, row.id, room.desk.now)
    answer = room.get(room.link())
    assert (answer.status, answer.headers["cache-control"]) == (410, "no-store")


def test_an_older_edition_has_its_photos_after_a_correction(room: Room) -> None:
    """Whoever fetches late gets what the event spoke of."""
    with room.desk.app.store.begin() as tx:
        corrected = structs.replace(room.edition, number=2, reason="Keterangan foto dibetulkan.")
        moves.plan(tx, 1, "situs", editions.add(tx, 1, corrected), room.desk.now, room.desk.now)
    assert room.get(room.link()).status == 200


def test_looking_makes_no_key(room: Room) -> None:
    """A key that is lost ends every link; a GET writes no other."""
    link, path = room.link(), room.desk.app.config.home / "media.key"
    path.unlink()
    assert room.get(link).status == 403
    assert not path.exists()


def test_an_empty_key_signs_nothing(room: Room) -> None:
    (room.desk.app.config.home / "media.key").write_bytes(b"")
    room.key = b""
    assert room.get(room.link()).status == 403
