"""The byline: who wrote the article, and as what.

Penulis: Rahmawati, Fasilitator Sosial, Tim 04 Kota Pontianak
Oleh Sri Wahyuni, S.Sos. (Askot Jambi)
Teks & foto: M. Yusuf/Tim 07 Makassar
"""

import re

from ingest.read.document.roles.letterhead import has_verb
from redaksi.model import Person
from redaksi.text import clean

_WRITER = (
    r"(?:nama\s+(?:lengkap\s+)?)?(?:penulis|pewarta|reporter|kontributor|pengarang|author|writer|byline|penyusun|wartawan)"
    r"(?:\s+(?:naskah|berita|artikel|warta|tulisan))?"
    r"(?:\s*(?:/|&|dan|,|\+)\s*(?:foto(?:grafer)?|editor|penyunting|dokumentasi|naskah|reporter|pewarta|penulis))*"
    r"|(?:(?:ditulis|disusun|dilaporkan|dikirim|laporan|teks|naskah|artikel|berita)\s+)?oleh|(?:written\s+)?by"
)
_TEXT_AND_PHOTO = (
    r"(?:teks|naskah|tulisan|berita|narasi|text)\s*(?:/|&|dan|\+)\s*(?:foto|gambar|photos?|dokumentasi)"
    r"|foto\s*(?:/|&|dan|\+)\s*(?:teks|naskah|tulisan|narasi)"
)
_TEXT = r"teks|naskah|tulisan|narasi|text|laporan"
_KEYED = re.compile(
    rf"[(\[*_\s]*(?:{_WRITER}|{_TEXT_AND_PHOTO})\s*[:：=]\s*(?P<value>.*)", re.IGNORECASE
)
_WEAKLY_KEYED = re.compile(rf"[(\[*_\s]*(?:{_TEXT})\s*[:：=]\s*(?P<value>.+)", re.IGNORECASE)
_ALONE = re.compile(
    rf"[(\[*_\s]*(?:{_WRITER}|{_TEXT_AND_PHOTO})\s*(?P<mark>[:：=,]?)\s*[)\]*_]*", re.IGNORECASE
)
_BY = re.compile(
    r"[(\[*_–—\s-]*(?:(?:(?i:ditulis|disusun|dilaporkan|laporan|(?:teks|naskah|foto)(?:\s*(?:&|dan|/|\+)\s*(?:foto|teks|naskah))?)\s+)?(?i:oleh)|By|BY|(?i:penulis)\s*[-–—])\s+(?P<value>[A-Z].*)"
)
_NEXT_FIELD = re.compile(
    r"[\s|;,./()]*\b(?:editor|penyunting|foto(?:grafer)?|photo|dok(?:umentasi)?|email|e-mail|hp|no\.?\s*hp|wa|telp)\s*[.:&=]",
    re.IGNORECASE,
)
# Degrees stand between a name and what its bearer does: "Sri Wahyuni, S.Sos., M.Si., Askot Jambi".
_DEGREE = re.compile(
    r"(?:[SM]\.?\s?(?:[A-Z][A-Za-z]{0,5}\.?)(?:\s?[A-Z][A-Za-z]{0,3}\.?)?|A\.?\s?Md\.?(?:\.?\s?[A-Z][a-z]{0,4}\.?)?"
    r"|(?:ST|SE|SH|SP|SS|SKM|SAP|MT|MM|MH|MA|MSi|MPd|SPd|SSos|SIP|MBA|MPH|Lc|Ph\.?\s?D|Dr|Ir|Apt|MAP|MKM|MURP|SPt|SPi)\.?"
    r"|D\.?\s?(?:III|IV|3|4))",
)
_SEPARATOR = re.compile(r"(?:[,;|\t/(]|\s[-–—]\s)\s*")
_PARTICLES = frozenset(
    ("bin", "binti", "dan", "al", "el", "van", "de", "der", "da", "ibn", "&", "and", "y", "serta", "dkk", "dkk.",
     "alias", "tim")
)  # fmt: skip
_NOT_NAMES = frozenset(
    (
        "karena", "sebab", "itu", "ini", "para", "warga", "masyarakat", "pemerintah", "kita", "kami", "mereka", "semua",
        "setiap", "bapak", "ibu", "pihak", "saat", "ketika", "untuk", "dalam", "pada", "dengan", "adalah", "yang",
    )
)  # fmt: skip
_WRITER_BELOW = re.compile(r"[(\[*_\s]*(?i:penulis)\s+(?P<value>[A-Z][^.:]*)")
_BETWEEN = re.compile(r"[-–—~*=]{1,3}\s?[A-Z][^-–—~*=]{3,70}[-–—~*=]{1,3}")
_LONGEST, _MOST_NAME = 140, 4  # characters, words


