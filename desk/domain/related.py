"""Which articles go together: those that share a place and rare words. Pure; publishing.md, section 7.

An article keeps its places and its thirty rarest words when it stands. A new one is held against
those with all its words: what is rare is told by the articles that are there, never by the new one.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from publisher.articles.edition import Edition
from publisher.articles.spans import read_blocks
from redaksi.text.regencies import find_regencies

MOST = 3  # related articles
MOST_WORDS = 30  # kept of an article
MOST_PLACES = 20
SHORTEST = 5  # letters of a word that says something
_FEWEST_SHARED = 2

_WORD = re.compile(r"[^\W\d_]+")
_PROPER = r"[A-Z][\w'’-]*"
# of a place; what stands behind its name and is none of it
_LOCALITY = re.compile(
    r"\b(?i:kelurahan|kel\.|desa|kecamatan|kec\.|rw)[ ]"
    rf"(?=(?P<name>{_PROPER}(?:[ ]{_PROPER}){{0,2}}))"
)
_NO_NAMES = frozenset(
    _WORD.findall(
        """kelurahan desa kecamatan rw rt kota kabupaten provinsi dan di yang senin selasa rabu kamis
    jumat sabtu minggu januari februari maret april mei juni juli agustus september oktober
    november desember bkm lkm ksm program kotaku"""
    )
)
# words of nearly every article of the programme, and of Indonesian
_COMMON = frozenset(
    _WORD.findall(
        """adalah adanya akhir akibat antara apabila atas bagian bagus bahkan bahwa baik bangun banyak
    baru beberapa begitu bekerja belum berada berbagai berharap berjalan berkurang berlangsung
    bersama bersih bertambah besar biaya bisa bulan dalam dapat dari daerah demikian dengan depan
    desember dibangun dibantu didampingi dihadiri dikerjakan dilakukan dilaksanakan dimulai
    diharapkan disebut fasilitator februari gotong guna hadir hanya harus hasil hingga hidup ingin
    januari jumat jumlah juga kabupaten kamis karena kata kecamatan kegiatan kelompok kelurahan
    keluarga kembali kepada kepala kerja ketika ketua kotaku kumuh lainnya lalu lebih lingkungan
    lurah maka mampu manfaat maret masih masing masyarakat melakukan melalui melayani membangun
    membantu membuat memiliki memberikan mendampingi mendukung mengatakan menjadi menjelaskan
    menurut menurutnya menyampaikan merupakan meter minggu mulai namun november oktober oleh orang
    pada pagi panjang para pekerjaan pelaksanaan pembangunan pemerintah penataan permukiman pihak
    program provinsi puluhan rabu rumah royong rupiah sabtu sampai sangat sebagai sebanyak sebelum
    sebelumnya sehingga sejak sekarang selama selasa selesai seluruh semua senin september
    sepanjang seperti serta sesuai setelah setiap setempat siap suatu sudah supaya swadaya tahap
    tahun tanpa telah tempat tentang terhadap termasuk tersebut tetap tidak tingkat tokoh turut
    ujarnya untuk usaha wakil warga wilayah"""
    )
)


class Terms(Struct, frozen=True, kw_only=True):
    """What an article is about: its places, and its words with how often each stands there."""

    places: frozenset[str]
    words: Mapping[str, int]

    @property
    def all(self) -> frozenset[str]:
        """Places and words."""
        return self.places | self.words.keys()


class Match(Struct, frozen=True, kw_only=True):
    """A kept term of an article that stands, which the new one has too."""

    submission_id: int
    term: str
    is_place: bool
    since: datetime  # it stands


def find_terms(edition: Edition) -> Terms:
    """The terms of an edition: headline, body and captions."""
    lines = [edition.headline, *read_blocks(edition.body), *(p.caption for p in edition.photos)]
    text = "\n".join(lines)
    places = dict.fromkeys([*_find_localities(text), *map(str.casefold, find_regencies(text))])
    named = [edition.province.casefold(), *places][:MOST_PLACES]
    within = {word for place in (*named, edition.dateline) for word in _split(place)}
    counts = Counter(_split(text))
    words = {
        word: count
        for word, count in counts.items()
        if len(word) >= SHORTEST and word not in _COMMON and word not in within
    }
    return Terms(places=frozenset(filter(None, named)), words=words)


def _find_localities(text: str) -> Iterable[str]:
    """Names behind Kelurahan, Desa, Kecamatan and RW."""
    for found in _LOCALITY.finditer(text):
        name: list[str] = []
        for word in found["name"].casefold().split():
            if word in _NO_NAMES:
                break
            name.append(word)
        if name:
            yield " ".join(name)


def _split(text: str) -> list[str]:
    """Its words, without the ending that means "its"."""
    words = _WORD.findall(text.casefold())
    return [word[:-3] if word.endswith("nya") and len(word) > 7 else word for word in words]


def keep_words(terms: Terms, frequencies: Mapping[str, int]) -> tuple[str, ...]:
    """The thirty rarest words; `frequencies` says how many articles kept each. Among words as rare as
    each other those that stand more often in the text."""
    by_rarity = sorted(
        terms.words, key=lambda word: (frequencies.get(word, 0), -terms.words[word], word)
    )
    return tuple(by_rarity[:MOST_WORDS])


def choose_related(matches: Iterable[Match], published: int) -> tuple[int, ...]:
    """The submissions that share most with the new article, the best first; `published`: how many
    articles stand. A shared term weighs ln(N/df), a place twice that. At least two must be shared,
    one of them a place; on a tie the newer goes first."""
    shared: defaultdict[int, list[Match]] = defaultdict(list)
    frequencies: Counter[str] = Counter()
    for match in matches:
        shared[match.submission_id].append(match)
        frequencies[match.term] += 1
    ranked = [
        (_score(terms, frequencies, published), terms[0].since, submission_id)
        for submission_id, terms in shared.items()
        if _may_go_with(terms)
    ]
    return tuple(submission_id for _, _, submission_id in sorted(ranked, reverse=True)[:MOST])


def _may_go_with(terms: Sequence[Match]) -> bool:
    return len(terms) >= _FEWEST_SHARED and any(term.is_place for term in terms)


def _score(terms: Sequence[Match], frequencies: Mapping[str, int], published: int) -> float:
    return math.fsum(
        (2 if term.is_place else 1) * math.log(max(1.0, published / frequencies[term.term]))
        for term in terms
    )
