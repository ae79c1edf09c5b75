"""Golden mails by how files are forwarded, packed and named."""

import base64
from collections.abc import Iterator

from tests.journey.golden import (
    BUDI,
    HELLO,
    TOLD,
    Golden,
    fine,
    named,
    naskah,
    shots,
    told,
)
from tests.journey.golden_files import photo, rar, seven_zip, zipped
from tests.journey.golden_mime import (
    attached,
    both,
    gmail_file,
    letter,
    multi,
    part,
    plain,
)
from tests.journey.golden_programs import simple


def goldens() -> Iterator[Golden]:
    """All of them."""
    yield from _forwards()
    yield from _archives()
    yield from _names()


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
