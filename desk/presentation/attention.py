"""What a contributor did since an editor last decided, in words."""

from collections.abc import Mapping

from desk.domain.attention import AttentionFlag
from desk.store.submissions.review_queue import QueueRow
from redaksi.model import Language
from redaksi.states import State

ANSWERED: frozenset[State] = frozenset(
    {
        "revising",
        "incomplete",
        "noted",
        "scheduled",
        "published",
        "declined",
        "expired",
        "withdrawn",
    }
)  # what a contributor says then would stand where no editor looks
# by state, else "": badge, reason
UNHEARD: Mapping[Language, Mapping[AttentionFlag, Mapping[str, tuple[str, str]]]] = {
    "id": {
        "changed": {
            "": ("Berkas berubah", "Kontributor mengganti berkas setelah kiriman ini masuk antrean"),
            "scheduled": (
                "Perubahan menunggu",
                "Kontributor mengirim perubahan; yang akan tayang tetap percobaan {} sampai dijadwalkan lagi",
            ),
            "published": ("Koreksi masuk", "Kontributor mengirim koreksi setelah naskah tayang"),
            "declined": ("Kiriman baru", "Kontributor mengirim berkas setelah naskah ditolak"),
        },
        "withdrawal": {
            "": ("Minta ditarik", "Kontributor meminta naskah ditarik; tidak akan tayang sebelum diputuskan"),
            "published": ("Minta diturunkan", "Kontributor meminta naskah yang sudah tayang diturunkan"),
        },
        "unwritten": {"": ("Surat gagal ditulis", "Templat suratnya bermasalah; kontributor belum diberi tahu")},
        "bounced": {"": ("Surat tidak sampai", "Surat kepada kontributor tidak sampai; hubungi lewat jalan lain")},
        "message": {"": ("Pesan baru", "Kontributor menulis pesan; baca surel aslinya")},
    },
    "en": {
        "changed": {
            "": ("Files changed", "The contributor replaced files after it came into the queue"),
            "scheduled": (
                "Changes waiting", "The contributor sent changes; try {} is published until it is scheduled anew"
            ),
            "published": ("Correction", "The contributor sent a correction after publication"),
            "declined": ("New files", "The contributor sent files after it was declined"),
        },
        "withdrawal": {
            "": ("Withdrawal asked", "The contributor asks for it back; it will not be published before you decide"),
            "published": ("Take-down asked", "The contributor asks for the published article to be taken down"),
        },
        "unwritten": {"": ("Letter not written", "Its template fails; the contributor was not told")},
        "bounced": {"": ("Letter came back", "A letter to the contributor came back; reach them another way")},
        "message": {"": ("New message", "The contributor wrote; read the original mail")},
    },
}  # fmt: skip


def said(row: QueueRow, language: Language) -> list[tuple[str, str]]:
    """What the contributor did since an editor last decided: a badge and a sentence each, the
    gravest first."""
    told = []
    for word in ("withdrawal", "unwritten", "bounced", "changed", "message"):
        if word in row.attention.flags:
            by_state = UNHEARD[language][word]
            badge, sentence = by_state.get(row.state, by_state[""])
            told.append((badge, sentence.format(row.accepted_revision)))
    return told
