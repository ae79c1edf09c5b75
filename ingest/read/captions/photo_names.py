"""Names of photos as people write them: before a caption, in a mail, on a phone."""

import re
from collections.abc import Callable, Sequence

_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_COPY = re.compile(
    r"(\(\d+\)|[-_ ]+(copy|copia|salinan|edit(ed)?|kecil|besar|fix|final))+$", re.IGNORECASE
)
_PHOTO_WORD = (
    r"(?:foto|photo|gambar|gbr|image|picture|figure|pic|dok|dokumentasi|caption|keterangan)"
)
_NUMBER_KEY = re.compile(
    rf"(?:keterangan\s*)?(?:{_PHOTO_WORD})?[\s._#-]*(?:ke-?|no\.?)?\s*0*(\d{{1,2}})\.?",
    re.IGNORECASE,
)
_MONTHS = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)"
_BY_HAND = re.compile(  # what people call photos; "image" and "IMG" are what machines call them
    rf"(?:foto|photo|gambar|gbr|pic|dok|dokumentasi|caption|keterangan)?[\s._#-]*0{{0,2}}(?P<n>\d{{1,2}})(?!\d)"
    rf"(?:[\s._)-]+(?!{_MONTHS})\D.*)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?P<series>.*?\D)[\s._-]*(?P<mark>[\s._(-])0{0,2}(?P<n>\d{1,2})\)?")
_MACHINE_NAME = re.compile(
    r"(?:img-\d{8}-wa\d{4}|image|photo|foto|lampiran|attachment|unnamed|inline|whatsapp image|screenshot|fb_img"
    r"|file)?[\s._()\d-]*"
    r"(?:at|wa|pukul)?[\s._()\d-]*(?:pm|am)?[\s._()\d-]*",
    re.IGNORECASE,
)
_MACHINES = frozenset(
    {"img", "image", "dsc", "dscn", "dscf", "pxl", "screenshot", "whatsappimage", "unnamed"}
)


def squeeze(text: str) -> str:
    """Letters and digits alone, lower-case."""
    return "".join(c for c in text.casefold() if c.isalnum())


def stem(name: str) -> str:
    """A file name without its extension."""
    return _EXTENSION.sub("", name.strip())


def name_form(name: str) -> str:
    """A file name as people write it: without case, extension, spaces and punctuation."""
    return squeeze(stem(name))


def key_number(key: str) -> int | None:
    """ "Foto 2", "2", "Gambar 02" -> 2; a file name -> None."""
    match = _NUMBER_KEY.fullmatch(key.strip())
    return int(match[1]) if match else None


def find_hand_numbers(names: Sequence[str]) -> list[int | None]:
    """The numbers people gave their photos: "Foto 2.jpg", "2. Rapat.jpg", "Kerja bakti (2).png"
    beside "(1)" and "(3)".

    None where a camera or a browser numbered: "IMG_0002", and "foto (1)" beside "foto", which is
    the second.
    """
    stems = [stem(name).strip() for name in names]
    bare = {squeeze(name) for name in stems}
    counted = [_COUNTED.fullmatch(name) for name in stems]
    series = [squeeze(match["series"]) if match else "" for match in counted]
    found: list[int | None] = []
    for name, match, one in zip(stems, counted, series, strict=True):
        if match and match["mark"] == "(" and one in bare:
            found.append(None)
        elif by_hand := _BY_HAND.fullmatch(name):
            found.append(int(by_hand["n"]))
        elif match and one not in _MACHINES and series.count(one) > 1:
            found.append(int(match["n"]))
        else:
            found.append(None)
    return found


def is_machine_made(name: str) -> bool:
    """A name that a mail program, messenger or browser made up: "image0.jpeg", "WhatsApp Image
    2021-…"."""
    return bool(_MACHINE_NAME.fullmatch(stem(name)))


def is_in_order(names: Sequence[str]) -> bool:
    """Files of one series ("IMG_2041", "IMG_2042") come in the order of their numbers; other
    names have no order."""
    last: dict[str, list[int]] = {}
    for name in names:
        base = stem(name).casefold()
        numbers = [int(n) for n in re.findall(r"\d{1,18}", base)]
        series = re.sub(r"\d+", "#", base)
        if numbers < last.get(series, []):
            return False
        last[series] = numbers
    return True


def strip_copy_mark(name: str) -> str:
    """The name without "(1)", "copy", "edit" and their like."""
    return squeeze(_COPY.sub("", stem(name)))


def camera_number(name: str) -> str:
    """The running number of a camera file, which people quote alone: "2041" of IMG_2041.jpg."""
    match = re.search(r"(?:^|\D)(\d{3,6})$", stem(name).strip())
    return match[1] if match else ""


def quoted_number(key: str) -> str:
    """A key that is nothing but a camera's running number."""
    base = stem(key).strip()
    return base if base.isdigit() and 3 <= len(base) <= 6 else ""


def strip_photo_word(name: str) -> str:
    """The name without the word for a photo before it: "Foto 1.jpg" and "1.jpg" are called the
    same."""
    return squeeze(
        re.sub(rf"^{_PHOTO_WORD}(?![A-Za-z])", "", stem(name).strip(), flags=re.IGNORECASE)
    )


# Forms in which a key and a file name are compared, the strictest first.
FORMS: tuple[tuple[Callable[[str], str], Callable[[str], str]], ...] = (
    (name_form, name_form), (strip_copy_mark, strip_copy_mark), (strip_photo_word, strip_photo_word), (quoted_number, camera_number),
)  # fmt: skip
