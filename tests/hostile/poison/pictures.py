"""Tokens of pictures: segments, chunks, blocks, boxes, tags, records, properties; each in a whole
mail beside a document."""

import io
import struct
import zlib
from functools import cache

from PIL import Image

from tests.hostile.poison.reading import Case
from tests.unit.read_mail import mails


@cache
def make_jpeg(seed: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((160, 120), 40 + seed).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def with_segments(octets: bytes) -> bytes:
    return make_jpeg(1)[:2] + octets + make_jpeg(1)[2:]


def _directory(*entries: tuple[int, int, int, bytes], following: int = 0) -> bytes:
    table = struct.pack(">H", len(entries))
    behind, place = b"", 8 + 2 + 12 * len(entries) + 4
    for tag, form, count, value in entries:
        field = value.ljust(4, b"\0")
        if len(value) > 4:
            field = struct.pack(">I", place + len(behind))
            behind += value
        table += struct.pack(">HHI", tag, form, count) + field
    return b"MM\0*\0\0\0\x08" + table + struct.pack(">I", following) + behind


def _exif(*entries: tuple[int, int, int, bytes]) -> bytes:
    return _segment(0xE1, b"Exif\0\0" + _directory(*entries))


def with_exif_text(text: bytes) -> bytes:
    short = text[:60_000]
    return with_segments(_exif((0x10E, 2, len(short), short)))


def _xmp(inner: str) -> bytes:
    packet = f"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>{inner}"
    return _segment(0xE1, f"{packet}</rdf:RDF></x:xmpmeta>".encode()[:65_000])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@cache
def _saved(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((160, 120), 40).convert("RGB").save(out, kind)
    return out.getvalue()


def _png(chunks: bytes) -> bytes:
    whole = _saved("PNG")
    return whole[:33] + chunks + whole[33:]


def _box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def _nested(kind: bytes, deep: int) -> bytes:
    body = b""
    for _ in range(deep):
        body = _box(kind, bytes(4) + body)
    return body


def picture_cases(count: int) -> list[Case]:
    """Each token `count` times over, within a picture that is whole otherwise."""
    many = min(count, 10_000)
    jpegs = {
        "comments": _segment(0xFE, b"a") * count,
        "empty segments": _segment(0xE5, b"") * count,
        "exif": _exif((0x10E, 2, 4, b"foto")) * many,
        "xmp": _xmp("<dc:creator>a</dc:creator>") * (many // 10),
        "fill bytes": b"\xff" * count,
        "restarts": b"\xff\xd0" * count,
        "photoshop": _segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0") * many,
        "iptc datasets": _segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\x9c\x40" + b"\x1c\x02\x78\0\1a" * 6_000),
        "profiles": _segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(20)) * many,
        "pictures of cameras": _segment(0xE2, b"MPF\0" + _directory((0xB002, 7, 16, bytes(16)))) * many,
        "quantisation": _segment(0xDB, bytes(65)) * many,
        "frames": _segment(0xC0, bytes.fromhex("0800780 0a003011100021100031100".replace(" ", ""))) * many,
        "tags": _exif(*((0x9000 + n % 500, 2, 1, b"a") for n in range(5_000))),
        "nested properties": _xmp("<dc:creator>" * 200 + "<a/>" * 12_000 + "</dc:creator>" * 200),
        "properties": _xmp("<dc:creator/>" * 4_500),
        "attributes": _xmp("<rdf:Description " + " ".join(f"a{n}='x'" for n in range(5_000)) + "/>"),
    }  # fmt: skip
    pngs = {
        "text": _chunk(b"tEXt", b"Description\0a") * count,
        "empty chunks": _chunk(b"abCd", b"") * count,
        "compressed text": _chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 1_000)) * many,
        "empty data": _chunk(b"IDAT", b"") * count,
        "palettes": _chunk(b"PLTE", bytes(3)) * many,
        "exif": _chunk(b"eXIf", _directory((0x10E, 2, 4, b"foto"))) * many,
        "animation": _chunk(b"acTL", bytes(8)) * many,
        "headers": _chunk(b"IHDR", struct.pack(">IIBBBBB", 160, 120, 8, 2, 0, 0, 0)) * many,
    }
    gif = _saved("GIF")
    body = gif[13 + 768 :]
    gifs = {
        "frames": b"\x2c" + bytes(4) + struct.pack("<HH", 1, 1) + b"\0\2\2D\1\0",
        "extensions": b"!\xfe\1a\0",
        "empty extensions": b"!\xf9\0",
        "sub-blocks": b"\1a",
        "nothing": b"\0",
    }
    heads = gif[: 13 + 768]
    tiff = _saved("TIFF")
    boxes = {
        "free": _box(b"free") * count,
        "meta": _box(b"meta", bytes(4)) * count,
        "sizes": _box(b"meta", bytes(4) + _box(b"iprp", _box(b"ipco", _box(b"ispe", bytes(12)) * count))),
        "nested": _nested(b"meta", 500),
        "zero sizes": bytes(8 * count),
        "items": _box(b"meta", bytes(4) + _box(b"iinf", bytes(6) + _box(b"infe", bytes(12)) * many)),
    }  # fmt: skip
    riff = _saved("WEBP")
    found = [_beside(f"jpeg {name}", with_segments(each), "a.jpg") for name, each in jpegs.items()]
    found += [_beside(f"png {name}", _png(each), "a.png") for name, each in pngs.items()]
    found += [
        _beside(f"gif {name}", heads + each * count + body, "a.gif") for name, each in gifs.items()
    ]
    pages = b"".join(_tiff_page(8 + 6 + 18 * n) for n in range(many))
    found += [
        _beside("tiff circle", b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0xFE, 4, 1, 0, 1, 8), "a.tif"),
        _beside("tiff pages", b"MM\0*\0\0\0\x08" + pages, "a.tif"),
        _beside("tiff tags", _directory(*((n % 60_000, 3, 1, b"\0\1\0\0") for n in range(many))), "a.tif"),
        _beside("tiff tail", tiff + bytes(count), "a.tif"),
        _beside("webp chunks", riff[:12] + (b"EXIF\0\0\0\0" * count) + riff[12:], "a.webp"),
        _beside("webp tail", riff + b"XMP \2\0\0\0ab" * count, "a.webp"),
    ]  # fmt: skip
    found += [
        _beside(f"heif {name}", _box(b"ftyp", b"heic\0\0\0\0mif1heic") + each, "a.heic")
        for name, each in boxes.items()
    ]
    return found


def _tiff_page(following: int) -> bytes:
    return struct.pack(">HHHIHHI", 1, 0xFE, 4, 1, 0, 1, following)


def _beside(name: str, octets: bytes, file: str) -> Case:
    return Case(name, lambda: mails.mail(mails.text("x"), mails.attachment(octets, file)))
