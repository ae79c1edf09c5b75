"""The one place where values that came from a mail are cleaned before anyone sees them.

Whatever a mail contains is text: never markup, path, header or template.
"""

import re
import unicodedata

# C0 and C1 controls, zero-width characters, bidirectional marks, overrides and isolates (UAX #9),
# BOM, line and paragraph separators, interlinear annotation and tag characters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
# The same of a text that is laid out: line ends, tabs, soft hyphens, joiners and the marks of a
# direction are part of how it is written; what overrides a direction is not.
_UNSEEN_IN_TEXT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2065-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
# What readers of a published text do not see: the same as _UNSEEN but for white space, and Word's
# mark of an object and what Unicode calls no characters.
_UNSEEN_IN_PROSE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffc\ufffe\uffff\ufdd0-\ufdef\U000e0000-\U000e007f\ud800-\udfff]"
)
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def line(value: str, most: int = 200) -> str:
    """`value` on one line: controls and bidirectional characters gone, white space folded, cut
    to `most`."""
    folded = _SPACE.sub(" ", _UNSEEN.sub(" ", value)).strip()
    return folded if len(folded) <= most else folded[: most - 1].rstrip() + "…"


def prose(value: str) -> str:
    """`value` as readers see it, on one line: soft hyphens, zero-width, control and bidirectional
    characters gone, each white space one space. Spaces at its ends stay."""
    seen = value if value.isprintable() else _UNSEEN_IN_PROSE.sub("", value)
    return _SPACE.sub(" ", seen)


def words(value: str, most: int) -> str:
    """`value` with its own white space, on one line, cut to `most`: nothing that is not seen."""
    return _cut(value if value.isprintable() else _UNSEEN.sub(" ", value), most)


def text(value: str, most: int) -> str:
    """`value` as it is laid out, cut to `most`: nothing that is no part of writing."""
    return _cut(value if value.isprintable() else _UNSEEN_IN_TEXT.sub("", value), most)


def _cut(value: str, most: int) -> str:
    return value if len(value) <= most else value[: most - 1] + "…"


def quote(value: str) -> str:
    """At most 80 cleaned characters of a document, as a finding may quote them."""
    return line(value, 80)


def file_name(value: str, fallback: str = "lampiran") -> str:
    """A display and download name: the last path component, no characters a file system or shell
    minds."""
    name = unicodedata.normalize("NFC", line(value, 1000))
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = _NOT_IN_NAMES.sub("_", name).strip(" .")
    if not name or _DEVICES.fullmatch(name):
        return fallback
    if len(name) > 120:
        stem, dot, extension = name.rpartition(".")
        name = (
            stem[: 119 - len(extension)] + dot + extension
            if dot and len(extension) <= 10
            else name[:120]
        )
    return name
