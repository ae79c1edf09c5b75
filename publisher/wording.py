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
        "queue": "Antrean",
        "skip": "Langsung ke isi",
        "nav": "Tampilan",
        "tabs": {
            "action": "Perlu tindakan",
            "waiting": "Menunggu kontributor",
            "other": "Lainnya",
        },
        "tab_lead": {
            "action": "Siap ditinjau, atau menunggu keputusan redaktur.",
            "waiting": "Dikembalikan kepada kontributor; tidak perlu tindakan sampai ia membalas.",
            "other": "Karantina, kegagalan kami, dan surel yang bukan kiriman naskah.",
        },
        "empty": "Tidak ada naskah di sini.",
        "polled": "Kotak masuk diperiksa",
        "never": "Kotak masuk belum diperiksa",
        "written": "Halaman dibuat",
        "photos": "foto",
        "submissions": "naskah",
        "mails": "Surel yang bukan kiriman naskah",
        "findings": "Temuan",
        "none": "Tidak ada temuan.",
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
        "others": "Berkas lain",
        "letter": "Surat",
        "letters": "Surat kepada kontributor",
        "no_letter": "Belum ada surat.",
        "history": "Riwayat",
        "byline": "Penulis",
        "from": "Dari",
        "subject": "Perihal",
        "unread": "Naskah tidak terbaca.",
        "unjudged": "Naskah ini belum dapat kami nilai; mohon redaktur membacanya.",
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
        "queue": "Queue",
        "skip": "Skip to content",
        "nav": "Views",
        "tabs": {
            "action": "Needs action",
            "waiting": "Waiting for contributor",
            "other": "Other",
        },
        "tab_lead": {
            "action": "Ready for review, or waiting for an editor's decision.",
            "waiting": "Returned to the contributor; nothing to do until they reply.",
            "other": "Quarantine, failures of ours, and mails that are no submissions.",
        },
        "empty": "No submissions here.",
        "polled": "Inbox checked",
        "never": "Inbox not checked yet",
        "written": "Page written",
        "photos": "photos",
        "submissions": "submissions",
        "mails": "Mails that are no submissions",
        "findings": "Findings",
        "none": "No findings.",
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
        "others": "Other files",
        "letter": "Letter",
        "letters": "Letters to the contributor",
        "no_letter": "No letter yet.",
        "history": "History",
        "byline": "Byline",
        "from": "From",
        "subject": "Subject",
        "unread": "The article cannot be read.",
        "unjudged": "We cannot judge this article yet; an editor reads it.",
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
