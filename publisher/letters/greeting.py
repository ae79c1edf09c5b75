"""How a contributor is addressed: by the name in the mail's header, where that is a person's
name. Pure."""

import re

from msgspec import Struct

_TITLES = {
    "bapak": "Bapak", "pak": "Bapak", "bpk": "Bapak", "ibu": "Ibu", "bu": "Ibu", "sdr": "Sdr.", "saudara": "Saudara",
    "sdri": "Sdri.", "saudari": "Saudari", "mas": "Mas", "mbak": "Mbak",
}  # fmt: skip
# A team, an office or a role is nobody's name.
_OFFICE = re.compile(
    r"\b(?:tim|team|bkm|lkm|ksm|upk|upl|kotaku|humas|admin\w*|redaksi|sekretariat|dinas|kantor|kelurahan|kecamatan|desa"
    r"|kabupaten|kota|provinsi|pemkot|pemkab|pemda|satker|osp|korkot|fasilitator|operator|info|kontak|office|pt|cv|yayasan|redaktur|no-?reply|whatsapp|iphone|android|gmail)\b",
    re.IGNORECASE,
)
_QUOTES = "\"'“”‘’«»`"
_MOST = 60


class Addressed(Struct, frozen=True, kw_only=True):
    """A name, and the title its bearer put before it; both "" where no person is named."""

    title: str = ""
    name: str = ""


_OPENING = frozenset(("bapak/ibu", "ibu/bapak", "yth", "yth."))  # of a letter, not of a name


def address_form(told: str) -> Addressed:
    """How the bearer of the display name `told` (cleaned) is addressed."""
    words = told.strip(f"{_QUOTES} ").split()
    own = next((at for at, word in enumerate(words) if word.lower() not in _OPENING), len(words))
    name = " ".join(words[own:]).strip(f"{_QUOTES} ")
    first, _, rest = name.partition(" ")
    title = _TITLES.get(first.lower().rstrip("."), "") if rest else ""
    name = rest if title else name
    alone = name.lower().rstrip(".") in _TITLES
    if (
        alone
        or sum(map(str.isalpha, name)) < 2
        or any(map(str.isdigit, name))
        or _OFFICE.search(name)
    ):
        return Addressed()
    return Addressed(title=title, name=_short(_cased(name)))


def _cased(name: str) -> str:
    """A name in capitals as names are written; initials and degrees stay as they are."""
    if not name.isupper():
        return name
    return " ".join(word if "." in word or len(word) < 3 else word.title() for word in name.split())


def _short(name: str) -> str:
    """Degrees behind a long name go before the name is cut."""
    while len(name) > _MOST and "," in name:
        name = name.rpartition(",")[0]
    return name
