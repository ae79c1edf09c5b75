"""What kinds of files are called among people."""

from redaksi.model import Language

STILLS = frozenset({"jpeg", "png", "tiff", "heic", "webp", "avif", "bmp", "gif"})
CONVERTED = ("heic", "webp", "avif", "bmp", "gif")
WORD = frozenset({"docx", "docm", "dotx", "dotm", "doc"})
LOCKED = frozenset({"encrypted", "protected"})  # Word documents that only some may open
# What a damaged document may be taken for; nothing else is claimed of it.
SHAPELESS = frozenset({"", "broken", "not-word", "unknown", "empty", "ole", "zip", "bin"})
VIDEO = frozenset({"mp4", "mov", "mkv", "avi", "webm", "3gp", "wmv", "mpeg", "flv", "video"})
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
    "xlsx": ("lembar kerja Excel (.xlsx)", "Excel spreadsheet (.xlsx)"),
    "xls": ("lembar kerja Excel (.xls)", "Excel spreadsheet (.xls)"),
    "ods": ("lembar kerja OpenDocument (.ods)", "OpenDocument spreadsheet (.ods)"),
    "numbers": ("lembar kerja Numbers (Apple)", "Numbers spreadsheet (Apple)"),
    "pptx": ("presentasi PowerPoint (.pptx)", "PowerPoint presentation (.pptx)"),
    "ppt": ("presentasi PowerPoint (.ppt)", "PowerPoint presentation (.ppt)"),
    "odp": ("presentasi OpenDocument (.odp)", "OpenDocument presentation (.odp)"),
    "keynote": ("presentasi Keynote (Apple)", "Keynote presentation (Apple)"),
    "publisher": ("Microsoft Publisher (.pub)", "Microsoft Publisher (.pub)"),
    "onenote": ("catatan OneNote", "OneNote notes"), "visio": ("diagram Visio", "Visio drawing"),
    "access": ("basis data Access", "Access database"), "project": ("Microsoft Project", "Microsoft Project"),
    "odg": ("gambar OpenDocument (.odg)", "OpenDocument drawing (.odg)"),
    "corel": ("gambar CorelDRAW", "CorelDRAW drawing"), "indesign": ("Adobe InDesign", "Adobe InDesign"),
    "mp3": ("rekaman MP3", "MP3 recording"), "ogg": ("rekaman Ogg/Opus", "Ogg/Opus recording"),
    "wav": ("rekaman WAV", "WAV recording"), "flac": ("rekaman FLAC", "FLAC recording"),
    "amr": ("rekaman AMR", "AMR recording"), "m4a": ("rekaman M4A", "M4A recording"),
    "aac": ("rekaman AAC", "AAC recording"), "wma": ("rekaman WMA", "WMA recording"),
    "midi": ("musik MIDI", "MIDI music"), "msg": ("surel Outlook (.msg)", "Outlook message (.msg)"),
}  # fmt: skip


def name_kind(kind: str, language: Language) -> str:
    """What people call a kind: "laman web (HTML)", "web page (HTML)"."""
    if kind in VIDEO:
        return "video"
    known = _NAMES.get(kind)
    return known[0 if language == "id" else 1] if known else kind.upper()
