"""40 sets of files as people hand them in, cheap to read, each with what was written beside it."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from msgspec import Struct

from desk.demo.makers import legacy_doc, locked, pdf, photo, word
from desk.demo.texts import article
from desk.inbound.take_in import TakenFile

TITLE = "Warga Talise Membangun Jalan Lingkungan"
CAPTION = "Warga meratakan beton di lorong."
WIDE, TALL, SMALL = photo(1280, 960, 1), photo(960, 1280, 2), photo(400, 300, 3)
PNG = photo(1100, 800, 4, kind="PNG")


class FileSet(Struct, frozen=True, kw_only=True):
    """What is handed in."""

    name: str
    files: tuple[TakenFile, ...]
    text: str = "Yth. Redaksi, terlampir kiriman kami."


def make_sets() -> tuple[FileSet, ...]:
    """Forty of them."""
    return (*_documents(), *_photos(), *_captions(), *_names(), *_others())


def _write(*, title: str = TITLE, byline: str = "Andi, Tim 02 Palu", **how: object) -> bytes:
    text = article("Talise", "membangun jalan lingkungan", 1)
    return word(title, text, byline=byline, **how)  # type: ignore[arg-type]


GOOD = _write(captions=[f"IMG_1.jpg: {CAPTION}"])


def _make(name: str, files: Sequence[tuple[str, bytes]], text: str | None = None) -> FileSet:
    taken = tuple(TakenFile(name=called, content=content) for called, content in files)
    return (
        FileSet(name=name, files=taken)
        if text is None
        else FileSet(name=name, files=taken, text=text)
    )


def _pack(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _documents() -> Iterator[FileSet]:
    yield _make("an article and a photo", [("Naskah.docx", GOOD), ("IMG_1.jpg", WIDE)])
    yield _make("an article alone", [("Naskah.docx", GOOD)])
    yield _make("no byline", [("Naskah.docx", _write(byline="")), ("IMG_1.jpg", WIDE)])
    yield _make("another font", [("Naskah.docx", _write(font="Calibri", points=11))])
    yield _make("double spacing", [("Naskah.docx", _write(lines=2.0))])
    yield _make("photos inside", [("Naskah.docx", _write(pictures=[WIDE]))])
    yield _make("a .doc", [("Naskah lama.doc", legacy_doc()), ("Foto 1.jpg", WIDE)])
    yield _make("a .doc that is a .docx", [("Naskah.doc", GOOD)])
    yield _make("a .docx that is a .doc", [("Naskah.docx", legacy_doc())])
    yield _make("locked", [("Naskah.docx", locked()), ("IMG_1.jpg", WIDE)])
    yield _make("broken", [("Naskah.docx", GOOD[:4000])])
    yield _make("empty", [("Naskah.docx", b""), ("IMG_1.jpg", WIDE)])
    yield _make("a PDF", [("Naskah.pdf", pdf())])
    two = _write(title="Kaum Ibu Menanam Sayur di Talise")
    yield _make("two articles", [("Satu.docx", GOOD), ("Dua.docx", two)])
    yield _make("the same twice", [("Naskah.docx", GOOD), ("Naskah (1).docx", GOOD)])


def _photos() -> Iterator[FileSet]:
    yield _make("photos alone", [("IMG_1.jpg", WIDE), ("IMG_2.jpg", TALL)])
    yield _make("too small", [("Naskah.docx", GOOD), ("IMG_1.jpg", SMALL)])
    yield _make("a PNG", [("Naskah.docx", GOOD), ("IMG_1.png", PNG)])
    yield _make("a PNG called JPEG", [("Naskah.docx", GOOD), ("IMG_1.jpg", PNG)])
    yield _make("cut short", [("Naskah.docx", GOOD), ("IMG_1.jpg", WIDE[: len(WIDE) // 2])])
    yield _make("one twice", [("IMG_1.jpg", WIDE), ("IMG_1 (1).jpg", WIDE)])
    yield _make("of one name", [("foto.jpg", WIDE), ("foto.jpg", TALL)])


def _captions() -> Iterator[FileSet]:
    bare = ("Naskah.docx", _write())
    shots = [("IMG_1.jpg", WIDE), ("IMG_2.jpg", TALL)]
    by_name = f"IMG_1.jpg: {CAPTION}\nIMG_2.jpg: Kaum ibu menyiapkan makan siang."
    yield _make("captions by name", [bare, *shots], by_name)
    yield _make(
        "captions by number", [bare, *shots], f"Foto 1: {CAPTION}\nFoto 2: Kaum ibu memasak."
    )
    yield _make("one for all", [bare, *shots], f"Semua foto: {CAPTION}")
    yield _make("captions in a text file", [bare, *shots, ("keterangan.txt", by_name.encode())])
    yield _make("captions that are names", [bare, (f"{CAPTION}jpg", WIDE)])


def _names() -> Iterator[FileSet]:
    yield _make(
        "blanks and accents", [("Naskah Désa (final) v2.docx", GOOD), ("Foto ke-1.JPG", WIDE)]
    )
    yield _make("no extension", [("naskah", GOOD), ("foto", WIDE)])
    yield _make("other letters", [("قصة.docx", GOOD), ("写真.jpg", WIDE)])
    yield _make("a long one", [(f"{'Naskah ' * 25}.docx", GOOD), ("IMG_1.jpg", WIDE)])
    yield _make("signs", [("Naskah; 50%, #1 & 'baru'.docx", GOOD), ("IMG_1.jpg", WIDE)])


def _others() -> Iterator[FileSet]:
    yield _make("a zip", [("kiriman.zip", _pack(("Naskah.docx", GOOD), ("IMG_1.jpg", WIDE)))])
    inner = _pack(("IMG_1.jpg", WIDE))
    yield _make(
        "a zip in a zip", [("kiriman.zip", _pack(("Naskah.docx", GOOD), ("foto.zip", inner)))]
    )
    yield _make("a zip beside", [("Naskah.docx", GOOD), ("foto.zip", inner)])
    yield _make("a program", [("Naskah.docx", GOOD), ("pasang.exe", b"MZ" + bytes(3000))])
    yield _make(
        "a film", [("Naskah.docx", GOOD), ("IMG_1.mp4", b"\0\0\0\x18ftypmp42" + bytes(400))]
    )
    yield _make(
        "a link", [("Naskah.docx", GOOD)], "Fotonya: https://drive.google.com/drive/folders/1AbC"
    )
    yield _make("words alone", [], "Kata Pak RW, fotonya menyusul.")
    yield _make(
        "typed", [], "\n\n".join([TITLE, *article("Talise", "membangun jalan", 1), "Penulis: Andi"])
    )