def parse_keyed(text: str) -> str | None:
    """What stands after "Penulis:", "Oleh:", "Teks & foto:"; "" when nothing does, None when
    `text` is no such line."""
    match = _KEYED.fullmatch(text)
    if match is None:
        match = _WEAKLY_KEYED.fullmatch(text)
        if match is None or not is_name(parse(match["value"]).name):
            return None
    value = match["value"].strip()
    if len(value.split()) > _MOST_NAME and value[-1:] == "." and not is_name(parse(value).name):
        return None  # a sentence: "Penulis: jangan lupa bahwa …"
    if text.lstrip()[:1] in {"(", "["} and value[-1:] in {")", "]"} and not {"(", "["} & set(value):
        value = value[:-1].rstrip()
    return value if len(value) <= _LONGEST else None


def parse_lone_key(text: str) -> str | None:
    """The mark behind a key that stands alone on its line ("Penulis:" gives ":", "Penulis" "");
    None when none does."""
    match = _ALONE.fullmatch(text)
    return match["mark"] if match else None


def parse_unmarked(text: str, *, below: bool = False) -> str | None:
    """The name after "Oleh" without a colon, `below` the text after "Penulis" too; None for "Oleh
    karena itu …" and other sentences."""
    match = _BY.fullmatch(text) or (_WRITER_BELOW.fullmatch(text) if below else None)
    if match is None or len(text) > _LONGEST:
        return None
    value = match["value"].strip()
    if value.endswith(".") and has_verb(parse(value).role):  # "Oleh Lurah, usulan itu diteruskan."
        return None
    words = value.split()
    if words[0].casefold().strip(",") in _NOT_NAMES or len(words) > 14:
        return None
    return value if is_name(parse(value).name) else None


def parse_bracketed(text: str) -> str | None:
    """A last line such as "(Sri Wahyuni/Humas)" or "- Sri Wahyuni -"; None when it is no name in
    brackets."""
    bracketed = text.startswith("(") and text.rstrip(".*").endswith(")")
    if not (bracketed or _BETWEEN.fullmatch(text)) or len(text) > 80:
        return None
    value = text.strip("().*-–—~= ")
    person = parse(value)
    return value if is_name(person.name) and len(person.name.split()) >= 2 else None


def is_name(text: str) -> bool:
    """Up to six words, each written as names are; nothing that ends a sentence."""
    words = text.replace(".", ". ").split()
    if (
        not words
        or len(words) > 7
        or any(c.isdigit() for c in text)
        or text.endswith(("!", "?", ":"))
    ):
        return False
    if words[0].casefold() in _NOT_NAMES:
        return False
    return all(word.casefold() in _PARTICLES or word[0].isupper() for word in words)


def parse(text: str) -> Person:
    """Name and role out of what stands in a byline: parted by a comma, dash, slash or bracket;
    degrees stay with the name."""
    cut = _NEXT_FIELD.search(text, 1) if text else None
    value = clean.line(text[: cut.start()] if cut else text).strip(" *_[]|-–—:;,")
    if value.startswith("(") and value.endswith(")"):
        value = value[1:-1]
    parts = [part for part in _SEPARATOR.split(value) if part.strip()]
    name: list[str] = []
    while parts and (not name or _DEGREE.fullmatch(parts[0].strip())):
        name.append(parts.pop(0).strip())
    role = value
    for part in name:
        role = role[role.index(part) + len(part) :]
    role = role.strip(" ,;|/-–—(\t")
    if role.endswith(")") and "(" not in role:
        role = role[:-1]
    full = (
        ", ".join(name).strip(" .")
        if not (name and _DEGREE.fullmatch(name[-1]))
        else ", ".join(name)
    )
    return Person(name=full, role=role.strip(" .*_"))
