"""Why something stands where it stands, in an editor's words.

The rooms below give a reason as a short English line for the log; here it becomes a sentence of the
pages' language. A reason no row knows is shown as it is: better an English line than none. Pure.
"""

import re
from collections.abc import Mapping

from redaksi.model import Language
from redaksi.sender_rule import SenderRule
from redaksi.text import clean

_SENDER = "keaslian pengirim belum dapat dipastikan"
_NOT_VERIFIED = "surat tidak dikirim otomatis karena keaslian pengirimnya belum dapat dipastikan"
_PLAIN: Mapping[str, str] = {
    "every rule met": "",
    # redaksi.decide
    "hostile document": "Dokumen ini melampaui batas keamanan, jadi tidak kami buka; periksa dulu pengirimnya",
    "hostile archive": "Arsip ini melampaui batas keamanan, jadi tidak kami buka; periksa dulu pengirimnya",
    "no document": "Tidak ada naskah terlampir",
    "document not judged": "Naskah ini belum dapat kami nilai; mohon redaktur membacanya",
    "document without text": "Naskah ini tidak berisi teks; mohon redaktur memeriksanya",
    "captions to confirm": "Pasangan foto dan keterangannya perlu dipastikan",
    "photo not judged": "Ada foto yang belum dapat kami nilai",
    # doubts
    "needs-matching": "Surel ini tampaknya menyangkut kiriman lain; mohon dipasangkan",
    "photos-not-paired": "Foto baru belum pasti menggantikan foto yang mana; mohon dipastikan",
    "several-articles": "Surel ini memuat beberapa naskah",
    "several-documents": "Ada beberapa dokumen; pastikan mana naskahnya",
    "several-versions": "Ada beberapa versi naskah; pastikan mana yang dipakai",
    "documents-not-judged": "Ada beberapa dokumen yang belum dapat kami nilai; pastikan mana naskahnya",
    "document-set-aside": "Sebuah dokumen disisihkan karena tampaknya bukan naskah; mohon diperiksa",
    "photos-shared-out": "Foto dibagi menurut nama dan keterangan; mohon diperiksa",
    "file-not-opened": "Ada lampiran yang tidak dapat dibuka dan mungkin berisi berkas yang kurang",
    # redaksi.sender_policy.table
    "it carries our own loop header": "surat kami sendiri yang kembali",
    "From is one of our own addresses": "Dikirim dari alamat redaksi sendiri",
    "From is not plainly one mailbox": "Alamat pengirimnya tidak jelas",
    "From has a domain literal": "Alamat pengirimnya tidak lazim",
    "the domain of From has no dot": "Alamat pengirimnya tidak lengkap",
    "X-Failed-Recipients": "laporan surat yang tidak sampai",
    "a delivery-status report": "laporan surat yang tidak sampai",
    "a disposition-notification report": "tanda terima baca",
    "a feedback-report report": "laporan keluhan surel",
    "From is a mail system": "surat dari sistem surel",
    "text/calendar with a method": "undangan kalender",
    "Auto-Submitted is not no": "balasan otomatis",
    "X-Auto-Response-Suppress": "surel otomatis",
    "X-Autoreply": "balasan otomatis",
    "X-Autorespond": "balasan otomatis",
    "X-BoxTrapper": "balasan otomatis",
    "Precedence junk or auto_reply": "balasan otomatis",
    "the reverse-path is empty": "surel otomatis",
    "a List field": "Surel milis",
    "Precedence list": "Surel milis",
    "Precedence bulk": "Surel massal",
    "From is a no-reply address": "alamat pengirimnya tidak menerima balasan",
    "From is a list's own address": "alamat pengelola milis",
    "an out-of-office subject, a reply, nothing attached": "balasan otomatis (sedang tidak di kantor)",
    "no Authentication-Results of our border": _SENDER,
    "our border says dmarc=fail": "alamat pengirimnya tampaknya dipalsukan (DMARC gagal)",
    "mailbox.authserv_id is not set": f"{_SENDER} (mailbox.authserv_id belum diisi)",
    "our border does not say dmarc=pass": f"{_SENDER} (tanpa DMARC)",
    "our border says dmarc=pass": "keaslian pengirim sudah dipastikan (DMARC)",
    "no row of the table decides": _SENDER,
    # desk.outbound.enqueue
    "reply.mode is draft": "redaktur yang mengirim (reply.mode = draft)",
    # desk.domain.rate_limit
    "reply.mode is off": "reply.mode = off: tidak ada surat yang keluar",
    "reply.mode was off for more than two days":
        "tertahan lebih dari dua hari karena reply.mode = off; masih perlukah?",
    "it waited for more than seven days": "tertahan lebih dari tujuh hari; masih perlukah?",
    "reply.per_sender_per_day is reached": "batas surat sehari kepada orang ini tercapai",
    "reply.per_hour is reached": "batas surat sejam tercapai",
    "the limit has passed": "batasnya sudah lewat",
    "it is no longer worth sending": "sudah tidak ada gunanya dikirim",
    "what is missing was asked of this address within a day":
        "kekurangannya sudah ditanyakan ke alamat ini dalam sehari terakhir; mungkin penjawab otomatis",
    "what is missing was asked of this domain three times within a day":
        "kekurangannya sudah tiga kali ditanyakan ke domain ini dalam sehari; mungkin penjawab otomatis",
    # why a file stands aside
    "spreadsheet": "lembar kerja", "presentation": "presentasi", "audio": "rekaman suara", "archive": "arsip",
    "calendar": "undangan kalender", "mail": "surel", "vCard": "kartu nama", "text file": "berkas teks",
    "empty file": "berkas kosong", "drawing": "gambar vektor", "signature logo": "logo tanda tangan",
    "small inline picture": "gambar kecil di badan surel", "system file": "berkas sistem",
    "forwarded mail": "surel terusan", "returned mail": "surel yang kembali",
    "fragment of the mail's text": "potongan isi surel", "unpacked archive": "arsip, sudah dibuka",
    "unpacked winmail.dat": "winmail.dat, sudah dibuka", "captions document": "dokumen keterangan foto",
    "neither document nor photo": "bukan naskah atau foto", "letter or form beside the article": "surat atau formulir",
    "short text beside the article": "teks pendek di samping naskah",
    "unreadable document beside the article": "dokumen lain yang tidak terbaca",
    "unjudged document beside the article": "dokumen lain yang belum dapat kami nilai",
    "document beside the article": "dokumen lain", "archive nested too deep": "arsip bersarang terlalu dalam",
    "encrypted archive": "arsip terkunci sandi", "damaged in its archive": "rusak di dalam arsipnya",
    "too many forwarded mails in each other": "surel terusan bersarang terlalu dalam",
}  # fmt: skip
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (
            r"(\d+) MB, more than safety\.max_message: not downloaded",
            r"Surel ini \1 MB, terlalu besar untuk diunduh; bukalah di kotak masuk",
        ),
        (r"broke the limit on memory", "Pemeriksaan surel ini melampaui batas memori"),
        (r"broke the limit on .*", "Pemeriksaan surel ini melampaui batas waktu"),
        (r"message over (\d+) MB", r"Surel ini lebih besar daripada \1 MB"),
        (r"parts over (\d+)", r"Surel ini terdiri atas lebih dari \1 bagian"),
        (r"parts nested over (\d+) deep", r"Bagian surel ini bersarang lebih dari \1 tingkat"),
        (r"header.*|.* in a part|lines like boundaries.*", "Susunan surel ini tidak wajar"),
        (r"unreadable document: .*", "Naskah tidak terbaca"),
        (r"more than (\d+) Received fields", r"surel ini berputar-putar (lebih dari \1 peladen)"),
        (r"\d+ From fields|From names \d+ mailboxes", "Pengirimnya bukan satu orang"),
        (r"zip bomb.*", "arsip yang mengembang melampaui batas keamanan"),
        (r"attachments over (\d+)", r"lampiran lebih dari \1"),
        (r"more than (\d+) files in archives", r"lebih dari \1 berkas di dalam arsip"),
        (r"over (\d+) MB", r"lebih besar daripada \1 MB"),
        (r"identical copy of (.*)", r"salinan persis \1"),
        (r"same text as (.*)", r"teksnya sama dengan \1"),
        (r"the child .*", "pemeriksaannya terhenti; nanti diulang"),
    )
)
# Rules of the answering table that put a sound submission before an editor instead of answering it.
SHOWN: Mapping[SenderRule | None, Mapping[Language, str]] = {
    SenderRule.OWN_OR_LOOP: {"id": "Dikirim dari alamat redaksi sendiri", "en": "It came from one of our own addresses"},
    SenderRule.BAD_SENDER: {"id": "Alamat pengirimnya tidak jelas; tidak ada surat yang dikirim",
        "en": "Its sender's address is not plain; no letter was written"},
    SenderRule.MAILING_LIST: {"id": "Surel milis atau surel massal; tidak ada surat yang dikirim",
        "en": "A mailing list's mail; no letter was written"},
    SenderRule.NOT_AUTHENTICATED: {"id": f"S{_NOT_VERIFIED[1:]}", "en": "Its sender could not be verified; no letter was written"},
}  # fmt: skip
NOTES: Mapping[str, str] = {
    "animated": "gambar bergerak; hanya bingkai pertama yang dinilai",
    "not-decoded": "baru diperiksa strukturnya",
    "too-many-pixels": "terlalu besar untuk dibuka",
    "unsupported": "belum dapat kami nilai",
    "not-opened": "tidak dapat dibuka",
    "also-in-document": "juga ada di dalam naskah",
    "possibly-upscaled": "mungkin diperbesar dari foto kecil",
    "converted": "diubah menjadi JPEG",
    "macros": "memuat makro",
    "tracked-changes": "memuat perubahan terlacak",
    "linked-image": "memuat gambar tautan yang tidak ikut terkirim",
    "comments": "memuat komentar",
    "altChunk": "memuat bagian dari dokumen lain",
    "text-boxes": "memuat kotak teks",
    "renamed": "nama berkasnya tidak sesuai dengan isinya",
}


