"""Mails that cost their reader much and their sender nothing, made here. Those of one kind differ by
a number, so that none is the same mail again."""

import io
import zipfile
from collections.abc import Sequence
from functools import partial

from PIL import Image

from desk.demo.makers import mail, word
from redaksi.limits import MB
from tests.unit.read_photo.pictures import box, heif

SENDER = ("Penyerang", "penyerang@x.example")
FILES = 59  # one below the most of a mail
SIDE = 7680  # pixels: 59 megapixels, one below the most of a picture


def make_webp(shade: int, side: int = SIDE) -> bytes:
    """A lossless WebP of one colour: 38 bytes, whatever its size. Encoded small, then its header
    tells the size wanted (WebP Lossless Bitstream Specification, 3)."""
    out = io.BytesIO()
    small = Image.new("RGB", (16, 16), (shade % 256, shade * 7 % 256, 60))
    small.save(out, "WEBP", lossless=True, quality=0, method=0)
    octets = bytearray(out.getvalue())
    at = octets.index(b"VP8L") + 9
    beyond = int.from_bytes(octets[at : at + 4], "little") >> 28
    octets[at : at + 4] = (beyond << 28 | (side - 1) << 14 | side - 1).to_bytes(4, "little")
    return bytes(octets)


def make_heics(width: int, height: int, count: int = FILES) -> list[tuple[str, bytes]]:
    """One photo by a phone, so many times; no two are the same bytes."""
    whole = heif(Image.new("RGB", (width, height), (90, 120, 60)))
    return [
        (f"IMG_{n}.HEIC", whole + box(b"free", n.to_bytes(4, "big"))) for n in range(1, count + 1)
    ]


def make_zip(number: int, files: int = 190) -> bytes:
    """Heads of photos with a megabyte of nothing behind: 500 times its size, unpacked."""
    out = io.BytesIO()
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for each in range(files):
            unique = head + b"%d %d" % (number, each)
            package.writestr(f"foto-{each}.jpg", unique.ljust(MB - 1, b"\0"))
    return out.getvalue()


def make_wordy(paragraphs: int = 19_000, characters: int = 9_000) -> bytes:
    """A .docx whose text is 180 MB, below each limit that a document has by itself: its paragraphs
    differ enough not to be a bomb by their ratio."""
    line = " ".join(f"{n * 7919 % 9973:x} kata" for n in range(characters // 9))
    lines = [line[turn:] + line[:turn] for turn in range(0, 640, 40)]
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word("Judul", ["Isi."]))) as sound,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
    ):
        whole = sound.read("word/document.xml")
        head, paragraph, tail = whole.partition(b"<w:body>")
        for name in sound.namelist():
            if name != "word/document.xml":
                package.writestr(zipfile.ZipInfo(name), sound.read(name))
        entry = zipfile.ZipInfo("word/document.xml")
        entry.compress_type = zipfile.ZIP_DEFLATED
        with package.open(entry, "w") as part:
            part.write(head + paragraph)
            for number in range(paragraphs):
                text = f"{number} {lines[number % len(lines)]}"
                part.write(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode())
            part.write(tail)
    return out.getvalue()


def send_files(subject: str, files: Sequence[tuple[str, bytes]]) -> bytes:
    return mail(SENDER, subject, "Terlampir.\n", files)


def send_webps(number: int) -> bytes:
    files = [(f"foto-{n}.webp", make_webp(number * FILES + n)) for n in range(FILES)]
    return send_files(f"Foto {number}", files)


def send_zip(number: int) -> bytes:
    return send_files(f"Arsip {number}", [("foto.zip", make_zip(number))])


def send_bullets(number: int) -> bytes:
    return mail(SENDER, f"Naskah {number}", f"{number}\n{'- ' * 992}\n")


def send_slow(number: int, pictures: int = 20) -> bytes:
    """Within every budget of a mail, and as slow as that allows: 500 megapixels are decoded."""
    files = [(f"foto-{n}.webp", make_webp(number * FILES + n, 5000)) for n in range(pictures)]
    return send_files(f"Lambat {number}", files)


def make_costly(count: int, pictures: int = 20) -> list[bytes]:
    """So many mails of one sender, of each kind in turn; `pictures` in a slow one."""
    kinds = (send_webps, send_zip, send_bullets, partial(send_slow, pictures=pictures))
    return [kinds[number % len(kinds)](number) for number in range(count)]
