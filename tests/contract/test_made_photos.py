"""The photos of an edition: made once for their words, kept, and known by their originals."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct, structs
from PIL import Image

from desk.sandbox.host import Crashed, Sandbox
from desk.sandbox.protocol import Cause
from desk.sandbox.sink import Sink
from desk.workflow.publishing.deliver import PhotoFailed
from desk.workflow.publishing.photos import Deriver, make_photos
from ingest.read.photo.described.iptc import CAPTION, read_iptc
from publisher.articles.edition import Edition
from redaksi.errors import BlobMissing
from redaksi.limits import Limits
from tests.editions import make_edition
from tests.in_process import InProcess
from tests.postoffice import MONDAY, Bench, bench
from tests.unit.read_photo.pictures import picture, saved

TALL = saved(picture(900, 1800), "WEBP")
SMALL = saved(picture(320, 240), "JPEG")
Once = list[Cause]


class Watched(Struct):
    """A sandbox whose children die of what is named first."""

    sandbox: Deriver
    deaths: Once = []
    asked: list[str] = []

    def derive(self, original: Path, sha256: str, limits: Limits, sink: Sink) -> None:
        self.asked.append(sha256)
        if self.deaths:
            raise Crashed(self.deaths.pop(0))
        self.sandbox.derive(original, sha256, limits, sink)


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, MONDAY) as opened:
        yield opened


def take_in(ready: Bench, *photos: bytes, **changes: object) -> Edition:
    """An edition of photos whose originals are here."""
    edition = make_edition(photos=len(photos))
    kept = [ready.app.blobs.put(content) for content in photos]
    named = [
        structs.replace(photo, sha256=sha256, **changes)
        for photo, sha256 in zip(edition.photos, kept, strict=True)
    ]
    return structs.replace(edition, photos=tuple(named))


def test_photos_are_made_in_a_child_and_stand_in_the_edition_s_order(ready: Bench) -> None:
    edition = take_in(ready, TALL, SMALL)
    with Sandbox() as sandbox:
        made = make_photos(ready.app, sandbox, edition)
    assert [each.original for each in made] == [photo.sha256 for photo in edition.photos]
    assert [(each.width, each.height) for each in made] == [(800, 1600), (320, 240)]
    for photo, each in zip(edition.photos, made, strict=True):
        content = each.read()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each.size, each.sha256)
        assert read_iptc(content, "jpeg")[CAPTION] == photo.caption
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.size) == ("JPEG", (each.width, each.height))
    assert list(ready.app.spool.iterdir()) == []


def test_what_was_made_is_not_made_again(ready: Bench) -> None:
    edition = take_in(ready, TALL, SMALL)
    watched = Watched(InProcess())
    made = make_photos(ready.app, watched, edition)
    again = make_photos(ready.app, watched, structs.replace(edition, number=2))
    assert [each.sha256 for each in again] == [each.sha256 for each in made]
    assert watched.asked == [photo.sha256 for photo in edition.photos]


def test_a_new_caption_makes_new_bytes_not_a_new_photo(ready: Bench) -> None:
    watched = Watched(InProcess())
    (before,) = make_photos(ready.app, watched, take_in(ready, SMALL))
    (after,) = make_photos(ready.app, watched, take_in(ready, SMALL, caption="Warga menanam."))
    assert after.original == before.original
    assert after.sha256 != before.sha256
    assert read_iptc(after.read(), "jpeg")[CAPTION] == "Warga menanam."
    assert read_iptc(before.read(), "jpeg")[CAPTION] != "Warga menanam."


def test_what_is_gone_is_made_again(ready: Bench) -> None:
    edition = take_in(ready, SMALL)
    (made,) = make_photos(ready.app, InProcess(), edition)
    ready.app.blobs.delete(made.sha256)
    (again,) = make_photos(ready.app, InProcess(), edition)
    assert again.read() and again.sha256 == made.sha256


def test_an_edition_without_photos_asks_nobody(ready: Bench) -> None:
    watched = Watched(InProcess())
    assert make_photos(ready.app, watched, make_edition(photos=0)) == ()
    assert watched.asked == []


def test_a_photo_whose_file_is_not_here_waits_for_it(ready: Bench) -> None:
    with pytest.raises(BlobMissing):
        make_photos(ready.app, InProcess(), make_edition(photos=1))


def test_a_photo_that_cannot_be_made_is_named_with_the_reason(ready: Bench) -> None:
    edition = take_in(ready, SMALL, b"<script>")
    with pytest.raises(PhotoFailed) as failed:
        make_photos(ready.app, InProcess(), edition)
    assert failed.value.say("id") == (
        "foto 2 tidak dapat disiapkan untuk ditayangkan: berkasnya bukan gambar"
    )
    assert str(failed.value) == (
        "photo 2 could not be made ready to be published: the file does not begin as a picture does"
    )


@pytest.mark.parametrize("cause", ["memory", "processor", "wall", "signal", "exit", "protocol"])
def test_a_child_that_dies_of_it_is_followed_by_one_more(ready: Bench, cause: Cause) -> None:
    edition = take_in(ready, SMALL)
    assert len(make_photos(ready.app, Watched(InProcess(), [cause]), edition)) == 1
    other = take_in(ready, TALL)
    watched = Watched(InProcess(), [cause, cause, cause])
    with pytest.raises(PhotoFailed):
        make_photos(ready.app, watched, other)
    assert len(watched.asked) == 2
    assert list(ready.app.spool.iterdir()) == []


@pytest.mark.parametrize("cause", ["start", "server"])
def test_a_sandbox_that_does_not_serve_is_no_fault_of_the_photo_s(
    ready: Bench, cause: Cause
) -> None:
    edition = take_in(ready, SMALL)
    with pytest.raises(Crashed):
        make_photos(ready.app, Watched(InProcess(), [cause]), edition)
    assert len(make_photos(ready.app, InProcess(), edition)) == 1
