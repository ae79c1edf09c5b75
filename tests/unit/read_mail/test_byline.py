"""Bylines: who wrote, and as what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.document.roles.byline import parse, parse_keyed, parse_unmarked


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Rahmawati", "Rahmawati", ""),
        ("Inayatullah, Sub-Prof Komunikasi", "Inayatullah", "Sub-Prof Komunikasi"),
        (
            "Rahmawati, Fasilitator Sosial, Tim 04 Kota Pontianak",
            "Rahmawati",
            "Fasilitator Sosial, Tim 04 Kota Pontianak",
        ),
        ("Sri Wahyuni, S.Sos., M.Si., Askot Jambi", "Sri Wahyuni, S.Sos., M.Si.", "Askot Jambi"),
        ("Siti Aminah, ST", "Siti Aminah, ST", ""),
        ("M. Yusuf/Tim 07 Makassar", "M. Yusuf", "Tim 07 Makassar"),
        ("Budi Santoso - Humas", "Budi Santoso", "Humas"),
        ("Nur Aini (Korkot Palu)", "Nur Aini", "Korkot Palu"),
        ("(Rahmawati, Fasilitator)", "Rahmawati", "Fasilitator"),
        ("Rahmawati | Editor: EPN", "Rahmawati", ""),
        ("Nur Aini dan Budi Santoso, Tim 2", "Nur Aini dan Budi Santoso", "Tim 2"),
        ("-", "", ""),
        ("", "", ""),
    ],
)
def test_name_and_role(text: str, name: str, role: str) -> None:
    person = parse(text)
    assert (person.name, person.role) == (name, role)


@pytest.mark.parametrize(
    "line",
    [
        "Penulis: A B",
        "PENULIS : A B",
        "Oleh: A B",
        "Ditulis oleh: A B",
        "Teks & foto: A B",
        "Reporter/Foto: A B",
        "Nama penulis = A B",
        "Penulis\u00a0: A B",
        "By: A B",
        "Kontributor: A B",
    ],
)
def test_lines_that_say_who_wrote(line: str) -> None:
    assert parse_keyed(line) == "A B"


@pytest.mark.parametrize(
    "line",
    [
        "Penulis buku itu hadir",
        "Teks: ini adalah isi berita",
        "Oleh karena itu: warga",
        "Naskah: sudah diperiksa oleh tim",
        "Penulis: " + "kata " * 60,
    ],
)
def test_lines_that_do_not(line: str) -> None:
    assert parse_keyed(line) is None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Oleh Rahmawati, Askot Jambi", "Rahmawati, Askot Jambi"),
        ("OLEH RAHMAWATI", "RAHMAWATI"),
        ("Oleh karena itu, warga sepakat", None),
        ("Oleh Pemerintah Kota, jalan itu dibangun.", None),
        ("Oleh warga, jalan itu dibangun", None),
    ],
)
def test_by_without_a_colon_wants_a_name(line: str, value: str | None) -> None:
    assert parse_unmarked(line) == value


@given(st.text(max_size=150))
def test_any_text_gives_some_person(text: str) -> None:
    person = parse(text)
    assert "\n" not in person.name + person.role
