"""Numbers that people give their photos: "Foto 2.jpg", "2. Rapat.jpg", "foto dua.jpg".

A camera, a messenger and a browser number too, and theirs are not the caption's: "IMG_0002",
"image0" beside "image1", "foto (1)" beside "foto".
"""

import re
from collections.abc import Sequence

from ingest.read.captions.photo_names import squeeze, stem

_MONTHS = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)"
_WORD = r"(?:foto|photo|gambar|gbr|pic|dok|dokumentasi|caption|keterangan)"
# What people call photos; "image" and "IMG" are what machines call them.
_BY_HAND = re.compile(
    rf"(?P<word>{_WORD})?[\s._#-]*(?:ke-?|no\.?\s?)?0{{0,2}}(?P<n>\d{{1,2}})(?!\d)"
    rf"(?P<rest>(?P<mark>[\s._)-]+)(?!{_MONTHS})\D.*)?",
    re.IGNORECASE,
)
_SPELT = re.compile(
    rf"(?P<word>{_WORD})[\s._#-]*(?:yang\s+)?(?:ke-?)?(?P<n>[a-z]{{1,8}})", re.IGNORECASE
)
# What stands before the mark, or the noughts, is the series.
_COUNTED = re.compile(r"\D(?P<mark>[\s._(-])0{0,2}(?P<n>\d{1,2})\)?\Z")
_ZERO = re.compile(r"\D(?P<mark>0{1,3})\)?\Z")
# The series of a camera, a messenger or a program, its letters and digits alone.
_MACHINES = re.compile(
    r"img\d*|image|dsc[nf]?|pxl\d*|unnamed|attachment|lampiran|(?:screenshot|whatsappimage|fbimg|imgwa|"
    r"photo\d{6}|\d{8}).*"
)
_SPELLINGS = (
    ("satu", "pertama", "kesatu", "i", "a"), ("dua", "kedua", "ii", "b"), ("tiga", "ketiga", "iii", "c"),
    ("empat", "keempat", "iv", "d"), ("lima", "kelima", "v", "e"), ("enam", "keenam", "vi", "f"),
    ("tujuh", "ketujuh", "vii", "g"), ("delapan", "kedelapan", "viii", "h"), ("sembilan", "kesembilan", "ix"),
    ("sepuluh", "kesepuluh", "x"),
)  # fmt: skip
_SPELT_NUMBERS = {word: n for n, words in enumerate(_SPELLINGS, 1) for word in words}


# What is numbered by itself, whoever sends photos of it: "RT 01.jpg" is no first photo.
_PLACES = re.compile(
    r".*(?:rt|rw|gang|gg|blok|dusun|km|hari|tahap|titik|lokasi|lantai|kelas|tim|kelompok|posyandu|sdn?|smpn?|"
    r"sman?|pos|jalan|jl|fase|sesi|minggu|tahun|rumah|gedung|no|nomor|zona|kav|kavling|lorong|termin|segmen)"
)


def find_hand_numbers(names: Sequence[str]) -> list[int | None]:
    """For each file name the number a person gave it, or None.

    A number with nothing but a space behind it ("3 pilar.jpg") counts only in a row that begins
    with 1; a row that begins with 0 was counted by a machine.
    """
    stems = [stem(name).strip() for name in names]
    bare = {squeeze(name) for name in stems}
    counted = [_COUNTED.search(name) for name in stems]
    series = [_find_series(match) if match else "" for match in counted]
    zeroes = {_find_series(match) for name in stems if (match := _ZERO.search(name))}
    found: list[int | None] = []
    loose: list[bool] = []  # a number that may be part of a title
    for name, match, of_series in zip(stems, counted, series, strict=True):
        copied = match and match["mark"] == "(" and of_series in bare
        if copied or _is_zero_based(name, zeroes):
            number, is_loose = None, False
        elif by_hand := _BY_HAND.fullmatch(name):
            number, is_loose = int(by_hand["n"]), _is_loose(by_hand)
        elif spelt := _SPELT.fullmatch(name):
            number, is_loose = _SPELT_NUMBERS.get(spelt["n"].casefold()), False
        elif match and series.count(of_series) > 1 and not _is_of_another_row(of_series):
            number, is_loose = int(match["n"]), False
        else:
            number, is_loose = None, False
        found.append(number)
        loose.append(is_loose)
    runs = {1, 2} <= set(found)
    return [
        None if is_loose and not runs else number
        for number, is_loose in zip(found, loose, strict=True)
    ]


def _find_series(match: re.Match[str]) -> str:
    return squeeze(match.string[: match.start("mark")])


def _is_of_another_row(series: str) -> bool:
    return bool(_MACHINES.fullmatch(series) or _PLACES.fullmatch(series))


def _is_loose(match: re.Match[str]) -> bool:
    return not match["word"] and bool(match["rest"]) and not match["mark"].strip()


def _is_zero_based(name: str, zeroes: set[str]) -> bool:
    """ "foto1" beside "foto0": the second of a row that a machine counted."""
    return squeeze(re.sub(r"[\s._(-]*\d{1,3}\)?$", "", name)) in zeroes
