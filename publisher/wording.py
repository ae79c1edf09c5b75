"""The words of the pages in both languages, and instants as people read them. Pure."""

from datetime import datetime, tzinfo
from typing import Any

from redaksi.model import Language
from redaksi.places import short_name

MONTHS = {
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
SPANS = {
    "id": ("baru saja", "{} mnt", "{} jam", "{} hari"),
    "en": ("just now", "{} min", "{} h", "{} d"),
}
WORDS: dict[str, dict[str, Any]] = {
    "id": {
        "lang": "id",
        "comma": ".",
        "point": ",",
        "feed": "Antrean Redaksi",
        "queue": "Antrean",
        "skip": "Langsung ke isi",
        "nav": "Tampilan",
        "tabs": {
            "action": "Perlu tindakan",
            "waiting": "Menunggu kontributor",
            "other": "Lainnya",
        },
        "tab_lead": {
            "action": "Yang menunggu redaktur. Terlama menunggu di atas.",
            "waiting": "Dikembalikan kepada kontributor; tidak perlu tindakan sampai ia membalas.",
            "other": "Naskah yang sudah diputuskan, dan surel yang bukan kiriman naskah.",
        },
        "groups": {
            "ready": "Siap ditinjau",
            "decide": "Perlu keputusan redaktur",
            "failed": "Gagal diperiksa – salah kami, bukan kontributor",
            "quarantined": "Karantina",
            "received": "Sedang diperiksa",
            "revising": "Menunggu perbaikan",
            "incomplete": "Naskah belum ada atau tidak terbaca",
            "noted": "Diberi catatan",
            "scheduled": "Terjadwal",
            "published": "Tayang",
            "declined": "Ditolak",
            "expired": "Ditutup",
            "withdrawn": "Ditarik",
        },
        "columns": ("Diterima", "Pengirim", "Perihal", "Keterangan"),
        "empty": {
            "action": "Tidak ada yang menunggu redaktur.",
            "waiting": "Tidak ada yang menunggu kontributor.",
            "other": "Belum ada naskah di sini.",
        },
        "filter": "Saring menurut keadaan",
        "trouble": "Kotak masuk tidak dapat dibaca",
        "polled": "Kotak masuk diperiksa",
        "never": "Kotak masuk belum diperiksa",
        "photos": "foto",
        "submissions": "naskah",
        "mails": "Surel lain",
        "findings": "Temuan",
        "finding": "Temuan",
        "mail": "Surel",
        "none": "Tidak ada temuan.",
        "unseen": "Belum dinilai.",
        "found": "Kami temukan",
        "rule": "Ketentuan",
        "fix": "Cara memperbaiki",
        "must": "wajib",
        "tidy": "dirapikan",
        "advice": "saran",
        "article": "Naskah",
        "characters": "Karakter",
        "received": "diterima",
        "pages": "halaman",
        "photos_captions": "Foto dan keterangan",
        "no_photos": "Tidak ada foto.",
        "no_caption": "Belum ada keterangan",
        "download": "Unduh asli",
        "download_jpeg": "Unduh JPEG",
        "others": "Berkas lain",
        "letter": "Surat",
        "letters": "Surat kepada kontributor",
        "no_letter": "Belum ada surat.",
        "history": "Riwayat",
        "byline": "Penulis",
        "from": "Dari",
        "subject": "Perihal",
        "missing": {
            "": "Naskah ini tidak berisi teks.",
            "none": "Tidak ada naskah pada kiriman ini.",
            "unread": "Naskah tidak dapat dibuka.",
            "unjudged": "Naskah ini belum dapat kami nilai; unduh dan bacalah aslinya.",
        },
        "inside": "gambar di dalam naskah",
        "loose": "Keterangan tanpa foto",
        "photo": "Foto",
        "notes": "Catatan",
        "no_picture": "Pratinjau tidak tersedia",
        "submission": "Tentang kiriman ini",
        "confirm": "periksa pasangannya",
        "hidden": "teks tersembunyi",
        "why": "Alasan",
        "send_by": "Kirim dengan",
        "try": "Percobaan",
        "sources": {
            "document": "dari naskah",
            "body": "dari isi surel",
            "file": "dari berkas lain",
            "metadata": "dari data foto",
        },
    },
    "en": {
        "lang": "en",
        "comma": ",",
        "point": ".",
        "feed": "Redaksi review queue",
        "queue": "Queue",
        "skip": "Skip to content",
        "nav": "Views",
        "tabs": {
            "action": "Needs action",
            "waiting": "Waiting for contributor",
            "other": "Other",
        },
        "tab_lead": {
            "action": "What waits for an editor. Longest waiting first.",
            "waiting": "Returned to the contributor; nothing to do until they reply.",
            "other": "Submissions that were decided on, and mails that are no submissions.",
        },
        "groups": {
            "ready": "Ready for review",
            "decide": "Needs an editor's decision",
            "failed": "Could not be examined – our fault, not the contributor's",
            "quarantined": "Quarantine",
            "received": "Being examined",
            "revising": "To be mended",
            "incomplete": "No article, or it cannot be read",
            "noted": "Noted",
            "scheduled": "Scheduled",
            "published": "Published",
            "declined": "Declined",
            "expired": "Closed",
            "withdrawn": "Withdrawn",
        },
        "columns": ("Received", "Sender", "Subject", "Why"),
        "empty": {
            "action": "Nothing waits for an editor.",
            "waiting": "Nothing waits for a contributor.",
            "other": "No submissions here yet.",
        },
        "filter": "Filter by state",
        "trouble": "The inbox could not be read",
        "polled": "Inbox checked",
        "never": "Inbox not checked yet",
        "photos": "photos",
        "submissions": "submissions",
        "mails": "Other mails",
        "findings": "Findings",
        "finding": "Finding",
        "mail": "E-mail",
        "none": "No findings.",
        "unseen": "Not examined.",
        "found": "We found",
        "rule": "The rule",
        "fix": "How to mend it",
        "must": "mandatory",
        "tidy": "tidied",
        "advice": "advice",
        "article": "Article",
        "characters": "Characters",
        "received": "received",
        "pages": "pages",
        "photos_captions": "Photos and captions",
        "no_photos": "No photos.",
        "no_caption": "No caption yet",
        "download": "Download original",
        "download_jpeg": "Download JPEG",
        "others": "Other files",
        "letter": "Letter",
        "letters": "Letters to the contributor",
        "no_letter": "No letter yet.",
        "history": "History",
        "byline": "Byline",
        "from": "From",
        "subject": "Subject",
        "missing": {
            "": "There is no text in this article.",
            "none": "No article came with this submission.",
            "unread": "The article cannot be opened.",
            "unjudged": "We cannot judge this article yet; download and read the original.",
        },
        "inside": "picture in the article",
        "loose": "Captions without a photo",
        "photo": "Photo",
        "notes": "Notes",
        "no_picture": "No preview",
        "submission": "About this submission",
        "confirm": "check the pairing",
        "hidden": "hidden text",
        "why": "Why",
        "send_by": "Send it with",
        "try": "Try",
        "sources": {
            "document": "from the article",
            "body": "from the mail",
            "file": "from another file",
            "metadata": "from the photo's own data",
        },
    },
}


def moment(value: datetime, language: Language, zone: tzinfo) -> str:
    """ "23 Nov 2026, 14.05 WIB"; "23 Nov 2026, 14:05 WIB"."""
    here = value.astimezone(zone)
    clock = f"{here.hour:02d}{'.' if language == 'id' else ':'}{here.minute:02d}"
    return f"{here.day} {MONTHS[language][here.month - 1]} {here.year}, {clock} {short_name(here)}"


def ago(value: datetime, now: datetime, language: Language) -> str:
    """How long ago, in the largest whole unit: "20 mnt", "5 jam", "2 hari"."""
    minutes = max(0, int((now - value).total_seconds() // 60))
    just_now, in_minutes, in_hours, in_days = SPANS[language]
    if minutes < 1:
        return just_now
    if minutes < 60:
        return in_minutes.format(minutes)
    return in_hours.format(minutes // 60) if minutes < 48 * 60 else in_days.format(minutes // 1440)
