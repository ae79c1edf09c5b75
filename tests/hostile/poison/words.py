"""Tokens of the grammars that read words: lists, captions, bylines, quotations, links, places."""

import itertools
from collections.abc import Callable

LISTS = (
    "- ", "-", "* ", "• ", "1. ", "1) ", "(1) ", "a) ", "a. ", "A. ", "I. ", "IV ", "1️⃣ ", "① ",
    "😀", "#1 ", "> ", ">", "| a ", "|", "\t", "1.\t", "[ ] ", "✓ ", "→ ",
)  # fmt: skip
LABELS = (
    "Foto 1: ", "Foto 1 ", "Foto ", "foto 1 dan 2, ", "Foto ke-1 = ", "Keterangan foto: ",
    "Keterangan: ", "Caption ", "caption: ", "Ket. ", "ket foto 1; ", "Gambar 1. ", "gbr 1. ",
    "Dokumentasi: ", "(Foto 1) ", "(foto terlampir) ", "Foto: Siti/Redaksi ", "Dok. ", "📷1 ",
    "foto 1 adalah ", "sedangkan foto 2 ", "semua foto ", "kiri atas ", "kiri: ", "yang pertama ",
    "pertama, ", "satu ", "No. 1 ", "ke", "File : IMG_1.jpg / Ket : ", "Lokasi : ",
)  # fmt: skip
NAMES = (
    "IMG_2041.jpg ", "IMG_2041.jpg - ", "rapat rw.jpg, ", "a.jpg dan ", "(a).jpg", ".jpg", "IMG_",
    "2041 ", "WA0003 ", "[image: IMG_2041.jpg] ", "[cid:a] ", "[", "<IMG_2041.jpg> (file terlampir)",
)  # fmt: skip
QUOTES = (
    '"', "“", "”", "'", "‘", "’", "«", "(", ")", "()", "(a", "[", "]", "[]", "{", "<", "<>", "`",
    "*a* ", "**", "_a_ ", "__", "_", "~", "\\", "/", "|a",
)  # fmt: skip
MARKS = (
    ".", "...", "…", ",", ", ", "; ", ":", ": ", " :", "=", "=>", "--", "-- ", "---", "–", "—",
    "!", "?", "? ", "#", "@", "&", "&amp;", "&#39;", "%", "$", "+", "^", "1", "1 ", "1/2 ", "12.",
)  # fmt: skip
BLANKS = (
    " ", "\u00a0", "\u2003", "\u3000", "\u200b", "\ufeff", "\u00ad", "\u202e", "\u2028", "\x0b",
    "\x0c", "\x1c", "\x85", "\u0301", "\U000e0041",
)  # fmt: skip
LETTERS = (
    "a", "A", "A ", "a ", "aa ", "Ab ", "é", "e\u0301 ", "ß", "İ", "ﬁ", "字", "dan ", "di ", "yang ",
    "foto", "keterangan", "Warga bergotong royong. ",
)  # fmt: skip
BYLINES = (
    "Penulis: ", "Penulis: Siti Aminah, ", "Oleh: Siti ", "(Siti/Humas) ", "Editor: ", "Nama: ",
    "JAKARTA - ", "Jakarta, ", "Jakarta (12/1) ", "Senin, ", "12 Januari 2026 ", "(12/01/2026) ",
    "Jalan ", "Kelurahan ", "RT 01/RW 02 ", "Kec. ", "Telp: 0812 ", "0812-3456-7890 ", "Judul: ",
    "Hal: ", "Lampiran: ", "Nomor: 1/2/3 ", "Tentang penulis: ",
)  # fmt: skip
LETTERS_OF_PEOPLE = (
    "Salam, ", "Hormat kami,", "Terima kasih ", "Yth. Redaksi, ", "Assalamualaikum ", "mohon ",
    "terlampir ", "menyusul ", "ralat ", "undangan ", "apakah ", "bagaimana? ", "bagian 1/2 ",
    "revisi ", "naskah ", "Sent from my iPhone", "Dikirim dari ", "confidential ", "unsubscribe ",
)  # fmt: skip
QUOTATIONS = (
    "On Mon, 1 Jan 2026 a wrote: ", "On Mon, a@b.id wrote:", "Pada Sen, 1 Jan 2026 a menulis: ",
    "From: a ", "Dari: a ", "From: a\nTo: b\nSubject: c\n", "---------- Forwarded message ---------",
    "-----Original Message-----", "Begin forwarded message:", "________________", "> > ",
    "[12/01/26 10.00] Siti: ", "12/01/26, 10:00 - Siti: ", "[10:22, 15/11/2026] Siti: ",
)  # fmt: skip
LINKS = (
    "http://a.id/b ", "https://drive.google.com/file/d/abc ", "bit.ly/abc ", "www.", "http://",
    "https://www.google.com/url?q=", "a@b.id ", "<a@b.id>", "mailto:", "https://s.id/a,",
)  # fmt: skip
SUBJECTS = ("Re: ", "Fwd: ", "Bls: ", "Re[2]: ", "[a] ", "Out of office: ", "RE:", "FW : ")

EVERY = (
    *LISTS, *LABELS, *NAMES, *QUOTES, *MARKS, *BLANKS, *LETTERS, *BYLINES, *LETTERS_OF_PEOPLE,
    *QUOTATIONS, *LINKS, *SUBJECTS,
)  # fmt: skip
GRAMMARS = (
    LISTS, LABELS, NAMES, QUOTES, MARKS, BLANKS, LETTERS, BYLINES, LETTERS_OF_PEOPLE, QUOTATIONS,
    LINKS, SUBJECTS,
)  # fmt: skip
_SENTENCE = " Warga bergotong royong membangun jalan desa"


def pairs() -> list[str]:
    """Every two tokens that stand side by side in a grammar's table, as one."""
    return [a + b for grammar in GRAMMARS for a, b in itertools.pairwise(grammar)]


SHAPES: dict[str, Callable[[str, int], str]] = {
    "a line": lambda token, count: token * count,
    "a line before words": lambda token, count: token * count + _SENTENCE,
    "a line behind words": lambda token, count: _SENTENCE + token * count,
    "lines": lambda token, count: (token + "\n") * count,
    "lines before words": lambda token, count: (token + _SENTENCE + "\n") * (count // 4),
    "lines behind words": lambda token, count: (_SENTENCE + " " + token + "\n") * (count // 4),
    "lines apart": lambda token, count: (token + "\n\n") * (count // 2),
    "paragraphs": lambda token, count: (token * (2_000 // len(token)) + "\n\n") * (count // 200),
    "long lines": lambda token, count: (token * 100 + "\n") * (count // 100),
}
