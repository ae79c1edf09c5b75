"""Golden mails by the program that wrote them, by how files are named, packed and forwarded."""

import base64
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
from tests.journey.golden_files import heic, photo, rar, seven_zip, tnef, zipped
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
    yield from _forwards()
    yield from _archives()
    yield from _names()


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


def _inner(stamp: str) -> bytes:
    """A contribution as its first sender wrote it, without our border's word."""
    files = [
        attached("Warta Oesapa.docx", naskah("Oesapa", named("P1010021.JPG"))),
        attached("P1010021.JPG", photo(1024, 768, 14)),
    ]
    body = multi("mixed", [plain(HELLO), *files], f"in-{stamp}")
    return letter(
        "Yohanes Tefa <yohanes.tefa@surel.example>",
        "Warta Oesapa",
        body,
        stamp=f"inner-{stamp}",
        dmarc="",
    )


def _forwards() -> Iterator[Golden]:
    note = plain("Redaksi, saya teruskan kiriman dari Pak Yohanes. Mohon ditindaklanjuti.\n")
    expected = fine("P1010021.JPG", document="Warta Oesapa.docx", origin="forwarded")
    expected["mail"] |= {"forwarded_from": "Yohanes Tefa", "from": "budi.santoso@surel.example"}
    expected["answer"] = {**expected["answer"], "to": "budi.santoso@surel.example"}
    wrapped = part(
        [("Content-Type", "message/rfc822"), ("Content-Disposition", "attachment")],
        _inner("y"),
        "base64",
    )
    raw = letter(
        BUDI, "Fw: Warta Oesapa", multi("mixed", [note, wrapped], "----=_Part_71"), stamp="yahoo"
    )
    yield Golden(name="yahoo-forward-base64-rfc822", raw=raw, expected=expected)

    fields = [
        ("Content-Type", 'message/rfc822; name="Warta Oesapa.eml"'),
        ("Content-Disposition", 'attachment; filename="Warta Oesapa.eml"'),
    ]
    wrapped = part(fields, _inner("g"), "7bit")
    raw = letter(
        BUDI, "Fwd: Warta Oesapa", multi("mixed", [note, wrapped], "0000fw"), stamp="gmail-eml"
    )
    yield Golden(name="forward-as-attachment", raw=raw, expected=expected)

    text = (
        "Mohon diproses ya, terima kasih.\n\n---------- Forwarded message ---------\n"
        "Dari: Yohanes Tefa <yohanes.tefa@surel.example>\nDate: Sen, 16 Nov 2026 pukul 07.40\nSubject: Warta Oesapa\n"
        f"To: Budi Santoso <budi.santoso@surel.example>\n\n\nPak Budi, ini naskahnya.\n\nP1010021.JPG: {TOLD[0]}\n\nYohanes\n"
    )
    files = [
        gmail_file("Warta Oesapa.docx", naskah("Oesapa"), "f_a"),
        gmail_file("P1010021.JPG", photo(1024, 768, 14), "f_b"),
    ]
    raw = letter(
        BUDI,
        "Fwd: Warta Oesapa",
        multi("mixed", [both(text, "a9"), *files], "a9b"),
        stamp="inlinefw",
    )
    yield Golden(
        name="forward-inline-captions-below",
        raw=raw,
        expected=expected | {"photos": {"P1010021.JPG": {"origin": "attached", **told(0)}}},
    )


def _archives() -> Iterator[Golden]:
    names = ("DSC_0001.jpg", "DSC_0002.jpg")
    inner = dict(shots(*names, seed=16))
    packed = zipped(
        {"Warta Bangil/Naskah Bangil.docx": naskah("Bangil", named(*names))}
        | {f"Warta Bangil/Foto/{n}": c for n, c in inner.items()}
    )
    expected = fine(*names, document="Naskah Bangil.docx", origin="archive")
    yield simple("zip", expected, attached("Warta Bangil.zip", packed))

    mac = zipped(
        {
            "Bangil/": b"",
            "Bangil/Naskah Bangil.docx": naskah("Bangil", named(*names)),
            "Bangil/.DS_Store": bytes(4) + b"Bud1" + bytes(600),
            "__MACOSX/Bangil/._Naskah Bangil.docx": b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"
            + bytes(200),
            **{f"Bangil/{n}": c for n, c in inner.items()},
            **{
                f"__MACOSX/Bangil/._{n}": b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X" + bytes(150)
                for n in names
            },
        }
    )
    yield simple("zip-made-on-a-mac", expected, attached("Bangil.zip", mac))

    photos = zipped(inner)
    nested = zipped({"Naskah Bangil.docx": naskah("Bangil", named(*names)), "Foto.zip": photos})
    yield simple("zip-in-zip", expected, attached("Kiriman.zip", nested))

    closed = {
        "decision": "incomplete",
        "mail": {"kind": "normal"},
        "answer": {"send": True, "letter": "unreadable"},
        "photos": [],
    }
    told_closed = [{"rule": "attachment-refused", "severity": "must"}]
    yield simple(
        "rar-only",
        closed
        | {
            "findings": told_closed,
            "documents": [],
            "others": {"Kiriman Warta.rar": {"kind": "rar"}},
        },
        attached("Kiriman Warta.rar", rar()),
    )
    yield simple(
        "7z-only",
        closed
        | {"findings": told_closed, "documents": [], "others": {"Naskah.7z": {"kind": "7z"}}},
        attached("Naskah.7z", seven_zip()),
    )

    files = [
        attached("Naskah.docx", naskah("Bangil", named("DSC_0001.jpg"))),
        attached(*shots("DSC_0001.jpg", seed=16)[0]),
    ]
    beside = fine(
        "DSC_0001.jpg", document="Naskah.docx", others={"Dokumen pendukung.rar": {"kind": "rar"}}
    )
    yield simple(
        "rar-beside-a-whole-submission", beside, *files, attached("Dokumen pendukung.rar", rar())
    )


