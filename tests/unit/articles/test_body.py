"""What of a document is published: paragraphs, headings, lists, and what is left out with a mark."""

import msgspec
import pytest

from ingest.read.document.document import read_document
from publisher.articles.blocks import compose_body
from redaksi.limits import Safety
from redaksi.model import Paragraph, Person, Run
from tests import builders
from tests.unit.articles.editions import PROSE, assess, bold, compose, paragraph, run, show

BOLD_PROSE = bold(PROSE)


def body(*paragraphs: Paragraph | str, **rest: object) -> list[str]:
    """The blocks of a document of these paragraphs, without a dateline."""
    return show(compose(assess(*paragraphs, photos=(), **rest), province="").body)


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ([run("Warga "), run("(rahasia) ", hidden=True), run("hadir.")], "p Warga hadir."),
        ([run("Warga "), run("semua ", inserted=True), run("hadir.")], "p Warga semua hadir."),
        (["Warga\u00a0 RT\u2003 03\thadir. "], "p Warga RT 03 hadir."),  # spaces of every width
        (["per\u00aduma\u200bhan\u200e \u202eini\ufeff\u2066."], "p perumahan ini."),
        (["Warga\x00\x07 hadir\ufffc."], "p Warga hadir."),
        ([run("Ketua BKM", bold=True), " hadir."], "p *Ketua BKM* hadir."),
        ([run("Ketua ", bold=True), run("BKM", bold=True), " hadir."], "p *Ketua BKM* hadir."),
        ([run("Ketua", bold=True), " ", run("BKM", bold=True), " ya."], "p *Ketua BKM* ya."),
        (["Warga", run(",", bold=True), " lurah hadir."], "p Warga, lurah hadir."),
        (["Warga ", run("–", bold=True), " lurah hadir."], "p Warga – lurah hadir."),
        ([run("Ketua:", bold=True), "nya"], "p *Ketua*:nya"),
        ([run("Ketua:", bold=True), " Sri"], "p *Ketua:* Sri"),
        (["A & B < C > D \"E\" 'F' \\ `g`"], "p A & B < C > D \"E\" 'F' \\ `g`"),
        (["“Kami” – 2½ m² … é ñ"], "p “Kami” – 2½ m² … é ñ"),
    ],
)
def test_a_paragraph_is_what_its_readers_see(runs: list[Run | str], shown: str) -> None:
    assert body(paragraph(*runs)) == [shown]


@pytest.mark.parametrize(
    ("paragraphs", "shown"),
    [
        ([bold("Dukungan Lurah"), PROSE], ["h3 Dukungan Lurah", f"p {PROSE}"]),
        ([bold("1. Dukungan Lurah"), PROSE], ["h3 1. Dukungan Lurah", f"p {PROSE}"]),
        ([bold("Dukungan Lurah."), PROSE], ["p *Dukungan Lurah.*", f"p {PROSE}"]),
        ([bold("Lurah hadir. Warga juga"), PROSE], ["p *Lurah hadir. Warga juga*", f"p {PROSE}"]),
        ([PROSE, bold("Dukungan Lurah")], [f"p {PROSE}", "p *Dukungan Lurah*"]),  # no prose below
        ([bold("x" * 91), PROSE], [f"p *{'x' * 91}*", f"p {PROSE}"]),
        ([bold("x" * 90), PROSE], [f"h3 {'x' * 90}", f"p {PROSE}"]),
        (
            [bold("Bagian"), bold("Anak bagian"), PROSE],
            ["p *Bagian*", "h3 Anak bagian", f"p {PROSE}"],
        ),
        (
            [paragraph(run("Dukungan ", bold=True), "Lurah"), PROSE],
            ["p *Dukungan* Lurah", f"p {PROSE}"],
        ),
        (
            [BOLD_PROSE, bold("Hasil"), BOLD_PROSE],
            [f"p {PROSE}", "p Hasil", f"p {PROSE}"],
        ),  # all bold
        (
            [PROSE, paragraph("satu", listed=True), paragraph("dua", listed=True), PROSE],
            [f"p {PROSE}", "ul satu | dua", f"p {PROSE}"],
        ),
        (
            [paragraph(run("Hasil", bold=True), listed=True), PROSE],  # numbered by Word
            ["h3 Hasil", f"p {PROSE}"],
        ),
        (
            [
                paragraph("satu", listed=True),
                paragraph(run("dua", bold=True), listed=True),
                PROSE,
            ],
            ["ul satu | *dua*", f"p {PROSE}"],
        ),
    ],
)
def test_headings_and_lists(paragraphs: list[Paragraph], shown: list[str]) -> None:
    assert body(*paragraphs) == shown


