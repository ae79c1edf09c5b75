"""A photo as readers get it: upright, sRGB, at most 1600 pixels and 2 MB, nothing but the picture."""

import io
import random
from pathlib import Path

import pytest
from PIL import Image
from PIL.Image import Transpose
from PIL.ImageChops import difference
from PIL.ImageStat import Stat

from desk.sandbox.trust.jpeg_walk import walk_jpeg
from ingest.read.budget import Budget
from ingest.read.photo.published import publish_picture
from publisher.articles.photo_words import PhotoWords, insert_words
from redaksi.limits import DECODERS, MB, MOST_PUBLISHED, SCREEN, Safety
from redaksi.reasons import Reason, ReasonCode
from tests.exiftool import read_all
from tests.unit.read_photo.pictures import heic, heif, picture, png_of_zeros, saved
from tests.unit.read_photo.profiles import (
    BLACK,
    DISPLAY_P3,
    INKS,
    SRGB,
    make_cmyk,
    make_rgb,
    show_lab,
    show_rgb,
)

KINDS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "AVIF", "HEIC")
CORNERS = ((255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 0))  # from above, from the left
STORED = {  # EXIF 0x0112 -> how a picture lies in a file that is to be turned so
    1: None, 2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE, 6: Transpose.ROTATE_90, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_270,
}  # fmt: skip
WORDS = PhotoWords(
    caption="“Kami bangga,” ujar Siti.",
    byline="Budi",
    credit="Foto: Budi",
    rights="© Budi",
    alt="Siti",
)


def publish(content: bytes, safety: Safety | None = None) -> bytes:
    made = publish_picture(content, Budget(safety or Safety()))
    assert isinstance(made, bytes), made
    return made


def opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image


def save(image: Image.Image, kind: str, **how: object) -> bytes:
    if kind == "HEIC":
        return heif(image, quality=90, **how)
    return saved(image, kind, **({"lossless": True} if kind == "WEBP" else {}), **how)


def colour(content: bytes, at: tuple[int, int] = (32, 32)) -> tuple[float, ...]:
    found = opened(content).convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return found


def is_near(found: tuple[float, ...], wanted: tuple[float, ...], by: float) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_what_can_be_decoded_is_published(kind: str) -> None:
    made = publish(save(picture(2000, 100), kind))
    assert walk_jpeg(made) == (1600, 80)
    assert opened(made).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "HEIC"])
def test_it_stands_upright(kind: str, orientation: int) -> None:
    upright = Image.new("RGB", (400, 200))
    for number, each in enumerate(CORNERS):
        upright.paste(
            each,
            (number % 2 * 200, number // 2 * 100, number % 2 * 200 + 200, number // 2 * 100 + 100),
        )
    turn = STORED[orientation]
    stored = upright if turn is None else upright.transpose(turn)
    marks = Image.Exif()
    marks[0x112] = orientation
    made = publish(save(stored, kind, exif=marks.tobytes() if kind == "HEIC" else marks))
    assert opened(made).size == (400, 200)
    for wanted, at in zip(CORNERS, ((100, 50), (300, 50), (100, 150), (300, 150)), strict=True):
        assert is_near(colour(made, at), wanted, 40), at


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((1600, 1200), (1600, 1200)),
        ((1601, 1200), (1600, 1199)),
        ((900, 4800), (300, 1600)),
        ((1500, 1000), (1500, 1000)),
        ((40, 30), (40, 30)),
        ((1, 1), (1, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_it_has_at_most_1600_pixels_and_is_not_blown_up(
    kind: str, size: tuple[int, int], made: tuple[int, int]
) -> None:
    assert walk_jpeg(publish(save(Image.new("RGB", size, "red"), kind))) == made


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_it_is_the_whole_picture(kind: str) -> None:
    image = picture(80, 60).resize((2600, 1950), Image.Resampling.BICUBIC)
    made = opened(publish(save(image, kind)))
    wanted = image.resize(made.size, Image.Resampling.LANCZOS)
    assert max(Stat(difference(made, wanted)).mean) < 4


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_noisiest_picture_takes_no_more_than_2_mb_with_its_words(kind: str) -> None:
    side = SCREEN
    noise = Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3))
    made = publish(save(noise, kind))
    assert MB < len(made) <= MOST_PUBLISHED
    assert len(insert_words(made, WORDS)) < 2 * MB


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "HEIC"])
@pytest.mark.parametrize(
    "stored", [(200, 40, 40), (30, 60, 200), (60, 160, 70), (128, 128, 128), (250, 250, 245)]
)
def test_a_phone_s_display_p3_becomes_srgb(kind: str, stored: tuple[int, int, int]) -> None:
    content = save(Image.new("RGB", (64, 64), stored), kind, icc_profile=make_rgb(DISPLAY_P3))
    wanted = show_rgb(stored, DISPLAY_P3)
    assert is_near(colour(publish(content)), wanted, 5)


def test_the_arithmetic_of_these_tests_knows_srgb() -> None:
    """A profile of sRGB's own primaries, and nearly its curve, changes next to nothing."""
    assert is_near(show_rgb((200, 40, 90), SRGB), (200, 40, 90), 5)
    assert not is_near(show_rgb((200, 40, 90), DISPLAY_P3), (200, 40, 90), 15)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
