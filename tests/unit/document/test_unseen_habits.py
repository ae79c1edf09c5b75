"""What stands around an article in its own font is neither judged nor counted; what may be article
stays article.

Each document is sound: its text is in Times New Roman 12, single. Around it stand lines in another
font, as offices leave them.
"""

import io
from collections.abc import Callable, Sequence

import docx as python_docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt

from ingest.read.document.document import read_document
from redaksi.limits import Safety
from redaksi.model import Document
from tests import builders

TITLE = "Warga Bangun Saluran Air"
ARTICLE = builders.article_text(1900).split("\n")

Put = Callable[["python_docx.document.Document"], None]


def plain(text: str, font: str = "Calibri", size: float = 10, *, bold: bool = False) -> Put:
    def put(document: "python_docx.document.Document") -> None:
        run = document.add_paragraph().add_run(text)
        run.font.name, run.font.size, run.bold = font, Pt(size), bold

    return put


def picture(document: "python_docx.document.Document") -> None:
    document.add_picture(io.BytesIO(builders.jpeg()), width=Inches(4))


def headline(document: "python_docx.document.Document") -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(TITLE)
    run.font.name, run.font.size, run.bold = "Calibri", Pt(16), True


def read(
    above: Sequence[Put] = (headline,), below: Sequence[Put] = (), within: Sequence[Put] = ()
) -> Document:
    document = python_docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.paragraph_format.line_spacing = 1.0
    for put in above:
        put(document)
    for at, text in enumerate(ARTICLE):
        document.add_paragraph(text)
        if at == 1:
            for put in within:
                put(document)
    for put in below:
        put(document)
    return read_document(builders.file("Naskah.docx", builders.saved(document), "docx"), Safety())


def is_the_article_alone(document: Document) -> bool:
    return (document.characters, document.share.font, document.share.size) == (1900, 1, 1)


# ── headlines ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "title",
    ["Mari Jaga Lingkungan Kita Bersama Sama!", "Siapa yang Mau Hidup di Permukiman Kumuh?"],
)
def test_a_headline_that_calls_out_is_one_above_a_byline_too(title: str) -> None:
    document = read((plain(title, size=12), plain("Oleh: Sri Wahyuni", "Arial")))
    assert document.title == title
    assert is_the_article_alone(document)


def test_a_sentence_set_larger_than_the_text_is_its_headline() -> None:
    document = read((plain("Warga Siantan Hulu Membangun Saluran Air.", size=14),))
    assert document.title == "Warga Siantan Hulu Membangun Saluran Air."
    assert is_the_article_alone(document)


def test_a_sentence_set_as_the_text_is_stays_text() -> None:
    document = read((plain("Warga Siantan Hulu Membangun Saluran Air.", "Times New Roman", 12),))
    assert document.characters == 1936


def test_a_headline_may_be_longer_than_headlines_are() -> None:
    title = (
        "Warga Kelurahan Siantan Hulu Kota Pontianak Bersama BKM Harapan Jaya dan Pemerintah Kota Membangun Saluran "
        "Air Sepanjang Seratus Dua Puluh Meter di RT 03 dan RT 04 Demi Lingkungan Bebas Banjir"
    )
    document = read((plain(title, size=14, bold=True),))
    assert document.title == title
    assert is_the_article_alone(document)


def test_a_bold_lead_that_ends_as_a_sentence_is_text() -> None:
    lead = (
        "Warga Kelurahan Siantan Hulu bersama BKM Harapan Jaya dan pemerintah kota membangun saluran air sepanjang "
        "seratus dua puluh meter di RT 03 dan RT 04 agar lingkungan mereka bebas dari banjir setiap musim hujan."
    )
    document = read((plain(lead, "Times New Roman", 12, bold=True),))
    assert document.characters == 1900 + len(lead.replace(" ", ""))


def test_a_sentence_in_another_font_alone_above_the_text_is_its_headline() -> None:
    document = read((plain("Warga Siantan Hulu Membangun Saluran Air.", size=12),))
    assert is_the_article_alone(document)


def test_a_subtitle_in_another_font_is_not_judged() -> None:
    assert is_the_article_alone(
        read((headline, plain("Gotong royong tiga bulan berbuah manis", size=12)))
    )


# ── who wrote ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("above", "below", "name", "role"),
    [
        ("(Oleh: Sri Wahyuni)", "", "Sri Wahyuni", ""),
        ("Sri Wahyuni, Fasilitator Sosial Tim 04", "", "Sri Wahyuni", "Fasilitator Sosial Tim 04"),
        ("", "Sri Wahyuni (Koordinator Kota Jambi)", "Sri Wahyuni", "Koordinator Kota Jambi"),
        ("", "Penulis: Budi (Askot)", "Budi", "Askot"),
    ],
)
def test_a_byline_has_many_shapes(above: str, below: str, name: str, role: str) -> None:
    document = read((headline, *([plain(above)] if above else [])), [plain(below)] if below else [])
    assert document.byline is not None
    assert (document.byline.name, document.byline.role) == (name, role)
    assert is_the_article_alone(document)


