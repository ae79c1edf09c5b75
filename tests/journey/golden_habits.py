"""Golden mails with the habits of offices: what lies beside the article, how captions are told."""

import io
from collections.abc import Iterator

from PIL import Image

from tests.journey.golden import (
    DEWI,
    HELLO,
    SITI,
    TOLD,
    Expected,
    Golden,
    fine,
    named,
    naskah,
    shots,
    told,
)
from tests.journey.golden_documents import BODY, NAMES, photos
from tests.journey.golden_files import docx, para, photo, table, zipped
from tests.journey.golden_mime import attached, html, letter, multi, part, plain
from tests.journey.golden_photos import open_order
from tests.journey.golden_programs import simple


def goldens() -> Iterator[Golden]:
    """All of them."""
    yield from _beside()
    yield from _without_text()
    yield from _ornaments()
    yield from _captions()


def paper(*captions: str) -> bytes:
    """A good article with captions by name."""
    return attached("Naskah.docx", naskah("Wonosari", named(*captions)))


def _beside() -> Iterator[Golden]:
    good = naskah("Wonosari", named(*NAMES))
    whole = fine(*NAMES, document="Naskah.docx")
    owner = bytes([5]) + b"Siti ".ljust(54, b"\0") + "Siti".encode("utf-16le").ljust(107, b"\0")
    expected = whole | {"others": {"~$askah.docx": {}}}
    yield simple(
        "word-owner-file-beside",
        expected,
        attached("Naskah.docx", good),
        attached("~$askah.docx", owner),
        *photos(120),
    )
    sheet = zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": b"<workbook/>",
            "_rels/.rels": b"<Relationships/>",
        }
    )
    expected = whole | {"others": {"Anggaran.xlsx": {"kind": "xlsx"}}}
    yield simple(
        "spreadsheet-beside",
        expected,
        attached("Naskah.docx", good),
        attached("Anggaran.xlsx", sheet),
        *photos(120),
    )
    # The same bytes twice: every stream is told, the article is one.
    expected = {
        "decision": "accept",
        "findings": [],
        "photos": whole["photos"],
        "submissions": [{"photos": list(NAMES)}],
    }
    yield simple(
        "same-docx-twice",
        expected,
        attached("Naskah.docx", good),
        attached("Naskah (1).docx", good),
        *photos(122),
    )
    expected = {"decision": "accept", "findings": [], "documents": whole["documents"]}
    twice = [attached(n, c) for n, c in shots(NAMES[0], seed=124)] + [
        attached("IMG_4001 (1).jpg", shots(NAMES[0], seed=124)[0][1])
    ]
    yield simple(
        "same-photo-twice",
        expected,
        attached("Naskah.docx", naskah("Wonosari", named(NAMES[0]))),
        *twice,
    )

    inline = attached(*shots(NAMES[0], seed=124)[0], how="inline")
    yield simple(
        "same-photo-shown-and-attached",
        fine(NAMES[0], document="Naskah.docx", origin="", others=[{"kind": "jpeg"}]),
        inline,
        attached("Naskah.docx", naskah("Wonosari", named(NAMES[0]))),
        attached(*shots(NAMES[0], seed=124)[0]),
    )
    captions = docx([para("Keterangan Foto"), *(para(line) for line in named(*NAMES))])
    expected = {
        "mail": {"kind": "normal"},
        "findings": [],
        "photos": {n: told(i) for i, n in enumerate(NAMES)},
        "submissions": [{"document": "Naskah.docx"}],
    }
    yield simple(
        "captions-in-a-docx-of-their-own",
        expected,
        attached("Naskah.docx", naskah("Wonosari")),
        attached("Keterangan foto.docx", captions),
        *photos(126),
    )
    text = "\r\n".join(named(*NAMES)).encode()
    listed = part(
        [
            ("Content-Type", 'text/plain; charset=utf-8; name="keterangan.txt"'),
            ("Content-Disposition", 'attachment; filename="keterangan.txt"'),
        ],
        text,
    )
    expected = {**whole, "photos": {n: told(i) for i, n in enumerate(NAMES)}}
    yield simple(
        "captions-in-a-text-file",
        open_order(expected),
        attached("Naskah.docx", naskah("Wonosari")),
        listed,
        *photos(128),
    )