@pytest.mark.parametrize("inks", [inks for inks in INKS if any(inks)])
def test_a_press_s_cmyk_becomes_srgb(kind: str, inks: tuple[int, int, int]) -> None:
    cyan, magenta, yellow = (255 * ink for ink in inks)
    image = Image.new("CMYK", (64, 64), (cyan, magenta, yellow, 0))
    made = publish(save(image, kind, icc_profile=make_cmyk()))
    # the darkest and lightest of a press become black and white, and pull the others along
    assert is_near(colour(made), show_lab(INKS[inks]), 16)
    assert opened(made).mode == "RGB"


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_paper_is_white_and_ink_is_black(kind: str) -> None:
    def shown(ink: int) -> tuple[float, ...]:
        image = Image.new("CMYK", (64, 64), (0, 0, 0, ink))
        return colour(publish(save(image, kind, icc_profile=make_cmyk())))

    assert is_near(shown(0), (255, 255, 255), 2)
    assert is_near(shown(255), show_lab(BLACK), 32)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_without_a_profile_is_taken_by_its_inks(kind: str) -> None:
    made = publish(save(Image.new("CMYK", (64, 64), (0, 100, 255, 50)), kind))
    assert is_near(colour(made), (205, 125, 0), 6)


def test_what_shines_through_is_white() -> None:
    clear = save(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), "PNG")
    assert colour(publish(clear), (25, 25)) == (255, 255, 255)


def test_grey_stays_grey_and_small() -> None:
    assert opened(publish(save(picture(mode="L"), "JPEG"))).mode == "L"


def test_the_same_photo_gives_the_same_bytes() -> None:
    jpeg = save(picture(1800, 1350), "JPEG")
    assert publish(jpeg) == publish(jpeg)


def test_a_damaged_photo_that_an_editor_chose_is_published_as_it_was_shown() -> None:
    cut = save(picture(640, 480), "JPEG")
    assert walk_jpeg(publish(cut[: len(cut) // 2])) == (640, 480)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ReasonCode.NOT_A_PICTURE),
        (b"<script>", ReasonCode.NOT_A_PICTURE),
        (b"%PDF-1.7", ReasonCode.NO_DECODER),
        (heic(), ReasonCode.NO_DECODER),
        (png_of_zeros(12_000, 6_000), ReasonCode.TOO_MANY_PIXELS),
        (save(picture(), "PNG")[:300], ReasonCode.PNG_CUT),
    ],
)
def test_what_cannot_be_published_has_a_reason(content: bytes, code: ReasonCode) -> None:
    made = publish_picture(content, Budget(Safety()))
    assert isinstance(made, Reason)
    assert made.code == code


def test_a_decoder_that_was_taken_out_decodes_nothing() -> None:
    safety = Safety(decoders=tuple(each for each in DECODERS if each != "webp"))
    assert isinstance(publish_picture(save(picture(), "WEBP"), Budget(safety)), Reason)
    assert publish(save(picture(), "PNG"), safety)


def make_telling(kind: str) -> bytes:
    """A photo that says where and by what it was taken, with a thumbnail."""
    marks = Image.Exif()
    marks[0x10F], marks[0x110], marks[0x132] = "Vendor", "Phone 9", "2026:11:20 08:00:00"
    marks.get_ifd(0x8769)[0xA431] = "SERIAL-4711"
    marks.get_ifd(0x8769)[0x927C] = b"MAKER NOTE SERIAL-4711"
    marks.get_ifd(0x8825).update({1: "S", 2: (0.0, 1.0, 33.0), 3: "E", 4: (109.0, 20.0, 11.0)})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="0,1.55S"/></rdf:RDF></x:xmpmeta>'
    how: dict[str, object] = {"exif": marks.tobytes(), "icc_profile": make_rgb(SRGB)}
    if kind in ("JPEG", "WEBP"):
        how["xmp"] = xmp
    return save(picture(400, 300), kind, **how)


def check_clean(paths: list[Path]) -> None:
    """Nothing but the picture and our words, and nothing wrong."""
    allowed = {"SourceFile", "ExifTool", "System", "File", "JFIF", "IPTC", "Photoshop", "Composite"}
    allowed |= {"XMP-dc", "XMP-iptcCore", "XMP-photoshop"}
    told = ("gps", "serial", "thumbnail", "preview", "make", "model", "comment", "location")
    for tags in read_all(paths, "-validate", "-all"):
        assert tags["ExifTool:Validate"] == "0 0 0"
        assert {name.partition(":")[0] for name in tags} <= allowed
        assert [name for name in tags if any(word in name.lower() for word in told)] == []
        assert (tags["IPTC:Caption-Abstract"], tags["XMP-dc:Description"]) == (WORDS.caption,) * 2
        assert (tags["IPTC:By-line"], tags["XMP-dc:Creator"]) == (WORDS.byline, [WORDS.byline])
        assert (tags["IPTC:Credit"], tags["XMP-photoshop:Credit"]) == (WORDS.credit,) * 2
        assert tags["XMP-iptcCore:AltTextAccessibility"] == WORDS.alt


def test_nothing_tells_where_and_by_what_it_was_taken(tmp_path: Path) -> None:
    paths = []
    for kind in ("JPEG", "PNG", "TIFF", "WEBP", "HEIC"):
        content = make_telling(kind)
        assert b"4711" in content
        paths.append(tmp_path / f"{kind}.jpg")
        paths[-1].write_bytes(insert_words(publish(content), WORDS))
    check_clean(paths)


def test_nothing_of_real_cameras_is_left(corpus: Path, tmp_path: Path) -> None:
    originals = sorted(path for path in (corpus / "photo").rglob("*") if path.is_file())
    paths = []
    for number, original in enumerate(originals):
        made = publish_picture(original.read_bytes(), Budget(Safety()))
        if isinstance(made, bytes):
            assert max(walk_jpeg(made) or (0,)) in range(1, SCREEN + 1), original
            paths.append(tmp_path / f"{number}.jpg")
            paths[-1].write_bytes(insert_words(made, WORDS))
    assert len(paths) > 0.95 * len(originals)
    check_clean(paths)
