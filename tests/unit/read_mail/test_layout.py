"""Rows, lists and pictures of an HTML body; which of two renderings of a mail is believed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.mail.alternatives import is_stub, is_whole
from ingest.read.mail.html_layout import lay_out
from ingest.read.mail.html_text import extract_text

WORDS = "Warga bergotong royong mengangkat batu fondasi di RT 03"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<table><tr><td>a.jpg</td><td>Warga</td></tr></table>", "a.jpg\tWarga"),
        ("<table><tr><td>a.jpg<td>Warga<tr><td>b.jpg<td>Lurah</table>", "a.jpg\tWarga\nb.jpg\tLurah"),
        ("<table><tr><td><p>1</p></td><td><p>Warga</p><p>desa</p></td></tr></table>", "1\tWarga desa"),
        ("<table><tr><td>Isi surat</td></tr></table>", "Isi surat"),
        ("<table><tr><th>No</th><th>Foto</th></tr></table>", "No\tFoto"),
        ("<table><tr><td><table><tr><td>a<td>b</table></td><td>c</td></tr></table>", "a\tb\n\nc"),
        ("<td>a</td><td>b</td>", "a\nb"),
        ("<ol><li>satu</li><li><p>dua</p></li></ol>", "1. satu\n\n2. dua"),
        ("<ol type='a'><li>satu<li>dua</ol>", "a. satu\nb. dua"),
        ("<ul><li>satu</ul>", "• satu"),
        ('<p>x<img src="cid:a@b">y</p>', "x\n[cid:a@b]\ny"),
        ('<img src="x.png" alt="IMG_1.jpg">Warga', "[image: IMG_1.jpg]\nWarga"),
        ('<img src="x.png" alt="Logo kami">Warga', "Warga"),
        ("<pre>a\nb</pre>", "a\nb"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_beside_the_words(markup: str, text: str) -> None:
    assert lay_out(markup).text == text


@given(
    st.lists(
        st.sampled_from(
            ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "a b", "<p>", "<ol>", "<li>", "</ol>", "<br>"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_no_word_is_lost_or_doubled_in_any_nest(pieces: list[str]) -> None:
    markup = "".join(pieces)
    assert lay_out(markup).text.count("a") == extract_text(markup).count("a")


@pytest.mark.parametrize(
    "markup",
    ["<table><tr><td>" * 20_000, "<td>x" * 50_000, "<ol><li>" * 50_000, "<tr>" * 100_000 + "x"],
)
def test_hostile_tables_cost_little(markup: str) -> None:
    start = time.process_time()
    lay_out(markup)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("plain", "rich", "stub"),
    [
        ("Silakan lihat versi HTML dari email ini.", f"Foto 1: {WORDS}", True),
        ("Email ini berformat HTML.", f"Foto 1: {WORDS}", True),
        ("Your mail program does not support this message.", f"Foto 1: {WORDS}", True),
        ("", f"Foto 1: {WORDS}", True),
        ("Redaksi,", f"Redaksi, berikut keterangan fotonya. Foto 1: {WORDS}", True),
        (f"Foto 1: {WORDS}", f"Foto 1: {WORDS}", False),
        (f"Foto 1: {WORDS}", "", False),
        (f"Foto 1: {WORDS} <https://contoh.id/{'x' * 80}>", f"Foto 1: {WORDS}", False),
        (f"Versi HTML kami: {WORDS}", f"Versi HTML kami: {WORDS} Salam", False),
    ],
)
def test_a_stub_of_the_html_is_not_believed(plain: str, rich: str, stub: bool) -> None:
    assert is_stub(plain, rich) is stub


def test_html_that_says_less_is_not_the_whole() -> None:
    assert is_whole(f"Foto 1: {WORDS}", f"Foto 1: {WORDS} [cid:a]")
    assert not is_whole("Salam", f"Foto 1: {WORDS}")
