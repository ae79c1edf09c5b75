"""The law of the count: whatever stands around and within an article, never less is counted than
the article is, and its title stays its title."""

import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.document.document import judge
from ingest.read.document.reading import Reading
from ingest.read.document.typography import Asked
from redaksi.model import Document, Paragraph
from redaksi.text.counting import count
from tests.builders import file, paragraph
from tests.unit.document.test_invented import KOP, LONG, PROSE, TITLE

HEADS = st.sampled_from(
    [[], KOP, ["^*` BKM HARAPAN JAYA", "^` Sekretariat: Jl. Budi Utomo No. 5"], ["^*` SIARAN PERS"]]
)
TITLES = st.sampled_from([TITLE, f"*` {TITLE}", f"^*` {TITLE}", f"+` {TITLE}", f"^*` {LONG}"])
UNDER = st.sampled_from(
    [
        [],
        ["Oleh: Sri Wahyuni"],
        ["sri@contoh.example"],
        ["Penulis: Sri Wahyuni", "HP 0812-3456-7890"],
    ]
)
TAILS = st.sampled_from(
    [
        [],
        ["Penulis: Sri Wahyuni"],
        [
            "Keterangan foto:",
            "1. Warga mengangkat lumpur dari parit.",
            "2. Lurah memberi sambutan.",
        ],
        ["Salam,", "Sri Wahyuni"],
        ["Editor: Budi Santoso", "HP: 0812-3456-7890"],
    ]
)
SENTENCES = [
    "Warga kemudian makan siang bersama di mushala.",
    "Foto pertama dipajang di balai warga.",
    "Foto kegiatan itu kini viral di media sosial.",
    "Keterangan warga dibenarkan ketua RT.",
    "Penulis papan informasi adalah para pemuda.",
    "Gambar 2 di papan informasi dibuat pemuda RT 03.",
    "Terima kasih disampaikan kepada semua pihak.",
    "Demikian kisah warga Siantan Hulu.",
]
LINES = ["Latar Belakang", "*` Persiapan", "1. Panjang saluran 240 meter", "• Dua truk sampah"]
LONGS = [*PROSE.values(), " ".join(SENTENCES[:5])]
BODY = st.lists(st.sampled_from([*LONGS, *SENTENCES, *LINES]), max_size=12)
MARKS = st.lists(
    st.tuples(
        st.integers(1, 13),
        st.sampled_from(["(foto terlampir)", "[Foto 1]", "(Foto 2)", "[sisipkan foto]", "DOKUMENTASI"]),
    ),
    max_size=2,
)  # fmt: skip
_SLACK = 60  # characters of a short line or two right below a mark, which may be its caption


def made(line: str) -> Paragraph:
    marks, _, text = line.rpartition("` ")
    size = 18.0 if "+" in marks else 12.0
    return paragraph(text, bold="*" in marks, centered="^" in marks, size=size)


def read(lines: list[str]) -> Document:
    reading = Reading(kind="docx", paragraphs=tuple(map(made, lines)))
    return judge(file("n.docx", b"x", "docx"), reading, Asked())


@settings(max_examples=300, deadline=None)
@given(HEADS, TITLES, UNDER, BODY, MARKS, TAILS, st.sampled_from([0, 58, 64, 72, 76]))
def test_never_less_than_the_article_is_counted(
    head: list[str],
    title: str,
    under: list[str],
    body: list[str],
    marks: list[tuple[int, str]],
    tail: list[str],
    width: int,
) -> None:
    article = [PROSE["P1"], *body, PROSE["P3"]]
    lines = list(article)
    for at, mark in marks:
        lines.insert(min(at, len(lines) - 1), mark)
    if width:
        lines = [part for line in lines for part in textwrap.wrap(line, width)]
    found = read([*head, title, *under, *lines, *tail])
    truth = sum(count(line.rpartition("` ")[2]) for line in article)
    assert found.title == title.rpartition("` ")[2]
    assert found.characters >= truth - _SLACK * len(marks)
