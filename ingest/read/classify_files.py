"""What each file of a parcel was sent as: article, photo, words beside them, or none of these."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ingest.read.files import sniff
from redaksi.arrival import File
from redaksi.model import Other
from redaksi.reasons import ATTACKS, Reason, ReasonCode, explain

WORD = frozenset(
    {
        "docx",
        "docm",
        "dotx",
        "dotm",
        "doc",
        "wordml",
        "word95",
        "word6",
        "word2",
        "encrypted",
        "protected",
        "broken",
    }
)
# word processors', but not Word, and Google's pointer to a document
RICH = frozenset({"odt", "fodt", "rtf", "wordperfect", "works", "pages", "gdoc"})
PLAIN = frozenset({"pdf", "html", "mhtml", "postscript", "epub", "shortcut"})
VIDEO = frozenset({"mp4", "mov", "mkv", "avi", "webm", "3gp", "wmv", "mpeg", "flv", "video"})
PHOTOS = sniff.PHOTOS | VIDEO | {"jp2", "jxl"}
_TEXT_NAMES = re.compile(r"\.(txt|text|md|csv)$", re.IGNORECASE)
# a Word file, as programs name one that they are still writing or fetching too
_WORD_NAMES = re.compile(
    r"(?:\.(?:docx?|docm|dotx?|rtf|odt|wpd|wps|pages|gdoc|wri)"
    r"(?:\.(?:crdownload|part|partial|download|opdownload|tmp))?"
    r"|\.(?:asd|wbk)|^~wr[\w]*\.tmp"
    r"|^(?:unconfirmed|belum dikonfirmasi|tidak dikonfirmasi)[ _]\d+\.crdownload)$",
    re.IGNORECASE,
)
_PHOTO_NAMES = re.compile(r"\.(jpe?g|jfif|png|tiff?|heic|heif|webp|avif)$", re.IGNORECASE)
# Kinds that say nothing of what a file is.
SHAPELESS = frozenset({"", "unknown", "empty", "ole", "text", "bin"})
_WHY = {
    "xlsx": ReasonCode.SPREADSHEET, "xls": ReasonCode.SPREADSHEET, "ods": ReasonCode.SPREADSHEET, "pptx": ReasonCode.PRESENTATION, "ppt": ReasonCode.PRESENTATION,
    "odp": ReasonCode.PRESENTATION, "mp3": ReasonCode.AUDIO, "wav": ReasonCode.AUDIO, "ogg": ReasonCode.AUDIO, "flac": ReasonCode.AUDIO, "amr": ReasonCode.AUDIO,
    "zip": ReasonCode.ARCHIVE, "rar": ReasonCode.ARCHIVE, "7z": ReasonCode.ARCHIVE, "gz": ReasonCode.ARCHIVE, "tnef": ReasonCode.WINMAIL, "vcard": ReasonCode.VCARD,
    "calendar": ReasonCode.CALENDAR, "mail": ReasonCode.MAIL, "msg": ReasonCode.MAIL, "text": ReasonCode.TEXT_FILE, "empty": ReasonCode.EMPTY_FILE,
    **dict.fromkeys(("keynote",), ReasonCode.PRESENTATION), **dict.fromkeys(("numbers",), ReasonCode.SPREADSHEET),
    **dict.fromkeys(("m4a", "aac", "wma", "midi"), ReasonCode.AUDIO), **dict.fromkeys(sniff.ARCHIVES, ReasonCode.ARCHIVE),
    **dict.fromkeys(sniff.OFFICE, ReasonCode.OFFICE_FILE), "svg": ReasonCode.DRAWING, "rpmsg": ReasonCode.PROTECTED_MAIL, "shortcut": ReasonCode.SHORTCUT,
}  # fmt: skip


class Sorted(Struct, frozen=True, kw_only=True):
    """Every file of a parcel, once."""

    word: tuple[File, ...] = ()  # Word documents, and what has a Word name but is broken
    rich: tuple[File, ...] = ()
    plain: tuple[File, ...] = ()  # PDF, HTML
    texts: tuple[File, ...] = ()
    photos: tuple[File, ...] = ()
    others: tuple[Other, ...] = ()


def sort(files: Sequence[File]) -> Sorted:
    """Put every file in its place. Of identical files the first counts, what was attached before
    what is inline."""
    places: dict[str, list[File]] = {"word": [], "rich": [], "plain": [], "texts": [], "photos": []}
    others: list[Other] = []
    files = _kept_names(files)
    first = _first_of_each(files)
    for file in files:
        if file.aside:
            others.append(make_other(file, file.aside))
        elif file.refused and file.refused.code in ATTACKS:  # whatever it is called
            others.append(make_other(file, file.refused))
        elif file.size and first[file.sha256] is not file:
            others.append(
                make_other(file, explain(ReasonCode.IDENTICAL_COPY, name=first[file.sha256].name))
            )
        elif place := _place(file):
            places[place].append(file)
        else:
            others.append(make_other(file, file.refused or _why_neither(file)))
    return Sorted(others=tuple(others), **{name: tuple(found) for name, found in places.items()})


def _why_neither(file: File) -> Reason:
    code = _WHY.get(file.kind, ReasonCode.NEITHER)
    return explain(code, kind=file.kind) if code is ReasonCode.OFFICE_FILE else explain(code)


def make_other(file: File, why: Reason) -> Other:
    """`file` as a stream that is neither document nor photo."""
    return Other(
        name=file.name,
        kind=file.kind,
        sha256=file.sha256,
        why=why,
        size=file.size,
        origin=file.origin,
        listing=file.listing,
    )


def _first_of_each(files: Sequence[File]) -> dict[str, File]:
    """The file that stands for its bytes: not one set aside, rather attached than inline."""
    first: dict[str, File] = {}
    for file in sorted(files, key=lambda f: (bool(f.aside), f.origin == "inline")):
        first.setdefault(file.sha256, file)
    return first


def _kept_names(files: Sequence[File]) -> list[File]:
    """A photo shown in the text and attached under one name: the copy bears the number that told
    them apart."""
    kept = list(files)
    first = _first_of_each(files)
    for at, copy in enumerate(kept):
        counts = first[copy.sha256]
        stem, dot, ending = copy.name.rpartition(".")
        if not dot:
            stem, ending = ending, ""
        if (
            copy.size
            and not copy.aside
            and re.fullmatch(rf"{re.escape(stem)}-\d+{re.escape(dot + ending)}", counts.name)
        ):
            there = next(i for i, file in enumerate(kept) if file is counts)
            kept[at] = replace(copy, name=counts.name)
            kept[there] = first[copy.sha256] = replace(counts, name=copy.name)
    return kept


def _place(file: File) -> str:
    """Where a file belongs, "" for neither article nor photo. A name speaks only where the bytes
    say nothing."""
    if file.kind in SHAPELESS or file.kind == "zip":  # a .docx whose inside is lost
        return _place_by_name(file)
    if file.kind == "shortcut" and _PHOTO_NAMES.search(file.name.rpartition(".")[0]):
        return ""
    if file.kind in PLAIN:
        if _PHOTO_NAMES.search(file.name):  # a page or PDF under a photo's name: not what was meant
            return "photos"
        return "word" if re.search(r"\.docx?$", file.name, re.IGNORECASE) else "plain"
    if file.kind == "svg" and file.origin == "inline":
        return ""
    return next((place for place, kinds in _KINDS if file.kind in kinds), "")


_KINDS = (("word", WORD), ("photos", PHOTOS), ("rich", RICH))


def _place_by_name(file: File) -> str:
    if _WORD_NAMES.search(file.name):
        return "word"
    if _PHOTO_NAMES.search(file.name):
        return "photos"
    if (
        file.kind == "text"
        and not file.refused
        and (_TEXT_NAMES.search(file.name) or "." not in file.name)
    ):
        return "texts"
    return ""


def strip_ending(name: str) -> str:
    """A file's name without its ending, in lower case: by it a copy in another format is known."""
    return name.rpartition(".")[0].casefold() or name.casefold()


def decode_text(content: bytes) -> str:
    """A text file's words: by its byte order mark, else UTF-8, else Windows Latin-1."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
