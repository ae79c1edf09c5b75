"""Golden mails by their photos and captions."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from tests.journey.golden import SITI, TOLD, Expected, Golden, fine, named, naskah, shots
from tests.journey.golden_documents import NAMES, RETURNED, photos
from tests.journey.golden_files import photo
from tests.journey.golden_mime import attached, letter, multi, part
from tests.journey.golden_programs import simple


def goldens() -> Iterator[Golden]:
    """All of them."""
    yield from _captions()
    yield from _sizes()
    yield from _texts()


def open_order(expected: Expected) -> Expected:
    """How sure an order is (auto or for an editor) decisions.md leaves open; the pairing itself
    it does not."""
    return {
        key: value
        for key, value in expected.items()
        if key not in ("decision", "answer", "caption_action")
    }


def _captions() -> Iterator[Golden]:
    paper = naskah("Losari")
    body = f"Selamat siang,\nberikut naskah dan fotonya.\n\n{NAMES[0]}: {TOLD[0]}\n{NAMES[1]}: {TOLD[1]}\n\nTerima kasih\n"
    expected = fine(*NAMES, document="Naskah.docx")
    for i, name in enumerate(NAMES):
        expected["photos"][name] |= {
            "caption": {"text": TOLD[i], "source": "body", "evidence": "name"}
        }
    yield simple(
        "captions-in-the-body-by-name",
        expected,
        attached("Naskah.docx", paper),
        *photos(72),
        text=body,
    )

    numbered = [f"Foto {i + 1}. {TOLD[i]}" for i in (0, 1, 2)]
    three = ("Foto 1.jpg", "Foto 2.jpg", "Foto 3.jpg")
    yield simple(
        "captions-foto-n-for-files-foto-n",
        fine(*three, document="Naskah.docx"),
        attached("Naskah.docx", naskah("Losari", numbered, heading="")),
        *[
            attached(*s)
            for s in (
                shots(three[2], seed=76) + shots(three[0], seed=74) + shots(three[1], seed=75)
            )
        ],
    )
    camera = ("DSC01234.JPG", "DSC01235.JPG", "DSC01236.JPG")
    yield simple(
        "captions-foto-n-in-order",
        open_order(fine(*camera, document="Naskah.docx")),
        attached("Naskah.docx", naskah("Losari", numbered, heading="")),
        *[attached(*s) for s in shots(*camera, seed=74)],
    )
    listed = [f"{i + 1}. {TOLD[i]}" for i in (0, 1, 2)]
    yield simple(
        "captions-numbered-list",
        open_order(fine(*camera, document="Naskah.docx")),
        attached("Naskah.docx", naskah("Losari", listed, heading="Keterangan Foto:")),
        *[attached(*s) for s in shots(*camera, seed=74)],
    )

    expected = fine(*camera[:2], document="Naskah.docx")
    expected["photos"][camera[2]] = {"intact": True, "caption": None}
    expected |= {"decision": "revise", "answer": RETURNED, "caption_action": "ask"}
    expected["findings"] = [{"rule": "caption-missing", "severity": "must", "subject": camera[2]}]
    yield simple(
        "caption-missing-for-one-of-three",
        expected,
        attached("Naskah.docx", naskah("Losari", named(*camera[:2]))),
        *[attached(*s) for s in shots(*camera, seed=78)],
    )

    files = ("IMG_2041.JPG", "img-2042.jpeg")
    spoken = [f"IMG_2041 – {TOLD[0]}", f"IMG-2042.JPG: {TOLD[1]}"]
    yield simple(
        "captions-name-without-ending-or-case",
        open_order(fine(*files, document="Naskah.docx")),
        attached("Naskah.docx", naskah("Losari", spoken)),
        *[attached(*s) for s in shots(*files, seed=80)],
    )
    chat = (
        "WhatsApp Image 2026-11-15 at 08.12.33.jpeg",
        "WhatsApp Image 2026-11-15 at 08.12.33 (1).jpeg",
    )
    yield simple(
        "captions-for-whatsapp-names",
        fine(*chat, document="Naskah.docx"),
        attached("Naskah.docx", naskah("Losari", named(*chat))),
        *[attached(*s) for s in shots(*chat, seed=82)],
    )


def _sizes() -> Iterator[Golden]:
    exact = [("tegak.jpg", photo(768, 1024, 84)), ("datar.jpg", photo(1024, 768, 85))]
    files = [
        attached("Naskah.docx", naskah("Losari", named("tegak.jpg", "datar.jpg"))),
        *[attached(*f) for f in exact],
    ]
    expected = fine("tegak.jpg", "datar.jpg", document="Naskah.docx")
    expected["photos"]["tegak.jpg"] |= {"width": 768, "height": 1024}
    yield simple("photos-exactly-large-enough", expected, *files)

    small = [
        ("kurang-lebar.jpg", photo(1023, 768, 86)),
        ("kurang-tinggi.jpg", photo(1024, 767, 87)),
    ]
    expected = fine("kurang-lebar.jpg", "kurang-tinggi.jpg", document="Naskah.docx")
    expected |= {"decision": "revise", "answer": RETURNED}
    expected["findings"] = [
        {"rule": "photo-too-small", "severity": "must", "subject": name} for name, _ in small
    ]
    yield simple(
        "photos-one-pixel-short",
        expected,
        attached("Naskah.docx", naskah("Losari", named(*(n for n, _ in small)))),
        *[attached(*f) for f in small],
    )

    whole = photo(1600, 1200, 88, progressive=True)
    expected = fine("Panen.jpg", "Utuh.jpg", document="Naskah.docx")
    expected |= {
        "decision": "revise",
        "answer": RETURNED,
        "findings": [{"rule": "photo-broken", "severity": "must", "subject": "Panen.jpg"}],
    }
    expected["photos"]["Panen.jpg"] |= {"intact": False, "width": 1600, "height": 1200}
    expected["photos"]["Utuh.jpg"] |= {"intact": True}
    yield simple(
        "photo-progressive-cut-short",
        expected,
        attached("Naskah.docx", naskah("Losari", named("Panen.jpg", "Utuh.jpg"))),
        attached("Panen.jpg", whole[: len(whole) * 6 // 10]),
        attached("Utuh.jpg", whole),
    )

    expected = fine("Balai warga.png", document="Naskah.docx")
    yield simple(
        "jpeg-named-png",
        expected,
        attached("Naskah.docx", naskah("Losari", named("Balai warga.png"))),
        attached("Balai warga.png", photo(1024, 768, 89)),
    )
    expected = fine("peta.png", "taman.tif", document="Naskah.docx")
    expected["photos"]["peta.png"] |= {"kind": "png"}
    expected["photos"]["taman.tif"] |= {"kind": "tiff"}
    out = BytesIO()
    Image.open(BytesIO(photo(1024, 768, 90, "PNG"))).save(out, "TIFF", compression="tiff_lzw")
    yield simple(
        "png-and-tiff-as-octet-stream",
        expected,
        attached("Naskah.docx", naskah("Losari", named("peta.png", "taman.tif"))),
        attached("peta.png", photo(1024, 768, 91, "PNG"), declared="application/octet-stream"),
        attached("taman.tif", out.getvalue(), declared="application/octet-stream"),
    )
    out = BytesIO()
    Image.open(BytesIO(photo(1024, 768, 92))).save(out, "WEBP", quality=40)
    expected = fine("kebun.webp", document="Naskah.docx")
    expected["photos"]["kebun.webp"] |= {"kind": "webp"}
    expected["findings"] = [
        {"rule": "photo-converted", "severity": "tidy", "subject": "kebun.webp"}
    ]
    yield simple(
        "webp-is-converted",
        expected,
        attached("Naskah.docx", naskah("Losari", named("kebun.webp"))),
        attached("kebun.webp", out.getvalue(), declared="image/webp"),
    )


def _texts() -> Iterator[Golden]:
    # Gmail folds its plain text near 72 columns; the caption does not end where the line does.
    long = "Warga RT 03 dan RT 04 Kelurahan Losari bergotong royong mengangkat batu fondasi saluran air sepanjang 240 meter, Minggu (15/11)."
    folded = (
        "Selamat siang,\nberikut naskah dan fotonya.\n\nIMG_4001.jpg: Warga RT 03 dan RT 04 Kelurahan Losari bergotong royong\n"
        f"mengangkat batu fondasi saluran air sepanjang 240 meter, Minggu (15/11).\nIMG_4002.jpg: {TOLD[1]}\n\nSalam,\nSiti Aminah\n"
    )
    expected = fine(*NAMES, document="Naskah.docx")
    expected["photos"][NAMES[0]]["caption"] = {"text": long, "source": "body"}
    yield simple(
        "caption-folded-by-the-mail-program",
        expected,
        attached("Naskah.docx", naskah("Losari")),
        *photos(94),
        text=folded,
    )

    # An old Windows program: cp1252 called us-ascii, unencoded.
    text = f"Yth. Redaksi \x96 terlampir naskah.\r\n\r\nIMG_4001.jpg: Warga menyebutnya \x93kali bersih\x94.\r\nIMG_4002.jpg: {TOLD[1]}\r\n"
    wrong = part([("Content-Type", "text/plain; charset=us-ascii")], text.encode("latin-1"), "8bit")
    body = multi("mixed", [wrong, attached("Naskah.docx", naskah("Losari")), *photos(96)], "cp")
    expected = fine(*NAMES, document="Naskah.docx")
    expected["photos"][NAMES[0]]["caption"] = {"text": "Warga menyebutnya “kali bersih”."}
    yield Golden(
        name="body-in-cp1252-called-ascii",
        raw=letter(SITI, "Naskah", body, stamp="cp1252"),
        expected=expected,
    )

    reply = (
        f"Redaksi, berikut foto yang baru.\n\nIMG_4001.jpg: {TOLD[0]}\nIMG_4002.jpg: {TOLD[1]}\n\n"
        "Pada tanggal Sen, 16 Nov 2026 pukul 09.12 Redaksi Warta <redaksi@warta.example>\nmenulis:\n\n"
        '> Naskah Anda perlu perbaikan:\n> - Foto "IMG_3999.jpg" terlalu kecil.\n>\n'
        "> IMG_3999.jpg: Anak-anak bermain di taman baca.\n> IMG_4001.jpg: Keterangan lama yang salah.\n>\n"
        "> https://drive.google.com/drive/folders/1LamaSekali\n"
    )
    expected = fine(*NAMES, document="Naskah.docx")
    expected["mail"] |= {"in_reply_to": "<redaksi-77@warta.example>"}
    yield simple(
        "reply-with-quoted-history",
        expected,
        attached("Naskah.docx", naskah("Losari")),
        *photos(98),
        text=reply,
        fields=[
            ("In-Reply-To", "<redaksi-77@warta.example>"),
            ("References", "<CAFx1@mail.surel.example> <redaksi-77@warta.example>"),
        ],
    )
