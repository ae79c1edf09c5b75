"""Golden mails by the program that wrote them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from tests.journey.golden import (
    BUDI,
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
from tests.journey.golden_files import heic, photo, tnef
from tests.journey.golden_mime import (
    DOCX,
    attached,
    both,
    gmail_file,
    html,
    letter,
    multi,
    part,
    plain,
)


def goldens() -> Iterator[Golden]:
    """All of them."""
    yield from _gmail()
    yield from _apple()
    yield from _outlook()


def simple(
    name: str,
    expected: Expected,
    *parts: bytes,
    text: str = HELLO,
    sender: str = SITI,
    subject: str = "Naskah Warta",
    **more: Any,
) -> Golden:
    """Thunderbird's shape: multipart/mixed of a text and attachments."""
    body = multi("mixed", [plain(text), *parts], "------------0kQ7")
    return Golden(
        name=name, raw=letter(sender, subject, body, stamp=name, **more), expected=expected
    )


def _gmail() -> Iterator[Golden]:
    names = ("IMG_2041.jpg", "IMG_2042.jpg")
    files = [
        gmail_file("Warta Siantan Hulu.docx", naskah("Siantan Hulu", named(*names)), "f_mhx0a1")
    ]
    files += [gmail_file(n, c, f"f_mhx0b{i}") for i, (n, c) in enumerate(shots(*names))]
    body = multi("mixed", [both(HELLO, "000000000000a1b2"), *files], "000000000000a1b2c3")
    raw = letter(SITI, "Naskah Warta Siantan Hulu", body, stamp="CAFx1")
    expected = fine(*names, document="Warta Siantan Hulu.docx")
    expected["mail"] |= {
        "from": "siti.aminah@surel.example",
        "name": "Siti Aminah",
        "subject": "Naskah Warta Siantan Hulu",
    }
    expected["mail"] |= {
        "date": "2026-11-16T09:14:05+07:00",
        "message_id": "<CAFx1@mail.surel.example>",
    }
    expected["answer"] = {**expected["answer"], "to": "siti.aminah@surel.example"}
    expected["documents"]["Warta Siantan Hulu.docx"] |= {
        "title": "Warga Siantan Hulu Bangun Saluran Air",
        "byline": {"name": "Rahmawati", "role": "Fasilitator Sosial"},
    }
    expected["submissions"] = [
        {"decision": "accept", "document": "Warta Siantan Hulu.docx", "photos": list(names)}
    ]
    yield Golden(name="gmail-web", raw=raw, expected=expected)

    names = ("IMG_20261115_081233.jpg", "IMG_20261115_083010.jpg")
    pasted = '<div dir="auto">' + HELLO.replace("\n", "<br>")
    pasted += (
        "".join(f'<img src="cid:ii_19a{i}" alt="{n}" width="512">' for i, n in enumerate(names))
        + "</div>"
    )
    alternative = multi(
        "alternative",
        [plain(HELLO + "".join(f"[image: {n}]\n" for n in names)), html(pasted)],
        "0000alt",
    )
    images = [
        attached(
            n,
            c,
            how="inline",
            more=[("Content-ID", f"<ii_19a{i}>"), ("X-Attachment-Id", f"ii_19a{i}")],
        )
        for i, (n, c) in enumerate(shots(*names, seed=4))
    ]
    related = multi("related", [alternative, *images], "0000rel")
    body = multi(
        "mixed",
        [related, gmail_file("Talise.docx", naskah("Talise", named(*names)), "f_9")],
        "0000mix",
    )
    expected = fine(*names, document="Talise.docx", origin="inline")
    yield Golden(
        name="gmail-app-pasted-photos",
        raw=letter(BUDI, "Warta Talise", body, stamp="ii"),
        expected=expected,
    )

    yield Golden(
        name="html-only-captions-in-a-list",
        raw=letter(
            DEWI,
            "Kiriman warta",
            multi(
                "mixed",
                [
                    html(
                        "<p>Yth. Redaksi,</p><p>Terlampir naskah dan foto.</p><ul>"
                        f"<li><b>jembatan.jpg</b>: {TOLD[0]}</li><li><b>sarapan.jpg</b>: {TOLD[1]}</li></ul><p>Salam,<br>Dewi</p>"
                    ),
                    attached("Naskah.docx", naskah("Legok")),
                    *[attached(*s) for s in shots("jembatan.jpg", "sarapan.jpg", seed=6)],
                ],
                "h1",
            ),
            stamp="html-only",
        ),
        expected=fine("jembatan.jpg", "sarapan.jpg", document="Naskah.docx"),
    )


