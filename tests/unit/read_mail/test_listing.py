"""What an archive's own directory names is listed, bounded, and nothing of it is unpacked."""

import io
import struct
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.pipeline import examine
from ingest.read.budget import KEPT_NAMES, MOST_STEPS, Budget
from ingest.read.files.directories.entry import MOST_SIZE
from ingest.read.files.listing import list_archive
from ingest.read.parcel import read_email
from redaksi.arrival import Listed, Listing
from redaksi.limits import MB, Limits, Safety
from redaksi.text import clean
from tests.unit.read_mail.mails import attachment, docx, mail, named, parcel, picture, text, zipped

PHOTO = picture(300, 200)
BOMB = zipped([("a.jpg", b"\0" * (3 * MB)), ("b/naskah.docx", docx())])
SMALL = zipped([("foto.jpg", b"123"), ("naskah.docx", b"1234")])


def listed(octets: bytes, kind: str = "zip", budget: Budget | None = None) -> Listing | None:
    return list_archive(octets, kind, budget or Budget(Safety()))


def listing(*entries: tuple[str, int], more: int = 0, whole: bool = True) -> Listing:
    return Listing(
        entries=tuple(Listed(name=name, size=size) for name, size in entries),
        more=more,
        whole=whole,
    )


def named_in(*names: bytes, flag: int = 0) -> bytes:
    """A zip whose directory names these, byte by byte; nothing lies in it."""
    heads = [
        b"PK\x01\x02"
        + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, flag, 0, 0, 33, 0, 0, 7, len(name), *[0] * 6)
        + name
        for name in names
    ]
    whole = b"".join(heads)
    return (
        whole + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, *[len(heads)] * 2, len(whole), 0, 0)
    )


def declare(octets: bytes, count: int) -> bytes:
    """The same, whose end says that it names so many (of 16 bits)."""
    end = octets.rindex(b"PK\x05\x06")
    return octets[: end + 8] + struct.pack("<HH", count, count) + octets[end + 12 :]


def widen(octets: bytes, count: int) -> bytes:
    """The same with the end of Zip64, which says that it names so many (4.3.14 and 4.3.15)."""
    end = octets.rindex(b"PK\x05\x06")
    size, offset = struct.unpack_from("<II", octets, end + 12)
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    return octets[:end] + end64 + locator + declare(octets[end:], 0xFFFF)


def huge() -> bytes:
    """One of 2**62 bytes, which stand in the extra field of Zip64."""
    extra = struct.pack("<HHQ", 1, 8, 2**62)
    head = struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 33, 0, 0, 2**32 - 1, 1, 12, *[0] * 5)
    whole = b"PK\x01\x02" + head + b"x" + extra
    return whole + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(whole), 0, 0)


