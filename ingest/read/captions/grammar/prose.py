"""What is no caption: a letter's own sentences, greetings, sign-offs, credits, lists of files."""

import re

from ingest.read.captions.grammar.words import CAPTION, EXTENSION, PHOTO, may_say_caption

_SIGN_OFF = re.compile(
    r"(?:demikian\w*|sekian|terima\s*kasih\w*|trims|tks|thx|makasih\w*|matur\s*nuwun|salam|hormat\s+(?:kami|saya)"
    r"|wassalam\w*|wa?ssalamu|regards|thanks?|best|cheers|--|atas\s+(?:perhatian|kerja|bantuan|dimuat|perkenan)\w*"
    r"|mohon|sent\s+from|dikirim\s+dari|tolong|catatan|nb|ps|cp|hp|wa|kontak|ttd|penulis|pengirim"
    r"|sebelumnya|selanjutnya\s+kami|semoga|bila|apabila|jika|kalau|silakan|oleh\s?:|tertanda)(?!\w)|--",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:yth\.?|yang\s+terhormat|kepada|kpd\.?|dear|hal+o|hai|hi|assalam\w*|ass?\.?\s*wr|selamat\s+(?:pagi|siang|sore|malam)"
    r"|dengan\s+hormat|bapak|ibu|tim\s+redaksi|redaksi|admin|min)(?:[\s,.!/]|$)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:saya|kami|aku|lihat|(?:meng|di|ter)?kirim(?:kan|i)?(?:nya)?|kiriman\s+(?:saya|kami|naskah|foto|berita)|\w*lampir\w*|mohon|tolong|silakan|gunakan|\w*pakai|\w*ganti|naskah|redaksi"
    r"|susul\w*|menyusul|file|filenya|berkas|attached|attachment|please|see)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:saya|kami|aku|mohon|tolong|silakan|lihat|lampir\w*|terlampir|naskah|redaksi|menyusul|susul\w*|berkas|file(?:nya)?"
    r"|attach\w*|please|see)\b",
    re.IGNORECASE,
)
_PHOTO_LAST = re.compile(
    rf"\b{PHOTO}(?:[- ]{PHOTO}){{0,3}}\s*(?:ke-?|no\.?|nomor)?\s*\d{{0,2}}\W{{0,5}}$", re.IGNORECASE
)
_LETTER = re.compile(  # a letter's sentence, whatever it is about
    r"\b(?:saya|kami|aku|mohon|tolong|silakan|redaksi|(?:ter|di|me)?lampir(?:kan|an)?|dikirim(?:kan)?|kirim(?:kan)?|mengirim(?:kan)?"
    r"|menyusul|susulkan|attached|terima\s*kasih|bapak/ibu|beliau\s+redaksi|email|e-mail|surel|resolusi)(?:nya)?(?!\w)"
    r"|\b(?:(?:ada|sebanyak|berjumlah|total|jumlah\w*)\s+(?:\d+|satu|dua|tiga|empat|lima)\b)",
    re.IGNORECASE,
)
_EVASION = re.compile(
    rf"(?:(?:sudah|telah|saya|kami|ada|juga|semua\w*|mohon|silakan|{PHOTO}|akan|masih|belum)\s+){{0,4}}"
    r"(?:(?:ter|di|me)?lampir(?:an|kan)?\b|attached|(?:ada\s)?(?:di|pada|dalam)\s?(?:dalam\s)?(?:naskah|dokumen|word|file|nama"
    r"|lampiran|bawah|atas|email|surel)|lihat\s|menyusul|nanti\b|kirim|dikirim|ada\b\W*$|tidak ada|belum\b|tanpa\b|nihil|kosong|-+$)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:dok(?:umentasi|umen|\.|\b)|docu?\b|istimewa|ist\b|humas\b|kredit|credit|courtesy|koleksi\b|milik\b|pribadi\b"
    r"|fotografer\b|by\b|oleh\b|sumber\b|source\b|©|\(c\))",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:warga|para|saat|ketika|sedang|usai|suasana|kegiatan|rapat|acara|peserta|bersama|kerja\s+bakti|gotong|kondisi"
    r"|sambutan|peresmian|penyerahan|pelaksanaan|pemberian|di|pada|yang|dengan|untuk|dalam|antara|foto\s+bersama"
    r"|(?:ber|ter)\w{4,}|me\w{4,}|di\w{4,}(?:kan|i)|tampak|terlihat)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:humas|tim|fasilitator|faskel|koordinator|bkm|lkm|ksm|kelurahan|desa|kecamatan|dinas|kotaku|redaksi|kontributor"
    r"|fotografer|panitia|karang\s+taruna|rt|rw|kota|kabupaten|provinsi|pokja|satker|osp|kominfo|pemkot|pemkab)\b",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"(?:[A-Z][\w'’.-]*|dan|&|/|,|[A-Z]\.|bin|binti|van|de)[,/]?")
