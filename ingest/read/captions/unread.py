"""Lines that may be captions and were not understood: what keeps "there is no caption" from being
told (the guard asks; an editor sees the lines)."""

import re
from collections.abc import Sequence

from ingest.read.captions.labels import find_labels
from ingest.read.captions.photo_names import squeeze, stem
from redaksi.model import Unread
from redaksi.text import clean

_OPENS = re.compile(
    r"[\W_]*(?:foto|photo|gambar|gbr|image|caption|keterangan|ket|takarir|narasi|deskripsi)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[(\[]\s*(?:foto|gambar|gbr|photo)\s*\.?\s*\d{1,2}\s*[)\]]\W*$", re.IGNORECASE)
_FEWEST_WORDS, _MOST = 4, 50


def find_unread(text: str, place: str = "", photos: Sequence[str] = ()) -> tuple[Unread, ...]:
    """The lines of `text` that begin with a photo's or a caption's word and at least four words,
    end in "(Foto 1)", or hold the name or stem of one of `photos` and four words, and that
    `find_labels` took for no caption. `place` as in Unread. Pure; linear in `text`."""
    taken = squeeze(" ".join(label.text for label in find_labels(text, "body", place)))
    stems = [squeeze(stem(name)) for name in photos]
    found: list[Unread] = []
    for each in text.splitlines()[:5000]:
        line = clean.line(each, 2000)
        form = squeeze(line)
        words = [word for word in line.split() if any(c.isalpha() for c in word)]
        if len(words) < _FEWEST_WORDS or form[-20:] in taken:
            continue
        named = any(len(name) >= 4 and name in form for name in stems)
        if named or _OPENS.match(line) or _ENDS.search(line):
            found.append(Unread(may_be="caption", kind="line", text=clean.line(line), place=place))
    return tuple(found[:_MOST])
