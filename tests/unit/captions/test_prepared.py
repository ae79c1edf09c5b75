"""A text made ready for the grammar: records, messenger stamps, several photos in one line."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.captions.prepared import prepare

ONE, TWO = "Warga mengangkat batu dari parit", "Ibu-ibu memasak bersama di dapur"


@pytest.mark.parametrize(
    ("text", "ready"),
    [
        (
            f"File : IMG_1.jpg\nLokasi : Siantan\nTanggal : 15 Nov\nKet : {ONE}",
            f"File : IMG_1.jpg\nKet : {ONE}",
        ),
        (f"File: a.jpg\n\nTempat: RW 05\n\nKet: {ONE}", f"File: a.jpg\n\n\nKet: {ONE}"),
        (f"Foto 1\nFotografer: Siti\nCaption: {ONE}", f"Foto 1\nCaption: {ONE}"),
        (f"ft 1 {ONE}\nft 2 {TWO}", f"Foto 1: {ONE}\nFoto 2: {TWO}"),
        (f"Foto 01 dari 02 – {ONE}\nFoto 02 dari 02 – {TWO}", f"Foto 1: {ONE}\nFoto 2: {TWO}"),
        (f"Keterangan foto: (1) {ONE}, (2) {TWO}", f"Keterangan foto: \n1. {ONE}\n2. {TWO}"),
        (f"Ket. foto: {ONE}; {TWO}", f"Ket. foto: \n- {ONE}\n- {TWO}"),
        (f"[15/11 10.22] Rahma: {ONE}", ONE),
        (f"[10:22, 15/11/2026] Rahma Wati: {ONE}", ONE),
        (f"📷1 {ONE}\n📷2 {TWO}", f"Foto 1: {ONE}\nFoto 2: {TWO}"),
        (f"📸 {ONE}", f"Foto: {ONE}"),
        (f"Ket. foto: foto 1 = {ONE}; foto 2 = {TWO}", f"Foto 1: {ONE}\nFoto 2: {TWO}"),
        (
            f"Untuk foto pertama adalah {ONE}, sedangkan foto kedua {TWO}",
            f"Foto 1: adalah {ONE}\nFoto 2: {TWO}",
        ),
    ],
)
def test_what_people_write_as_the_grammar_reads_it(text: str, ready: str) -> None:
    assert prepare(text) == ready


@pytest.mark.parametrize(
    "text",
    [
        "Lokasi : Kel. Siantan Hulu\nTanggal : 15 Nov 2026",
        "Tanggal: 15 November\nWarga bergotong royong membersihkan parit.",
        "[15/11 10.22] Rahma: IMG-20261115-WA0003.jpg (file terlampir)",
        f"ft 1 {ONE}",
        "Foto 1 dan foto 2 menyusul besok.",
        "Foto 2 memperlihatkan warga, foto 4 lurah yang memotong pita.",
        "Terlampir foto 3 lembar dan foto 2 lembar lagi besok.",
    ],
)
def test_all_else_stays(text: str) -> None:
    assert prepare(text) == text


@pytest.mark.parametrize(
    "text",
    [
        " " * 200_000, ("File : a.jpg\n" + " " * 1500 + "lokasi\n") * 50, (";" * 1900 + "\n") * 50,
        ("ket foto: " + "1) a b c; " * 180 + "\n") * 50, "foto 1 a b c " * 20_000,
    ],
)  # fmt: skip
def test_endless_text_costs_little(text: str) -> None:
    start = time.process_time()
    prepare(text)
    assert time.process_time() - start < 1


@given(st.text(alphabet="foto 12:=;📷\nKet[]/. ab", max_size=200))
def test_any_text_is_made_ready(text: str) -> None:
    assert prepare(prepare(text)) is not None
