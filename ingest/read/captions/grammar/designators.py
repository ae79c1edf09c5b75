"""What says which photo a caption is of: "1", "(1)", "#1", "satu", "yang pertama", "A", "IV",
"kiri", "semua foto", "IMG_2041.jpg", "img 2041", "2041".

A designator is read at a place in a line; where several readings are possible ("Foto 1 - 2 orang
warga …") they come longest first, and what stands behind decides.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ingest.read.captions.grammar.words import CAMERA, EXTENSION, PHOTO
from ingest.read.captions.photo_names import camera_number, squeeze, stem, without_zeroes
from redaksi.model import LabelKind

_ONES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_ENGLISH = ("first", "second", "third", "fourth", "fifth", "sixth")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LETTERS = "abcdefgh"
NUMBER_WORDS = {
    "pertama": 1,
    **{word: n for n, word in enumerate(_ONES, 1)},
    **{f"ke{word}": n for n, word in enumerate(_ONES, 1)},
    "kesatu": 1,
    **{word: n for n, word in enumerate(_ENGLISH, 1)},
}
_PLACE = (
    r"(?:atas|bawah|kiri|kanan|tengah|utama|pendukung|sampul|cover|pembuka|penutup|tambahan|headline|thumbnail"
    r"|depan|belakang|sebelum|sesudah|besar|kecil|terakhir)"
)
_AND = r"\s*(?:,\s*dan|,|&|\+|dan|and|s/d|s\.d\.?|sampai(?:\s+dengan)?|hingga|-|–|—)\s*"
_ONE = r"\d{1,2}(?![\d\w]|[.,:]\d)"
_ORDER = r"(?:ke\s?-?\s?|no(?:mor|mer|\.)?\s?\.?\s*|#\s*|[-–_.]\s?)?"
_NUMBERS = re.compile(
    rf"{_ORDER}(?P<many>\d{{1,2}}(?!\d)(?:{_AND}(?:{PHOTO}\s*)?(?:no\.?\s*|ke-?\s*)?{_ONE}){{1,30}})",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"{_ORDER}(?P<one>0?[1-9]|[1-9]\d)(?!\d|\w|[.,:]\d|\.\w{{3,4}}\b|\s*(?:x|lembar|buah|file|foto|pcs|biji|gambar|orang)\b)"
    r"(?:\s?/\s?\d{1,2}(?![\d/]))?",
    re.IGNORECASE,
)  # fmt: skip
_WORD = re.compile(
    rf"(?:yang\s+)?(?P<word>ke[\s-]{{0,2}}(?:{'|'.join(_ONES)})|{'|'.join(NUMBER_WORDS)})(?!\w)"
    rf"(?:{_AND}(?:{PHOTO}\s*)?(?P<other>{'|'.join(NUMBER_WORDS)})(?!\w))?",
    re.IGNORECASE,
)  # fmt: skip
_SIGN = re.compile(r"(?P<letter>[A-Ha-h])(?![\w'’])|(?P<roman>[IVX]{1,4}|[ivx]{1,4})(?![\w'’])")
_POSITION = re.compile(
    rf"(?:(?:yang|paling|bagian|sebelah|posisi|di)\s+(?:di\s+)?)?(?P<where>{_PLACE}(?:[\s-]{_PLACE})?(?:\s\d{{1,2}})?)(?!\w)",
    re.IGNORECASE,
)
_SHARED = re.compile(
    rf"%|(?:(?:untuk|dari)\s+)?(?:semua|seluruh|semuanya|kedua|ketiga|keempat)(?:\s+(?:{PHOTO}))+(?:\s+(?:di\s+atas|ini|tersebut|terlampir))?|semua(?!\w)|semuanya(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(
    rf"[^:=|\"“”()\[\]<>/\\\t]{{1,120}}?(?:\s?\([^()]{{1,30}}\)[^:=|\"“”()\[\]<>/\\\t]{{0,60}}?)?{EXTENSION}",
    re.IGNORECASE,
)
_STEM = re.compile(CAMERA, re.IGNORECASE)
_CAMERA_NUMBER = re.compile(
    r"(?:no(?:mor)?\s?\.?\s*|#\s?)?(?P<n>\d{3,6})(?![\d\w]|[.,]\d)", re.IGNORECASE
)
_QUOTED_TAIL = re.compile(rf"[\"”’')\]]{{0,2}}{EXTENSION}", re.IGNORECASE)
# Names may hold brackets and quotation marks: "Kerja bakti (pagi) “baru”.jpg"
_NAME_WHOLE = re.compile(rf"[^:|/\\\t]{{1,200}}?{EXTENSION}", re.IGNORECASE)
_ENUMERATED = re.compile(
    r"^(?:\d{1,2}\s?[.)]\s+|(?:untuk\s+)?(?:(?:dengan|bernama)\s+)?(?:nama\s+)?(?:file|berkas)\s*[:.]?\s+|untuk\s+|\d{1,2}\s+(?=(?:IMG|DSC|PXL)))(?=\S)",
    re.IGNORECASE,
)
_KEYCAP = re.compile(
    r"(?P<digit>\d|10)\ufe0f?\u20e3|(?P<ten>\U0001f51f)|(?P<circled>[①-⑳⑴-⒇❶-❿➀-➓])"
)
_COPY = re.compile(r"\s?\(\d{1,2}\)")
_TAIL = re.compile(EXTENSION, re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*[,&]\s*(?:dan\s+)?|\s+(?:dan|and)\s+", re.IGNORECASE)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_BULLETS = frozenset("-–—•*·")
MOST_NAMES, _LONGEST_NAME, _MOST_LISTED = 200, 120, 20


class Designator(Struct, frozen=True, kw_only=True):
    """One reading. `keys`: "Foto 1" for every form of a number, else as written; `end` is where
    the line goes on."""

    keys: tuple[str, ...]
    kind: LabelKind
    end: int


class Known(Struct, frozen=True, kw_only=True):
    """The photos that came along: `forms` of their names without ending, longest first, and their
    cameras' numbers."""

    forms: tuple[str, ...] = ()
    cameras: frozenset[str] = frozenset()
    spaced: tuple[str, ...] = ()  # those names as words: "rapat rw"
    every: frozenset[str] = frozenset()  # all their names, squeezed
    count: int = 0  # 0: not known how many came


