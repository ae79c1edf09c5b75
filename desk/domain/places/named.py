"""Provinces, and cities and regencies, that words name beyond doubt. Pure.

Running text is not asked: it tells of journeys, guests and examples elsewhere. What is asked are a
dateline, who somebody is ("Askot Kota Pontianak, OSP 2 Kalbar"), and what stands behind a key
("Provinsi: Kalbar").
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from redaksi.text import clean
from redaksi.text.places import PROVINCES, find_province
from redaksi.text.regencies import find_homes, find_regencies

# province -> what it was part of until a law of this century, and is still written under
FORMER = {
    "Banten": "Jawa Barat",
    "Kepulauan Bangka Belitung": "Sumatera Selatan",
    "Gorontalo": "Sulawesi Utara",
    "Maluku Utara": "Maluku",
    "Papua Barat": "Papua",
    "Kepulauan Riau": "Riau",
    "Sulawesi Barat": "Sulawesi Selatan",
    "Kalimantan Utara": "Kalimantan Timur",
    "Papua Selatan": "Papua",
    "Papua Tengah": "Papua",
    "Papua Pegunungan": "Papua",
    "Papua Barat Daya": "Papua Barat",
}
# Initials that are words or other things in small letters.
_INITIALS = frozenset({"NAD", "DKI", "DKJ", "DIY", "NTB", "NTT", "PBD"})
# The capital is where offices are; "Jakarta" alone says nothing of what an office's people write.
_OFFICES = frozenset({"jakarta"})
_LONGEST = 300  # characters of a line that are looked at


class Named(Struct, frozen=True):
    """What is named: provinces, and for each city or regency the provinces it may lie in."""

    provinces: frozenset[str] = frozenset()
    homes: tuple[frozenset[str], ...] = ()


def join_named(parts: Iterable[Named]) -> Named:
    """All that is named in several places."""
    every = list(parts)
    return Named(
        frozenset().union(*(each.provinces for each in every)),
        tuple(home for each in every for home in each.homes),
    )


def find_common_province(named: Named) -> str:
    """The province on which everything named agrees; "" where nothing is named, where it
    contradicts itself, and where two are left. A city or regency named with the province it once
    was part of lies in today's."""
    if len(named.provinces) > 1:
        return ""
    left = frozenset(PROVINCES).intersection(*named.homes) if named.homes else named.provinces
    for province in named.provinces:
        parted = {each for each in left if _is_former(province, each)}
        left = frozenset({province}) & left or frozenset(parted)
    return next(iter(left)) if len(left) == 1 else ""


def _is_former(old: str, province: str) -> bool:
    """Whether `province` was once part of `old`, by one step or two."""
    return old in (FORMER.get(province), FORMER.get(FORMER.get(province, "")))


# ── a place ───────────────────────────────────────────────────────────────────────────────────────

_BETWEEN = re.compile(r"[,;/()\[\]–—:]|\s-{1,2}\s|-$|\bdan\b|&")


def read_place(text: str) -> Named:
    """What a place line names, part by part: "Sambas, Kalimantan Barat", "[Kalbar]", "PONTIANAK,
    12/11 –"."""
    parts = [_read_part(part.strip(" .*")) for part in _BETWEEN.split(text[:_LONGEST])]
    return join_named(parts)


def _read_part(part: str) -> Named:
    if province := find_province(part):
        return Named(frozenset({province}))
    homes = find_homes(part)
    return Named(homes=(homes,)) if homes else Named()


# ── who somebody is ───────────────────────────────────────────────────────────────────────────────


def _list_spellings() -> Iterator[str]:
    for province, (_, short, others) in PROVINCES.items():
        yield from (province.lower(), short.lower(), *others)


