"""What was made to attack has one outcome, whatever it is called and wherever it lies: quarantine
where no article can be read, an editor beside one, and never a letter. Damage and size are none."""

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pytest
from msgspec.structs import replace

from desk.pipeline import examine
from ingest.read.files import archive
from ingest.read.parcel import read_email, read_files
from redaksi.errors import Unreadable
from redaksi.limits import MB, Identity, Limits, Safety
from redaksi.model import Examination
from redaksi.reasons import ATTACKS, ReasonCode, text_of
from tests.hostile.test_docx_bombs import overlapping
from tests.unit.document.word_parts import TIMES_12, package, para
from tests.unit.read_mail.mails import (
    TOP,
    attachment,
    mail,
    multipart,
    picture,
    text,
    winmail,
    zipped,
)

Files = tuple[tuple[str, bytes], ...]
BORDER = "mx.contoh.id"
LIMITS = Limits(identity=Identity(authserv_id=BORDER))
VOUCHED = f"Authentication-Results: {BORDER}; dmarc=pass header.from=contoh.id\r\n".encode() + TOP
SENTENCE = "Warga RW 05 membangun jalan lingkungan bersama dengan gotong royong. "
TITLE = "Warga Bangun Jalan"
ARTICLE = package("".join(map(para, [TITLE, *[SENTENCE * 4] * 4])), styles=TIMES_12)
OTHER_TEXT = "Kelompok swadaya menutup tahun anggaran dengan laporan yang dibaca semua. "
SECOND = package("".join(map(para, ["Laporan", *[OTHER_TEXT * 4] * 4])), styles=TIMES_12)
WORDS = "Kepada redaksi, terlampir naskah dan foto untuk Warta.\r\n"


def pack(names: list[str], content: bytes) -> bytes:
    """A zip whose directory gives every one of `names` the bytes of the first."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(content) + squeeze.flush()
    sizes = (zlib.crc32(content), len(packed), len(content))
    first = names[0].encode()
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, *sizes, len(first), 0)
    local = b"PK\x03\x04" + head + first + packed
    entries = [
        b"PK\x01\x02"
        + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 33, *sizes, len(name), *[0] * 6)
        + name.encode()
        for name in names
    ]
    whole = b"".join(entries)
    count = len(names) % 65_536
    tail = struct.pack("<HHHHIIH", 0, 0, count, count, len(whole), len(local), 0)
    return local + whole + b"PK\x05\x06" + tail


def lock(octets: bytes) -> bytes:
    """The same, which says of its first entry that it is encrypted."""
    locked = bytearray(octets)
    locked[6] |= 1
    locked[octets.index(b"PK\x01\x02") + 8] |= 1
    return bytes(locked)


def numbered(count: int) -> list[str]:
    return [f"{number}.jpg" for number in range(count)]


BOMB = zipped([("a.jpg", bytes(2 * MB)), ("b.jpg", b"x")])
BOMBS: Mapping[str, bytes] = {
    "a file of 2 MB in 2 KB": BOMB,
    "the same, locked": lock(BOMB),
    "more than may be unpacked": pack(numbered(150), bytes(b"ab" * 700_000)),
    "the same bytes twice": pack(["a.jpg", "a.jpg"], b"isi" * 100),
    "the same bytes under 20 names": pack(numbered(20), b"isi" * 100),
    "too many files that are too large": pack(numbered(250), bytes(2 * MB)),
    "3,000 files of 900 KB": pack(numbered(3000), bytes(900_000)),
    "70,000 files of 900 KB": pack(numbered(70_000), bytes(900_000)),
    "a document made to attack": overlapping(),
    "a mail of 600 parts": mail(*[text("x")] * 600),
    "a mail with a field of 70 KB": TOP + b"X-A: " + b"a" * 70_000 + b"\r\n\r\nisi",
}
NAMES = (
    "foto.jpg", "foto.JPEG", "foto.png", "foto.tif", "foto.heic", "foto.webp", "foto.gif", "naskah.docx", "naskah.doc",
    "naskah.odt", "naskah.pdf", "a.zip", "a.rar", "a.7z", "a.bin", "lampiran", "keterangan.txt", "logo.png",
    "image001.png", "~$naskah.docx", "video.mp4", "data.xlsx", "a.eml", "kop surat.jpg",
)  # fmt: skip


def attach(files: Files) -> bytes:
    return mail(text(WORDS), *(attachment(octets, name) for name, octets in files), top=VOUCHED)


def show(files: Files) -> bytes:
    """Each as a picture that the mail's HTML shows."""
    shown = "".join(f'<img src="cid:{at}@x">' for at in range(len(files)))
    parts = [
        attachment(octets, name, b"image/jpeg", b"inline", b"Content-ID: <%d@x>\r\n" % at)
        for at, (name, octets) in enumerate(files)
    ]
    page = text(f"<p>{WORDS}</p>{shown}", b"html")
    return mail(page, *parts, kind=b"related", top=VOUCHED)