def tar(form: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name in ("a.txt", "d" * 60 + "/" + "y" * 60 + ".txt", "é.jpg"):
            member = tarfile.TarInfo(name)
            member.size = 5
            archive.addfile(member, io.BytesIO(b"12345"))
    return out.getvalue()


def vint(*numbers: int) -> bytes:
    """Each below 128: one octet."""
    return bytes(numbers)


def rar5(*names: bytes, end: bool = True) -> bytes:
    """As RARLAB's note lays it out, stored, each of 5 bytes."""
    blocks = [vint(1, 0, 0)]
    for name in names:
        head = vint(2, 2, 5, 0, 5, 0, 0, 0, len(name)) + name
        blocks.append(head)
    out = b"Rar!\x1a\x07\x01\x00"
    for block in blocks:
        out += bytes(4) + vint(len(block)) + block + (b"12345" if block[0] == 2 else b"")
    return out + (bytes(4) + vint(3, 5, 0, 0) if end else b"")


def rar4(*names: bytes, flags: int = 0) -> bytes:
    out = b"Rar!\x1a\x07\x00" + struct.pack("<HBHH", 0, 0x73, flags, 13) + bytes(6)
    for name in names:
        fixed = struct.pack("<IIBIIBBHI", 5, 9, 2, 0, 0, 29, 0x30, len(name), 32)
        out += struct.pack("<HBHH", 0, 0x74, 0x8000, 7 + len(fixed) + len(name)) + fixed + name
        out += b"12345"
    return out + struct.pack("<HBHH", 0, 0x7B, 0x4000, 7)


LONG = "d" * 60 + "/" + "y" * 60 + ".txt"
TAR = listing(("a.txt", 5), (LONG, 5), ("é.jpg", 5))
ARCHIVES: dict[str, tuple[str, bytes, Listing | None]] = {
    "a zip": ("zip", SMALL, listing(("foto.jpg", 3), ("naskah.docx", 4))),
    "a zip behind something": ("zip", b"MZ" * 99 + SMALL, listed(SMALL)),
    "folders": ("zip", zipped([("a/", b""), ("a/b.txt", b"x")]), listing(("a/", 0), ("a/b.txt", 1))),
    "an empty zip": ("zip", zipped([]), listing()),
    "a zip cut short": ("zip", SMALL[:-30], None),
    "no zip": ("zip", b"PK\x03\x04" + bytes(60), None),
    "201 names": (
        "zip",
        named_in(*(b"%d" % n for n in range(201))),
        listing(*((str(n), 7) for n in range(200)), more=1),
    ),
    "a bomb": ("zip", BOMB, listing(("a.jpg", 3 * MB), ("b/naskah.docx", len(docx())))),
    "Zip64": ("zip", widen(SMALL, 2), listed(SMALL)),
    "another count than it has": ("zip", declare(SMALL, 3), listing(("foto.jpg", 3), ("naskah.docx", 4), whole=False)),
    "four billion that are not there": (
        "zip",
        widen(SMALL, 4_000_000_000),
        listing(("foto.jpg", 3), ("naskah.docx", 4), whole=False),
    ),
    "a count without a directory": ("zip", declare(zipped([]), 9), listing(whole=False)),
    "a size beyond any": ("zip", huge(), listing(("x", MOST_SIZE))),
    "a ustar": ("tar", tar(tarfile.USTAR_FORMAT), TAR),
    "GNU's tar": ("tar", tar(tarfile.GNU_FORMAT), TAR),
    "a pax tar": ("tar", tar(tarfile.PAX_FORMAT), TAR),
    "a tar cut short": ("tar", tar(tarfile.USTAR_FORMAT)[:700], listing(("a.txt", 5), whole=False)),
    "a RAR 5": ("rar", rar5(b"a.jpg", b"b.txt"), listing(("a.jpg", 5), ("b.txt", 5))),
    "a RAR 5 cut short": ("rar", rar5(b"a.jpg", end=False), listing(("a.jpg", 5), whole=False)),
    "a RAR 4": ("rar", rar4(b"a.jpg", b"b.txt"), listing(("a.jpg", 9), ("b.txt", 9))),
    "names that are encrypted": ("rar", rar4(b"xxxxx", flags=0x80), listing(whole=False)),
    "a RAR of 1993": ("rar", b"RE~^" + bytes(40), None),
    "what is no archive": ("docx", docx(), None),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "octets", "found"), ARCHIVES.values(), ids=ARCHIVES)
def test_an_archive_is_listed_by_its_own_directory(
    kind: str, octets: bytes, found: Listing | None
) -> None:
    assert listed(octets, kind) == found


NAMES: dict[str, tuple[bytes, str]] = {
    "markup": (b"<script>alert(1)</script>.jpg", "<script>alert(1)</script>.jpg"),
    "a path": (b"../../etc/passwd", "../../etc/passwd"),
    "another direction": ("foto\u202egpj.exe".encode(), "foto gpj.exe"),
    "controls": (b"a\x1b[2J\r\nb\0c", "a [2J b c"),
    "nothing to be seen": (b"\0\n", ""),
    "as DOS wrote it": (b"\x82t\x82.txt", "été.txt"),
    "without end": (b"x" * 60_000, "x" * 199 + "…"),
}


@pytest.mark.parametrize(("octets", "name"), NAMES.values(), ids=NAMES)
def test_names_are_text(octets: bytes, name: str) -> None:
    assert listed(named_in(octets)) == listing((name, 7))


