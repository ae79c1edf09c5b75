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

# province -> (zone, other spellings as contributors write them, folded as `_folded` does)
PROVINCES: dict[str, tuple[str, tuple[str, ...]]] = {
    "Aceh": (_WIB, ("nad", "nanggroe aceh darussalam", "di aceh")),
    "Sumatera Utara": (_WIB, ("sumut", "sumatra utara", "north sumatra")),
    "Sumatera Barat": (_WIB, ("sumbar", "sumatra barat", "west sumatra")),
    "Riau": (_WIB, ()),
    "Kepulauan Riau": (_WIB, ("kepri", "kep riau", "riau islands")),
    "Jambi": (_WIB, ()),
    "Bengkulu": (_WIB, ()),
    "Sumatera Selatan": (_WIB, ("sumsel", "sumatra selatan", "south sumatra")),
    "Kepulauan Bangka Belitung": (_WIB, ("babel", "bangka belitung", "kep bangka belitung")),
    "Lampung": (_WIB, ()),
    "Banten": (_WIB, ()),
    "DKI Jakarta": (_WIB, ("jakarta", "dki", "dkj", "daerah khusus jakarta")),
    "Jawa Barat": (_WIB, ("jabar", "west java")),
    "Jawa Tengah": (_WIB, ("jateng", "central java")),
    "DI Yogyakarta": (
        _WIB,
        ("diy", "yogyakarta", "jogja", "yogya", "jogjakarta", "d i yogyakarta"),
    ),
    "Jawa Timur": (_WIB, ("jatim", "east java")),
    "Kalimantan Barat": (_WIB, ("kalbar", "west kalimantan")),
    "Kalimantan Tengah": (_WIB, ("kalteng", "central kalimantan")),
    "Kalimantan Selatan": (_WITA, ("kalsel", "south kalimantan")),
    "Kalimantan Timur": (_WITA, ("kaltim", "east kalimantan")),
    "Kalimantan Utara": (_WITA, ("kaltara", "north kalimantan")),
    "Bali": (_WITA, ()),
    "Nusa Tenggara Barat": (_WITA, ("ntb",)),
    "Nusa Tenggara Timur": (_WITA, ("ntt",)),
    "Sulawesi Utara": (_WITA, ("sulut", "north sulawesi")),
    "Gorontalo": (_WITA, ()),
    "Sulawesi Tengah": (_WITA, ("sulteng", "central sulawesi")),
    "Sulawesi Barat": (_WITA, ("sulbar", "west sulawesi")),
    "Sulawesi Selatan": (_WITA, ("sulsel", "south sulawesi")),
    "Sulawesi Tenggara": (_WITA, ("sultra", "southeast sulawesi")),
    "Maluku": (_WIT, ()),
    "Maluku Utara": (_WIT, ("malut", "north maluku")),
    "Papua": (_WIT, ("irian jaya",)),
    "Papua Barat": (_WIT, ("pabar", "irian jaya barat", "west papua")),
    "Papua Barat Daya": (_WIT, ("pbd", "southwest papua")),
    "Papua Tengah": (_WIT, ("central papua",)),
    "Papua Pegunungan": (_WIT, ("highland papua",)),
    "Papua Selatan": (_WIT, ("south papua",)),
}


def _folded(name: str) -> str:
    initials = re.sub(r"(?<=\b[a-z])\.(?=[a-z]\b)", "", name.lower())  # N.T.T.
    bare = re.sub(r"[^a-z]+", " ", initials).strip()
    return re.sub(r"^(?:provinsi|prov|propinsi) ", "", bare)


_SPELLINGS = {
    _folded(spelling): province
    for province, (_, others) in PROVINCES.items()
    for spelling in (province, *others)
}


def find_province(name: str) -> str | None:
    """The official name of the province `name` spells ("Kalbar", "Prov. Kalimantan Barat"); None
    for no province."""
    return _SPELLINGS.get(_folded(name))


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
