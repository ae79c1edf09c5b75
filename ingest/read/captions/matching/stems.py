"""Words by which a photo's name and a caption know each other, whatever their affixes.

"membersihkan" and "bersih", "perbaikan" and "memperbaiki" share a stem. A light stemmer is enough:
each word gives a few possible stems, and two words are kin when they share one. After the affixes of
Nazief and Adriani (1996), without a dictionary.
"""

import re
from functools import lru_cache
from itertools import pairwise

_WORDS = re.compile(r"[^\W\d_]{3,40}")
_PLACES = re.compile(
    r"(?<![A-Za-z])(RT|RW|gang|blok|dusun|km|tahap|titik|kelompok|posyandu|SDN?)[\s._-]{0,3}0{0,2}(\d{1,3})(?!\d)",
    re.IGNORECASE,
)
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")  # "KerjaBakti" is two words
_PARTICLES = re.compile(r"(?:nya|lah|kah|pun)$")
_SUFFIXES = ("kan", "an", "i")
_SHORTEST = 4  # letters of a stem that lost an affix
_MOST_WORDS = 200  # of one name or caption
# Prefixes, and what the first letter of the root may have been: "memotong" is "potong".
_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("memper", ("",)), ("diper", ("",)), ("berke", ("",)), ("menge", ("",)),
    ("meny", ("s",)), ("peny", ("s",)), ("meng", ("", "k")), ("peng", ("", "k")),
    ("mem", ("", "p", "m")), ("pem", ("", "p", "m")), ("men", ("", "t", "n")), ("pen", ("", "t", "n")),
    ("ber", ("", "r")), ("bel", ("",)), ("pel", ("", "l")), ("per", ("", "r")), ("ter", ("", "r")),
    ("me", ("",)), ("pe", ("",)), ("di", ("",)), ("ke", ("",)), ("se", ("",)),
)  # fmt: skip
# Words that stand in any caption or any file's name and tell nothing apart.
_COMMON = frozenset(
    """
    foto photo gambar image picture img dsc dokumentasi kegiatan acara whatsapp screenshot berita
    warta keterangan caption yang dengan dalam pada dari untuk oleh saat ketika para serta dan atau
    ini itu juga akan telah sudah sedang tidak ada kami kita saya mereka dia bahwa agar bagi sebagai
    secara jpeg jpg png heic copy salinan kecil besar final edit edited lampiran terlampir warga
    masyarakat desa kelurahan kecamatan kota kabupaten bersama lokasi melakukan mengikuti usai
    setelah sebelum antara hingga sampai ke di hari minggu senin selasa rabu kamis jumat sabtu ahad
    januari februari maret april mei juni juli agustus september oktober november desember pagi
    siang sore malam tahun bulan tanggal pukul wib wita wit the and for with during baru
    """.split()  # noqa: SIM905 - read as words
)


def split_words(text: str, most: int = _MOST_WORDS) -> tuple[str, ...]:
    """The words of three letters and more that tell something, lower-case, each once."""
    apart = _HUMPS.sub(" ", text)
    words = (word.casefold() for word in _WORDS.findall(apart))
    return tuple(dict.fromkeys(word for word in words if word not in _COMMON))[:most]


@lru_cache(maxsize=8192)
def stems_of(word: str) -> frozenset[str]:
    """The word and what may be its root: each is at least four letters long."""
    bare = _PARTICLES.sub("", word)
    found = {word, bare}
    for form in (bare, *_without_suffix(bare)):
        found.add(form)
        found |= _without_prefix(form)
    return frozenset(form for form in found if len(form) >= _SHORTEST or form == word) - _COMMON


def find_places(text: str) -> tuple[str, ...]:
    """Numbered places as words: "RT 03" -> "rt3"."""
    found = (m[1].casefold() + str(int(m[2])) for m in _PLACES.finditer(text))
    return tuple(dict.fromkeys(found))[:_MOST_WORDS]


def all_stems(text: str, most: int = _MOST_WORDS) -> frozenset[str]:
    """The stems of every word of `text`, and neighbours written as one ("kerjabakti")."""
    words = split_words(text, most)
    joined = (left + right for left, right in pairwise(words))
    return frozenset().union(*map(stems_of, words), joined, find_places(text))


def _without_suffix(word: str) -> list[str]:
    return [word[: -len(end)] for end in _SUFFIXES if word.endswith(end) and len(word) > 5]


def _without_prefix(word: str) -> set[str]:
    found: set[str] = set()
    for prefix, firsts in _PREFIXES:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) >= _SHORTEST - 1:
            found |= {first + rest for first in firsts if not first or rest[0] in "aeiou"}
    return found