def test_a_reading_keeps_so_many_names_and_counts_so_many() -> None:
    budget = Budget(Safety())
    many = named_in(*(b"x",) * 300)
    found = [listed(many, budget=budget) for _ in range(100)]
    assert [len(each.entries) for each in found if each][:6] == [200] * 5 + [0]
    assert sum(len(each.entries) for each in found if each) == KEPT_NAMES
    # 66 whole ones, each with the step that finds its end
    assert sum(len(each.entries) + each.more for each in found if each) == MOST_STEPS - 66
    assert budget.reasons == []  # nothing is unjudged for it


ENDLESS = {
    "RAR 5": ("rar", b"Rar!\x1a\x07\x01\x00" + (bytes(4) + bytes((2, 9, 0))) * 30_000),
    "RAR 4": ("rar", b"Rar!\x1a\x07\x00" + struct.pack("<HBHH", 0, 0x75, 0, 7) * 30_000),
    "tar": ("tar", (bytes(124) + b"0" * 11 + bytes(21) + b"g" + bytes(355)) * 30_000),
}


@pytest.mark.parametrize(("kind", "octets"), ENDLESS.values(), ids=ENDLESS)
def test_headers_that_name_nothing_are_counted_too(kind: str, octets: bytes) -> None:
    budget = Budget(Safety())
    assert listed(octets, kind, budget) == listing(whole=False)
    assert budget.may_list() == (KEPT_NAMES, 0)


def test_a_bare_reading_lists_nothing() -> None:
    assert listed(SMALL, budget=Budget(Safety(), bare=True)) is None


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted({(kind, octets) for kind, octets, _ in ARCHIVES.values()})),
    st.lists(st.tuples(st.integers(0, 5000), st.binary(min_size=1, max_size=8)), max_size=4),
    st.integers(0, 5000),
)
def test_whatever_stands_there_it_is_bounded(
    archive: tuple[str, bytes], changes: list[tuple[int, bytes]], cut: int
) -> None:
    kind, octets = archive
    for at, new in changes:
        octets = octets[:at] + new + octets[at + len(new) :]
    found = listed(octets[: len(octets) - cut % 64], kind)
    if found is not None:
        assert len(found.entries) <= 200
        assert all(each.name == clean.line(each.name) for each in found.entries)
        assert all(0 <= each.size <= MOST_SIZE for each in found.entries)


# ── what becomes of it ────────────────────────────────────────────────────────────────────────────


def test_archives_in_archives_are_listed_each() -> None:
    inner = zipped([("foto.jpg", PHOTO)])
    found = parcel(mail(attachment(zipped([("b.zip", inner)]), "a.zip")))
    assert named(found, "a.zip").listing == listing(("b.zip", len(inner)))
    assert named(found, "b.zip").listing == listing(("foto.jpg", len(PHOTO)))


HELD = {
    "a bomb": ("foto.zip", BOMB),
    "a bomb under a document's name": ("naskah.docx", BOMB),
    "a document made to attack": ("naskah.docx", docx()),
}


@pytest.mark.parametrize(("name", "octets"), HELD.values(), ids=HELD)
def test_what_is_in_quarantine_has_its_names(name: str, octets: bytes) -> None:
    safety = Safety(max_unpacked=100)
    raw = mail(text("Terlampir naskah."), attachment(octets, name))
    found = examine(read_email(raw, "m", safety), Limits(safety=safety), budget=Budget(safety))
    assert found.decision == "quarantine"
    (judged,) = found.assessments
    of_documents = [each.listing for each in judged.submission.documents]
    (found_in,) = [*of_documents, *(each.listing for each in judged.submission.others)]
    assert found_in == listed(octets)
    assert found_in is not None
    assert len(found_in.entries) > 1


def test_an_archive_that_was_unpacked_has_its_names_too() -> None:
    raw = mail(text("Terlampir."), attachment(zipped([("naskah.docx", docx())]), "a.zip"))
    (judged,) = examine(read_email(raw, "m", Safety()), Limits()).assessments
    (other,) = judged.submission.others
    assert other.listing == listing(("naskah.docx", len(docx())))


def test_nothing_is_unpacked_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    assert listed(BOMB) is not None
