"""The sample mails: each with the outcome the pipeline must give it."""

from collections.abc import Iterator

from msgspec import Struct

from desk.demo.makers import bomb, legacy_doc, locked, mail, pdf, photo, word
from desk.demo.texts import article
from redaksi.model import Verdict

RAHMA = ("Rahmawati", "rahmawati@kontributor.example")
ANDI = ("Andi Tenri", "andi.tenri@kontributor.example")
YUSUF = ("M. Yusuf", "m.yusuf@kontributor.example")
SRI = ("Sri Wahyuni", "sri.wahyuni@kontributor.example")
HENDRA = ("Hendra Saputra", "hendra.s@kontributor.example")
WAYAN = ("I Wayan Sudana", "wayan.sudana@kontributor.example")
LALU = ("Lalu Ahmad", "lalu.ahmad@kontributor.example")


class Sample(Struct, frozen=True, kw_only=True):
    """A mail and what must become of it: verdict, letter ("" = none), codes of the findings that
    must be told."""

    name: str
    raw: bytes
    decision: Verdict
    letter: str = ""
    codes: tuple[str, ...] = ()


def captions(*names: str) -> list[str]:
    """A caption line for each photo, as the redaksi asks for them."""
    told = (
        "Warga bergotong royong mengangkat batu fondasi di RT 03, Minggu (15/11).",
        "Kaum ibu menyiapkan sarapan bersama di teras mushala.",
        "Saluran air sepanjang 240 meter yang hampir rampung.",
    )
    return [f"{name}: {text}" for name, text in zip(names, told, strict=False)]


def samples() -> Iterator[Sample]:
    """All sample mails, in the order they are delivered."""
    yield from _articles()
    yield from _returned()
    yield from _unreadable()
    yield from _machines()


def _articles() -> Iterator[Sample]:
    title = "Warga Siantan Hulu Bangun Saluran Air Secara Gotong Royong"
    text = article("Siantan Hulu", "membangun saluran air")
    good = word(
        title,
        ["[Kalbar] " + text[0], *text[1:]],
        byline="Rahmawati, Fasilitator Sosial, Tim 04 Kota Pontianak",
        captions=captions("IMG_2041.jpg", "IMG_2042.jpg"),
    )
    files = [
        ("Warta_SiantanHulu.docx", good),
        ("IMG_2041.jpg", photo(1600, 1200, 1)),
        ("IMG_2042.jpg", photo(1280, 960, 2)),
    ]
    body = "Yth. Redaksi,\n\nTerlampir naskah warta dan dua foto. Terima kasih.\n\nRahmawati\n"
    yield Sample(
        name="lengkap",
        raw=mail(RAHMA, "Naskah Warta Siantan Hulu", body, files),
        decision="accept",
        letter="accepted",
    )

    files = [("Naskah lama.doc", legacy_doc()), ("Foto 1.jpg", photo(1400, 1050, 3))]
    body = "Selamat pagi, berikut naskah kami.\n\nFoto 1.jpg: Warga menata bantaran sungai bersama aparat kelurahan.\n"
    yield Sample(
        name="doc-lama",
        raw=mail(SRI, "Kiriman Warta Jambi", body, files),
        decision="accept",
        letter="accepted",
    )


