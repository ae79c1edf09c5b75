"""A letterhead: a block at the very top, an office's names above its address.

Never one word alone: "Jalan Karet Pasar Baru Timur 2" in a headline is the headline, and so is
"Kelurahan Siantan Hulu Gelar Musyawarah".
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from ingest.read.document.roles.contacts import is_contact
from ingest.read.document.roles.lines import Line

_OFFICE = re.compile(
    r"[\W_]{0,3}(?:kementerian|pemerintah|direktorat|dinas|sekretariat|badan|balai|satuan\s+kerja|satker|kantor|kelurahan"
    r"|kecamatan|desa|program|proyek|konsultan|koordinator|kota\s+tanpa\s+kumuh|republik|lembaga|forum|bkm|lkm|upk"
    r"|pokja|kelompok|tim\s+fasilitator|tim\s+\d+|korkot|koordinator\s+kota|osp|oc|kmw|kmp|national\s+slum|yayasan"
    r"|universitas|provinsi|kabupaten|kota|nagari|kampung|unit\s+pengelola|kotaku|rukun)\b.*",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"[\W_]{0,3}(?:pt|cv|ud|koperasi|ksm|karang\s+taruna|pkk|tp\s+pkk|posyandu|puskesmas|rumah\s+sakit|rsud|masjid|mesjid"
    r"|mushala|gereja|sekolah|sdn?|smpn?|sman?|smkn?|mi|mts|man|perkumpulan|ikatan|himpunan|komunitas|lsm|lpm|lpmk|bpd"
    r"|bumdes\w*|politeknik|institut|fakultas|jurusan|program\s+studi|rt|rw|paguyuban|asosiasi|perusahaan)\b.*",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"[\W_]{0,3}(?:kementerian|pemerintah|direktorat|dinas|sekretariat|badan|balai|satuan|satker|kantor|kelurahan|kecamatan"
    r"|republik|lembaga|bkm|lkm|yayasan|universitas|provinsi|kabupaten|kotaku)\b",
    re.IGNORECASE,
)
# what a headline says an office does; no office is called so
_VERB = re.compile(
    r"\b(?:bangun|gelar|raih|jadi|terima|dukung|tanam|ikuti?|siap|punya|rawat|buka|tutup|lantik|bahas|ajak|kunjungi|tinjau"
    r"|hadiri?|perbaiki|susun|latih|panen|juarai?|bantu|atasi|tata|cegah|kini|bebas|segera|mulai|akan|telah|sudah|tidak"
    r"|bukan|bukti|makin|semakin|rampung|tuntas|sukses|berhasil|bergotong|belajar|bekerja|bertemu|berbagi|beraksi"
    r"|bersiap|berbenah|berubah|menjadi|menuju|membangun|menata|menanam|minta|sambut|kawal|pacu|kejar|genjot|cek"
    r"|evaluasi|sosialisasi|edukasi|monitoring|kolaborasi|lewat|demi|untuk|bagi|dari|pasca|di(?![nrvgp])[a-z]{4,}"
    r"|(?!pe|ke|tara|nunu|maka|buka|pulau)[a-z]{3,}kan)\b",
    re.IGNORECASE,
)
_REACHED = r"(?:telp|telepon|tlp|fax|faks\w*|faksimile|kode\s*pos|website|laman|e-?mail|surel|www\.|https?:)"
_STRONG = re.compile(
    rf"\b{_REACHED}|\S@\S+\.\w|\bno\.?\s*\d.*\b\d{{5}}\b"
    r"|[\W_]*(?:alamat|sekretariat|kantor|jl|jln|jalan|gedung|komplek\w*)\b.*(?:\bno\.?\s*\d|\b\d{5}\b)",
    re.IGNORECASE,
)
_ROAD = re.compile(
    r"[\W_]*(?:(?:alamat|sekretariat|kantor)\s*:?\s*)?(?:jl|jln|jalan|gg|gang|gedung|komplek\w*)\b\.?\s*\S.*\d",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\W_]*(?:alamat|sekretariat)\s*:.+", re.IGNORECASE)
_REGISTERED = re.compile(
    r"[\W_]*(?:akta|akte|notaris|sk\b|nomor\s+induk|npwp|badan\s+hukum|terdaftar|tahun\s+anggaran|t\.?a\.?\s*\d)",
    re.IGNORECASE,
)
_MOST_LINES, _MOST_WORDS, _LONGEST = 10, 16, 300


def has_verb(text: str) -> bool:
    """Whether a line says what somebody does, as headlines do and names of offices do not."""
    return _VERB.search(text) is not None


def is_office(line: Line) -> bool:
    """A line that is nothing but the name of an office."""
    return bool(_OFFICE.fullmatch(line.text)) and line.words <= 12 and not has_verb(line.text)


def count_offices(lines: Sequence[Line], *, easy: bool) -> int:
    """How many lines from the top name an office, where no address stands below them; the last
    line is never one of them. `easy`: under a logo or in a table names need no capitals."""
    end = 0
    while end < len(lines) - 1 and is_office(lines[end]):
        if not (lines[end].capitals or easy or (end and lines[end].centered)):
            break
        end += 1
    if end == 1 and not easy and not _is_public(lines[0], lines[1]):
        return 0
    return end


def _is_public(line: Line, below: Line) -> bool:
    """One line alone: an authority's name, set otherwise than what stands below it. A headline over
    two lines may begin with one."""
    return bool(_AUTHORITY.match(line.text)) and not line.is_set_like(below)


def count_letterhead(lines: Sequence[Line], *, below: bool) -> int:
    """How many of the lines at the very top are a letterhead; 0 for none.

    `below` says whether a line stands under the given ones that may be the title.
    """
    top = list(takewhile(lambda line: len(line.text) <= _LONGEST, lines[:_MOST_LINES]))
    end = names = offices = 0
    addresses: list[str] = []
    for at, line in enumerate(top):
        if _is_address(line, is_first=at == 0):
            addresses.append(line.text)
            end = at + 1
        elif end and not any(c.isalnum() for c in line.text):
            end = at + 1  # the rule under it
        elif end or not (_is_name(line, below=offices > 0) or _REGISTERED.match(line.text)):
            break
        else:
            names += 1
            offices += is_office(line) or bool(_BODY.fullmatch(line.text))
    has_title = below or end < len(lines)
    if not names or not _is_enough(top[:end], addresses, names):
        return 0
    if not offices:
        return end if has_title and _is_full(addresses) else 0
    return end if has_title or names > 1 or _is_full(addresses) else 0


def _is_name(line: Line, *, below: bool) -> bool:
    """An office, or more of its name: in capitals, in a table, or centred `below` an office."""
    if is_office(line) or (_BODY.fullmatch(line.text) and not has_verb(line.text)):
        return line.words <= _MOST_WORDS
    short = line.words <= _MOST_WORDS and not has_verb(line.text)
    return short and (line.capitals or line.story == "table" or (below and line.centered))


def _is_address(line: Line, *, is_first: bool) -> bool:
    if is_first or line.words > 30:
        return False
    text = line.text
    if is_contact(text) or _ADDRESS.match(text):
        return True
    return bool(_ROAD.match(text) or _STRONG.search(text)) and not has_verb(text)


def _is_enough(block: Sequence[Line], addresses: list[str], names: int) -> bool:
    """A postal address, a number, or a road under names set as letterheads are; one man's e-mail
    address under one line is none."""
    if not addresses:
        return False
    if all(is_contact(text) for text in addresses):
        return names > 1
    if any(_STRONG.search(text) or _ADDRESS.match(text) for text in addresses):
        return True
    first = block[0]
    return first.centered or first.capitals or first.story == "table"


def _is_full(addresses: list[str]) -> bool:
    """A road and a number or a postal code: no headline has these under it."""
    text = " ".join(addresses)
    return bool(re.search(r"\b(?:jl|jln|jalan|alamat)\b", text, re.IGNORECASE)) and bool(
        re.search(rf"\b{_REACHED}|\b\d{{5}}\b", text, re.IGNORECASE)
    )