# "WA0003", which people quote of a messenger's name, and "DSC 1" of DSC_0001.
_QUOTED = re.compile(r"wa\d{4}$")
_CAMERA_FORM = re.compile(r"(?:img|dsc[nf]?|dji|gopr|p)0\d{1,6}")


def know_photos(names: Sequence[str]) -> Known:
    """What is known of the photos called `names`; names that say nothing ("1.jpg") are left out."""
    some = names[:MOST_NAMES]
    forms = {squeeze(stem(name)) for name in some}
    quoted = {found[0] for form in forms if (found := _QUOTED.search(form))}
    short = {without_zeroes(form) for form in forms if _CAMERA_FORM.fullmatch(form)}
    every = forms | quoted | short
    telling = (form for form in every if len(form) >= 8 or (len(form) >= 3 and not form.isdigit()))
    return Known(
        forms=tuple(sorted(telling, key=len, reverse=True)),
        cameras=frozenset(number for name in some if (number := camera_number(name))),
        spaced=tuple(dict.fromkeys(space_words(stem(name)) for name in some)),
        every=frozenset(forms),
        count=len(names),
    )


def space_words(text: str) -> str:
    """Letters and digits, lower-case, one blank between words."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def read_designators(line: str, at: int, known: Known, *, led: bool) -> Iterator[Designator]:
    """The readings at `at`, the likeliest first. `led`: a word for a photo or a caption stands
    before it."""
    yield from _read_names(line, at, known)
    if led:
        yield from _read_numbers(line, at)
    yield from _read_camera_number(line, at, known, led=led)
    if led:
        yield from _read_words(line, at)
        yield from _read_place(line, at)
    elif (shared := _SHARED.match(line, at)) and len(shared[0].split()) > 1:
        yield Designator(keys=(shared[0].strip(),), kind="shared", end=shared.end())


def read_numbers(line: str, at: int) -> tuple[Designator, ...]:
    """The readings as numbers, lists before single ones."""
    return (*_read_numbers(line, at), *_read_words(line, at))


def read_keycap(line: str, at: int) -> Designator | None:
    """ "1️⃣", "🔟", "①"."""
    found = _KEYCAP.match(line, at)
    if found is None:
        return None
    return Designator(keys=(f"Foto {_keycap_value(found)}",), kind="number", end=found.end())


def _keycap_value(found: re.Match[str]) -> int:
    if found["digit"]:
        return int(found["digit"])
    if found["ten"]:
        return 10
    code = ord(found["circled"])
    base = next(base for base in (0x2780, 0x2776, 0x2474, 0x2460) if code >= base)
    return (code - base) % 10 + 1 if base >= 0x2776 else code - base + 1


def _read_names(line: str, at: int, known: Known) -> Iterator[Designator]:
    """A file's name: with its ending, as a camera makes it, or as a photo here is called."""
    if line[at : at + 1] in _BULLETS:
        return
    found = _NAME.match(line, at)
    if found and "http" not in found[0]:
        more = _more_names(line, found.end())
        if more > found.end():
            yield Designator(keys=split_names(line[at:more]), kind="name", end=more)
        name = _ENUMERATED.sub("", found[0])
        yield Designator(keys=(name.strip(),), kind="name", end=found.end())
    found = _STEM.match(line, at)
    end = match_known(line, at, known)
    if end > (found.end() if found else at):
        yield Designator(keys=(line[at:end].strip(),), kind="name", end=end)
    if found:
        yield Designator(keys=(found[0].strip(),), kind="name", end=found.end())
    found = _NAME_WHOLE.match(line, at)
    if found and all(found[0].count(left) == found[0].count(right) for left, right in _PAIRS):
        yield Designator(keys=(found[0].strip(),), kind="name", end=found.end())


