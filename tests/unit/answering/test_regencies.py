"""redaksi.text.regencies: cities and regencies by their own names, and where they lie."""

import pytest

from redaksi.text import regencies
from redaksi.text.places import PROVINCES


def test_there_are_98_cities_and_416_regencies_in_38_provinces() -> None:
    kinds = [kind for kind, _, _ in regencies._list_all()]
    assert (kinds.count("Kota"), kinds.count("Kabupaten")) == (98, 416)
    assert {province for _, _, province in regencies._list_all()} == set(PROVINCES)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("satgas Covid-19 Kota Pontianak.", ["Kota Pontianak"]),
        ("Wali Kota Pontianak Edi Rusdi Kamtono hadir", ["Kota Pontianak"]),  # a name follows
        ("Bupati Kab. Kubu Raya Muda Mahendrawan", ["Kabupaten Kubu Raya"]),
        ("KOTA TANGERANG SELATAN", ["Kota Tangerang Selatan"]),  # not Kota Tangerang
        ("Kota Administrasi Jakarta Timur", ["Kota Jakarta Timur"]),
        ("Kabupaten Pangkajene dan Kepulauan", ["Kabupaten Pangkajene dan Kepulauan"]),
        ("Kota Bogor dan Kabupaten Bogor, lalu Kota Bogor", ["Kota Bogor", "Kabupaten Bogor"]),
        ("Program Kota Tanpa Kumuh (Kotaku)", []),
        ("pondasi kota batu; Batu Ampar; warga Pontianak", []),  # nobody says it is a city
        ("di tingkat kota/kab dan Kota/Kab masing-masing", []),
        ("Kabupaten Pontianak", []),  # there is none of this name any more
    ],
)
def test_what_a_text_names_as_city_or_regency(text: str, named: list[str]) -> None:
    assert list(regencies.find_regencies(text)) == named


@pytest.mark.parametrize(
    ("place", "province"),
    [
        ("PONTIANAK", "Kalimantan Barat"),
        ("Kab. Kubu Raya", "Kalimantan Barat"),
        ("Kota Bogor", "Jawa Barat"),
        ("Kalbar", "Kalimantan Barat"),
        ("Yogyakarta", "DI Yogyakarta"),
        ("Banjar", None),  # a city of Jawa Barat, a regency of Kalimantan Selatan
        ("Siantan Hulu", None),
        ("", None),
    ],
)
def test_where_a_city_or_regency_lies(place: str, province: str | None) -> None:
    assert regencies.find_province_of(place) == province