def _apple() -> Iterator[Golden]:
    typed = "Foto Café Désa Ampenan.jpg"
    stored = "Foto Cafe\u0301 De\u0301sa Ampenan.jpg"  # macOS hands out decomposed names
    coded = quote(stored)
    image = part(
        [
            ("Content-Type", f"image/jpeg;\r\n\tname*=utf-8''{coded};\r\n\tx-unix-mode=0644"),
            ("Content-Disposition", f"inline;\r\n\tfilename*=utf-8''{coded}"),
        ],
        photo(1024, 768, 8),
    )
    document = part(
        [
            ("Content-Type", f'{DOCX};\r\n\tname="Warta Ampenan.docx"'),
            ("Content-Disposition", 'attachment;\r\n\tfilename="Warta Ampenan.docx"'),
        ],
        naskah("Ampenan", named(typed)),
    )
    boundary = "Apple-Mail=_5B2C"
    body = multi(
        "mixed",
        [plain(HELLO, "utf-8"), image, plain("\n\n"), document, plain("\n\nSiti\n")],
        boundary,
    )
    expected = fine(typed, document="Warta Ampenan.docx", origin="inline")
    yield Golden(
        name="apple-mail-inline-decomposed-name",
        raw=letter(SITI, "Warta Ampenan", body, stamp="5B2C"),
        expected=expected,
    )

    split = part(
        [
            ("Content-Type", "image/jpeg"),
            (
                "Content-Disposition",
                "inline;\r\n\tfilename*0*=utf-8''Peresmian%20saluran%20air%20RT%2003;"
                "\r\n\tfilename*1*=%20Kelurahan%20Tallo%20%E2%80%93%20Minggu;\r\n\tfilename*2=.jpg",
            ),
        ],
        photo(1024, 768, 9),
    )
    long = "Peresmian saluran air RT 03 Kelurahan Tallo – Minggu.jpg"
    rich = multi(
        "mixed",
        [
            html(HELLO),
            split,
            html("<br>"),
            attached("Tallo.docx", naskah("Tallo", named(long))),
            html("<br>"),
        ],
        "Apple-Mail=_in",
    )
    body = multi("alternative", [plain(HELLO), rich], "Apple-Mail=_out")
    expected = fine(long, document="Tallo.docx", origin="inline")
    yield Golden(
        name="apple-mail-rich-continued-name",
        raw=letter(BUDI, "Warta Tallo", body, stamp="rich"),
        expected=expected,
    )

    images = [attached(f"IMG_023{i}.HEIC", heic(1600, 1200 + 2 * i), how="inline") for i in (1, 2)]
    expected = fine(document="Naskah.docx") | {  # sebaiknya: converted and accepted
        "findings": [
            {"rule": "photo-converted", "severity": "tidy", "subject": f"IMG_023{i}.HEIC"}
            for i in (1, 2)
        ],
        "photos": {
            f"IMG_023{i}.HEIC": {
                "kind": "heic",
                "intact": True,
                "width": 1600,
                "height": 1200 + 2 * i,
                **told(i - 1),
            }
            for i in (1, 2)
        },
    }
    yield simple(
        "iphone-heic",
        expected,
        attached("Naskah.docx", naskah("Tarakan", named("IMG_0231.HEIC", "IMG_0232.HEIC"))),
        *images,
    )


def _outlook() -> Iterator[Golden]:
    content = naskah("Pasar Baru", named("Kerja bakti.jpg"))
    files = [
        ("NASKAH~1.DOC", "Naskah Pasar Baru.docx", content),
        ("KERJAB~1.JPG", "Kerja bakti.jpg", photo(1024, 768, 10)),
    ]
    packed = attached("winmail.dat", tnef(files))
    yield simple(
        "outlook-winmail",
        fine("Kerja bakti.jpg", document="Naskah Pasar Baru.docx", origin=""),
        packed,
    )

    cid = "image001.png@01DC57A2.4F6B1C30"
    page = f'<p>Terlampir naskah dan foto.</p><p>Salam,<br>Dewi<br><img width=180 height=60 src="cid:{cid}"></p>'
    logo = attached(
        "image001.png", photo(180, 61, 11, "PNG"), how="inline", more=[("Content-ID", f"<{cid}>")]
    )
    related = multi(
        "related",
        [multi("alternative", [plain(HELLO), html(page)], "_001_"), logo],
        "_002_",
        ';\r\n\ttype="multipart/alternative"',
    )
    body = multi(
        "mixed",
        [
            related,
            attached("Warta.docx", naskah("Cakung", named("Foto1.jpg"))),
            attached(*shots("Foto1.jpg", seed=12)[0]),
        ],
        "_003_",
    )
    expected = fine(
        "Foto1.jpg",
        document="Warta.docx",
        others={"image001.png": {"kind": "png", "why": "signature_logo"}},
    )
    yield Golden(
        name="outlook-signature-logo",
        raw=letter(DEWI, "Warta Cakung", body, stamp="logo"),
        expected=expected,
    )
