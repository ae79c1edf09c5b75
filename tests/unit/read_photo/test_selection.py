"""Which pictures are photos of the submission: as mails from Indonesian offices, phones and mail
programs bring them."""

from functools import cache

import pytest
from msgspec import Struct
from msgspec.structs import replace
from PIL import Image, ImageDraw

from ingest.read.photo_selection import select_photos
from redaksi.arrival import File, Place, Shown
from redaksi.limits import Safety
from redaksi.model import Document, Picture
from redaksi.reasons import ReasonCode, explain
from tests import builders
from tests.unit.read_photo.pictures import picture, saved


@cache
def scene(seed: int, width: int, height: int) -> bytes:
    """What a camera takes, the same at every size."""
    large = picture(64, 48, seed=seed).resize((width, height), Image.Resampling.BICUBIC)
    grain = picture(width, height, seed=seed + 1000)
    return saved(Image.blend(large, grain, 0.08), "JPEG", quality=88)


@cache
def drawing(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    """A round thing in two colours, with a name under it."""
    ground = (255, 255, 255, 0) if mode == "RGBA" else "white"
    image = Image.new(mode, (width, height), ground)
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 8, height // 8, width * 3 // 4, height * 3 // 4), fill="#1060a0")
    draw.rectangle((0, height * 7 // 8, width, height), fill="#f0a000")
    return saved(image, kind)


def photo(name: str, seed: int = 1, size: tuple[int, int] = (1280, 960), **rest: object) -> File:
    return replace(builders.file(name, scene(seed, *size), "jpeg"), **rest)


def logo(name: str, size: tuple[int, int] = (400, 400), **rest: object) -> File:
    kind = "JPEG" if name.endswith(".jpg") else "PNG"
    return replace(builders.file(name, drawing(*size, kind), kind.lower()), **rest)


def shown(file: File, width: int = 0, height: int = 0, place: Place = "text") -> File:
    at = Shown(place=place, width=width, height=height)
    return replace(file, origin="inline", content_id=file.name, shown=at)


def film(name: str) -> File:
    return builders.file(name, b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(64), "mov")


def raw(name: str) -> File:
    return builders.file(name, b"IIRO" + bytes(64), "raw")


ONE, TWO = photo("IMG_4101.jpg", 1), photo("IMG_4102.jpg", 2)
BELOW = ReasonCode.PICTURE_BELOW_SIGNATURE
QUOTED, NAMED = ReasonCode.PICTURE_IN_QUOTATION, ReasonCode.PICTURE_NAMED_LOGO
SMALL, DRAWN = ReasonCode.PICTURE_SHOWN_SMALL, ReasonCode.PICTURE_DRAWN
PAPER = ReasonCode.PICTURE_OF_PAPER
COPY, INLINE = ReasonCode.SMALLER_COPY, ReasonCode.SMALL_INLINE_PICTURE
ITS, BESIDE = ReasonCode.BESIDE_ITS_PHOTO, ReasonCode.BESIDE_PHOTOS


class Case(Struct, frozen=True):
    """`files` came; `photos` are those that count, `asides` why others do not."""

    files: tuple[File, ...]
    photos: str
    asides: dict[str, ReasonCode] = {}


CASES = {
    "two attached": Case((ONE, TWO), "IMG_4101.jpg IMG_4102.jpg"),
    "pasted, and none attached": Case(
        (shown(photo("image001.jpg", 1)), shown(photo("image002.jpg", 2))),
        "image001.jpg image002.jpg",
    ),
    "pasted pictures of one name": Case(
        (shown(photo("image.png", 1)), shown(photo("image-2.png", 2))), "image.png image-2.png"
    ),
    "a scanned letter beside photos": Case(
        (ONE, photo("Surat Pengantar.jpg", 3), photo("scan_undangan rapat.jpg", 4)),
        "IMG_4101.jpg",
        {"Surat Pengantar.jpg": PAPER, "scan_undangan rapat.jpg": PAPER},
    ),
    "a scanned letter alone": Case((photo("Surat.jpg", 3),), "Surat.jpg"),
    "a photo whose name tells of a letter": Case(
        (ONE, photo("Surat hibah tanah diserahkan warga.jpg", 3)),
        "IMG_4101.jpg Surat hibah tanah diserahkan warga.jpg",
    ),
    "in gmail's text beside attached ones": Case(
        (ONE, shown(photo("IMG_4103.jpg", 3))), "IMG_4101.jpg IMG_4103.jpg"
    ),
    "a photo that outlook pasted": Case(
        (ONE, shown(photo("image003.jpg", 3))), "IMG_4101.jpg image003.jpg"
    ),
    "a small attached photo, the only one": Case((photo("a.jpg", 1, (640, 480)),), "a.jpg"),
    "a small attached photo beside another": Case(
        (ONE, photo("b.jpg", 2, (640, 480))), "IMG_4101.jpg b.jpg"
    ),
    "an attached photo of 150 pixels": Case((photo("b.jpg", 2, (150, 112)),), "b.jpg"),
    "below the signature": Case(
        (ONE, shown(logo("x.png", (600, 600)), place="signature")), "IMG_4101.jpg", {"x.png": BELOW}
    ),
    "a photograph below the signature": Case(
        (ONE, shown(photo("me.jpg", 4), place="signature")), "IMG_4101.jpg", {"me.jpg": BELOW}
    ),
    "photos below the closing formula, and no others": Case(
        (
            shown(photo("a.jpg", 1), place="signature"),
            shown(photo("b.jpg", 2), place="signature"),
            shown(logo("c.png", (300, 300)), place="signature"),
        ),
        "a.jpg b.jpg",
        {"c.png": BELOW},
    ),
    "a small photo below the closing formula, the only one": Case(
        (shown(photo("a.jpg", 1, (640, 480)), place="signature"),), "a.jpg"
    ),
    "in the quoted mail": Case(
        (ONE, shown(photo("q.jpg", 3), place="quotation")), "IMG_4101.jpg", {"q.jpg": QUOTED}
    ),
    "in the quoted mail, and no others": Case(
        (shown(photo("q.jpg", 3), place="quotation"),), "", {"q.jpg": QUOTED}
    ),
    "four logos of a footer": Case(
        (ONE, TWO, *(shown(logo(f"image00{n}.png", (300 + n, 300)), 60, 60) for n in range(1, 5))),
        "IMG_4101.jpg IMG_4102.jpg",
        {f"image00{n}.png": SMALL for n in range(1, 5)},
    ),
    "shown by its width alone": Case(
        (ONE, shown(photo("x.jpg", 5, (1200, 900)), 90)), "IMG_4101.jpg", {"x.jpg": SMALL}
    ),
    "shown by its height alone": Case(
        (ONE, shown(photo("x.jpg", 5, (900, 1200)), 0, 150)), "IMG_4101.jpg", {"x.jpg": SMALL}
    ),
    "a wide one of little height is shown large": Case(
        (ONE, shown(photo("x.jpg", 5, (1600, 900)), 0, 150)), "IMG_4101.jpg x.jpg"
    ),
    "shown at 200 pixels": Case(
        (ONE, shown(photo("x.jpg", 5, (1200, 900)), 200)), "IMG_4101.jpg x.jpg"
    ),
    "shown small in a table, and no others": Case(
        (shown(photo("a.jpg", 1), 150), shown(photo("b.jpg", 2), 150)), "a.jpg b.jpg"
    ),
    "a banner of a footer": Case(
        (ONE, shown(logo("banner.png", (1000, 250)), 500)), "IMG_4101.jpg", {"banner.png": NAMED}
    ),
    "logos named so": Case(
        (ONE, shown(logo("logo-kementerian.jpg", (320, 320))), shown(logo("logo-kotaku.png"))),
        "IMG_4101.jpg",
        {"logo-kementerian.jpg": NAMED, "logo-kotaku.png": NAMED},
    ),
    "a logo attached": Case(
        (ONE, logo("Logo KOTAKU.png", (2000, 2000))), "IMG_4101.jpg", {"Logo KOTAKU.png": NAMED}
    ),
    "its word last": Case(
        (ONE, logo("kotaku logo.png", (900, 900))), "IMG_4101.jpg", {"kotaku logo.png": NAMED}
    ),
    "a scanned signature": Case(
        (ONE, photo("ttd ketua.jpg", 8)), "IMG_4101.jpg", {"ttd ketua.jpg": NAMED}
    ),
    "tanda tangan": Case(
        (ONE, photo("Tanda tangan.jpg", 8)), "IMG_4101.jpg", {"Tanda tangan.jpg": NAMED}
    ),
    "a letterhead": Case(
        (ONE, photo("kop surat.jpg", 8)), "IMG_4101.jpg", {"kop surat.jpg": NAMED}
    ),
    "a stamp": Case((ONE, photo("stempel BKM.jpg", 8)), "IMG_4101.jpg", {"stempel BKM.jpg": NAMED}),
    "outlook's name": Case(
        (ONE, shown(logo("Outlook-a1b2c3d4.png", (500, 300)))),
        "IMG_4101.jpg",
        {"Outlook-a1b2c3d4.png": NAMED},
    ),
    "outlook's name, pasted small": Case(
        (ONE, shown(photo("image001.jpg", 5, (600, 400)))), "IMG_4101.jpg", {"image001.jpg": NAMED}
    ),
    "coffee is no letterhead": Case(
        (ONE, photo("kopi pagi.jpg", 6)), "IMG_4101.jpg kopi pagi.jpg"
    ),
    "a photo of a banner": Case(
        (ONE, photo("banner sosialisasi.jpg", 6)), "IMG_4101.jpg banner sosialisasi.jpg"
    ),
    "a caption with the word in it": Case(
        (ONE, photo("Logo baru BKM diresmikan lurah Wonosari.jpg", 6)),
        "IMG_4101.jpg Logo baru BKM diresmikan lurah Wonosari.jpg",
    ),
    "a logo, and nothing else": Case((logo("logo.png"),), "logo.png"),
    "a strip in the text": Case(
        (shown(logo("x.png", (640, 100))),), "", {"x.png": INLINE}
    ),
    "a preview and its original": Case(
        (shown(photo("a.jpg", 1, (320, 240))), photo("a-2.jpg", 1), TWO),
        "a.jpg IMG_4102.jpg",
        {"a-2.jpg": COPY},
    ),
    "a preview under another name": Case(
        (shown(photo("thumb.jpg", 1, (640, 480))), ONE), "IMG_4101.jpg", {"thumb.jpg": COPY}
    ),
    "a messenger's copy beside its original": Case(
        (photo("IMG_4101 (1).jpg", 1, (640, 480)), ONE), "IMG_4101.jpg", {"IMG_4101 (1).jpg": COPY}
    ),
    "one picture sent twice, small under another name": Case(
        (photo("WA0001.jpg", 1, (640, 480)), ONE), "IMG_4101.jpg", {"WA0001.jpg": COPY}
    ),
    "one stem, two pictures": Case(
        (photo("image (1).jpg", 3, (640, 480)), photo("image.jpg", 4)),
        "image (1).jpg image.jpg",
    ),
    "a drawing in the text": Case(
        (ONE, shown(logo("denah.png", (1200, 900)))), "IMG_4101.jpg", {"denah.png": DRAWN}
    ),
    "a map attached": Case((ONE, logo("denah.png", (1200, 900))), "IMG_4101.jpg denah.png"),
    "a small drawing attached": Case(
        (ONE, logo("kotaku.png", (500, 500))), "IMG_4101.jpg", {"kotaku.png": DRAWN}
    ),
    "drawings, and no others": Case((shown(logo("x.png", (1280, 960))),), "x.png"),
    "see-through": Case(
        (
            ONE,
            shown(builders.file("x.png", drawing(900, 700, mode="RGBA"), "png")),
        ),
        "IMG_4101.jpg",
        {"x.png": DRAWN},
    ),
    "a live photo": Case(
        (ONE, film("IMG_4101.MOV"), TWO, film("IMG_4102.MOV")),
        "IMG_4101.jpg IMG_4102.jpg",
        {"IMG_4101.MOV": ITS, "IMG_4102.MOV": ITS},
    ),
    "a film beside photos": Case((ONE, film("VID_1.mp4")), "IMG_4101.jpg", {"VID_1.mp4": BESIDE}),
    "a film alone": Case((film("VID_1.mp4"),), "VID_1.mp4"),
    "a raw file beside its photo": Case(
        (ONE, raw("IMG_4101.DNG")), "IMG_4101.jpg", {"IMG_4101.DNG": ITS}
    ),
    "a raw file beside photos": Case((ONE, raw("DSC_9.ORF")), "IMG_4101.jpg", {"DSC_9.ORF": BESIDE}),
    "a raw file alone": Case((raw("DSC_9.ORF"),), "DSC_9.ORF"),
    "a film beside a broken photo": Case(
        (replace(ONE, load=lambda: scene(1, 1280, 960)[:9000]), film("IMG_4101.MOV")),
        "IMG_4101.jpg IMG_4101.MOV",
    ),
    "a film beside a logo": Case(
        (shown(logo("x.png", (300, 300)), 60, 60), film("VID_1.mp4")),
        "VID_1.mp4",
        {"x.png": SMALL},
    ),
    "a file that is not opened": Case(
        (ONE, replace(TWO, refused=explain(ReasonCode.FILE_LIMIT, most=30))),
        "IMG_4101.jpg IMG_4102.jpg",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_which_pictures_are_photos(case: Case) -> None:
    photos, others = select_photos(case.files, Safety(), ())
    assert " ".join(photo.name for _, photo in photos) == case.photos
    assert {other.name: other.why.code for other in others} == case.asides


def test_a_doubtful_picture_that_the_article_shows_is_a_photo() -> None:
    pasted = shown(photo("x.jpg", 5, (600, 400)), place="signature")
    inside = Picture(name="image1.jpeg", kind="jpeg", sha256=pasted.sha256)
    document = Document(name="n.docx", kind="docx", sha256="d", pictures=(inside,))
    photos, _ = select_photos((ONE, pasted), Safety(), ((document,),))
    assert ["also-in-document" in p.notes for _, p in photos] == [False, True]


def test_a_drawn_picture_that_a_caption_names_is_a_photo() -> None:
    plan = shown(logo("denah desa.png", (1200, 900)))
    photos, others = select_photos((ONE, plan), Safety(), (), named={"denah desa"})
    assert ([p.name for _, p in photos], others) == (["IMG_4101.jpg", "denah desa.png"], [])


def test_a_logo_of_the_letterhead_is_none() -> None:
    pasted = shown(logo("image001.png", (600, 400)))
    inside = Picture(name="image1.png", kind="png", sha256=pasted.sha256, story="header")
    document = Document(name="n.docx", kind="docx", sha256="d", pictures=(inside,))
    photos, _ = select_photos((ONE, pasted), Safety(), ((document,),))
    assert [p.name for _, p in photos] == ["IMG_4101.jpg"]


def test_only_so_many_pictures_are_looked_into_for_being_drawn() -> None:
    """As many as 60,000,000 pixels hold; the others count as photos."""
    maps = tuple(shown(logo(f"denah-{n}.png", (2000, 1500 + n))) for n in range(24))
    photos, others = select_photos((ONE, *maps), Safety(), ())
    assert len(others) == 19
    assert len(photos) == 6