_CLAIM = re.compile(
    rf"{CAPTION}(?:\s+{PHOTO})?\s+(?:(?:sudah|telah|juga|kami|saya|semua\w*)\s+){{0,3}}"
    r"(?:ada|di\s?(?:dalam|bawah|atas)?|pada|dalam|tercantum|terdapat|tertulis|terlampir|dilampirkan|termuat|lengkap)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\b(?:(?:dokumentasi|koleksi|foto)\s+pribadi|milik|ukuran\w*|diperkecil|dikecilkan|kompres\w*|dikompres|beresolusi|buram|kurang\s+(?:jelas|tajam|bagus)|hak\s+cipta"
    r"|di(?:ambil|jepret|foto|potret|edit|pilih|pakai|muat|tayangkan|gunakan|unggah)\b|jepretan|hasil\s+(?:kamera|jepretan)"
    r"|(?:boleh|bisa|dapat|bebas|siap)\s+(?:di)?\w+|menyesuaikan|kamera\s+(?:hp|ponsel)|lewat\s+(?:wa|whatsapp)|nama\s+file|attachment"
    r"|file(?:nya)?|berkas|naskah|dokumen\s+word|format\s+\w+|menyusul|susulan|belum\s+ada|tidak\s+ada|tanpa\s+keterangan)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:menyusul|susulkan|nanti|besok|belum|tidak\s+ada|tanpa|lupa)\b", re.IGNORECASE
)
_BARE = re.compile(rf"(?:{PHOTO}|{CAPTION})", re.IGNORECASE)
_HAS_NAME = re.compile(EXTENSION, re.IGNORECASE)


# Whom a letter addresses is also whom a caption shows: "Bapak Kornelis di depan rumahnya"
_PERSON = re.compile(r"(?:bapak|ibu|tim\s+redaksi|redaksi|admin|min)(?!\w)", re.IGNORECASE)
_MOST_ADDRESSED, _MOST_POOR = 4, 5  # words
# A remark on a photo in the place of its caption
_POOR = re.compile(
    r"(?:agak|sedikit|kurang|ukuran\w*|resolusi|buram|blur|gelap|format)(?!\w)", re.IGNORECASE
)


def is_sign_off(line: str) -> bool:
    """A letter's closing, a remark or a signature's line begins here."""
    return _SIGN_OFF.match(line) is not None


def is_greeting(line: str) -> bool:
    """ "Yth. Redaksi,", "Selamat pagi"."""
    if _GREETING.match(line) is None:
        return False
    is_addressed = len(line.split()) <= _MOST_ADDRESSED or line.rstrip()[-1:] in ",:"
    return is_addressed or _PERSON.match(line) is None


def is_about_files(text: str) -> bool:
    """A letter's sentence about a file or a photo, not a photo's caption."""
    return asks_about_files(text) or _PHOTO_LAST.search(text) is not None


def speaks_to_us(text: str) -> bool:
    """A sentence to the redaksi, or about files; "siap dikirim ke Singkawang" is none."""
    return _SPEAKS.search(text) is not None or _PHOTO_LAST.search(text) is not None


def asks_about_files(text: str) -> bool:
    """As `is_about_files`, by its verbs and nouns alone: "Foto 1" may be a file's name."""
    return _ASKS.search(text) is not None


def is_poor(text: str) -> bool:
    """ "agak buram, maaf", "ukuran 2 MB": a remark in the place of a caption."""
    return len(text.split()) <= _MOST_POOR and _POOR.match(text) is not None


def is_letter(text: str) -> bool:
    """A sentence that its author speaks to the redaksi."""
    return _LETTER.search(text) is not None


def is_evasive(text: str) -> bool:
    """ "terlampir", "ada di naskah", "menyusul": says where a caption is, or that there is none."""
    return _EVASION.match(text) is not None


def is_remark_on_photos(line: str) -> bool:
    """A remark about the pictures themselves: their size, who took them, what to do with them."""
    return _REMARK.search(line) is not None


def claims_captions(line: str) -> bool:
    """ "Keterangan foto ada di dalam naskah": who writes so says that they are there."""
    if not may_say_caption(line):
        return False
    return _CLAIM.search(line) is not None and _LATER.search(line) is None


def is_credit(text: str) -> bool:
    """ "Dok. Humas", "Siti Aminah/Kelurahan Wonosari": who took it, not what it shows."""
    words = text.split()
    if _CREDIT.match(text):
        return len(words) <= 6
    if len(words) > 7 or _TELLS.search(_ROLE.sub(" ", text)):
        return False
    is_office = _ROLE.match(text) is not None  # "Tim 07 Pontianak"
    return all(
        _NAME_WORD.fullmatch(word.strip('()[]"“”.'))
        or _ROLE.fullmatch(word.strip("(),./"))
        or (is_office and word.isdigit())
        for word in words
    )


def tells_something(key: str, text: str) -> bool:
    """Words that tell what a photo shows: not "terlampir", no list of files, no mere credit;
    without a key a few words more."""
    words = text.split()
    if not any(len(word) > 1 and any(c.isalpha() for c in word) for word in words):
        return False
    if len(words) <= 9 and _EVASION.match(text):
        return False
    if _HAS_NAME.search(text[:60]):
        return False
    if is_poor(text) or (len(words) <= 5 and _CREDIT.match(text)):
        return False
    if key:
        return not (len(words) <= 2 and _BARE.match(text))
    return len(words) >= 3