def test_title_byline_captions_and_labels_are_no_body() -> None:
    paragraphs: list[Paragraph | str] = [
        paragraph("Judul", role="title"),
        paragraph("Penulis: Rahma", role="byline"),
        PROSE,
        paragraph("Keterangan foto:", role="label"),
        paragraph("Foto 1. Warga.", role="caption"),
    ]
    assert body(*paragraphs) == [f"p {PROSE}"]


def test_what_stands_in_one_paragraph_with_the_body_is_none_either() -> None:
    """A contributor who presses Shift+Enter throughout."""
    text = f"Warga Bangun Saluran Air\nPenulis: Rahma Wati\n{PROSE}\n{PROSE}"
    byline = Person(name="Rahma Wati")
    assert body(text, title="Warga Bangun Saluran Air", byline=byline) == [f"p {PROSE}"] * 2


def test_a_line_broken_by_hand_goes_on() -> None:
    broken = "Puluhan warga bergotong royong membangun saluran air\nsejak pagi.\nMereka senang."
    assert body(broken) == [
        "p Puluhan warga bergotong royong membangun saluran air sejak pagi.",
        "p Mereka senang.",
    ]


@pytest.mark.parametrize(
    ("story", "shown", "marks"),
    [
        ("table", [f"p {PROSE}", "p RT 03", "p 12 rumah"], ("tables-simplified",)),
        ("note", [f"p {PROSE}"], ("notes-left-out",)),
        ("textbox", [f"p {PROSE}"], ("textboxes-left-out",)),
        ("header", [f"p {PROSE}"], ()),
        ("footer", [f"p {PROSE}"], ()),
    ],
)
def test_stories_beside_the_body(story: str, shown: list[str], marks: tuple[str, ...]) -> None:
    beside = [paragraph(text, story=story) for text in ("RT 03", "12 rumah", " \u200b")]  # type: ignore[arg-type]
    made = compose_body(builders.document(paragraphs=(paragraph(PROSE), *beside)))
    assert (show(made.blocks), made.marks) == (shown, marks)


def test_a_box_that_shows_nothing_is_not_marked() -> None:
    empty = paragraph(run("draf", hidden=True), story="textbox")
    assert compose_body(builders.document(paragraphs=(paragraph(PROSE), empty))).marks == ()


def test_text_wrapped_by_hand_is_read_as_its_reader_read_it() -> None:
    """Pasted from a mail, each line a paragraph."""
    article = """Puluhan warga RT 03 dan RT 04 Kelurahan Siantan Hulu bergotong
royong membangun saluran air sepanjang 240 meter, Minggu (15/11).
Sejak pukul enam pagi, bapak-bapak mengangkat batu dan pasir ke
lokasi, sementara para ibu menyiapkan sarapan bersama di teras.

Ketua BKM Harapan Jaya, Suryadi, mengatakan pekerjaan itu telah
direncanakan sejak rembuk warga pada bulan Mei tahun yang lalu."""
    content = builders.docx(article.split("\n"), title="Warga Bangun Saluran Air")
    document = read_document(builders.file("a.docx", content, "docx"), Safety())
    one, two = (" ".join(part.split()) for part in article.split("\n\n"))
    assert show(compose_body(document).blocks) == [f"p {one}", f"p {two}"]


def test_a_drop_capital_belongs_to_its_word() -> None:
    rest = msgspec.structs.replace(paragraph("arga Siantan hadir."), continued=True)
    assert body(paragraph("W"), rest) == ["p Warga Siantan hadir."]


def test_a_caption_between_parts_what_was_wrapped() -> None:
    rest = msgspec.structs.replace(paragraph("lanjutan."), continued=True)
    assert body("Awal", paragraph("Foto 1. Warga", role="caption"), rest) == [
        "p Awal",
        "p lanjutan.",
    ]
