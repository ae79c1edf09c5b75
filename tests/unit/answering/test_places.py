"""redaksi.text.places: every province has its zone, however contributors spell it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from redaksi.text import places


def test_there_are_38_provinces_in_three_zones() -> None:
    zones = [zone for zone, _, _ in places.PROVINCES.values()]
    assert [zones.count(zone) for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")] == [
        18,
        12,
        8,
    ]


def test_no_spelling_means_two_provinces() -> None:
    spellings = [
        places._folded(s)
        for name, (_, _, others) in places.PROVINCES.items()
        for s in {name, *others}
    ]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    ("spelled", "province", "zone"),
    [
        ("Kalbar", "Kalimantan Barat", "Asia/Jakarta"),
        ("Prov. KALIMANTAN  BARAT", "Kalimantan Barat", "Asia/Jakarta"),
        ("kalsel", "Kalimantan Selatan", "Asia/Makassar"),
        ("D.I. Yogyakarta", "DI Yogyakarta", "Asia/Jakarta"),
        ("Sumatra Utara", "Sumatera Utara", "Asia/Jakarta"),
        ("Provinsi Papua Barat Daya", "Papua Barat Daya", "Asia/Jayapura"),
        ("N.T.T.", "Nusa Tenggara Timur", "Asia/Makassar"),
        ("Atlantis", None, None),
        ("", None, None),
    ],
)
def test_a_province_is_known_by_its_spellings(
    spelled: str, province: str | None, zone: str | None
) -> None:
    assert (places.find_province(spelled), places.zone_of(spelled)) == (province, zone)


SHORT = {
    "Aceh": "Aceh", "Sumatera Utara": "Sumut", "Sumatera Barat": "Sumbar", "Riau": "Riau",
    "Kepulauan Riau": "Kepri", "Jambi": "Jambi", "Bengkulu": "Bengkulu", "Sumatera Selatan": "Sumsel",
    "Kepulauan Bangka Belitung": "Babel", "Lampung": "Lampung", "Banten": "Banten",
    "DKI Jakarta": "Jakarta", "Jawa Barat": "Jabar", "Jawa Tengah": "Jateng", "DI Yogyakarta": "DIY",
    "Jawa Timur": "Jatim", "Kalimantan Barat": "Kalbar", "Kalimantan Tengah": "Kalteng",
    "Kalimantan Selatan": "Kalsel", "Kalimantan Timur": "Kaltim", "Kalimantan Utara": "Kaltara",
    "Bali": "Bali", "Nusa Tenggara Barat": "NTB", "Nusa Tenggara Timur": "NTT",
    "Sulawesi Utara": "Sulut", "Gorontalo": "Gorontalo", "Sulawesi Tengah": "Sulteng",
    "Sulawesi Barat": "Sulbar", "Sulawesi Selatan": "Sulsel", "Sulawesi Tenggara": "Sultra",
    "Maluku": "Maluku", "Maluku Utara": "Malut", "Papua": "Papua", "Papua Barat": "Papua Barat",
    "Papua Barat Daya": "Papua Barat Daya", "Papua Tengah": "Papua Tengah",
    "Papua Pegunungan": "Papua Pegunungan", "Papua Selatan": "Papua Selatan",
}  # fmt: skip


def test_every_province_has_a_short_name_that_is_read_back() -> None:
    assert {name: places.shorten_province(name) for name in places.PROVINCES} == SHORT
    assert {name: places.find_province(short) for name, short in SHORT.items()} == {
        name: name for name in SHORT
    }
    assert places.shorten_province("Prov. Kalimantan Barat") == "Kalbar"
    assert places.shorten_province("Atlantis") == ""


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Asia/Jakarta", "WIB"),
        ("Asia/Pontianak", "WIB"),
        ("Asia/Makassar", "WITA"),
        ("Asia/Jayapura", "WIT"),
        ("UTC", "UTC"),
        ("Asia/Kolkata", "UTC+05:30"),
    ],
)
def test_zones_have_their_indonesian_short_names(zone: str, name: str) -> None:
    assert places.name_zone(datetime(2026, 11, 23, tzinfo=UTC).astimezone(ZoneInfo(zone))) == name