def forward(files: Files) -> bytes:
    """In a mail that lies open within the mail."""
    parts = (attachment(octets, name) for name, octets in files)
    inner = TOP + multipart(text(WORDS), *parts, boundary=b"dalam")
    return mail(text(WORDS), b"Content-Type: message/rfc822\r\n\r\n" + inner, top=VOUCHED)


def forward_as_file(files: Files) -> bytes:
    parts = (attachment(octets, name) for name, octets in files)
    inner = TOP + multipart(text(WORDS), *parts, boundary=b"dalam")
    return attach((("surat.eml", inner),))


def zip_up(files: Files) -> bytes:
    return attach((("kiriman.zip", zipped([*files, ("bagus.jpg", picture())])),))


def zip_twice(files: Files) -> bytes:
    return zip_up((("dalam.zip", zipped([*files, ("lain.jpg", picture(shade=9))])),))


def zip_as_macos(files: Files) -> bytes:
    return zip_up(tuple((f"__MACOSX/{name}", octets) for name, octets in files))


def wrap(files: Files) -> bytes:
    return attach((("winmail.dat", winmail(*files)),))


def alone(files: Files) -> bytes:
    """The mail is the attachment."""
    ((name, octets),) = files
    head = f'Content-Type: image/jpeg; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return VOUCHED + head.encode() + base64.encodebytes(octets)


Outcome = tuple[str, str]
BOTH = (("quarantine", ""), ("review", ""))  # alone, and beside an article
Place = Callable[[Files], bytes]
PLACES: Mapping[str, Place] = {
    "attached": attach,
    "shown": show,
    "in a forward": forward,
    "in an attached mail": forward_as_file,
    "in an archive": zip_up,
    "in an archive in an archive": zip_twice,
    "where macOS lays its own": zip_as_macos,
    "in winmail.dat": wrap,
    "as the mail itself": alone,
}


def judge(raw: bytes) -> Examination:
    return examine(read_email(raw, "m", LIMITS.safety), LIMITS)


def outcome(found: Examination) -> Outcome:
    """The verdict, and which letter is prepared."""
    assert found.answer is not None
    assert not found.answer.send or found.answer.letter
    return found.decision, found.answer.letter


def with_article(raw: bytes, *articles: bytes) -> bytes:
    """The same mail with an article beside what it holds."""
    parts = [attachment(each, f"warta-{at}.docx") for at, each in enumerate(articles)]
    head, _, body = raw.partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-")]
    kept += [line for line in head.split(b"\r\n") if line.startswith(b" ")]
    inner = b"\r\n".join(kept) + b"\r\n\r\n" + body
    return VOUCHED + multipart(inner, *parts, boundary=b"luar")


def judge_both(place: Place, name: str, bomb: bytes = BOMB) -> tuple[Outcome, Outcome]:
    """What becomes of it alone, and beside an article."""
    raw = place(((name, bomb),))
    return outcome(judge(raw)), outcome(judge(with_article(raw, ARTICLE)))


@pytest.mark.parametrize("name", NAMES)
def test_its_name_changes_nothing(name: str) -> None:
    assert judge_both(attach, name) == BOTH


@pytest.mark.parametrize("name", ["foto.jpg", "naskah.docx", "lampiran"])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_where_it_lies_changes_nothing(place: Place, name: str) -> None:
    assert judge_both(place, name) == BOTH


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("name", ["foto.jpg", "a.zip", "lampiran"])
def test_what_it_is_changes_nothing(bomb: bytes, name: str) -> None:
    assert judge_both(attach, name, bomb) == BOTH


@pytest.mark.parametrize("name", NAMES)
def test_files_that_are_named_to_check_are_judged_alike(name: str) -> None:
    files = ((name, BOMB), ("bagus.jpg", picture()))
    assert examine(read_files(files, "x", LIMITS.safety), LIMITS).decision == "quarantine"
    beside = (*files, ("naskah-warta.docx", ARTICLE))
    assert examine(read_files(beside, "x", LIMITS.safety), LIMITS).decision == "review"


def test_it_is_no_photo_and_its_names_are_kept() -> None:
    (judged,) = judge(attach((("foto.jpg", BOMB),))).assessments
    (other,) = judged.submission.others
    assert (other.name, other.why.code) == ("foto.jpg", ReasonCode.ARCHIVE_RATIO_LIMIT)
    assert other.listing is not None
    assert [each.name for each in other.listing.entries] == ["a.jpg", "b.jpg"]


def test_what_is_sent_twice_is_one_twice() -> None:
    found = judge(attach((("foto.jpg", BOMB), ("foto2.jpg", BOMB))))
    (judged,) = found.assessments
    assert found.decision == "quarantine"
    assert {other.why.code for other in judged.submission.others} <= ATTACKS


def test_beside_two_articles_an_editor_looks_at_both() -> None:
    found = judge(with_article(attach((("foto.jpg", BOMB),)), ARTICLE, SECOND))
    verdicts = [
        (each.decision, "made-to-attack" in each.submission.doubts) for each in found.assessments
    ]
    assert verdicts == [("review", True)] * 2
    assert outcome(found) == ("review", "")