def _without_text() -> Iterator[Golden]:
    # Nothing to judge: "when a file cannot be judged, an editor judges". An acceptance would be
    # absurd, a finding untrue.
    expected: Expected = {
        "decision": "review",
        "answer": {"send": False},
        "documents": {"Naskah.docx": {"characters": 0}},
    }
    expected["photos"] = {n: told(i) for i, n in enumerate(NAMES)}
    yield simple(
        "docx-without-a-word", expected, attached("Naskah.docx", docx([])), *photos(134), text=BODY
    )


def _ornaments() -> Iterator[Golden]:
    def sig(name: str, size: tuple[int, int], kind: str, shown: str) -> Golden:
        cid = f"{shown}@01DC57A2.1"
        page = f'<p>Terlampir.</p><p>Salam<br><img src="cid:{cid}"></p>'
        logo = attached(
            shown, photo(*size, 130, kind), how="inline", more=[("Content-ID", f"<{cid}>")]
        )
        related = multi(
            "related", [multi("alternative", [plain(HELLO), html(page)], "o1"), logo], "o2"
        )
        body = multi(
            "mixed", [related, paper(NAMES[0]), attached(*shots(NAMES[0], seed=131)[0])], "o3"
        )
        expected = fine(NAMES[0], document="Naskah.docx", others={shown: {"why": "signature_logo"}})
        return Golden(name=name, raw=letter(DEWI, "Warta", body, stamp=name), expected=expected)

    yield sig("signature-banner", (640, 120), "PNG", "image001.png")
    yield sig("signature-social-icon", (32, 32), "PNG", "facebook.png")
    pixel = io.BytesIO()
    Image.new("P", (1, 1)).save(pixel, "GIF")
    page = f'<p>{HELLO}</p><img src="cid:px"><img src="https://lacak.example/o.gif">'
    dot = attached(
        "o.gif", pixel.getvalue(), declared="image/gif", how="inline", more=[("Content-ID", "<px>")]
    )
    body = multi(
        "mixed",
        [
            multi("related", [html(page), dot], "p1"),
            paper(NAMES[0]),
            attached(*shots(NAMES[0], seed=132)[0]),
        ],
        "p2",
    )
    yield Golden(
        name="tracking-pixel",
        raw=letter(SITI, "Warta", body, stamp="px"),
        expected=fine(NAMES[0], document="Naskah.docx", others={"o.gif": {}}),
    )
    # A real photo pasted into Outlook is called image001.jpg too.
    cid = "image001.jpg@01DC57A2.2"
    big = attached(
        "image001.jpg", photo(1600, 1200, 133), how="inline", more=[("Content-ID", f"<{cid}>")]
    )
    body = multi(
        "mixed",
        [
            multi("related", [html(f'<p>Terlampir.</p><img src="cid:{cid}">'), big], "q1"),
            paper("image001.jpg"),
        ],
        "q2",
    )
    expected = fine("image001.jpg", document="Naskah.docx", origin="inline")
    yield Golden(
        name="outlook-pasted-photo-named-image001",
        raw=letter(SITI, "Warta", body, stamp="pst"),
        expected=expected,
    )