def test_a_signature_names_the_author() -> None:
    signature = (
        "Jambi, 2 November 2026",
        "Hormat kami,",
        "Sri Wahyuni",
        "Fasilitator Sosial Tim 04",
    )
    document = read(below=[plain(text) for text in signature])
    assert document.byline is not None
    assert (document.byline.name, document.byline.role) == (
        "Sri Wahyuni",
        "Fasilitator Sosial Tim 04",
    )
    assert is_the_article_alone(document)


def test_who_countersigns_is_not_the_author() -> None:
    document = read(
        below=[plain(text) for text in ("Mengetahui,", "Budi Santoso", "Koordinator Kota")]
    )
    assert document.byline is None
    assert is_the_article_alone(document)


# ── below the article ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "below",
    [
        ("Tentang penulis:", "Sri Wahyuni adalah fasilitator sosial Tim 04 Kota Jambi."),
        ("*) Penulis adalah Fasilitator Sosial Tim 04 Kota Jambi.",),
        ("Sekian dan terima kasih.",),
        ("Wassalamu’alaikum Wr. Wb.",),
        ("Salam Kotaku!",),
        ("#KotaTanpaKumuh #Kotaku",),
        ("Instagram: @bkm_harapan", "Facebook: BKM Harapan Jaya"),
        ("(sri/hms)",),
        ("- Selesai -",),
        ("Foto-foto: Sri Wahyuni",),
    ],
    ids=lambda below: below[0],
)
def test_what_stands_below_an_article_is_not_article(below: tuple[str, ...]) -> None:
    assert is_the_article_alone(read(below=[plain(text) for text in below]))


def test_a_last_sentence_stays_article() -> None:
    closing = "Demikian kisah warga yang terus menjaga saluran air mereka."
    document = read(below=[plain(closing, "Times New Roman", 12)])
    assert document.characters == 1900 + len(closing.replace(" ", ""))


def test_an_article_about_writers_keeps_its_text() -> None:
    document = read(within=[plain("Profil Penulis", "Times New Roman", 12, bold=True)])
    assert document.characters == 1900 + len("ProfilPenulis")


# ── above the article ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "letter",
    [
        ("Yth. Redaksi Warta Kotaku", "Berikut kami kirimkan naskah berita beserta foto."),
        (
            "Kepada Yth.",
            "Redaksi",
            "Dengan hormat,",
            "Bersama ini kami kirimkan naskah berita BKM. Mohon dimuat.",
            "Atas perhatiannya kami ucapkan terima kasih.",
        ),
    ],
    ids=["short", "formal"],
)
def test_a_letter_to_the_redaksi_above_the_headline_is_not_article(letter: tuple[str, ...]) -> None:
    document = read((*(plain(text) for text in letter), headline))
    assert document.title == TITLE
    assert is_the_article_alone(document)


# ── captions ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "caption",
    [
        "Foto Atas: Warga menggali saluran air di RT 03",
        "Foto A: Warga menggali saluran air di RT 03",
        "Foto II: Warga menggali saluran air di RT 03",
        "Foto 1 Warga menggali saluran air di RT 03",
        "Foto #1 Warga menggali saluran air di RT 03",
        "Warga menggali saluran air di RT 03. (Foto: Sri Wahyuni)",
    ],
)
def test_a_caption_has_many_marks(caption: str) -> None:
    document = read(below=[plain(caption)])
    assert len(document.captions) == 1
    assert document.captions[0].text.startswith("Warga menggali saluran air di RT 03")
    assert is_the_article_alone(document)


@pytest.mark.parametrize("bold", [False, True])
def test_a_line_in_a_font_of_its_own_right_under_a_picture_is_its_caption(*, bold: bool) -> None:
    document = read(
        within=[picture, plain("Warga menggali saluran air di RT 03.", size=12, bold=bold)]
    )
    assert [label.text for label in document.captions] == ["Warga menggali saluran air di RT 03."]
    assert is_the_article_alone(document)


@pytest.mark.parametrize("text", ["[Foto 1]", "[sisipkan foto IMG_2041.jpg di sini]"])
def test_where_a_photo_is_to_go_is_no_text(text: str) -> None:
    assert is_the_article_alone(read(within=[plain(text)]))


@pytest.mark.parametrize(
    "text",
    [
        "Foto 1 menunjukkan warga yang sedang menggali saluran air di RT 03.",
        "Foto kegiatan itu dipajang warga di balai kelurahan sejak pekan lalu.",
        "Air tidak lagi menggenang. (Foto: Humas)",
    ],
)
def test_a_sentence_about_a_photo_stays_article(text: str) -> None:
    document = read(within=[plain(text, "Times New Roman", 12)])
    assert document.captions == ()
    assert document.characters == 1900 + len(text.replace(" ", ""))


# ── fonts ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["Times New Roman, serif", '"Times New Roman",serif'])
def test_a_list_of_fonts_as_web_pages_have_it_is_its_first(name: str) -> None:
    assert read(within=[plain("Warga senang sekali hari itu.", name, 12)]).share.font == 1


def test_a_list_that_ends_with_the_asked_font_is_another() -> None:
    assert (
        read(
            within=[plain("Warga senang sekali hari itu.", "Arial, Times New Roman", 12)]
        ).share.font
        < 1
    )
