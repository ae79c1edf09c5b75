"""Captions that a photo brings itself: its name when that tells what is seen, or its metadata.

Neither was written for the redaksi for certain, so an editor confirms. What programs write into
every picture is no caption.
"""

import re

from ingest.read.captions.matching.stems import split_words
from ingest.read.captions.photo_names import is_machine_made, stem
from redaksi.text import clean

_LONGEST = 600  # characters of a caption
_NUMBER_BEFORE = re.compile(
    r"(?:(?:foto|photo|gambar|gbr|dok)?[\s._#-]*\d{1,2}\s*[._)-]+\s*)(?=\D)", re.IGNORECASE
)
_COPY_BEHIND = re.compile(r"(?:\s*\(\d{1,2}\)|[-_ ]+(?:copy|salinan|edit|fix|final))+$", re.I)
_FEWEST, _MANY = 4, 5  # telling words of a sentence, and of a name without a verb
_VERB = re.compile(
    r"(?:me(?:ng|ny|m|n|l|r|w|y)?|di|ber|bel|ter)[a-z]{4,}|memberi|rapat|kerja", re.IGNORECASE
)
_FEWEST_IN_METADATA = 3  # words; fewer are a title
# What a program or a camera writes by itself.
_MADE_WITH = (
    r"(?:processed|edited|created|made|generated|designed|enhanced|captured|taken|shot|exported|"
    r"scanned|diedit|dibuat|diambil)\s(?:with|by|using|in|on|via|dengan|menggunakan|oleh|pakai|dari)\b"
    r"|(?:file\s)?written by\b|shot (?:on|by|with)\b"
)
_CAMERAS = (
    r"(?:olympus|samsung|sony|kodak|konica|minolta|sanyo|nikon|canon|casio|fuji\w*|pentax|panasonic|"
    r"ricoh|vivo|oppo|xiaomi|redmi|realme|huawei|honor|infinix|asus|lg)\b[\w\s.-]{0,30}(?:camera|dsc|"
    r"pictures?|digital|exif|photo|shot)\b"
)
_PROGRAMS = (
    r"(?:adobe\s)?(?:photoshop|lightroom|illustrator)\b|canva\b|instagram\b|snapseed|picsart|vsco\b"
    r"|b612|beauty\s?plus|camscanner|screenshot\b|lensa\b|remini\b|gimp\b|picasa\b|lavc|timemark\b"
    r"|gps map camera|open camera|google(?: photos| inc)?\b|whatsapp\b|facebook\b|fbmd"
)
_RIGHTS = r"copyright\b|all rights reserved|\(c\)|©|https?://|www\."
_EMPTY_FIELD = (
    r"default\b|untitled\b|null\b|none\b|no (?:description|title|caption)|charset=|ascii\b|unicode\b"
    r"|exif[_ ]|exif\b|jpeg\b|image description|description\b|comment\b|\{|<|\["
)
_PROGRAM = re.compile(
    "|".join((_MADE_WITH, _CAMERAS, _PROGRAMS, _RIGHTS, _EMPTY_FIELD)), re.IGNORECASE
)


def caption_in_name(name: str) -> str:
    """A file's name as a caption, "" when it does not tell what is seen.

    "Warga mengangkat batu kali di Gang Melati, Minggu (15-11).jpg" does, "Kerja bakti.jpg" does not.
    """
    if is_machine_made(name):
        return ""
    spaced = stem(name)
    if " " not in spaced.strip():
        spaced = re.sub(r"[_-]+", " ", spaced)
    text = clean.line(spaced.replace("_", " "), _LONGEST)
    text = _COPY_BEHIND.sub("", _NUMBER_BEFORE.sub("", text, count=1)).strip(" .-")
    words = split_words(text)
    verb = any(_VERB.fullmatch(word) for word in words)
    return text if len(words) >= _MANY or (verb and len(words) >= _FEWEST) else ""


def caption_in_metadata(text: str) -> str:
    """What EXIF, IPTC or XMP say, "" when a program wrote it or it is no more than a title."""
    words = [word for word in text.split() if any(c.isalpha() for c in word)]
    if len(words) < _FEWEST_IN_METADATA or _PROGRAM.match(text.strip()):
        return ""
    return clean.line(text, _LONGEST)
