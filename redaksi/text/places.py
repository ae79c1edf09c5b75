"""Indonesia's provinces, their spellings and their time zones.

Zones: Presidential Decree 41/1987 (WIB UTC+7, WITA UTC+8, WIT UTC+9; no daylight saving), provinces
as of Law 29/2022 (38 of them). Neither the tz database nor CLDR has the Indonesian short names in
every language.
"""

import re
from datetime import datetime

_WIB, _WITA, _WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
SHORT_NAMES = {
    _WIB: "WIB",
    "Asia/Pontianak": "WIB",
    _WITA: "WITA",
    "Asia/Ujung_Pandang": "WITA",
    _WIT: "WIT",
}

# province -> (zone, short name as readers know it, other spellings as contributors write them, folded
# as `_folded` does). The provinces of Papua are read by their full names: Pabar and PBD are known to
# offices, not to readers.
PROVINCES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "Aceh": (_WIB, "Aceh", ("nad", "nanggroe aceh darussalam", "di aceh")),
    "Sumatera Utara": (_WIB, "Sumut", ("sumut", "sumatra utara", "north sumatra")),
    "Sumatera Barat": (_WIB, "Sumbar", ("sumbar", "sumatra barat", "west sumatra")),
    "Riau": (_WIB, "Riau", ()),
    "Kepulauan Riau": (_WIB, "Kepri", ("kepri", "kep riau", "riau islands")),
    "Jambi": (_WIB, "Jambi", ()),
    "Bengkulu": (_WIB, "Bengkulu", ()),
    "Sumatera Selatan": (_WIB, "Sumsel", ("sumsel", "sumatra selatan", "south sumatra")),
    "Kepulauan Bangka Belitung": (
        _WIB,
        "Babel",
        ("babel", "bangka belitung", "kep bangka belitung"),
    ),
    "Lampung": (_WIB, "Lampung", ()),
    "Banten": (_WIB, "Banten", ()),
    "DKI Jakarta": (_WIB, "Jakarta", ("jakarta", "dki", "dkj", "daerah khusus jakarta")),
    "Jawa Barat": (_WIB, "Jabar", ("jabar", "west java")),
    "Jawa Tengah": (_WIB, "Jateng", ("jateng", "central java")),
    "DI Yogyakarta": (
        _WIB,
        "DIY",
        ("diy", "yogyakarta", "jogja", "yogya", "jogjakarta", "d i yogyakarta"),
    ),
    "Jawa Timur": (_WIB, "Jatim", ("jatim", "east java")),
    "Kalimantan Barat": (_WIB, "Kalbar", ("kalbar", "west kalimantan")),
    "Kalimantan Tengah": (_WIB, "Kalteng", ("kalteng", "central kalimantan")),
    "Kalimantan Selatan": (_WITA, "Kalsel", ("kalsel", "south kalimantan")),
    "Kalimantan Timur": (_WITA, "Kaltim", ("kaltim", "east kalimantan")),
    "Kalimantan Utara": (_WITA, "Kaltara", ("kaltara", "north kalimantan")),
    "Bali": (_WITA, "Bali", ()),
    "Nusa Tenggara Barat": (_WITA, "NTB", ("ntb",)),
    "Nusa Tenggara Timur": (_WITA, "NTT", ("ntt",)),
    "Sulawesi Utara": (_WITA, "Sulut", ("sulut", "north sulawesi")),
    "Gorontalo": (_WITA, "Gorontalo", ()),
    "Sulawesi Tengah": (_WITA, "Sulteng", ("sulteng", "central sulawesi")),
    "Sulawesi Barat": (_WITA, "Sulbar", ("sulbar", "west sulawesi")),
    "Sulawesi Selatan": (_WITA, "Sulsel", ("sulsel", "south sulawesi")),
    "Sulawesi Tenggara": (_WITA, "Sultra", ("sultra", "southeast sulawesi")),
    "Maluku": (_WIT, "Maluku", ()),
    "Maluku Utara": (_WIT, "Malut", ("malut", "north maluku")),
    "Papua": (_WIT, "Papua", ("irian jaya",)),
    "Papua Barat": (_WIT, "Papua Barat", ("pabar", "irian jaya barat", "west papua")),
    "Papua Barat Daya": (_WIT, "Papua Barat Daya", ("pbd", "southwest papua")),
    "Papua Tengah": (_WIT, "Papua Tengah", ("central papua",)),
    "Papua Pegunungan": (_WIT, "Papua Pegunungan", ("highland papua",)),
    "Papua Selatan": (_WIT, "Papua Selatan", ("south papua",)),
}


def _folded(name: str) -> str:
    initials = re.sub(r"(?<=\b[a-z])\.(?=[a-z]\b)", "", name.lower())  # N.T.T.
    bare = re.sub(r"[^a-z]+", " ", initials).strip()
    return re.sub(r"^(?:provinsi|prov|propinsi) ", "", bare)


_SPELLINGS = {
    _folded(spelling): province
    for province, (_, _, others) in PROVINCES.items()
    for spelling in (province, *others)
}


def find_province(name: str) -> str | None:
    """The official name of the province `name` spells ("Kalbar", "Prov. Kalimantan Barat"); None
    for no province."""
    return _SPELLINGS.get(_folded(name))


def shorten_province(name: str) -> str:
    """The short name of the province `name` spells: "Kalbar" for "Prov. Kalimantan Barat"; "" for
    no province."""
    found = find_province(name)
    return PROVINCES[found][1] if found else ""


def zone_of(name: str) -> str | None:
    """The IANA zone of the province `name` spells; None for no province."""
    found = find_province(name)
    return PROVINCES[found][0] if found else None


def name_zone(instant: datetime) -> str:
    """WIB, WITA or WIT for an aware `instant` in an Indonesian zone, "UTC", or its offset
    ("UTC+05:30")."""
    key = getattr(instant.tzinfo, "key", "")
    if key in SHORT_NAMES:
        return SHORT_NAMES[key]
    if (name := instant.tzname()) in SHORT_NAMES.values():
        return str(name)
    offset = instant.strftime("%z")
    return "UTC" if offset in ("", "+0000") else f"UTC{offset[:3]}:{offset[3:5]}"