def test_an_article_typed_into_the_mail_is_no_document() -> None:
    raw = mail(text(SENTENCE * 30), attachment(BOMB, "foto.jpg"), top=VOUCHED)
    assert outcome(judge(raw)) == ("quarantine", "")


def test_the_reason_says_what_it_is() -> None:
    assert text_of(judge(attach((("a.jpg", BOMB),))).reason) == "hostile_archive"
    mail_itself = BOMBS["a mail of 600 parts"]
    assert text_of(judge(attach((("a.jpg", mail_itself),))).reason) == "hostile_mail"


# ── what is none ──────────────────────────────────────────────────────────────────────────────────


PHOTO = picture()
SOUND = zipped([("1.jpg", PHOTO), ("2.jpg", picture(shade=4)), ("catatan.txt", b"hai " * 50)])


def png(width: int, height: int) -> bytes:
    """A head that says so many pixels, and hardly any of them."""

    def chunk(name: bytes, content: bytes) -> bytes:
        whole = name + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")


HONEST: Mapping[str, bytes] = {
    "a photo": PHOTO,
    "a damaged photo": PHOTO[:400] + bytes(200) + PHOTO[600:],
    "a photo cut short": PHOTO[:-200],
    "a zip of photos": SOUND,
    "a zip of photos cut short": SOUND[:-40],
    "a zip cut in the middle": SOUND[: len(SOUND) // 2],
    "a zip with something before it": b"x" * 500 + SOUND,
    "a zip behind a zip": SOUND + SOUND,
    "250 photos": zipped([(name, PHOTO[:300]) for name in numbered(250)]),
    "3,000 photos": zipped([(name, b"x") for name in numbered(3000)]),
    "a locked zip": lock(SOUND),
    "a zip packed with LZMA": zipped([("a.bmp", bytes(2 * MB))], zipfile.ZIP_LZMA),
    "a picture of 2,500 megapixels by its head": png(50_000, 50_000),
    "a WebP": picture(kind="WEBP"),
    "a TIFF": picture(300, 200, kind="TIFF"),
    "a panorama of 100 megapixels": picture(20_000, 5_000),
    "a document": ARTICLE,
    "a PDF": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n",
    "an archive of another kind": b"Rar!\x1a\x07\x01\x00" + bytes(50),
    "nothing": b"",
}


@pytest.mark.parametrize("name", ["foto.jpg", "naskah.docx", "a.zip"])
@pytest.mark.parametrize("octets", HONEST.values(), ids=HONEST)
def test_what_is_damaged_large_or_called_otherwise_is_none(octets: bytes, name: str) -> None:
    found = judge(attach(((name, octets),)))
    assert found.decision != "quarantine"
    assert "made-to-attack" not in {d for each in found.assessments for d in each.submission.doubts}


def stream(files: Files) -> bytes:
    """A zip as it is written by what cannot go back: sizes stand behind the data."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.octets = b""

        def writable(self) -> bool:
            return True

        def write(self, octets: bytes) -> int:  # type: ignore[override]
            self.octets += bytes(octets)
            return len(octets)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, octets in files:
            whole.writestr(name, octets)
    return pipe.octets


SMALL = (("1.jpg", PHOTO[:2000]), ("2.jpg", PHOTO[:1500]), ("catatan.txt", b"hai " * 50))


@pytest.mark.parametrize(
    "octets",
    [zipped(SMALL), zipped(SMALL, zipfile.ZIP_STORED), stream(SMALL)],
    ids=["deflated", "stored", "streamed"],
)
def test_one_bit_that_fell_over_makes_no_attack(octets: bytes) -> None:
    """In a directory the size of any bomb is one bit away; what lies there bears it out or not."""
    safety = Safety()
    begins = octets.index(b"PK\x01\x02")
    found = set()
    for at in range(begins, len(octets)):
        for bit in range(8):
            damaged = bytearray(octets)
            damaged[at] ^= 1 << bit
            try:
                archive.read_entries(bytes(damaged), safety, archive.make_room(safety))
            except Unreadable as fault:
                found.add(fault.reason.code)
    assert found
    assert not found & ATTACKS


def test_a_size_that_nothing_bears_out_is_damage_and_unpacks_nothing() -> None:
    octets = bytearray(SOUND)
    at = octets.index(b"PK\x01\x02") + 24
    octets[at : at + 4] = (3 << 30).to_bytes(4, "little")
    parcel = read_files((("foto.zip", bytes(octets)),), "x", Safety())
    (file,) = parcel.files
    assert text_of(file.refused) == "archive_damaged"


def test_wider_limits_let_it_go() -> None:
    wide = Limits(safety=replace(Safety(), max_ratio=10**6), identity=LIMITS.identity)
    found = examine(read_email(attach((("foto.jpg", BOMB),)), "m", wide.safety), wide)
    assert found.decision != "quarantine"
