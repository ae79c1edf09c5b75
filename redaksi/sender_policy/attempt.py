"""Whether a mail without attachments looks like someone handing in an article.

The letter "nothing attached" goes to who meant to send something. A question about an article, a
thank-you, an invitation or an offer speaks of the same things and is read by people: a letter to
someone who should not get one is a defect, a missing hint is not. So somebody must *say*, in a clause
that neither asks nor promises nor tells of the past, that he hands something in.
"""

import re

from redaksi.arrival import Mail
from redaksi.named_kinds import CONFIDENTIAL
from redaksi.sender_policy.handing_in import is_shared_besides, says_handed_in
from redaksi.text import subject

# Of what is to come, was, could be, or is asked after.
_NOT_NOW = re.compile(
    r"\b(?:jika|kalau|bila|apabila|andai|seandainya|if|whether)\b"
    r"|\b(?:akan|hendak|mau|ingin|berencana|bisa|boleh|dapat)\s{1,5}(?:saya\s{1,5}|kami\s{1,5}|segera\s{1,5})?(?:di|me|meng|ter)?(?:kirim|ngirim|susul|lampir|sampai|nyampai)"
    r"|\b(?:akan|mau|ingin|hendak)\b.{0,30}\b(?:kirim|mengirim|melampirkan|menulis)"
    r"|\b(?:kemarin|kemaren|tempo\s{1,5}hari|(?:bulan|minggu|pekan|tahun)\s{1,5}(?:lalu|kemarin)|yesterday|last\s{1,5}(?:week|month|year)|besok|nanti|lusa|tomorrow)\b"
    r"|\b(?:yang|sudah|telah|pernah|sempat)\s{1,5}(?:sudah\s{1,5}|telah\s{1,5}|pernah\s{1,5})?(?:saya|kami)\s{1,5}(?:meng|me)?(?:kirim|ngirim|sampai)"
    r"|\b(?:saya|kami)\s{1,5}(?:sudah|telah|pernah|belum|tidak|gagal|lupa)\s{1,5}(?:meng|me)?(?:kirim|ngirim|lampir|sampai)"
    r"|\b(?:belum|tidak|tanpa|gagal|bukan|not|without|could\s{1,5}not|can(?:no|')t)\b"
    r"|\b(?:lupa|kelupaan)\b|\bterima\s?kasih\s{1,5}(?:telah|sudah|atas)\b"
    r"|\b(?:cara|syarat|ketentuan|aturan|panduan|pedoman|prosedur)\b.{0,40}\b(?:kirim|mengirim|kiriman|lampiran)"
    r"|\b(?:menanyakan|bertanya|tanya|konfirmasi|mohon\s{1,5}(?:info|informasi|penjelasan|petunjuk|kabar)|minta\s{1,5}(?:info|penjelasan))"
    r"|\b(?:undang(?:an)?|mengundang|penawaran|menawarkan|proposal|brosur|katalog|harga|promo|diskon|lamaran|invoice|tagihan|kuitansi)\b",
    re.IGNORECASE,
)
# A subject that names what is handed in; "Re:" answers something, "Fwd:" hands on.
_NAMED = re.compile(
    r"\s*(?:(?:fwd?|tr|terusan)\s*:\s*)?(?:naskah|artikel|warta|berita|tulisan|liputan|foto|kiriman|article|news|photos?)\b"
    r"(?!\s*(?:duka|acara|kehilangan|copy|kopi|produk|studio|prewedding|anda|bapak|ibu|letter|murah|gratis|terbaru|terkini|ktp|kk|paspor|paket|dana|uang|profil))",
    re.IGNORECASE,
)
# Beside such a subject stand few words: greetings, thanks, a phone's signature.
_FEW_WORDS = 25
# "The photos will follow": nothing was meant to be attached to this one.
_LATER = re.compile(r"\b(?:menyusul|nyusul|susulkan|will follow|to follow)\b", re.IGNORECASE)
_ATTACHED = re.compile(r"terlampir|lampirkan|attached|enclosed", re.IGNORECASE)
_ASKING = re.compile(
    r"\?|\b(?:kapan|bagaimana|bagaimanakah|apakah|apa|gimana|siapa|berapa|mengapa|kenapa|(?:di|ke|lewat|yang)\s{0,3}mana|bisakah"
    r"|bolehkah|dapatkah|sudahkah|how|when|where|who|why|may i|can i|could you|should i|do i|is it)\b",
    re.IGNORECASE,
)
# Of what somebody read, found wrong or likes.
_ABOUT = re.compile(
    r"\b(?:ralat|keliru|salah|koreksi|kekeliruan|menarik|bagus|keren|membaca|baca|selamat atas|komentar|tanggapan|protes"
    r"|keberatan|undangan|mengundang|jasa|penawaran|harga|promo|diskon)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^.!?,;\n]+[.!?,;\n]?")
_LONGEST = 600  # characters of a clause that are looked at: its last
_MOST = 20_000  # characters of the words that are looked at


def looks_like_a_try(mail: Mail) -> bool:
    """Whether the mail links to a file service, says that it hands something in, or is called an
    article and asks nothing. A shortener's link alone is none: shops and invitations carry them."""
    # What answers something bears the subject of what it answers: not its author's words.
    answers = subject.is_reply(mail.subject)
    words = (mail.text if answers else f"{mail.subject}\n{mail.text}")[:_MOST]
    if any(" (" in link and CONFIDENTIAL not in link for link in mail.links):
        return not is_shared_besides(f"{mail.subject}\n{mail.text}"[:_MOST])
    if _LATER.search(words) and not _ATTACHED.search(words):
        return False
    clauses = (clause[0][-_LONGEST:] for clause in _CLAUSE.finditer(words))
    if any(_hands_in(clause, words) for clause in clauses):
        return True
    return bool(_NAMED.match(mail.subject)) and _says_little(words, mail.text)


def is_called_an_article(mail: Mail) -> bool:
    """Whether its own subject names what is handed in; its words decide whether it is there."""
    return _NAMED.match(mail.subject) is not None


def _hands_in(clause: str, words: str) -> bool:
    if _ASKING.search(clause) or _NOT_NOW.search(clause):
        return False
    return says_handed_in(clause, words)


def _says_little(words: str, text: str) -> bool:
    """Whether beside its subject there is hardly anything: no question, no opinion, no letter."""
    little = len(text.split()) <= _FEW_WORDS
    return little and not (_ASKING.search(words) or _ABOUT.search(words) or _NOT_NOW.search(words))
