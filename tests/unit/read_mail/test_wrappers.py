"""Mails in mails, zip archives and winmail.dat are entered; what is in them is counted once."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from redaksi.limits import MB, Safety
from redaksi.reasons import text_of
from tests.unit.read_mail.mails import (
    TOP,
    attachment,
    docx,
    mail,
    multipart,
    named,
    names,
    parcel,
    picture,
    text,
    winmail,
    zipped,
)

PHOTO = picture()
INNER = TOP.replace(b"Siti Aminah", b"Budi").replace(b"Kiriman", b"Naskah") + multipart(
    text("Foto 1. Warga"),
    attachment(docx(), "naskah.docx"),
    attachment(PHOTO, "foto.jpg"),
    boundary=b"dalam",
)


# ── forwarded mails ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=naskah.eml\r\n\r\n"
        + INNER,
        attachment(INNER, "naskah.eml", b"message/rfc822"),
        attachment(INNER, "naskah.eml"),
    ],
    ids=["as it is", "in base64", "as a file"],
)
def test_a_forwarded_mail_is_entered(part: bytes) -> None:
    found = parcel(mail(text("Mohon dimuat."), part))
    assert [
        (file.name, text_of(file.aside), file.origin, file.container) for file in found.files
    ] == [
        ("naskah.eml", "forwarded_mail", "attached", ""),
        ("naskah.docx", "", "forwarded", "naskah.eml"),
        ("foto.jpg", "", "forwarded", "naskah.eml"),
    ]
    assert named(found, "foto.jpg").load() == PHOTO
    assert found.mail is not None
    assert (found.mail.forwarded_from, found.mail.from_name) == ("Budi", "Siti Aminah")
    assert found.mail.text == "Mohon dimuat.\n\nFoto 1. Warga"


def test_a_mail_forwarded_twice_names_its_first_author() -> None:
    twice = TOP + mail(text("terus"), attachment(INNER, "dalam.eml", b"message/rfc822"), top=b"")
    found = parcel(mail(attachment(twice, "luar.eml", b"message/rfc822")))
    assert names(found) == ["luar.eml", "dalam.eml", "naskah.docx", "foto.jpg"]
    assert found.mail is not None
    assert found.mail.forwarded_from == "Budi"


def test_mails_nested_without_end_are_refused_at_a_depth() -> None:
    raw = INNER
    for number in range(8):
        raw = TOP + mail(attachment(raw, f"{number}.eml", b"message/rfc822"), top=b"")
    assert [text_of(file.refused) for file in parcel(raw).files if file.refused] == [
        "forwards_depth"
    ]


# ── zip ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_archive_is_unpacked_and_set_aside() -> None:
    found = parcel(
        mail(
            attachment(
                zipped([("a/", b""), ("a/foto.jpg", PHOTO), ("naskah.docx", docx())]), "kiriman.zip"
            )
        )
    )
    assert [
        (file.name, file.kind, text_of(file.aside), file.origin, file.container)
        for file in found.files
    ] == [
        ("kiriman.zip", "zip", "unpacked_archive", "attached", ""),
        ("foto.jpg", "jpeg", "", "archive", "kiriman.zip/a"),
        ("naskah.docx", "docx", "", "archive", "kiriman.zip"),
    ]
    assert named(found, "foto.jpg").load() == PHOTO


def test_a_zip_in_a_zip_is_unpacked_and_one_deeper_is_not() -> None:
    third = zipped([("foto.jpg", PHOTO)])
    found = parcel(
        mail(attachment(zipped([("b.zip", zipped([("c.zip", third), ("d.jpg", PHOTO)]))]), "a.zip"))
    )
    assert [(file.name, text_of(file.aside), text_of(file.refused)) for file in found.files] == [
        ("a.zip", "unpacked_archive", ""),
        ("b.zip", "unpacked_archive", ""),
        ("c.zip", "", "archive_depth"),
        ("d.jpg", "", ""),
    ]
    assert named(found, "d.jpg").load() == PHOTO


def test_a_word_document_is_not_unpacked() -> None:
    assert names(parcel(mail(attachment(docx(), "naskah.docx")))) == ["naskah.docx"]


def test_what_macos_puts_into_archives_is_set_aside() -> None:
    found = parcel(
        mail(
            attachment(
                zipped(
                    [("f.jpg", PHOTO), ("__MACOSX/._f.jpg", b"\0\5\x16\7"), (".DS_Store", b"x")]
                ),
                "a.zip",
            )
        )
    )
    assert [text_of(file.aside) for file in found.files] == [
        "unpacked_archive",
        "",
        "system_file",
        "system_file",
    ]


def test_member_names_are_cleaned_and_read_as_utf8_without_the_flag() -> None:
    octets = zipped([("../../é.jpg", PHOTO)])
    # clear the flag where it stands
    octets = octets.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    found = parcel(
        mail(attachment(zipped([("../../etc/a.jpg", PHOTO)]), "a.zip"), attachment(octets, "b.zip"))
    )
    assert names(found) == ["a.zip", "a.jpg", "b.zip", "é.jpg"]


def _encrypted() -> bytes:
    octets = bytearray(zipped([("foto.jpg", PHOTO)]))
    octets[6] |= 1
    octets[octets.index(b"PK\x01\x02") + 8] |= 1
    return bytes(octets)


SMALL = Safety(max_archive_files=5, max_unpacked=4 * MB)


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (_encrypted(), "archive_encrypted"),
        (zipped([("foto.jpg", PHOTO)])[:-30], "archive_damaged"),
        (zipped([("foto.jpg", PHOTO)], zipfile.ZIP_LZMA), 'archive_method {"method": "14"}'),
        (zipped([("a.jpg", bytes(3 * MB))]), 'archive_ratio_limit {"most": "250"}'),
        (
            zipped([(f"{n}.jpg", bytes(MB - 1)) for n in range(5)]),
            'archive_size_limit {"most": "4"}',
        ),
        (zipped([(f"{n}.jpg", b"") for n in range(6)]), 'archive_files_limit {"most": "5"}'),
        (zipped([(f"{n}.jpg", b"") for n in range(3000)]), 'archive_files_limit {"most": "5"}'),
    ],
    ids=["encrypted", "cut", "lzma", "ratio", "total", "six files", "3,000 files"],
)
def test_an_archive_that_cannot_or_must_not_be_opened_is_one_file_with_the_reason(
    octets: bytes, reason: str
) -> None:
    (file,) = parcel(mail(attachment(octets, "kiriman.zip")), SMALL).files
    assert (file.kind, text_of(file.refused), text_of(file.aside)) == ("zip", reason, "")


def test_a_damaged_member_does_not_hide_the_others() -> None:
    octets = zipped([("a.jpg", PHOTO), ("b.jpg", PHOTO)], zipfile.ZIP_STORED).replace(
        PHOTO[600:640], bytes(40), 1
    )
    found = parcel(mail(attachment(octets, "kiriman.zip")))
    assert [(file.name, text_of(file.refused)) for file in found.files] == [
        ("kiriman.zip", ""),
        ("a.jpg", "damaged_in_archive"),
        ("b.jpg", ""),
    ]
    assert [file.size for file in found.files[1:]] == [len(file.load()) for file in found.files[1:]]


def test_a_directory_that_lies_about_sizes_unpacks_to_no_more_than_it_says() -> None:
    octets = bytearray(zipped([("a.jpg", bytes(50 * MB))]))
    at = octets.index(b"PK\x01\x02") + 24
    octets[at : at + 4] = (1000).to_bytes(4, "little")
    raw = mail(attachment(bytes(octets), "kiriman.zip"))
    tracemalloc.start()
    try:
        (_, file) = parcel(raw).files
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (text_of(file.refused), file.size) == ("damaged_in_archive", 0)
    assert peak < 5 * MB


def test_several_archives_share_one_bound() -> None:
    one = zipped([(f"{n}.jpg", b"x") for n in range(3)])
    found = parcel(mail(attachment(one, "a.zip"), attachment(one, "b.zip")), SMALL)
    assert [text_of(file.refused) for file in found.files if file.refused] == [
        'archive_files_limit {"most": "5"}'
    ]


# ── winmail.dat ───────────────────────────────────────────────────────────────────────────────────


def test_winmail_is_unpacked_under_the_long_names() -> None:
    octets = winmail(("naskah banjir.docx", docx()), ("foto é.jpg", PHOTO))
    found = parcel(mail(text("isi"), attachment(octets, "winmail.dat", b"application/ms-tnef")))
    assert [
        (file.name, file.kind, text_of(file.aside), file.container) for file in found.files
    ] == [
        ("winmail.dat", "tnef", "unpacked_winmail", ""),
        ("naskah banjir.docx", "docx", "", "winmail.dat"),
        ("foto é.jpg", "jpeg", "", "winmail.dat"),
    ]
    assert named(found, "foto é.jpg").load() == PHOTO


def test_winmail_that_is_cut_is_refused() -> None:
    (file,) = parcel(mail(attachment(winmail(("foto.jpg", PHOTO))[:-200], "winmail.dat"))).files
    assert text_of(file.refused) == "winmail_cut"


def test_an_archive_in_memory_is_not_changed_by_being_read() -> None:
    octets = zipped([("foto.jpg", PHOTO)])
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert (
            archive.read("foto.jpg")
            == named(parcel(mail(attachment(octets, "a.zip"))), "foto.jpg").load()
        )


# ── files of a Macintosh in one stream ────────────────────────────────────────────────────────────


def apple_single(octets: bytes, *, order: tuple[int, ...] = (3, 1), cut: int = 0) -> bytes:
    """RFC 1740: the entries in `order`; `cut` octets of the last are gone."""
    entries = {1: octets, 2: b"sumber daya", 3: b"Naskah Desa.docx", 9: bytes(32)}
    start = 26 + 12 * len(order)
    head = struct.pack(">II16sH", 0x00051600, 0x00020000, bytes(16), len(order))
    body = b""
    for ident in order:
        head += struct.pack(">III", ident, start + len(body), len(entries[ident]))
        body += entries[ident]
    whole = head + body
    return whole[: len(whole) - cut]


@pytest.mark.parametrize("order", [(3, 1), (1, 3), (1,), (9, 3, 2, 1), (2, 1, 9)])
@pytest.mark.parametrize("kind", [b"application/applefile", b"application/octet-stream"])
def test_the_file_itself_is_taken_out_of_apples_stream(kind: bytes, order: tuple[int, ...]) -> None:
    part = attachment(apple_single(PHOTO, order=order), "foto.jpg", kind)
    found = named(parcel(mail(text("Isi."), part)), "foto.jpg")
    assert (found.kind, found.aside, found.load()) == ("jpeg", None, PHOTO)


@pytest.mark.parametrize(
    "octets",
    [
        apple_single(PHOTO, order=(3, 9)),
        apple_single(PHOTO, cut=10),
        apple_single(PHOTO)[:30],
        apple_single(b""),
        apple_single(PHOTO)[:20],
    ],
    ids=["no data", "cut", "cut in the entries", "empty", "cut in the head"],
)
def test_a_stream_without_it_stands_as_it_is(octets: bytes) -> None:
    found = parcel(mail(text("Isi."), attachment(octets, "foto.jpg")))
    assert [file.size for file in found.files] == [len(octets)]