def _names() -> Iterator[Golden]:
    def one(name: str, shown: str, fields: list[tuple[str, str]], seed: int) -> Golden:
        files = [
            attached("Naskah.docx", naskah("Sorong", named(shown))),
            part(fields, photo(1024, 768, seed)),
        ]
        return simple(name, fine(shown, document="Naskah.docx"), *files)

    utf8 = b'attachment; filename="Jembatan D\xc3\xa9sa Kl\xc3\xa9co.jpg"'.decode("utf-8")
    yield one(
        "name-raw-utf8",
        "Jembatan Désa Kléco.jpg",
        [("Content-Type", "image/jpeg"), ("Content-Disposition", utf8)],
        20,
    )
    latin = b'attachment; filename="Jembatan D\xe9sa \x96 Kl\xe9co.jpg"'.decode(
        "utf-8", "surrogateescape"
    )
    yield one(
        "name-raw-cp1252",
        "Jembatan Désa – Kléco.jpg",
        [("Content-Type", "image/jpeg"), ("Content-Disposition", latin)],
        21,
    )
    word = base64.b64encode("Mushala “Al-Ikhlas” RT 03".encode()).decode()
    quoted = f'attachment; filename="=?UTF-8?B?{word}?=\r\n =?UTF-8?Q?_sore=2Ejpg?="'
    yield one(
        "name-encoded-word-in-quotes",
        "Mushala “Al-Ikhlas” RT 03 sore.jpg",
        [("Content-Type", "image/jpeg"), ("Content-Disposition", quoted)],
        22,
    )
    up = 'attachment; filename="../../../etc/cron.d/Foto Sungai.jpg"'
    yield one(
        "name-climbs-out",
        "Foto Sungai.jpg",
        [("Content-Type", "image/jpeg"), ("Content-Disposition", up)],
        23,
    )
    windows = 'attachment; filename="C:\\\\Users\\\\Budi\\\\Foto\\\\kerja bakti.jpg"'
    yield one(
        "name-windows-path",
        "kerja bakti.jpg",
        [("Content-Type", "image/jpeg"), ("Content-Disposition", windows)],
        24,
    )
    only = [
        ("Content-Type", 'image/jpeg; name="pasar_pagi.jpg"'),
        ("Content-Disposition", "attachment"),
    ]
    yield one("name-only-in-content-type", "pasar_pagi.jpg", only, 25)

    odd = (
        "Kerja bakti (pagi).jpg",
        "Rapat warga [final] =2.jpg",
        "Foto_Kegiatan_Posyandu_Melati_Kelurahan_Siantan_Hulu_Kecamatan_Pontianak_Utara_Kota_2026.jpg",
    )
    files = [
        attached("Naskah.docx", naskah("Sorong", named(*odd))),
        *[attached(*s) for s in shots(*odd, seed=110)],
    ]
    yield simple("names-with-brackets-and-long", fine(*odd, document="Naskah.docx"), *files)
    files = [
        attached("Naskah.docx", naskah("Sorong")),
        *[attached(*s) for s in shots(*odd, seed=110)],
    ]
    listed = "Yth. Redaksi,\n\n" + "\n".join(named(*odd)) + "\n\nSalam,\nSiti\n"
    yield simple(
        "names-with-brackets-in-the-body", fine(*odd, document="Naskah.docx"), *files, text=listed
    )

    same = [attached("IMG_0001.jpg", photo(1024 + i, 768, 26 + i)) for i in (0, 1)]
    captions = [f"Foto {i + 1}. {TOLD[i]}" for i in (0, 1)]
    expected = fine(document="Naskah.docx") | {
        "photos": [{"width": 1024 + i, "intact": True, **told(i)} for i in (0, 1)]
    }
    # how sure an order is: decisions.md does not say
    for open_question in (
        "decision",
        "answer",
        "caption_action",
    ):
        expected.pop(open_question)
    yield simple(
        "same-name-twice",
        expected,
        attached("Naskah.docx", naskah("Sorong", captions, heading="")),
        *same,
    )

    nameless = part([("Content-Type", "image/jpeg")], photo(1024, 768, 28))
    expected = fine(document="Naskah.docx") | {"photos": [{"kind": "jpeg", **told(0)}]}
    for open_question in ("decision", "answer", "caption_action"):
        expected.pop(open_question)
    yield simple(
        "photo-without-a-name",
        expected,
        attached("Naskah.docx", naskah("Sorong", [f"Foto: {TOLD[0]}"], heading="")),
        nameless,
    )
