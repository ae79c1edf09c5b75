"""Roles, paragraph by paragraph: what is title, byline, caption and label, and above all what is
not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.document.reading import Reading
from ingest.read.document.roles.article import Article, read_article
from redaksi.model import Paragraph, Picture, Run
from redaksi.text.counting import count
from tests.builders import article_text, paragraph

PROSE = [paragraph(text) for text in article_text(900).split("\n")]
TITLE = paragraph("Warga Bangun Saluran Air", bold=True, centered=True)
PHOTO = "Warga mengangkat batu untuk saluran air"


def read(*paragraphs: Paragraph, pictures: tuple[int, ...] = ()) -> Article:
    shown = tuple(Picture(name="a.jpg", kind="jpeg", after=after) for after in pictures)
    return read_article(Reading(kind="docx", paragraphs=paragraphs, pictures=shown))


def roles(found: Article) -> list[str]:
    return [each.role for each in found.paragraphs]


def keys(found: Article) -> list[tuple[str, str]]:
    return [(label.key, label.text) for label in found.captions]


# ── what is body ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "Oleh karena itu, warga sepakat menjaga saluran itu.",
        "Oleh warga, saluran itu dibersihkan setiap minggu.",
        "Foto pertama memperlihatkan keadaan jalan sebelum dibangun.",
        "Foto 1 menunjukkan saluran yang baru dibangun warga.",
        "Gambar 2 dan 3 di papan informasi dibuat oleh pemuda RT 03.",
        "Foto kegiatan dipajang di balai warga.",
        "Penulis papan informasi itu adalah para pemuda.",
        "P2KP: pendahulu Kotaku yang dimulai tahun 1999.",
        "Keterangan warga itu dibenarkan oleh ketua RT.",
        "Dokumentasi kegiatan disimpan di sekretariat BKM.",
        "Lokasi: Kelurahan Siantan Hulu, RT 03 dan RT 04.",
        "1. Jalan tidak lagi tergenang.",
        "Latar Belakang",
    ],
)
def test_an_ordinary_line_within_the_article_is_body(text: str) -> None:
    found = read(TITLE, PROSE[0], paragraph(text), *PROSE[1:])
    assert set(roles(found)[1:]) == {"body"}
    assert found.byline is None
    assert found.captions == ()


def test_a_numbered_list_under_keterangan_is_body_when_the_article_goes_on() -> None:
    listed = [
        paragraph(text)
        for text in ("Keterangan:", "1. Panjang saluran 240 meter.", "2. Lebar 60 sentimeter.")
    ]
    assert set(roles(read(TITLE, PROSE[0], *listed, *PROSE[1:]))[1:]) == {"body"}


def test_without_article_text_nothing_is_a_title() -> None:
    assert roles(read(paragraph("Isi naskah", font="Calibri"))) == ["body"]
    assert roles(read(TITLE)) == ["body"]
    assert roles(read(paragraph("Judul Pendek"), paragraph("Isi pendek saja"))) == ["body", "body"]


def test_an_article_all_bold_or_all_centred_is_still_an_article() -> None:
    for look in ({"bold": True}, {"centered": True}):
        found = read(*(paragraph(each.text, **look) for each in (TITLE, *PROSE)))  # type: ignore[arg-type]
        assert roles(found) == ["title", *["body"] * len(PROSE)]


def test_a_first_paragraph_is_no_title_when_it_is_long() -> None:
    assert read(*PROSE).title == ""


# ── title ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "title",
    [
        paragraph("Warga Bangun Saluran Air"),
        paragraph("Warga Bangun Saluran Air", bold=True),
        paragraph("Mengapa Warga Siantan Hulu Membangun Sendiri Salurannya?"),
        paragraph('"Ayo Bangun!", Kata Warga Siantan Hulu'),
        paragraph("BKM HARAPAN JAYA: WARGA BANGUN SALURAN"),
        paragraph("Warga Siantan Hulu bangun saluran air.", centered=True),
        paragraph("320 Meter Jalan Lingkungan Rampung", style="heading 1"),
        paragraph("Warga Bangun Saluran Air", style="Judul"),
    ],
    ids=lambda each: each.text[:20],
)
def test_a_headline_is_the_title(title: Paragraph) -> None:
    found = read(title, *PROSE)
    assert (found.title, roles(found)[0]) == (title.text, "title")


def test_an_official_letters_opening_is_no_title() -> None:
    lines = (
        "Nomor: 12/BKM/2026",
        "Lampiran: 2 foto",
        "Perihal: Kiriman berita",
        "Kepada Yth. Redaksi",
    )
    found = read(*map(paragraph, lines), TITLE, *PROSE)
    assert found.title == TITLE.text
    assert roles(found)[:5] == ["label"] * 4 + ["title"]


def test_title_and_byline_in_one_paragraph_are_told_apart() -> None:
    found = read(
        paragraph("Warga Bangun Saluran Air\nOleh: Rahmawati", bold=True, centered=True), *PROSE
    )
    assert found.title == "Warga Bangun Saluran Air"
    assert found.byline is not None
    assert found.byline.name == "Rahmawati"


# ── byline ────────────────────────────────────────────────────────────────────────────────────────


def test_a_byline_at_the_end_of_the_last_paragraph_is_not_counted() -> None:
    last = paragraph(PROSE[1].text + "\nPenulis: Rahmawati, Askot")
    found = read(TITLE, PROSE[0], last)
    assert found.byline is not None
    assert (found.byline.name, found.byline.role) == ("Rahmawati", "Askot")
    assert count("".join(found.texts)) == count(PROSE[0].text + PROSE[1].text)


def test_a_subheading_under_the_byline_is_no_role() -> None:
    found = read(
        TITLE, paragraph("Oleh: Rahmawati"), paragraph("Latar Belakang", bold=True), *PROSE
    )
    assert roles(found)[2] == "body"
    assert found.byline is not None
    assert found.byline.role == ""


def test_a_telephone_number_is_no_role() -> None:
    lines = ("Penulis: Rahmawati, Askot", "HP 0812-3456-7890", "Email: rahma@contoh.example")
    found = read(TITLE, *PROSE, *map(paragraph, lines))
    assert roles(found)[-3:] == ["byline", "label", "label"]
    assert found.byline is not None
    assert found.byline.role == "Askot"


# ── captions ──────────────────────────────────────────────────────────────────────────────────────


def test_a_block_above_the_article_ends_where_the_article_begins() -> None:
    block = map(
        paragraph, ("Keterangan foto:", "1. Warga mengangkat batu.", "2. Lurah memberi sambutan.")
    )
    found = read(TITLE, *block, *PROSE)
    assert keys(found) == [
        ("Foto 1", "Warga mengangkat batu."),
        ("Foto 2", "Lurah memberi sambutan."),
    ]
    assert roles(found) == ["title", "label", "caption", "caption", *["body"] * len(PROSE)]


def test_labels_tell_their_paragraph() -> None:
    found = read(TITLE, *PROSE, paragraph(""), paragraph(f"Foto 1. {PHOTO}"))
    assert [label.place for label in found.captions] == [str(len(PROSE) + 2)]


def test_a_credit_is_no_caption() -> None:
    found = read(TITLE, *PROSE, paragraph("Foto: Budi Santoso"), paragraph("Foto: terlampir"))
    assert found.captions == ()
    assert roles(found)[-2:] == ["label", "label"]


def test_a_short_line_right_under_a_picture_is_its_caption() -> None:
    found = read(TITLE, PROSE[0], paragraph(""), paragraph(PHOTO), *PROSE[1:], pictures=(3,))
    assert keys(found) == [("", PHOTO)]


def test_the_article_going_on_under_a_picture_is_body() -> None:
    found = read(TITLE, PROSE[0], paragraph(""), *PROSE[1:], pictures=(3,))
    assert found.captions == ()


def test_the_caption_of_a_photo_in_a_text_box() -> None:
    box = paragraph(f"Gambar 1 {PHOTO}", story="textbox", style="Caption")
    found = read(TITLE, PROSE[0], box, *PROSE[1:])
    assert keys(found) == [("Foto 1", PHOTO)]
    assert found.paragraphs[2].role == "caption"
    assert found.paragraphs[2].number == 0


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────

LINES = st.one_of(
    st.sampled_from(
        [
            "Penulis:",
            "Rahmawati",
            "Keterangan foto:",
            "1. Warga bekerja.",
            "Foto 1:",
            "IMG_1.jpg",
            "[Kalbar]",
            "",
            ":",
            "Judul",
            "a\nb",
        ]
    ),
    st.text(st.sampled_from("abz AZ09 .:,()[]-–\n\t\u00a0\u200b"), max_size=60),
    st.sampled_from([each.text for each in PROSE]),
)
PARAGRAPHS = st.lists(
    st.builds(
        lambda text, bold, centered, story, style: paragraph(
            text, bold=bold, centered=centered, story=story, style=style
        ),
        LINES,
        st.booleans(),
        st.booleans(),
        st.sampled_from(["body", "table", "textbox", "note", "header"]),
        st.sampled_from(["", "Caption", "heading 1", "Title"]),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, st.lists(st.integers(0, 12), max_size=3))
def test_no_character_is_lost_or_counted_twice(
    paragraphs: list[Paragraph], pictures: list[int]
) -> None:
    found = read(*paragraphs, pictures=tuple(pictures))
    assert [each.runs for each in found.paragraphs] == [each.runs for each in paragraphs]
    shown = [each for each in found.paragraphs if each.story in {"body", "table"}]
    body = sum(count(each.text) for each in shown if each.role == "body")
    assert count("".join(found.texts)) <= body
    if not any("\n" in each.text for each in paragraphs):
        assert count("".join(found.texts)) == body
    assert [each.number for each in shown if each.number] == list(
        range(1, sum(each.number > 0 for each in shown) + 1)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Foto " * 4000,
        "( " * 8000,
        "Penulis " * 3000,
        "a." * 9000,
        "Jl " * 5000,
        "_" * 20000,
        "A-" * 9000,
        "1 - " * 5000,
        "[" + "A" * 20000,
        "Keterangan foto kegiatan " * 900,
        "foto-" * 5000,
        "A" + " " * 50000 + "B",
        ".jpg" * 5000,
        "no.1." * 5000,
        "0812 3456 - " * 2000,
        "#a " * 8000,
        "Kelurahan " * 2000,
    ],
    ids=lambda text: text[:12],
)
def test_no_line_takes_long(text: str) -> None:
    for cut in (text[:59], text[:139], text[:280], text):
        start = time.perf_counter()
        read(TITLE, paragraph(cut), *PROSE, paragraph(cut), paragraph(cut, style="Caption"))
        assert time.perf_counter() - start < 3.0


def test_hidden_runs_shift_nothing() -> None:
    runs = (
        Run(text="xx", font="A", size=9, hidden=True),
        Run(text="Satu dua", font="T", size=12),
        Run(text="yy", font="A", size=9, hidden=True),
        Run(text="\nPenulis: Rahmawati", font="T", size=12),
    )
    found = read(TITLE, *PROSE, Paragraph(runs=runs))
    assert found.texts[-1] == "Satu dua"
    assert [run.text for run in found.parts[-1].runs] == ["Satu dua"]