def _captions() -> Iterator[Golden]:
    plain_doc = attached("Naskah.docx", naskah("Wonosari"))
    whole = fine(*NAMES, document="Naskah.docx")

    def typed(
        name: str,
        text: str,
        *,
        certain: bool = True,
        names: tuple[str, ...] = NAMES,
        seed: int = 140,
    ) -> Golden:
        files = [attached(n, c) for n, c in shots(*names, seed=seed)]
        expected = fine(*names, document="Naskah.docx")
        return simple(
            name, expected if certain else open_order(expected), plain_doc, *files, text=text
        )

    def loose(name: str, text: str, *, names: tuple[str, ...]) -> Golden:
        files = [attached(n, c) for n, c in shots(*names, seed=148)]
        expected = open_order(fine(*names, document="Naskah.docx"))
        expected["photos"] = {
            n: {"caption": {"any": [{"text": t}, {"text": f"{n[:-4].lower()}: {t}"}]}}
            for n, t in zip(names, TOLD, strict=False)
        }
        return simple(name, expected, plain_doc, *files, text=text)

    yield typed(
        "captions-bulleted-in-the-body",
        f"Yth. Redaksi\n\nKeterangan foto:\n- IMG_4001.jpg : {TOLD[0]}\n- IMG_4002.jpg : {TOLD[1]}\n\nTerima kasih\n",
    )
    yield typed(
        "captions-under-their-names",
        f"Halo,\n\nIMG_4001.jpg\n{TOLD[0]}\n\nIMG_4002.jpg\n{TOLD[1]}\n\nSalam\n",
    )
    yield typed(
        "captions-numbered-names",
        f"Halo,\n\n1. IMG_4001.jpg = {TOLD[0]}\n2. IMG_4002.jpg = {TOLD[1]}\n\nSalam\n",
        seed=142,
    )
    yield typed(
        "captions-name-in-brackets",
        f"Halo,\n\nFoto 1 (IMG_4001.jpg): {TOLD[0]}\nFoto 2 (IMG_4002.jpg): {TOLD[1]}\n\nSalam\n",
        seed=142,
    )
    yield typed(
        "captions-gambar",
        f"Halo,\n\nGambar 1: {TOLD[0]}\nGambar 2: {TOLD[1]}\n\nSalam\n",
        certain=False,
        names=("Gambar 1.jpg", "Gambar 2.jpg"),
    )
    yield typed(
        "caption-of-the-only-photo",
        f"Halo,\n\nKeterangan foto: {TOLD[0]}\n\nSalam\n",
        certain=False,
        names=("jalan.jpg",),
    )
    # Whether "jembatan:" belongs to the caption's words is not said; whose caption it is, is.
    yield loose(
        "captions-by-names-without-ending",
        f"Halo,\n\nKeterangan foto:\njembatan: {TOLD[0]}\nsarapan: {TOLD[1]}\n\nSalam\n",
        names=("Jembatan.jpg", "Sarapan.jpg"),
    )
    yield typed(
        "captions-dashed-names",
        f"Halo,\n\nJembatan Baru.jpg - {TOLD[0]}\nSarapan – pagi.jpg – {TOLD[1]}\n\nSalam\n",
        names=("Jembatan Baru.jpg", "Sarapan – pagi.jpg"),
    )
    yield typed(
        "captions-spaces-for-underscores",
        f"Halo,\n\nJembatan baru.jpg: {TOLD[0]}\nsarapan pagi.jpg: {TOLD[1]}\n\nSalam\n",
        names=("Jembatan_baru.jpg", "sarapan_pagi.jpg"),
        certain=False,
    )

    a, b = NAMES
    yield typed(
        "captions-behind-bold-names",
        f"Halo,\n\n*{a}*: {TOLD[0]}\n*{b}:* {TOLD[1]}\n\nSalam\n",
        seed=160,
    )
    yield typed(
        "captions-behind-arrows", f"Halo,\n\n{a} -> {TOLD[0]}\n{b} → {TOLD[1]}\n\nSalam\n", seed=160
    )
    yield typed(
        "captions-behind-a-space", f"Halo,\n\n{a} {TOLD[0]}\n{b} {TOLD[1]}\n\nSalam\n", seed=160
    )
    one = fine(a, document="Naskah.docx")
    one["photos"] = {n: told(0) for n in NAMES}
    yield simple(
        "one-caption-for-two-names",
        one,
        plain_doc,
        *photos(160),
        text=f"Halo,\n\n{a} dan {b}: {TOLD[0]}\n\nSalam\n",
    )

    cells = [
        [para(n), para(t)]
        for n, t in zip(("Nama berkas", *NAMES), ("Keterangan foto", *TOLD), strict=False)
    ]
    texts = [para(p) for p in set_texts()]
    tabled = docx(
        [
            para("Warga Wonosari Bangun Saluran Air", align="center"),
            *texts,
            para("Penulis: Rahmawati, Askot"),
            table(*cells),
        ]
    )
    yield simple(
        "captions-in-a-table", open_order(whole), attached("Naskah.docx", tabled), *photos(144)
    )

    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = TOLD[0]
    Image.open(io.BytesIO(photo(1024, 768, 146))).save(out, "JPEG", quality=30, exif=exif)
    expected = fine("DSC_7001.jpg", document="Naskah.docx")
    expected["photos"]["DSC_7001.jpg"]["caption"] = {"text": TOLD[0], "source": "metadata"}
    yield simple(
        "caption-in-the-photo-itself",
        open_order(expected),
        plain_doc,
        attached("DSC_7001.jpg", out.getvalue()),
    )


def set_texts() -> list[str]:
    """An article's paragraphs."""
    from desk.demo.texts import article  # noqa: PLC0415

    return article("Wonosari", "membangun saluran air")
