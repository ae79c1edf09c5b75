"""Numbers, days, instants and lists as the two languages write them.

Two languages and no plural classes beyond English one/other: CLDR's data (Babel, 30 MB) would be asked for twelve
months and seven days. Indonesian forms follow PUEBI/EYD V: full stop for thousands and for the clock.
"""

from datetime import date, datetime, tzinfo

from redaksi.model import Language
from redaksi.places import short_name

_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_DAYS = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
# What the sections of the rules are called when they are met.
_FINE = {
    "id": {
        "document": "dokumen Word", "length": "panjang naskah", "font": "jenis dan ukuran huruf",
        "spacing": "spasi baris", "photo": "foto", "caption": "keterangan foto", "byline": "nama penulis",
    },
    "en": {
        "document": "the Word document", "length": "the length", "font": "font and size",
        "spacing": "line spacing", "photo": "the photos", "caption": "the captions", "byline": "the byline",
    },
}  # fmt: skip


def number(value: int, language: Language) -> str:
    """2310 -> "2.310" in Indonesian, "2,310" in English."""
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if language == "id" else grouped


def day(value: date, language: Language) -> str:
    """ "Senin, 23 November 2026"; "Monday, 23 November 2026"."""
    name = _DAYS[language].split()[value.weekday()]
    return f"{name}, {value.day} {_MONTHS[language].split()[value.month - 1]} {value.year}"


def instant(value: datetime, language: Language, zone: tzinfo) -> str:
    """ "Senin, 23 November 2026, 14.05 WIB"; "Monday, 23 November 2026, 14:05 WIB"."""
    here = value.astimezone(zone)
    clock = f"{here.hour:02d}{'.' if language == 'id' else ':'}{here.minute:02d}"
    return f"{day(here.date(), language)}, {clock} {short_name(here)}"


def plural(count: int, one: str, many: str) -> str:
    """`one` for 1, else `many`."""
    return one if count == 1 else many


def listed(values: list[str], language: Language) -> str:
    """ "a, b, dan c"; "a and b"."""
    conjunction = "dan" if language == "id" else "and"
    if len(values) < 3:
        return f" {conjunction} ".join(values)
    return f"{', '.join(values[:-1])}, {conjunction} {values[-1]}"


def fine(sections: tuple[str, ...], language: Language) -> str:
    """What is right already, by the sections of the rules; "" when nothing of it has a name."""
    return listed([_FINE[language][one] for one in sections if one in _FINE[language]], language)
