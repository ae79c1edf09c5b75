"""The words of states, events and letters on the pages, and their colours."""

from collections.abc import Mapping
from typing import Any

from desk.presentation.attention import ANSWERED
from desk.store.submissions.review_queue import QueueRow
from publisher.site.pages import Badge, Tone
from redaksi.model import Language

BADGES: dict[str, Tone] = {
    "mail arrived": "info", "accept": "ok", "revise": "warn", "incomplete": "warn", "review": "info",
    "quarantine": "bad", "failed": "bad", "letter sent": "ok", "letter draft": "", "letter held": "warn",
    "letter failed": "bad", "letter unknown": "warn", "exhausted": "info",
}  # fmt: skip
STATES: dict[str, tuple[Tone, str, str, str]] = {  # by group: colour, icon, Indonesian, English
    "ready": ("ok", "check", "Siap ditinjau", "Ready for review"),
    "decide": ("info", "eye", "Perlu keputusan", "Needs a decision"),
    "wrote": ("info", "mail", "Ada kabar baru", "Something new"),
    "failed": ("bad", "warn", "Gagal diperiksa", "Could not be examined"),
    "quarantined": ("bad", "warn", "Karantina", "Quarantined"),
    "received": ("wait", "clock", "Sedang diperiksa", "Being examined"),
    "revising": ("warn", "warn", "Menunggu perbaikan", "Needs fixing"),
    "incomplete": ("bad", "doc", "Belum lengkap", "Incomplete"),
    "noted": ("wait", "clock", "Diberi catatan", "Noted"),
    "scheduled": ("info", "clock", "Terjadwal", "Scheduled"),
    "published": ("ok", "check", "Tayang", "Published"),
    "declined": ("", "", "Ditolak", "Declined"),
    "expired": ("", "", "Ditutup", "Closed"),
    "withdrawn": ("", "", "Ditarik", "Withdrawn"),
}
GROUPS = tuple(STATES)  # in the order of the index: what an editor can act on first
EVENTS: dict[str, dict[str, str]] = {
    "id": {
        "mail arrived": "Surel diterima",
        "accept": "Diperiksa: lengkap dan sesuai dengan ketentuan",
        "revise": "Diperiksa: ada yang perlu diperbaiki",
        "incomplete": "Diperiksa: naskah belum ada atau tidak terbaca",
        "review": "Diperiksa: redaktur yang memutuskan",
        "exhausted": "Masih ada temuan; batas pengembalian otomatis tercapai, kini redaktur yang memutuskan",
        "quarantine": "Dikarantina",
        "failed": "Gagal diperiksa – salah kami, bukan kontributor",
        "ignore": "Bukan kiriman naskah",
        "letter queued": "Surat disiapkan",
        "letter draft": "Surat menunggu redaktur",
        "letter held": "Surat ditahan",
        "letter released": "Redaktur mengirim surat",
        "letter dropped": "Surat dibatalkan",
        "letter sent": "Surat terkirim",
        "letter sending": "Surat diserahkan ke peladen",
        "letter deferred": "Surat belum diterima peladen; dicoba lagi",
        "letter failed": "Surat ditolak peladen",
        "letter unwritable": "Surat gagal ditulis: templatnya bermasalah",
        "letter unknown": "Surat: belum pasti terkirim",
        "job retried": "Pemeriksaan diulang",
        "message": "Kontributor menulis pesan tanpa berkas baru; baca surelnya",
        "resent": "Kontributor mengirim ulang berkas yang sama",
        "bounced": "Surat tidak sampai; alamat kontributor perlu diperiksa",
        "letter delayed": "Surat tertunda di jalan",
        "schedule": "Dijadwalkan tayang",
        "unschedule": "Jadwal tayang dibatalkan",
        "note": "Redaktur memberi catatan",
        "return": "Redaktur mengembalikan untuk diperbaiki",
        "decline": "Redaktur menolak",
        "reopen": "Dibuka kembali",
        "release": "Dilepas dari karantina",
        "retry": "Pemeriksaan diulang",
        "adopt": "Redaktur menjadikannya kiriman naskah",
        "discard": "Redaktur menyatakannya bukan kiriman",
        "withdraw": "Kontributor menarik naskah",
        "confirm_withdrawal": "Penarikan naskah dipastikan",
        "remind": "Pengingat dikirim",
        "expire": "Ditutup karena tidak ada balasan",
        "publish": "Tayang",
        "publish_failed": "Gagal ditayangkan",
        "seen": "Redaktur sudah membacanya",
        "pair": "Redaktur memasangkannya dengan kiriman lain",
    },
    "en": {
        "mail arrived": "Mail received",
        "accept": "Examined: complete and within the rules",
        "revise": "Examined: something must be fixed",
        "incomplete": "Examined: no article, or it cannot be read",
        "review": "Examined: an editor decides",
        "exhausted": "Findings again; it cannot be returned automatically any more, now an editor decides",
        "quarantine": "Quarantined",
        "failed": "Could not be examined – our fault, not the contributor's",
        "ignore": "Not a submission",
        "letter queued": "Letter prepared",
        "letter draft": "Letter waits for an editor",
        "letter held": "Letter held",
        "letter released": "An editor sent the letter",
        "letter dropped": "Letter dropped",
        "letter sent": "Letter sent",
        "letter sending": "Letter handed to the server",
        "letter deferred": "Letter not taken yet; tried again",
        "letter failed": "Letter refused by the server",
        "letter unwritable": "Letter could not be written: its template fails",
        "letter unknown": "Letter: not certain that it left",
        "job retried": "Examined again",
        "message": "The contributor wrote without a new file; read the mail",
        "resent": "The contributor sent the same files again",
        "bounced": "A letter came back; check the contributor's address",
        "letter delayed": "A letter is delayed on its way",
        "schedule": "Scheduled",
        "unschedule": "Taken off the schedule",
        "note": "An editor made a note",
        "return": "An editor returned it for fixes",
        "decline": "An editor declined it",
        "reopen": "Opened again",
        "release": "Released from quarantine",
        "retry": "Examined again",
        "adopt": "An editor made it a submission",
        "discard": "An editor says it is no submission",
        "withdraw": "Withdrawn by its contributor",
        "confirm_withdrawal": "The withdrawal was confirmed",
        "remind": "Reminder sent",
        "expire": "Closed: no reply came",
        "publish": "Published",
        "publish_failed": "Could not be published",
        "seen": "An editor read it",
        "pair": "An editor paired it with another submission",
    },
}
LETTERS: dict[str, dict[str, str]] = {
    "id": {
        "draft": "konsep", "queued": "menunggu kirim", "held": "ditahan", "sending": "sedang dikirim",
        "sent": "terkirim",
        "unknown": "belum pasti terkirim", "failed": "ditolak peladen", "dropped": "dibatalkan",
    },
    "en": {
        "draft": "draft", "queued": "waiting to be sent", "held": "held", "sending": "being sent", "sent": "sent",
        "unknown": "not certain that it left", "failed": "refused by the server", "dropped": "dropped",
    },
}  # fmt: skip
KINDS: dict[str, dict[str, str]] = {
    "id": {
        "accepted": "naskah diterima", "revise": "perlu diperbaiki", "unreadable": "naskah belum terbaca",
        "nothing-attached": "belum ada lampiran", "partly-fixed": "sebagian sudah diperbaiki",
        "scheduled": "akan tayang", "notes": "catatan redaktur", "declined": "belum dimuat",
        "published": "sudah tayang", "reminder": "pengingat", "closed": "ditutup sementara", "withdrawn": "ditarik",
    },
    "en": {
        "accepted": "article received", "revise": "needs fixing", "unreadable": "article cannot be read",
        "nothing-attached": "nothing attached", "partly-fixed": "partly fixed", "scheduled": "to be published",
        "notes": "an editor's notes", "declined": "declined", "published": "published", "reminder": "reminder",
        "closed": "closed for now", "withdrawn": "withdrawn",
    },
}  # fmt: skip
MARKS: dict[str, dict[str, str]] = {
    "id": {
        "findings": "{} temuan", "advice": "{} saran", "photos": "{} foto", "try": "Percobaan {}",
        "captions": "periksa keterangan foto", "unknown size": "ukuran tak terbaca", "letter": "surat menunggu",
        "locked": "Terkunci sandi", "unread": "Tidak terbaca", "no document": "Tanpa naskah",
        "untitled": "(tanpa judul)", "returned": "Masih ada temuan; sudah dikembalikan {} kali",
        "follows": "menyusul {}", "with": "dengan {}",
        "waits": "menunggu diperiksa", "ignore": "bukan kiriman", "mail": "Surel asli",
    },
    "en": {
        "findings": "{} finding|s", "advice": "{} suggestion|s", "photos": "{} photo|s", "try": "Try {}",
        "captions": "check the captions", "unknown size": "size unknown", "letter": "letter waits",
        "locked": "Password-locked", "unread": "Unreadable", "no document": "No article",
        "untitled": "(untitled)", "returned": "Findings again; times returned: {}",
        "follows": "after {}", "with": "with {}",
        "waits": "waits to be examined", "ignore": "not a submission", "mail": "Original e-mail",
    },
}  # fmt: skip


