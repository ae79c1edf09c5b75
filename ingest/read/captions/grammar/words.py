"""The words of the caption grammar: what a photo, a caption, a file's name is called, as fragments
of regular expressions (compile them with IGNORECASE).

    [keterangan] [foto] designator [mark] text

Every fragment is bounded and matches in linear time.
"""

import re

EXTENSION = (
    r"\.(?:jpe?g|jpe|jfif|png|tiff?|heic|heif|webp|avif|gif|bmp|dng|cr[23]|nef|arw|mp4|mov)(?!\w)"
)
# parts that follow a number: "_101500", "-WA0003", "_HDR", "~2"
_MORE = (
    r"(?:[_-]\w{0,12}\d\w{0,8}|_[A-Z]{2,6}(?![a-z])|~\d|\.(?:MP|PORTRAIT|NIGHT|COVER)(?!\w)){0,5}"
)
# what cameras, telephones and messengers call a photo, without the ending
CAMERA = (
    r"(?:IMG[-_ ]\d{8}[-_ ]WA\d{1,6}(?:[ _]?\(\d{1,2}\))?"
    r"|(?:IMG|DSC[NF]?|_DSC|DSCF|PXL|MVIMG|DJI|GOPR|VID|PHOTO|SAM|PANO|BURST)[-_ ]{0,2}\d{2,8}(?!\d{5})"
    rf"{_MORE}"
    rf"|(?:IMG|PXL|VID)[-_ ]\d{{6,17}}{_MORE}"
    r"|WhatsApp Image[ _]\d[\w.-]{0,40}(?: (?:at|pukul) \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: [AP]M)?)?(?: ?\(\d{1,2}\))?"
    r"|\d{8}_\d{6}(?:_\d{1,3})?(?!\w)|Screenshot[-_ ]{0,2}\d[\w.-]{0,60}|P\d{7}|image\d{1,5}(?!\w))"
)
_PHOTO_ALONE = r"(?:foto|photo|poto|gambar|image|picture|figure|dokumentasi)"
PHOTO = (
    rf"(?:{_PHOTO_ALONE}(?:nya|s)?(?:[\s-]{{1,2}}{_PHOTO_ALONE}(?:nya|s)?(?!\d))?|gbr|fig|pict?)"
    r"(?![^\W\d_])"
)
CAPTION = (
    r"(?:keterangan|captions?|kaption|takarir|narasi|deskripsi|penjelasan|uraian|teks"
    r"|judul|ket|description|legenda)(?:nya)?(?![^\W\d_])"
)
# Words that say "caption" by themselves; the others need a photo beside them.
CAPTION_ALONE = r"(?:captions?|kaption|takarir)(?:nya)?(?![^\W\d_])"
FILLER = r"(?:(?:kegiatan|berita|warta|dokumentasi|acara|lampiran|artikel|lapangan|naskah)(?![^\W\d_])\s*)?"
# "Keterangan foto", "Caption", "Ket. untuk gambar", "Foto": what stands before a designator
LEAD = re.compile(
    rf"(?:(?:untuk|utk|pada|dalam|di|dan|sedangkan|sementara|lalu)\s+(?=\S{{0,12}}(?:foto|gambar|gbr|photo|ket|caption)))?(?:lampiran\s+(?={PHOTO})|{PHOTO}\s?:\s*(?={PHOTO}\s?\d))?(?:(?P<caption>{CAPTION})\s?\.?\s*(?::\s*(?={PHOTO}))?(?:(?:untuk|utk|dari|pada|buat)\s+)?)?"
    rf"(?:(?P<photo>{PHOTO})\s?\.?[ ]?(?:{CAPTION}\s?\.?\s*)?)?{FILLER}",
    re.IGNORECASE,
)
CAMERA_NAME = re.compile(CAMERA, re.IGNORECASE)
NAMED_FILE = re.compile(EXTENSION, re.IGNORECASE)

# what every one of CAMERA's names holds, and so many digits where it holds none of these
_CAMERA_WORDS = (
    "img", "dsc", "pxl", "dji", "gopr", "vid", "photo", "sam", "pano", "burst", "whatsapp image", "screenshot",
    "image",
)  # fmt: skip
_MANY_DIGITS = re.compile(r"\d{7}")
# what every word of CAPTION holds
_CAPTION_WORDS = (
    "caption", "kaption", "takarir", "narasi", "deskripsi", "penjelasan", "uraian", "teks", "judul", "ket",
    "description", "legenda",
)  # fmt: skip


def may_name_camera(line: str) -> bool:
    """False where CAMERA cannot match: a look at literals, for lines by the thousand."""
    return _holds_any(line, _CAMERA_WORDS) or _MANY_DIGITS.search(line) is not None


def may_say_caption(line: str) -> bool:
    """False where CAPTION cannot match, as `may_name_camera`."""
    return _holds_any(line, _CAPTION_WORDS)


def _holds_any(line: str, words: tuple[str, ...]) -> bool:
    folded = line.lower()
    for word in words:  # noqa: SIM110 - `any` with a generator takes twice the time
        if word in folded:
            return True
    return False
