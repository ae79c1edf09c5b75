"""What is right already, in words."""

from redaksi.model import Language
from redaksi.text import locale

# What the sections of the rules are called when they are met.
_FINE = {
    "id": {
        "document": "dokumen Word", "length": "panjang naskah", "font": "jenis dan ukuran huruf",
        "spacing": "spasi baris", "photo": "foto", "caption": "keterangan foto", "byline": "nama penulis",
    },
    "en": {
        "document": "the Word document", "length": "the length", "font": "the font and its size",
        "spacing": "the line spacing", "photo": "the photos", "caption": "the captions", "byline": "the byline",
    },
}  # fmt: skip


def fine(sections: tuple[str, ...], language: Language) -> str:
    """The sections of the rules that are met, by name; "" when nothing of it has a name."""
    return locale.format_list(
        [_FINE[language][one] for one in sections if one in _FINE[language]], language
    )
