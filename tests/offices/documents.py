"""Documents as real offices write them, with what must be found in each."""

from collections.abc import Iterator

from desk.demo.texts import article
from tests.builders import jpeg
from tests.offices.paper import App, Paper

TITLE = "Warga Siantan Hulu Bangun Saluran Air Secara Gotong Royong"
BODY = tuple(article("Siantan Hulu", "membangun saluran air", 0, 3))
ONE = "Warga Siantan Hulu mengangkat batu untuk saluran air di RT 03, Minggu pagi."
TWO = "Lurah Siantan Hulu memberi sambutan pada peresmian saluran air."
RAHMA = ("Rahmawati", "Fasilitator Sosial Tim 04 Kota Pontianak")
SIGNED = "Rahmawati, Fasilitator Sosial Tim 04 Kota Pontianak"
PAIR = (("Foto 1", ONE), ("Foto 2", TWO))
PLAIN = (("", ONE), ("", TWO))


def offices() -> Iterator[App]:
    """All of them."""
    yield from _titles()
    yield from _letterheads_and_forms()
    yield from _bylines()
    yield from _datelines()
    yield from _captions()
    yield from _captions_under_photos()
    yield from _what_is_body()


def _titles() -> Iterator[App]:
    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.lines(BODY)
    paper.line(f"Penulis: {SIGNED}")
    paper.lines(["Keterangan foto:", ONE, TWO])
    yield App(
        name="as-asked",
        content=paper.content(),
        title=TITLE,
        byline=RAHMA,
        captions=PLAIN,
        body=BODY,
    )

    paper = Paper()
    paper.line(TITLE, style="Heading 1")
    paper.lines(BODY)
    yield App(name="heading-style", content=paper.content(), title=TITLE, body=BODY)

    paper = Paper()
    paper.line(TITLE, style="Title")
    paper.line(f"Oleh: {SIGNED}")
    paper.lines(BODY)
    yield App(name="title-style", content=paper.content(), title=TITLE, byline=RAHMA, body=BODY)

    paper = Paper()
    paper.line("Warga Siantan Hulu Bangun Saluran Air", bold=True, center=True, size=14)
    paper.line("Secara Gotong Royong", bold=True, center=True, size=14)
    paper.line()
    paper.lines(BODY)
    yield App(name="title-over-two-paragraphs", content=paper.content(), title=TITLE, body=BODY)

    paper = Paper()
    head = paper.line(
        "Warga Siantan Hulu Bangun Saluran Air\nSecara Gotong Royong", bold=True, center=True
    )
    head.paragraph_format.line_spacing = 2.0
    paper.lines(BODY)
    yield App(
        name="title-with-line-break-double-spaced", content=paper.content(), title=TITLE, body=BODY
    )

    paper = Paper()
    paper.line(TITLE)
    paper.line()
    paper.lines(BODY, blank=True)
    yield App(name="plain-title-enter-spaced", content=paper.content(), title=TITLE, body=BODY)

    paper = Paper()
    paper.line("SIARAN PERS", bold=True, center=True)
    paper.line(TITLE, bold=True, center=True)
    paper.lines(BODY)
    yield App(name="kind-above-title", content=paper.content(), title=TITLE, body=BODY)

    paper = Paper()
    paper.line(TITLE.upper() + "!", bold=True)
    paper.lines(BODY)
    yield App(
        name="capitals-exclaimed", content=paper.content(), title=TITLE.upper() + "!", body=BODY
    )

    paper = Paper()
    paper.lines(BODY)
    yield App(name="no-title", content=paper.content(), body=BODY)

    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.line("Kerja bakti tiga bulan berbuah jalan kering", center=True, italic=True, size=11)
    paper.lines(BODY)
    yield App(name="subtitle", content=paper.content(), title=TITLE, body=BODY)


