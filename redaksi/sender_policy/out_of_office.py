"""Whether a subject is an out-of-office responder's (answering, row 8), in Indonesian and the
languages around it."""

import re

from redaksi.sender_policy.header_fields import plain

# Words that only a responder writes.
_STRONG = re.compile(
    r"auto[- ]?(?:matic(?:ally)? )?(?:repl(?:y|ies)|response|responder|responded|answer)\b"
    r"|automated (?:reply|response|message)|autoreply|vacation (?:reply|response|message|auto)"
    r"|out[- ]of[- ](?:the[- ])?office|away from (?:the |my )?(?:office|desk|mail|e-?mail)|oo(?:o|to)(?=$|\W)"
    r"|(?:balasan|jawaban|respons?|tanggapan|pemberitahuan|notifikasi) (?:secara )?(?:oto|auto)matis|balasan auto\b"
    r"|auto ?balas|auto ?respons?\b|auto(?=\s*$)"
    r"|(?:e-?mail|surel|pesan) (?:anda|bapak/ibu) (?:telah|sudah) (?:kami )?(?:di)?terima"
    r"|terima kasih (?:telah|sudah) (?:menghubungi|mengirim)"
    r"|automatische (?:antwort|afwezigheid)|abwesenheits\w*|afwezig\w*|r[ée]ponse automatique"
    r"|absence du bureau|自动回复|自動回覆"
    r"|respuesta autom[áa]tica|resposta autom[áa]tica|jawapan automatik|balasan automatik"
)
# "Budi Santoso is out of the office": whoever answers in person leaves the subject as it was.
_NAMED_AWAY = re.compile(
    r"\b(?:is|am|are|will be|i'm) (?:currently )?(?:out of|away from) (?:the |my )?(?:office|desk)\b"
)
# What the head of a subject says, its polite lead-in gone. An article's title may begin with these
# words too ("Sedang cuti, lurah tetap melayani"): they count when the subject is not a reply's and
# the head is nothing else.
_AWAY = re.compile(
    r"(?:cuti(?: (?:melahirkan|tahunan|bersama|sakit|besar|kerja|haji|umrah|umroh))?"
    r"|(?:berada )?di ?luar (?:kantor|kota|negeri)"
    r"|(?:ber)?dinas(?: ke)? luar(?: (?:kota|negeri|daerah))?|tugas luar(?: kota)?|perjalanan dinas"
    r"|(?:i[zj]in|pemberitahuan) (?:cuti|sakit|tidak masuk(?: kantor| kerja)?)|sakit|(?:ibadah )?(?:umr[ao]h|haji)"
    r"|tidak (?:(?:berada|ada|sedang) )?(?:di ?tempat|di ?kantor)|tidak masuk kantor"
    r"|(?:pesan|surel|email|balasan) (?:otomatis|automatis)"
    r"|(?:(?:annual|sick|maternity|medical) )?leave|vacation|holiday|business trip|away)"
    r"(?: (?:hari ini|sementara|dulu|kerja))?"
)
_LEAD = frozenset(
    [
        "mohon",
        "maaf",
        "saya",
        "kami",
        "sementara",
        "sedang",
        "masih",
        "lagi",
        "i",
        "am",
        "i'm",
        "we",
        "are",
        "currently",
        "on",
        "info",
        "mhn",
    ]
)
_HEAD_ENDS = re.compile(
    r"[:(\[|–—]|\s-|\s(?:re|fwd?|bls)\s*:"
    r"|[, ]+(?:s\.?d\b|s/d\b|(?:sampai|hingga|mulai|dari|sejak|pada|tanggal|tgl|until|till|from|through|to)\b)"
)
_REPLY = re.compile(
    r"\s*(?:re|fw|fwd|bls|tb|trs|aw|wg|sv|balas|terusan)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*"
)
_SEGMENTS = re.compile(r"[:|()\[\]{}–—]|\s-\s|(?<![a-z])(?:re|fwd?|bls)\s*:")


def is_out_of_office(subject: str) -> bool:
    """Whether `subject` (decoded) is the kind an out-of-office responder writes.

    "Re: " and the contributor's own title is what a person's answer to our letter looks like, so a
    title that merely speaks of leave or of being away does not count.
    """
    shown = re.sub(r"\s+", " ", plain(subject[:1000])).strip()
    bare = shown
    while match := _REPLY.match(bare):
        bare = bare[match.end() :]
    segments = [bare, *(part.strip() for part in _SEGMENTS.split(bare))]
    if any(_STRONG.match(segment) for segment in segments):
        return True
    if shown == bare and _NAMED_AWAY.search(shown):
        return True
    return shown == bare and _says_away(re.sub(r"^(?:\[[^\]]{0,40}\]\s*)+", "", shown))


def _says_away(subject: str) -> bool:
    head = _HEAD_ENDS.split(subject, maxsplit=1)[0].replace(",", " ").split()
    # "Budi sedang …"
    said = max((at for at, word in enumerate(head[:6]) if word in ("sedang", "masih")), default=0)
    head = head[said:]
    while head and head[0] in _LEAD:
        head = head[1:]
    return bool(_AWAY.fullmatch(" ".join(head)))
