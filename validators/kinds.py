"""What kinds of files are called among people."""

from redaksi.model import Language

STILLS = frozenset({"jpeg", "png", "tiff", "heic", "webp", "avif", "bmp", "gif"})
CONVERTED = ("heic", "webp", "avif", "bmp", "gif")
WORD = frozenset({"docx", "docm", "dotx", "dotm", "doc"})
LOCKED = frozenset({"encrypted", "protected"})  # Word documents that only some may open
# What a damaged document may be taken for; nothing else is claimed of it.
SHAPELESS = frozenset({"", "broken", "not-word", "unknown", "empty", "ole", "zip", "bin"})
VIDEO = frozenset({"mp4", "mov", "mkv", "avi", "webm", "3gp", "video"})
_NAMES: dict[str, tuple[str, str]] = {
    "pdf": ("PDF", "PDF"), "odt": ("OpenDocument (.odt)", "OpenDocument (.odt)"), "rtf": ("RTF", "RTF"),
    "html": ("laman web (HTML)", "web page (HTML)"), "wordperfect": ("WordPerfect", "WordPerfect"),
    "word95": ("Word 95 atau lebih lama", "Word 95 or older"), "word6": ("Word 6", "Word 6"),
    "word2": ("Word 2", "Word 2"), "word-dos": ("Word untuk DOS", "Word for DOS"),
    "mhtml": ("laman web tersimpan (MHTML)", "saved web page (MHTML)"),
    "wordml": ("Word XML", "Word XML"), "pages": ("Apple Pages", "Apple Pages"),
    "works": ("Works (.wps)", "Works (.wps)"), "text": ("teks polos (.txt)", "plain text (.txt)"),
    "txt": ("teks polos (.txt)", "plain text (.txt)"), "postscript": ("PostScript", "PostScript"),
    "word-mac": ("Word lama untuk Macintosh", "an old Word for the Macintosh"),
    "fodt": ("OpenDocument satu berkas (.fodt)", "OpenDocument in one file (.fodt)"),
    "gdoc": ("penunjuk ke Google Dokumen (.gdoc)", "a pointer to a Google document (.gdoc)"),
    "shortcut": ("pintasan ke berkas lain", "a shortcut to another file"),
    "epub": ("EPUB", "EPUB"), "jpeg": ("JPEG", "JPEG"), "png": ("PNG", "PNG"), "tiff": ("TIFF", "TIFF"),
    "heic": ("HEIC", "HEIC"), "webp": ("WebP", "WebP"), "avif": ("AVIF", "AVIF"), "bmp": ("BMP", "BMP"),
    "gif": ("GIF", "GIF"), "raw": ("RAW (mentah dari kamera)", "camera raw"),
    "psd": ("Photoshop (PSD)", "Photoshop (PSD)"),
    "svg": ("gambar vektor (SVG)", "vector drawing (SVG)"), "jp2": ("JPEG 2000", "JPEG 2000"),
    "jxl": ("JPEG XL", "JPEG XL"),
}  # fmt: skip


def name_kind(kind: str, language: Language) -> str:
    """What people call a kind: "laman web (HTML)", "web page (HTML)"."""
    if kind in VIDEO:
        return "video"
    known = _NAMES.get(kind)
    return known[0 if language == "id" else 1] if known else kind.upper()