def counted(words: str, count: int) -> str:
    """ "3 findings", "1 finding": what stands behind "|" is the plural's."""
    return words.replace("|s", "" if count == 1 else "s").format(count)


def group_of(row: QueueRow) -> str:
    """The heading of the index a submission stands under."""
    return "wrote" if row.attention.flags and row.state in ANSWERED else standing(row)


def standing(row: QueueRow) -> str:
    """Its state; in review, whether it is ready."""
    if row.state == "review":
        return "ready" if row.decision == "accept" else "decide"
    return row.state


def badge_of(row: QueueRow, language: Language) -> Badge:
    """The state in one word; of what cannot be read, why."""
    tone, icon, *words = STATES[standing(row)]
    text = words[0 if language == "id" else 1]
    if row.state == "incomplete":
        icon, case = _incomplete(row)
        text = MARKS[language][case] if case else text
    return Badge(text=text, tone=tone, icon=icon)


def _incomplete(row: QueueRow) -> tuple[str, str]:
    if not row.documents:
        return "doc", "no document"
    if any(document.readable for document in row.documents):
        return "doc", ""
    return ("lock", "locked") if row.documents[0].kind == "encrypted" else ("warn", "unread")


def event(what: str, facts: Mapping[str, Any], language: Language) -> str:
    """One line of the history."""
    told = EVENTS[language].get(what, what)
    if what.startswith("letter ") and (kind := KINDS[language].get(str(facts.get("kind", "")))):
        return f"{told}: {kind}"
    if int(facts.get("try") or 0) > 1:
        told = f"{MARKS[language]['try'].format(facts['try'])} – {told[:1].lower()}{told[1:]}"
    for key in ("follows", "with"):
        if facts.get(key):
            told = f"{told} ({MARKS[language][key].format(facts[key])})"
    return told