def _letterheads_and_forms() -> Iterator[App]:
    paper = Paper()
    office = (
        "PEMERINTAH KOTA PONTIANAK",
        "DINAS PERUMAHAN RAKYAT",
        "Jl. Letjen Sutoyo No. 1 Telp. (0561) 730000",
    )
    paper.table([[jpeg(150, 150), "\n".join(office)]], bold=True, center=True)
    paper.line()
    paper.line(TITLE, bold=True, center=True)
    paper.lines(BODY)
    yield App(name="letterhead-in-table", content=paper.content(), title=TITLE, body=BODY)

    paper = Paper()
    paper.line("PROGRAM KOTA TANPA KUMUH (KOTAKU)", bold=True, center=True, size=16)
    paper.line("KONSULTAN MANAJEMEN WILAYAH KALIMANTAN BARAT", bold=True, center=True)
    paper.line(
        "Jalan Ahmad Yani No. 12, Pontianak, email: kmw.kalbar@contoh.example", center=True, size=10
    )
    paper.line("_" * 60)
    paper.line(TITLE, bold=True, center=True)
    paper.lines(BODY)
    yield App(name="letterhead-in-lines", content=paper.content(), title=TITLE, body=BODY)

    paper = Paper()
    paper.picture(180, 120)
    paper.line(TITLE, bold=True, center=True)
    paper.lines(BODY)
    yield App(name="logo-above-title", content=paper.content(), title=TITLE, body=BODY)

    paper = Paper()
    paper.table([["\n".join([TITLE, *BODY])]])
    yield App(name="all-in-one-cell", content=paper.content(), title=TITLE, body=BODY)

    paper = Paper()
    paper.table(
        [
            ["Judul", ":", TITLE],
            ["Penulis", ":", SIGNED],
            ["Lokasi", ":", "Kota Pontianak"],
            ["Tanggal", ":", "15 November 2026"],
        ]
    )
    paper.line("Isi berita:")
    paper.lines(BODY)
    yield App(name="form-in-table", content=paper.content(), title=TITLE, byline=RAHMA, body=BODY)

    paper = Paper()
    paper.line("Judul: " + TITLE)
    paper.line("Penulis: " + SIGNED)
    paper.line("Lokasi: Kelurahan Siantan Hulu, Kota Pontianak")
    paper.line()
    paper.lines(BODY)
    yield App(name="fields-in-lines", content=paper.content(), title=TITLE, byline=RAHMA, body=BODY)


def _bylines() -> Iterator[App]:
    def signed(name: str, lines: list[str], byline: tuple[str, str]) -> App:
        paper = Paper()
        paper.line(TITLE, bold=True, center=True)
        paper.lines(BODY)
        paper.lines(lines)
        return App(name=name, content=paper.content(), title=TITLE, byline=byline, body=BODY)

    role = "Sub-Prof Komunikasi, Program Kotaku Provinsi Kalimantan Barat"
    yield signed(
        "role-goes-on-below",
        [
            "",
            "Penulis: Inayatullah, Sub-Prof Komunikasi",
            "Program Kotaku Provinsi Kalimantan Barat",
            "",
            "Editor: EPN",
        ],
        ("Inayatullah", role),
    )
    yield signed(
        "name-on-the-next-line",
        ["", "Penulis:", "Rahmawati", "Fasilitator Sosial Tim 04 Kota Pontianak"],
        RAHMA,
    )
    yield signed(
        "text-and-photo", ["Teks & foto: M. Yusuf/Tim 07 Makassar"], ("M. Yusuf", "Tim 07 Makassar")
    )
    yield signed(
        "no-break-spaces",
        ["Penulis\u00a0:\u00a0Rahmawati,\u00a0Fasilitator\u00a0Sosial Tim 04 Kota Pontianak"],
        RAHMA,
    )
    yield signed("in-brackets-at-the-end", ["(Sri Wahyuni/Humas)"], ("Sri Wahyuni", "Humas"))
    yield signed(
        "signature",
        ["", "Pontianak, 15 November 2026", "Penulis,", "", "", "Rahmawati"],
        ("Rahmawati", ""),
    )
    yield signed(
        "degrees",
        ["Ditulis oleh: Sri Wahyuni, S.Sos., M.Si., Askot Jambi"],
        ("Sri Wahyuni, S.Sos., M.Si.", "Askot Jambi"),
    )

    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.line("Oleh Sri Wahyuni, S.Sos.", center=True, italic=True)
    paper.line("Askot Jambi", center=True, italic=True)
    paper.lines(BODY)
    yield App(
        name="by-without-colon",
        content=paper.content(),
        title=TITLE,
        byline=("Sri Wahyuni, S.Sos.", "Askot Jambi"),
        body=BODY,
    )


def _datelines() -> Iterator[App]:
    for name, opening, place in (
        ("bracket-opening", "[Kalbar] ", "Kalbar"),
        ("place-and-date-opening", "PONTIANAK, 12/11 – ", "PONTIANAK"),
        ("place-and-long-date", "Pontianak (15 November 2026) – ", "Pontianak"),
        ("place-dash", "Kota Pontianak – ", "Kota Pontianak"),
    ):
        paper = Paper()
        paper.line(TITLE, bold=True, center=True)
        body = (opening + BODY[0], *BODY[1:])
        paper.lines(body)
        yield App(name=name, content=paper.content(), title=TITLE, dateline=place, body=body)

    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    body = (*BODY[:-1], BODY[-1] + "[Kalbar]")
    paper.lines(body)
    paper.line("Penulis: " + SIGNED)
    yield App(
        name="bracket-closing",
        content=paper.content(),
        title=TITLE,
        byline=RAHMA,
        dateline="Kalbar",
        body=body,
    )

    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.line("Pontianak, 15 November 2026", center=True)
    paper.lines(BODY)
    yield App(
        name="place-and-date-line",
        content=paper.content(),
        title=TITLE,
        dateline="Pontianak",
        body=BODY,
    )


