"""Mutants of real and made-up mails: whatever comes of them, a Parcel comes back and its files can
be loaded.

Seeded, so that a failure is found again; REDAKSI_FUZZ_SEED and REDAKSI_FUZZ_COUNT make a longer run
of it.
"""

import hashlib
import os
import random
import time
from pathlib import Path

from redaksi.arrival import Parcel
from tests.unit.read_mail.mails import (
    attachment,
    docx,
    mail,
    multipart,
    parcel,
    picture,
    text,
    winmail,
    zipped,
)

SEED = int(os.environ.get("REDAKSI_FUZZ_SEED", "4"))
COUNT = int(os.environ.get("REDAKSI_FUZZ_COUNT", "2000"))
SPICE = [
    b"--", b"--batas", b"--batas--", b"--dalam", b"\r", b"\n", b"\r\n\r\n", b"\0", b"=?utf-8?q?", b"?=", b'"', b";",
    b"\xff", b"(", b"<", b":", b"Content-Type: message/rfc822\r\n\r\n", b"Content-Transfer-Encoding: base64\r\n",
    b"PK\x03\x04", b"\x78\x9f\x3e\x22", b"multipart/mixed; boundary=batas", b"Pada 1.10 menulis:",
]  # fmt: skip


def made_up() -> list[bytes]:
    photo = picture(64, 48)
    inner = multipart(text("Foto 1. Warga"), attachment(photo, "foto.jpg"), boundary=b"dalam")
    alternative = multipart(
        text("isi"), text("<p>isi</p>", b"html"), kind=b"alternative", boundary=b"dalam"
    )
    return [
        mail(
            alternative,
            attachment(docx(), "naskah.docx"),
            attachment(photo, "foto é.jpg", b"image/jpeg"),
        ),
        mail(text("terus"), b"Content-Type: message/rfc822\r\n\r\nFrom: Budi <b@c.id>\r\n" + inner),
        mail(attachment(b"From: a@b.id\r\nDate: x\r\n" + inner, "a.eml", b"message/rfc822")),
        mail(
            attachment(zipped([("a.jpg", photo), ("b.zip", zipped([("c.docx", docx())]))]), "a.zip")
        ),
        mail(attachment(winmail(("naskah.docx", docx()), ("foto.jpg", photo)), "winmail.dat")),
    ]


def mutant(seed: bytes, chance: random.Random) -> bytes:
    octets = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(octets) + 1)
        match chance.randrange(6):
            case 0:
                octets[at:at] = chance.choice(SPICE)
            case 1:
                del octets[at : at + chance.randrange(1, 200)]
            case 2:
                octets[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                start = chance.randrange(len(octets) + 1)
                octets[at:at] = octets[start : start + chance.randrange(1, 400)]
            case 4:
                octets = octets[:at]
            case _:
                octets[at : at + 1] = bytes(ord("\n") ^ byte for byte in octets[at : at + 1])
    return bytes(octets)


def check(found: Parcel) -> None:
    assert found.mail is not None
    assert len({file.name.lower() for file in found.files}) == len(found.files)
    for file in found.files:
        octets = file.load()
        assert (len(octets), hashlib.sha256(octets).hexdigest()) == (file.size, file.sha256)


def judge(number: int, raw: bytes) -> None:
    """One mutant; a failure shows its number and its octets."""
    before = time.process_time()
    check(parcel(raw))
    assert time.process_time() - before < 2, f"mutant {number} of seed {SEED} is slow"


def storm(seeds: list[bytes]) -> None:
    chance = random.Random(SEED)
    for number in range(COUNT):
        judge(number, mutant(chance.choice(seeds), chance))


def test_mutants_of_mails_like_our_contributors_send() -> None:
    storm(made_up())


def test_mutants_of_the_corpus(corpus: Path) -> None:
    mails = [path.read_bytes() for path in sorted((corpus / "mail").rglob("*")) if path.is_file()]
    storm([raw for raw in mails if len(raw) < 100_000])


def test_every_mail_of_the_corpus_has_one_outcome(corpus: Path) -> None:
    for path in sorted((corpus / "mail").rglob("*")):
        if path.is_file():
            before = time.process_time()
            found = parcel(path.read_bytes())
            check(found)
            assert found.refused is None
            assert time.process_time() - before < 2, path.name
