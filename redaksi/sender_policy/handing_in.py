"""Whether a clause says that an article or its photos are handed in with this mail. Pure.

"Kami sampaikan terima kasih", "kami serta keluarga", "ini saya", "berikut nomor rekening" use the same
verbs: what is handed in must be an article's thing, named in the clause; or nothing at all is named
("terlampir ya, Pak") and the mail speaks of no other business.
"""

import re

_OTHER_USES = (
    r"(?!\s*(?:duka|acara|kehilangan|copy|kopi|produk|studio|prewedding|anda|letter|murah|gratis|terbaru|terkini"
    r"|ktp|kk|paspor|profil|lamaran|tagihan|kontrak|pendukung)\b)"
)
THING = (
    r"(?:\b(?:naskah|foto|berita|artikel|tulisan|liputan|kiriman|dokumentasi|berkas|file|dokumen|gambar|cerita|reportase"
    r"|photos?|pictures?|articles?|story|stories|texts?|documents?)(?:2|²|nya|ku|-[a-z]{2,14}){0,2}\b"
    r"|(?<!untuk )(?<!redaksi )(?<!kru )(?<!tim )(?<!dari )(?<!ke )(?<!kepada )(?<!di )(?<!buat )\bwarta(?:nya)?\b)"
    + _OTHER_USES
)
_SOMEBODY = r"\b(?:saya|sy|kami|kmi|kita|aku|ane|kulo|kula)"
_NUMBER = (
    r"(?:(?:\d{1,3}|beberapa|se[a-z]{3,8}|satu|dua|tiga|empat|lima|hasil|lembar|buah)\s{1,5}){0,3}"
)
# "Ini naskahnya": not "di edisi ini artikel kami dipotong".
_OPENS = (
    r"(?:^\s{0,5}|\b(?:bersama|pak|bu|bapak|ibu|min|kak|mas|mbak|redaksi|dan|nah|wb|halo|hai|pagi|siang|sore|malam|hormat"
    r"|salam|assala\w{3,14})\s{1,5})"
)
_SHOWING = re.compile(
    rf"(?:\bberikut(?:\s{{1,5}}ini)?|{_OPENS}ini(?:\s{{1,5}}dia)?)\s{{1,5}}(?:adalah\s{{1,5}})?{_NUMBER}{THING}"
    rf"|\bhere(?:'s|\s{{1,5}}is|\s{{1,5}}are)\s{{1,5}}(?:(?:my|our|the|an?|some|two|three|\d{{1,2}})\s{{1,5}}){{0,3}}{THING}",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:bagus|menarik|keren|hebat|mantap|luar biasa|hoa(?:x|ks)|bohong|salah|keliru|lama|viral|menginspirasi|inspiratif"
    r"|membanggakan|favorit|great|nice|wonderful|interesting|favou?rite)\b",
    re.IGNORECASE,
)
_PLEASE = r"\b(?:mohon|tolong|mhn|tlg|harap)\s{1,5}(?:(?:kiranya|dapat|untuk|bisa|agar|supaya)\s{1,5}){0,3}"
_PUBLISHING = re.compile(
    rf"{_PLEASE}(?:{THING}\s{{1,5}}(?:(?:kami|saya|ini|berikut|tersebut)\s{{1,5}}){{0,2}})?"
    r"(?:dapat\s{1,5})?(?:di)?(?:muat|terbit|tayang)(?:kan)?\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:ralat|koreksi|pengumuman|kehilangan|iklan|klarifikasi|hak jawab|tanggapan|lowongan|ucapan|ulang)\b",
    re.IGNORECASE,
)
_RECEIVING = re.compile(
    rf"{_PLEASE}(?:(?:di)?terima(?:kan)?\s[^.]{{0,30}}?{THING}|{THING}[^.]{{0,30}}?\s(?:di)?terima(?:kan)?\b)",
    re.IGNORECASE,
)
_SENDING = re.compile(
    rf"{_SOMEBODY}\s{{1,5}}(?:(?:juga|ikut|turut|coba|bersama ini|dengan ini|sekalian)\s{{1,5}}){{0,2}}"
    r"(?:(?:meng?|nge|ber)?(?:kirim|irim)(?:kan|i|in)?|(?:me|men|meny|ny)?(?:sampai|ampai|serah|erah|serta|erta|hatur|setor|yetor)(?:kan)?)\b"
    r"|\b(?:ber)?sama\s{1,5}ini\s{1,5}(?:di)?(?:kirim|sampai|serah|serta|hatur)(?:kan)?\b"
    r"|\b(?:i|we)(?:'m|'re|\s{1,5}am|\s{1,5}are)?\s{1,5}(?:send|sending|submit|submitting|attach|attaching)\b",
    re.IGNORECASE,
)
# What else is sent or said, before any thing of an article's is named.
_ELSE = re.compile(
    r"\b(?:bahwa|terima\s?kasih|salam|maaf|ucapan|selamat|masukan|saran|kritik|soal|tentang|mengenai|perihal|atas|kabar|jadwal"
    r"|nomor|no|alamat|bukti|info|informasi|pengumuman|doa|about|regarding|permintaan|permohonan|about|regarding|that)\b",
    re.IGNORECASE,
)
_ATTACHING = re.compile(
    r"(?<!yang )\bterlampir(?:kan)?\b|(?<!yang )\bdilampirkan\b|\bmelampirkan\b"
    rf"|(?:{_SOMEBODY}|\b(?:dan|ikut|turut|ini))\s{{1,5}}(?:me)?lampirkan\b"
    r"|\b(?:dalam|pada|di|lihat|buka)\s{1,5}lampiran(?:nya)?\b"
    r"|\battach(?:ed|ing)?\b|\benclos(?:ed|ing)\b|\bsee\s{1,5}(?:the\s{1,5})?attachments?\b|\bpfa\b",
    re.IGNORECASE,
)
# What machines and tricksters have opened; an article or photo among it is one all the same.
_TO_OPEN = re.compile(
    r"\b(?:silah?kan|klik|buka|unduh|faks|fax|suara|pindaian|scan|tanda ?tangan|click|open|download|view|review|sign)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"\b(?:naskah|foto|artikel|berita|tulisan|liputan|article|photo)", re.IGNORECASE
)
_OTHER_BUSINESS = re.compile(
    r"\b(?:undang(?:an)?|mengundang|penawaran|proposal|brosur|katalog|promo|diskon|lamaran|melamar|invoice|tagihan|kuitansi"
    r"|cv|ijazah|ktp|npwp|spj|rab|lpj|kontrak|mou|absen\w{0,6}|sertifikat|rekening|jadwal|susunan acara|notulen|syarat"
    r"|ketentuan|peserta|formulir|surat tugas|paling lambat)\b",
    re.IGNORECASE,
)
# What people share by links besides articles.
_SHARED_BESIDES = re.compile(
    r"\b(?:rapat|materi|modul|daftar hadir|presensi|survei|survey|kuesioner|kuis|zoom|webinar|polling|pendaftaran|registrasi"
    r"|rundown|meeting|minutes|slides?)\b",
    re.IGNORECASE,
)
# Words that name nothing: beside them a clause only says that something is there.
_NAMING_NOTHING = (
    "terlampir terlampirkan lampirkan melampirkan dilampirkan lampiran lampirannya attached attaching enclosed"
    " enclosing attachment attachments pfa see please find the in this mail email e-mail surel surat ini itu ya yaa nggih"
    " njih min pak bu bapak ibu bapak/ibu kak mas mbak mohon tolong dan di dalam pada bersama berikut kami saya sy juga ikut"
    " turut untuk dengan hormat salam selamat pagi siang sore malam terima kasih redaksi yth halo hai lihat buka sudah"
    " dicek dimuat kirim kirimkan mengirim mengirimkan sampaikan serahkan kepada ke admin"
)
_EMPTY = frozenset(_NAMING_NOTHING.split())
_MOST_NAMED = 1  # words besides those, of a clause that names nothing


