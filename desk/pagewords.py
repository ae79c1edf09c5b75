"""The words of states, events and letters on the pages, and their colours."""

from desk.store.review import QueueRow
from publisher.pages import Badge, Tone
from redaksi.model import Language
from redaksi.states import WORDS

BADGES: dict[str, Tone] = {
    "mail arrived": "info", "accept": "ok", "revise": "warn", "incomplete": "warn", "review": "info",
    "quarantine": "bad", "failed": "bad", "letter sent": "ok", "letter draft": "", "letter held": "warn",
    "letter failed": "bad", "letter unknown": "warn", "exhausted": "info",
}  # fmt: skip
TONES: dict[str, tuple[Tone, str]] = {
    "review": ("ok", "check"), "revising": ("warn", "warn"), "incomplete": ("bad", "lock"),
    "quarantined": ("bad", "warn"), "failed": ("bad", "warn"), "scheduled": ("info", "clock"),
    "published": ("ok", "check"), "noted": ("wait", "clock"),
}  # fmt: skip
EVENTS: dict[str, dict[str, str]] = {
    "id": {
        "mail arrived": "Surel diterima",
        "accept": "Diperiksa: lengkap dan sesuai ketentuan",
        "revise": "Diperiksa: ada yang perlu diperbaiki",
        "incomplete": "Diperiksa: naskah belum ada atau tidak terbaca",
        "review": "Diperiksa: redaktur yang memutuskan",
        "exhausted": "Masih ada temuan; sudah dua kali dikembalikan, kini redaktur yang memutuskan",
        "quarantine": "Dikarantina",
        "failed": "Gagal diperiksa – salah kami, bukan kontributor",
        "ignore": "Bukan kiriman naskah",
        "letter queued": "Surat disiapkan",
        "letter draft": "Surat menunggu redaktur",
        "letter held": "Surat ditahan",
        "letter released": "Redaktur mengirim surat",
        "letter dropped": "Surat dibatalkan",
        "letter sent": "Surat terkirim",
        "letter failed": "Surat ditolak peladen",
        "letter unknown": "Surat: tidak pasti terkirim",
        "job retried": "Pemeriksaan diulang",
    },
    "en": {
        "mail arrived": "Mail received",
        "accept": "Examined: complete and by the rules",
        "revise": "Examined: something must be mended",
        "incomplete": "Examined: no article, or it cannot be read",
        "review": "Examined: an editor decides",
        "exhausted": "Findings again; returned twice already, now an editor decides",
        "quarantine": "Quarantined",
        "failed": "Could not be examined – our fault, not the contributor's",
        "ignore": "Not a submission",
        "letter queued": "Letter prepared",
        "letter draft": "Letter waits for an editor",
        "letter held": "Letter held",
        "letter released": "An editor sent the letter",
        "letter dropped": "Letter dropped",
        "letter sent": "Letter sent",
        "letter failed": "Letter refused by the server",
        "letter unknown": "Letter: not certain that it left",
        "job retried": "Examined again",
    },
}
LETTERS: dict[str, dict[str, str]] = {
    "id": {
        "draft": "konsep", "queued": "menunggu kirim", "held": "ditahan", "sending": "sedang dikirim",
        "sent": "terkirim",
        "unknown": "tidak pasti terkirim", "failed": "ditolak peladen", "dropped": "dibatalkan",
    },
    "en": {
        "draft": "draft", "queued": "waiting to be sent", "held": "held", "sending": "being sent", "sent": "sent",
        "unknown": "not certain that it left", "failed": "refused by the server", "dropped": "dropped",
    },
}  # fmt: skip
MARKS: dict[str, dict[str, str]] = {
    "id": {
        "findings": "{} temuan", "photos": "{} foto", "try": "Percobaan {}", "captions": "periksa keterangan foto",
        "unknown size": "ukuran tak terbaca", "ready": "Siap ditinjau", "decide": "Perlu keputusan",
    },
    "en": {
        "findings": "{} findings", "photos": "{} photos", "try": "Try {}", "captions": "check the captions",
        "unknown size": "size unknown", "ready": "Ready for review", "decide": "Needs a decision",
    },
}  # fmt: skip
OUTCOMES: dict[str, dict[str, str]] = {
    "id": {"ignore": "bukan kiriman"},
    "en": {"ignore": "not a submission"},
}
WHY: dict[str, dict[str, str]] = {
    "id": {
        "unjudged": "Naskah ini belum dapat kami nilai; mohon redaktur membacanya.",
        "several-articles": "Surel ini memuat beberapa naskah.",
        "photos-shared-out": "Foto dibagi menurut nama dan keterangan; mohon diperiksa.",
    },
    "en": {
        "unjudged": "We cannot judge this article yet; an editor reads it.",
        "several-articles": "This mail holds several articles.",
        "photos-shared-out": "Photos were shared out by name and caption; please check.",
    },
}


def badge_of(row: QueueRow, language: Language) -> Badge:
    """The state in one word: for what is ready, whether anything stands in the way."""
    words = MARKS[language]
    if row.state == "review":
        clean = row.decision == "accept"
        return Badge(text=words["ready"], tone="ok", icon="check") if clean else \
            Badge(text=words["decide"], tone="info", icon="eye")  # fmt: skip
    tone, icon = TONES.get(row.state, ("", ""))
    word = WORDS[row.state][language]
    return Badge(text=word[:1].upper() + word[1:], tone=tone, icon=icon)
