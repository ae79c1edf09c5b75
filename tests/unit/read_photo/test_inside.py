"""Pictures in a document are known again among the attached photos by likeness (F005, F007)."""

from functools import cache

import pytest
from PIL import Image

from ingest.read.assemble import assemble
from ingest.read.photo.looks.inside import Glance, Room
from redaksi.arrival import File, Parcel
from redaksi.limits import Limits
from redaksi.model import Document, Submission
from tests import builders
from tests.unit.read_photo.pictures import picture, saved
from tests.unit.read_photo.test_selection import drawing, logo, photo, scene
from validators.registry import check, make_rulebook

TEXT = ["Warga Kelurahan Wonosari bergotong royong membangun saluran air sepanjang 240 meter."] * 6


@cache
def turned(seed: int) -> bytes:
    """Upright, and of other proportions, with the picture of another."""
    return saved(picture(64, 48, seed=seed).resize((900, 1200)), "JPEG")


def submit(inside: list[bytes], *attached: File) -> Submission:
    document = builders.docx(title="Warga Bangun Saluran", paragraphs=TEXT, pictures=inside)
    files = (builders.file("Naskah.docx", document, "docx"), *attached)
    submissions, _ = assemble(Parcel(source="x", files=files), Limits())
    return submissions[0]


def codes(submission: Submission) -> list[str]:
    found = check(submission, make_rulebook({}))
    return [each.code for each in found if each.code in ("F001", "F005", "F007")]


CASES = {
    "no picture inside": ([], [photo("a.jpg", 1)], []),
    "the same bytes": ([scene(1, 1280, 960)], [photo("a.jpg", 1)], ["F007"]),
    "shrunk by Word": ([scene(1, 640, 480)], [photo("a.jpg", 1)], ["F007"]),
    "larger than what is attached": ([scene(1, 1600, 1200)], [photo("a.jpg", 1)], ["F007"]),
    "another of the same proportions": ([scene(2, 1280, 960)], [photo("a.jpg", 1)], ["F005"]),
    "two inside, one attached": (
        [scene(1, 640, 480), scene(2, 640, 480)],
        [photo("a.jpg", 1)],
        ["F005", "F007"],
    ),
    "two inside, both attached": (
        [scene(1, 640, 480), scene(2, 640, 480)],
        [photo("b.jpg", 2), photo("a.jpg", 1)],
        ["F007", "F007"],
    ),
    "one twice inside": (
        [scene(1, 640, 480), scene(1, 800, 600)],
        [photo("a.jpg", 1)],
        ["F007"],
    ),
    "only inside": ([scene(1, 1280, 960)], [], ["F005"]),
    "a drawn letterhead, photos attached": (
        [drawing(400, 400, "PNG")],
        [photo("a.jpg", 1)],
        [],
    ),
    "a drawn letterhead, nothing attached": ([drawing(400, 400, "PNG")], [], ["F005"]),
    "a logo that is attached too": (
        [drawing(2000, 2000, "PNG")],
        [photo("a.jpg", 1), logo("logo.png", (2000, 2000))],
        [],
    ),
    "an ornament": ([scene(3, 150, 150)], [photo("a.jpg", 1)], []),
    "other proportions, another picture": ([turned(5)], [photo("a.jpg", 1)], ["F005"]),
}


@pytest.mark.parametrize(("inside", "attached", "told"), CASES.values(), ids=CASES.keys())
def test_what_stands_in_the_document_only_is_asked_for(
    inside: list[bytes], attached: list[File], told: list[str]
) -> None:
    assert codes(submit(inside, *attached)) == told


def test_pictures_of_a_document_have_their_likeness() -> None:
    document = submit([scene(1, 640, 480)]).document
    assert isinstance(document, Document)
    assert [len(each.likeness) for each in document.pictures] == [32]


def test_only_so_many_pictures_are_looked_into() -> None:
    room = Room()
    content = scene(1, 640, 480)
    found = [room.glance(content, "jpeg", 640, 480) for _ in range(45)]
    assert [each == Glance() for each in found] == [False] * 40 + [True] * 5


@pytest.mark.parametrize(
    ("kind", "width", "height"),
    [
        ("emf", 800, 600),  # no raster
        ("jpeg", 199, 800),  # an ornament
        ("png", 6000, 4001),  # cannot be decoded at a scale
        ("jpeg", 20_000, 9000),
        ("jpeg", 0, 0),
    ],
)
def test_what_costs_too_much_is_left_alone(kind: str, width: int, height: int) -> None:
    assert Room().glance(scene(1, 640, 480), kind, width, height) == Glance()


def test_a_broken_picture_has_none() -> None:
    assert Room().glance(scene(1, 640, 480)[:2000], "jpeg", 640, 480) == Glance()
    assert Room().glance(b"junk", "png", 640, 480) == Glance()


def test_a_picture_turned_by_exif_is_compared_upright() -> None:
    upright = picture(48, 64, seed=9).resize((600, 800))
    exif = Image.Exif()
    exif[0x112] = 6
    lying = saved(upright.rotate(90, expand=True), "JPEG", exif=exif.tobytes(), quality=92)
    one = Room().glance(saved(upright, "JPEG", quality=92), "jpeg", 600, 800)
    other = Room().glance(lying, "jpeg", 800, 600)
    assert sum(a != b for a, b in zip(one.likeness, other.likeness, strict=True)) <= 3