def says_handed_in(clause: str, words: str) -> bool:
    """Whether `clause`, which neither asks nor promises, hands something in; `words` is the mail it
    stands in."""
    if _SHOWING.search(clause):
        return not _OPINION.search(clause)
    if _PUBLISHING.search(clause):
        return not _NOTICE.search(clause)
    if received := _RECEIVING.search(clause):
        return not _ELSE.search(received[0])
    if _ATTACHING.search(clause):
        if _TO_OPEN.search(clause) and not _ARTICLE.search(clause):
            return False
        return _names(clause) or (_is_bare(clause) and not _OTHER_BUSINESS.search(words))
    sending = _SENDING.search(clause)
    if sending is None:
        return False
    rest = clause[sending.end() :]
    if thing := _THING.search(rest):
        return not _ELSE.search(rest[: thing.start()])
    return _is_bare(clause) and _names(words) and not _OTHER_BUSINESS.search(words)


def is_shared_besides(words: str) -> bool:
    """Whether a mail with a link to a file service shares something else than an article: it speaks
    of other business, and names nothing of an article's."""
    other = _OTHER_BUSINESS.search(words) or _SHARED_BESIDES.search(words)
    return other is not None and not _names(words)


_THING = re.compile(THING, re.IGNORECASE)


def _names(words: str) -> bool:
    return _THING.search(words) is not None


def _is_bare(clause: str) -> bool:
    named = (word for word in clause.lower().split() if word.strip("\"'()*:-–") not in _EMPTY)
    return sum(1 for word in named if any(c.isalnum() for c in word)) <= _MOST_NAMED