def _more_names(line: str, end: int) -> int:
    """Where a list of names ends that goes on at `end`: ", b.jpg dan c.jpg"."""
    for _ in range(_MOST_LISTED):
        joint = _BETWEEN_NAMES.match(line, end)
        found = _NAME.match(line, joint.end()) if joint else None
        if found is None:
            break
        end = found.end()
    return end


def split_names(key: str) -> tuple[str, ...]:
    """ "a.jpg, b.jpg dan c.jpg" -> the three; what is not a list of files stays whole."""
    names = [name for each in _BETWEEN_NAMES.split(key) if (name := each.strip())]
    several = len(names) > 1 and all(_TAIL.search(name) for name in names)
    return tuple(names) if several else (key.strip(),)


def match_known(line: str, at: int, known: Known) -> int:
    """Where the longest name of a photo here ends that stands at `at`, whatever its case, blanks
    and copy mark; 0 when none does."""
    if not known.forms or not line[at : at + 1].isalnum():
        return 0
    ends: dict[str, int] = {}
    form, longest = "", len(known.forms[0])
    for position in range(at, min(len(line), at + _LONGEST_NAME)):
        char = line[position]
        if char in ":=|\t" or len(form) > longest:
            break
        if char.isalnum():
            form += char.casefold()
            ends[form] = position + 1
    for name in known.forms:
        end = ends.get(name, 0)
        if end and not line[end : end + 1].isalnum():
            copy = _COPY.match(line, end)
            end = copy.end() if copy else end
            tail = _QUOTED_TAIL.match(line, end)
            if tail is None and line[end : end + 1] == ")" and "(" in line[at:end]:
                return end + 1
            return tail.end() if tail else end
    return 0


def _read_numbers(line: str, at: int) -> Iterator[Designator]:
    keycap = read_keycap(line, at)
    if keycap:
        yield keycap
    found = _NUMBERS.match(line, at)
    if found:
        yield Designator(keys=_spread(found["many"]), kind="number", end=found.end())
    found = _NUMBER.match(line, at)
    if found:
        yield Designator(keys=(f"Foto {int(found['one'])}",), kind="number", end=found.end())


def _spread(many: str) -> tuple[str, ...]:
    """ "1 dan 3" -> both; "2-4" -> the three."""
    numbers = [int(n) for n in re.findall(r"\d+", many)]
    ranged = re.search(r"-|–|—|s/d|s\.d|sampai|hingga", re.sub(r"ke-", "", many, flags=re.I), re.I)
    if len(numbers) == 2 and ranged and numbers[0] < numbers[1] <= numbers[0] + 30:
        numbers = list(range(numbers[0], numbers[1] + 1))
    return tuple(f"Foto {n}" for n in dict.fromkeys(numbers))


def _read_words(line: str, at: int) -> Iterator[Designator]:
    """ "satu", "yang pertama", "A", "IV"."""
    shared = _SHARED.match(line, at)
    if shared and len(shared[0].split()) > 1:
        return
    found = _WORD.match(line, at)
    if found:
        words = [found["word"], *([found["other"]] if found["other"] else [])]
        numbers = [NUMBER_WORDS[re.sub(r"[\s-]", "", word.casefold())] for word in words]
        keys = tuple(f"Foto {n}" for n in dict.fromkeys(numbers))
        yield Designator(keys=keys, kind="number", end=found.end())
    found = _SIGN.match(line, at)
    if found:
        number = value_of(found[0])
        if number:
            yield Designator(keys=(f"Foto {number}",), kind="number", end=found.end())


def value_of(sign: str) -> int:
    """1 for "a", "A", "i" and "I"; 0 for what is no letter up to H and no Roman number up to X."""
    low = sign.casefold()
    if low in _ROMAN:
        return _ROMAN.index(low) + 1
    return _LETTERS.index(low) + 1 if len(low) == 1 and low in _LETTERS else 0


def _read_place(line: str, at: int) -> Iterator[Designator]:
    """ "kiri atas", "utama"; "semua foto"."""
    found = _SHARED.match(line, at)
    if found:
        yield Designator(keys=(found[0].strip(),), kind="shared", end=found.end())
    found = _POSITION.match(line, at)
    if found:
        yield Designator(keys=(found["where"].strip(),), kind="position", end=found.end())


def read_place(line: str, at: int) -> Designator | None:
    """ "Kiri", "Semua foto", without a word before it."""
    return next(_read_place(line, at), None)


def _read_camera_number(line: str, at: int, known: Known, *, led: bool) -> Iterator[Designator]:
    """ "4101" of IMG_4101.jpg: led, a photo's here, or where no photo is known."""
    found = _CAMERA_NUMBER.match(line, at)
    if found and (led or not known.cameras or found["n"] in known.cameras):
        yield Designator(keys=(found["n"],), kind="camera", end=found.end())