def _captions() -> Iterator[App]:
    def told(name: str, lines: list[str], captions: tuple[tuple[str, str], ...]) -> App:
        paper = Paper()
        paper.line(TITLE, bold=True, center=True)
        paper.lines(BODY)
        paper.lines(lines)
        return App(name=name, content=paper.content(), title=TITLE, captions=captions, body=BODY)

    yield told("numbered-under-heading", ["Ket. foto:", f"1. {ONE}", f"2. {TWO}"], PAIR)
    yield told("photo-and-number", [f"Foto 1. {ONE}", f"Foto 2. {TWO}"], PAIR)
    yield told(
        "picture-and-number", ["KETERANGAN GAMBAR", f"Gambar 1: {ONE}", f"Gambar 2: {TWO}"], PAIR
    )
    yield told(
        "file-names",
        [f"IMG_2041.jpg: {ONE}", f"IMG_2042.jpg: {TWO}"],
        (("IMG_2041.jpg", ONE), ("IMG_2042.jpg", TWO)),
    )
    yield told("one-caption", [f"Caption: {ONE}"], (("", ONE),))
    yield told("line-breaks-in-one-paragraph", [f"Keterangan foto:\n1. {ONE}\n2. {TWO}"], PAIR)
    yield told("key-above-words", ["Keterangan Foto", "Foto 1:", ONE, "Foto 2:", TWO], PAIR)

    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.lines(BODY)
    paper.line("Keterangan foto:", bold=True)
    paper.line(ONE, style="List Number")
    paper.line(TWO, style="List Number")
    yield App(
        name="automatic-numbers", content=paper.content(), title=TITLE, captions=PLAIN, body=BODY
    )


def _captions_under_photos() -> Iterator[App]:
    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.line(BODY[0])
    paper.picture(seed=1)
    paper.line(ONE, center=True, italic=True, size=10)
    paper.lines(BODY[1:])
    paper.picture(seed=2)
    paper.line(TWO, center=True, italic=True, size=10)
    yield App(
        name="centred-under-photos", content=paper.content(), title=TITLE, captions=PLAIN, body=BODY
    )

    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.line(BODY[0])
    paper.picture(seed=1)
    paper.line("Gambar 1 " + ONE, style="Caption")
    paper.lines(BODY[1:])
    paper.picture(seed=2)
    paper.line("Gambar 2 " + TWO, style="Caption")
    yield App(name="caption-style", content=paper.content(), title=TITLE, captions=PAIR, body=BODY)

    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.lines(BODY)
    paper.table([[jpeg(600, 400, 1), jpeg(600, 400, 2)], [ONE, TWO]])
    yield App(
        name="photos-in-table", content=paper.content(), title=TITLE, captions=PLAIN, body=BODY
    )


def _what_is_body() -> Iterator[App]:
    body = (
        "Foto pertama yang dipajang di balai warga memperlihatkan keadaan jalan sebelum dibangun.",
        *BODY,
        "Oleh karena itu, warga sepakat menjaga saluran itu bersama-sama.",
        "Foto dan laporan kegiatan disimpan di sekretariat BKM Harapan Jaya.",
        "Oleh warga, saluran itu dibersihkan setiap dua minggu.",
        "Penulis papan informasi itu adalah para pemuda RT 03.",
        "P2KP: Program Penanggulangan Kemiskinan di Perkotaan adalah pendahulu Kotaku.",
    )
    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.lines(body)
    yield App(
        name="sentences-that-look-like-marks", content=paper.content(), title=TITLE, body=body
    )

    body = (
        BODY[0],
        "Manfaat bagi warga",
        "Jalan tidak lagi tergenang",
        "Anak-anak mudah ke sekolah",
        *BODY[1:],
    )
    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.line(body[0])
    paper.line(body[1], bold=True)
    paper.line(body[2], style="List Bullet")
    paper.line(body[3], style="List Bullet")
    paper.lines(body[4:])
    yield App(name="subheading-and-bullets", content=paper.content(), title=TITLE, body=body)

    body = (*BODY[:2], "Program Kota Tanpa Kumuh (Kotaku)", BODY[2], BODY[3] + " (Kotaku)", BODY[4])
    paper = Paper()
    paper.line(TITLE, bold=True, center=True)
    paper.lines(body)
    yield App(name="abbreviation-in-brackets", content=paper.content(), title=TITLE, body=body)