_SPELLINGS = sorted({*_list_spellings()}, key=lambda spelling: (-len(spelling), spelling))
_GAP = r"[ .]{1,2}"
_ALTERNATIVES = "|".join(_GAP.join(spelling.split()) for spelling in _SPELLINGS)
# in front of a name: the province itself, or those who work in all of one
_OFFICE = (
    r"provinsi|propinsi|prov|pemprov|pemerintah|kotaku|kmw|osp|oc|bppw|satker|kasatker|pokja"
    r"|askot|korkot|korprov"
)
_MENTION = re.compile(
    rf"(?P<office>\b(?:{_OFFICE})\b[. -]{{0,2}}(?:\d{{1,2}}[ ,-]{{1,2}})?)?"
    rf"(?<!\w)(?P<name>{_ALTERNATIVES})(?!\w)",
    re.IGNORECASE,
)
# what bears the name of a province or a city wherever it stands
_ELSEWHERE = re.compile(
    r"\b(?:universitas|univ|institut|politeknik|poltek|akademi|stai?n|iain|uin|sekolah|jl|jln|jalan"
    r"|gg|gang|komplek|kompleks|perum\w*|blok|gedung|hotel|pasar|bank|pt|cv|ke|alumni|eks|mantan"
    r"|nugini)\b",
    re.IGNORECASE,
)
# what may be called by a province's one word
_LOCAL = re.compile(
    r"\b(?:kampung|kp|kelurahan|kel|desa|dusun|kecamatan|kec|pulau)\b", re.IGNORECASE
)
_CUT = re.compile(r"[,;|/()\[\]\n•·]|\s[-–—]{1,2}\s")


def read_post(text: str, *, bare: bool = False) -> Named:
    """What somebody's post or signature names: "Sub-Prof Komunikasi, Program Kotaku Provinsi
    Kalimantan Barat". `bare`: a name of one word counts by itself ("Fasilitator Sosial, Aceh");
    else only behind an office's ("Kotaku Aceh"), as people and streets bear such names."""
    parts = _CUT.split(text[:_LONGEST])
    return join_named(_read_post(clean.line(part), bare=bare) for part in parts)


def _read_post(part: str, *, bare: bool) -> Named:
    if _ELSEWHERE.search(part):
        return Named()
    bare = bare and not _LOCAL.search(part)
    mentions = (match for match in _MENTION.finditer(part) if _is_sure(match, bare=bare))
    provinces = filter(None, (find_province(match["name"]) for match in mentions))
    places = (find_homes(place) for place in find_regencies(part))
    return Named(frozenset(provinces), tuple(filter(None, places)))


def _is_sure(match: re.Match[str], *, bare: bool) -> bool:
    name, office = match["name"], (match["office"] or "").lower()
    if name.upper() in _INITIALS:
        return name.isupper()
    if name.lower() in _OFFICES:
        return office.startswith(("prov", "prop", "pemprov"))
    is_a_word = name.title() in PROVINCES or bool(find_homes(name))  # "Aceh", "Yogyakarta"
    return bare or bool(office) or not is_a_word


# ── behind a key, and below a farewell ────────────────────────────────────────────────────────────

_KEY = re.compile(
    r"\s*[*_-]?\s*(?:provinsi|propinsi|prov\.?|wilayah|daerah asal"
    r"|asal(?: (?:kiriman|naskah|berita|tulisan))?)\s*[:=]\s*(?P<place>\S.*)",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"\s*(?:salam|hormat (?:kami|saya)|terima ?kasih|trima ?kasih|trims|makasih|wass?alam\w*"
    r"|regards|best regards|thanks)\b.{0,60}",
    re.IGNORECASE,
)
_SIGNATURE, _SIGNED = 6, 80  # lines of a signature, and characters of one


def read_keyed(lines: Iterable[str]) -> Named:
    """What stands behind a key: "Provinsi: Kalimantan Barat", "Wilayah : Kab. Sambas, Kalbar"."""
    found = (_KEY.fullmatch(line[:_LONGEST]) for line in lines)
    return join_named(read_place(match["place"]) for match in found if match)


def read_letter(text: str) -> Named:
    """What the author of a mail says of where he is: behind a key, or in the lines below his
    farewell. His sentences are not asked."""
    lines = [line for line in text.splitlines() if line.strip()]
    ends = [at for at, line in enumerate(lines) if _FAREWELL.fullmatch(line[:_LONGEST])]
    signature = lines[ends[-1] + 1 :][:_SIGNATURE] if ends else []
    signed = (read_post(line) for line in signature if len(line) <= _SIGNED)
    return join_named([read_keyed(lines), *signed])


_TAG = re.compile(r"\[([^\[\]]{2,40})\]")


def read_subject(subject: str) -> Named:
    """A province in square brackets: "[Kalbar] Warga membersihkan saluran"."""
    found = (find_province(tag) for tag in _TAG.findall(subject[:_LONGEST]))
    return Named(frozenset(filter(None, found)))