def _returned() -> Iterator[Sample]:
    text = article("Talise", "membangun jalan lingkungan", 1)
    shot = [("IMG_3001.jpg", photo(800, 600, 4))]
    naskah = word(
        "BKM Sejahtera Palu Tuntaskan 320 Meter Jalan Lingkungan",
        text,
        byline="Andi Tenri, Tim 02 Palu",
        captions=captions("IMG_3001.jpg"),
        font="Calibri",
        points=11,
        lines=1.5,
    )
    yield Sample(
        name="huruf-spasi-foto-kecil",
        raw=mail(
            ANDI,
            "Warta Palu",
            "Mohon diterima naskah kami.\n",
            [("Warta Palu.docx", naskah), *shot],
        ),
        decision="revise",
        letter="revise",
        codes=("N006", "N008", "F002"),
    )

    shot = [("Kompos.jpg", photo(1600, 1200, 5))]
    long = word(
        "Ibu-ibu PKK Tallo Belajar Mengolah Sampah Menjadi Kompos",
        article("Tallo", "mengolah sampah", 0, 14),
        byline="M. Yusuf, Tim 07 Makassar",
        captions=captions("Kompos.jpg"),
    )
    yield Sample(
        name="terlalu-panjang",
        raw=mail(YUSUF, "Kompos Tallo", "Terlampir.\n", [("Kompos Tallo.docx", long), *shot]),
        decision="revise",
        letter="revise",
        codes=("N005",),
    )

    inside = word(
        "Kolaborasi Pemda dan Warga Menata Bantaran Sungai",
        article("Legok", "menata bantaran sungai", 1),
        byline="Sri Wahyuni, Askot Jambi",
        pictures=[photo(1600, 1200, 6), photo(1280, 960, 7)],
    )
    yield Sample(
        name="foto-di-dalam-dokumen",
        raw=mail(
            SRI,
            "Bantaran sungai",
            "Naskah beserta foto ada di dalam dokumen.\n",
            [("Bantaran.docx", inside)],
        ),
        decision="revise",
        letter="revise",
        codes=("F005",),
    )

    bare = word(
        "Pemuda Ampenan Hidupkan Bank Sampah",
        article("Ampenan", "menghidupkan bank sampah"),
        byline="Lalu Ahmad, Tim 01 Mataram",
    )
    shots = [("DSC_0101.jpg", photo(2000, 1500, 8)), ("DSC_0102.jpg", photo(2000, 1500, 9))]
    yield Sample(
        name="tanpa-keterangan",
        raw=mail(
            LALU,
            "Bank sampah Ampenan",
            "Berikut naskah dan fotonya.\n",
            [("Bank sampah.docx", bare), *shots],
        ),
        decision="revise",
        letter="revise",
        codes=("K001",),
    )


def _unreadable() -> Iterator[Sample]:
    shot = ("foto-kegiatan.jpg", photo(1600, 1200, 10))
    yield Sample(
        name="pdf",
        raw=mail(
            HENDRA,
            "Naskah Warta Jatim",
            "Terlampir naskah dalam PDF.\n",
            [("Naskah.pdf", pdf()), shot],
        ),
        decision="incomplete",
        letter="unreadable",
        codes=("N002",),
    )
    yield Sample(
        name="bersandi",
        raw=mail(
            WAYAN, "Laporan final", "Terlampir.\n", [("Laporan_final(2).docx", locked()), shot]
        ),
        decision="incomplete",
        letter="unreadable",
        codes=("N003",),
    )
    drive = "Naskah dan foto: https://drive.google.com/drive/folders/1aBcD?usp=sharing\n\nTerima kasih.\n"
    yield Sample(
        name="tautan-drive",
        raw=mail(LALU, "Kiriman Warta NTB", drive),
        decision="incomplete",
        letter="nothing-attached",
        codes=("P001",),
    )
    yield Sample(
        name="bom-zip",
        raw=mail(
            ("", "x9@asing.example"), "Naskah", "Terlampir.\n", [("naskah.docx", bomb(300 << 20))]
        ),
        decision="quarantine",
    )


def _machines() -> Iterator[Sample]:
    away = mail(
        YUSUF,
        "Balasan otomatis: sedang cuti",
        "Saya sedang cuti sampai 30 November.\n",
        headers=[
            ("Auto-Submitted", "auto-replied"),
            ("In-Reply-To", "<redaksi-lama@warta.example>"),
        ],
    )
    yield Sample(name="cuti", raw=away, decision="ignore")
    yield Sample(name="pantulan", raw=_bounce(), decision="ignore")


def _bounce() -> bytes:
    """A delivery status notification as Postfix writes it (RFC 3464)."""
    return "\r\n".join(
        [
            "Authentication-Results: mx.warta.example; dmarc=none",
            "Return-Path: <>",
            "From: MAILER-DAEMON@mail.kontributor.example (Mail Delivery System)",
            "To: redaksi@warta.example",
            "Subject: Undelivered Mail Returned to Sender",
            "Date: Mon, 23 Nov 2026 07:15:00 +0000",
            "Message-ID: <20261123071500.ABCDEF@mail.kontributor.example>",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="=_bounce"',
            "",
            "--=_bounce",
            "Content-Type: text/plain; charset=us-ascii",
            "",
            "I'm sorry to have to inform you that your message could not be delivered.",
            "",
            "--=_bounce",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mail.kontributor.example",
            "",
            "Final-Recipient: rfc822; pindah@kontributor.example",
            "Action: failed",
            "Status: 5.1.1",
            "",
            "--=_bounce--",
            "",
        ]
    ).encode()
