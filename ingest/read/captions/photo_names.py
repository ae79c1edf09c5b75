"""Names of photos as people write them: before a caption, in a mail, on a phone."""

import re
import unicodedata

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
_MACHINE_NAME = re.compile(
    r"(?:img-\d{8}-wa\d{4}|image|photo|foto|lampiran|attachment|unnamed|inline|whatsapp image|screenshot|fb_img"
    r"|file)?[\s._()\d-]*"
    r"(?:(?:at|wa|pukul)[\s._()\d-]*)?(?:(?:pm|am)[\s._()\d-]*)?",
    re.IGNORECASE,
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


def stem_form(name: str) -> str:
    """The stem without case, spaces and lines alike: it still tells "IMG (1)" from "IMG_1"."""
    plain = unicodedata.normalize("NFKC", stem(name)).casefold()
    return " ".join(re.split(r"[\s_-]+", plain)).strip()


def whole_form(name: str) -> str:
    """The whole name with its ending, as it reads."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def key_number(key: str) -> int | None:
    """ "Foto 2", "2", "Gambar 02" -> 2; a file name -> None."""
    match = _NUMBER_KEY.fullmatch(key.strip())
    return int(match[1]) if match else None


def is_machine_made(name: str) -> bool:
    """A name that a mail program, messenger or browser made up: "image0.jpeg", "WhatsApp Image
    2021-…"."""
    return bool(_MACHINE_NAME.fullmatch(stem(name)))


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


def without_zeroes(name: str) -> str:
    """The form of a name, its numbers without the zeroes before: "DSC 1" and "DSC_0001"."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", name_form(name))


def has_copy_mark(name: str) -> bool:
    """Whether the name ends in "(1)", "copy", "edit" or their like."""
    return bool(_COPY.search(stem(name)))


def has_ending(name: str) -> bool:
    """Whether it is a whole file name."""
    return bool(_EXTENSION.search(name.strip()))