def in_words(reason: str, language: Language) -> str:
    """A reason as an editor reads it; "" for one that says nothing an editor needs."""
    if reason == "every rule met" or language == "en":
        return (
            ""
            if reason == "every rule met"
            else clean.line(reason.replace("-", " ") if _word(reason) else reason)
        )
    if reason in _PLAIN:
        return _PLAIN[reason]
    parts = reason.split(", ")
    if len(parts) > 1 and all(part in _PLAIN for part in parts):
        return ". ".join(_PLAIN[part] for part in parts)
    for pattern, told in _PATTERNS:
        if found := pattern.fullmatch(reason):
            return clean.line(found.expand(told))
    return clean.line(reason)


def passed_over(reason: str, language: Language) -> str:
    """Why a mail is no submission. One that came from a person in good order had simply nothing
    to examine."""
    if "dmarc" in reason or "authserv_id" in reason or reason in ("no document", ""):
        return "tanpa naskah atau foto" if language == "id" else "no article, no photo"
    return in_words(reason, language)


def noted(note: str, language: Language) -> str:
    """A reader's note on a document or photo."""
    return NOTES.get(note, note) if language == "id" else note.replace("-", " ")


def _word(reason: str) -> bool:
    return bool(re.fullmatch(r"[a-z]+(?:-[a-z]+)+", reason))
