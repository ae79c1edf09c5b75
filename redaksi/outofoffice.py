"""Whether a subject is an out-of-office responder's (answering, row 8), in Indonesian and the languages around it."""

import re

from redaksi.mailheaders import plain

# Words that only a responder writes.
_STRONG = re.compile(
    r"auto[- ]?(?:matic(?:ally)? )?(?:repl(?:y|ies)|response|responder|responded|answer)\b"
    r"|automated (?:reply|response|message)|autoreply|vacation (?:reply|response|message|auto)"
    r"|out[- ]of[- ](?:the[- ])?office|away from (?:the |my )?(?:office|desk|mail|e-?mail)|ooo(?=$|\W)"
    r"|(?:balasan|jawaban|respons?) (?:secara )?(?:otomatis|automatis)|auto ?balas|auto(?=\s*$)"
    r"|automatische (?:antwort|afwezigheid)|abwesenheits\w*|afwezig\w*|r[ée]ponse automatique"
    r"|respuesta autom[áa]tica|resposta autom[áa]tica|jawapan automatik|balasan automatik"
)
# Words that an article's title may begin with too ("Sedang cuti, lurah tetap melayani"): they count when the
# subject is not a reply's and nothing but a date, a place or a delimiter follows.
_WEAK = re.compile(
    r"(?:[^:]{1,40}\b(?:sedang|masih) |mohon |maaf|saya|kami|sementara|sedang|masih|lagi|i am|i'm|we are|currently|on|info|,| )*"
    r"(?:cuti(?: (?:melahirkan|tahunan|bersama|sakit|besar|kerja|haji|umrah|umroh))?"
    r"|(?:berada )?di ?luar (?:kantor|kota|negeri)"
    r"|(?:ber)?dinas(?: ke)? luar(?: (?:kota|negeri|daerah))?|tugas luar(?: kota)?|perjalanan dinas"
    r"|tidak (?:berada |ada |sedang )?(?:di|ditempat|dikantor)\s*(?:tempat|kantor)?|tidak masuk kantor"
    r"|(?:pesan|surel|email|balasan) (?:otomatis|automatis)"
    r"|(?:annual |sick |maternity |medical )?leave|vacation|holiday|business trip|away)"
    r"(?: (?:hari ini|sementara|dulu|kerja))?"
    r"(?=$|\s*[:(\[|–—]|\s+-\s|\s*-$|\s+(?:re|fwd?|bls)\s*:"
    r"|[, ]+(?:s\.?/?d\.?|sampai|hingga|s/d|mulai|dari|sejak|pada|tanggal|tgl|until|till|from|through|to|on)\b)"
)
_REPLY = re.compile(r"\s*(?:re|fw|fwd|bls|tb|trs|aw|wg|sv|balas|terusan)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*")
_SEGMENTS = re.compile(r"[:|()\[\]{}–—]|\s-\s|(?<![a-z])(?:re|fwd?|bls)\s*:")


def is_out_of_office(subject: str) -> bool:
    """Whether `subject` (decoded) is the kind an out-of-office responder writes.

    "Re: " and the contributor's own title is what a person's answer to our letter looks like, so a title that
    merely speaks of leave or of being away does not count.
    """
    shown = re.sub(r"\s+", " ", plain(subject)).strip()
    bare = shown
    while match := _REPLY.match(bare):
        bare = bare[match.end() :]
    segments = [bare, *(part.strip() for part in _SEGMENTS.split(bare))]
    if any(_STRONG.match(segment) for segment in segments):
        return True
    tagged = re.sub(r"^(?:\[[^\]]{0,40}\]\s*)+", "", shown)
    return any(_WEAK.match(text) and not _REPLY.match(text) for text in (shown, tagged))
