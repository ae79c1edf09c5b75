"""Whether a subject is an out-of-office responder's (answering, row 8), in Indonesian and the
languages around it, and as Outlook, Exchange, Zimbra and Notes write it in theirs.

A responder puts its words before what it answers ("Balasan otomatis: Re: Naskah"), or behind it in
brackets. Who answers in person leaves "Re: " in front: a title that merely speaks of leave, or an
automatic reply that somebody answers, is no responder's.
"""

import re

from redaksi.sender_policy.header_fields import plain

_OTO = r"(?:secara )?(?:oto|auto)mati[sk]"
# Words that only a responder writes, also with more behind them.
_STRONG = re.compile(
    r"auto[- ]?(?:matic(?:ally)? )?(?:repl(?:y|ies)|response|responder|responded|answer)\b"
    r"|automated (?:reply|response|message)|autoreply|vacation (?:reply|response|message|auto)"
    r"|out[- ]of[- ](?:the[- ])?office|away from (?:the |my )?(?:office|desk|mail|e-?mail)|oo(?:o|to)(?=$|\W)"
    rf"|(?:balasan|balesan|wangsulan|waleran|jawaban|jawapan|respons?|tanggapan|maklum ?balas|balas|penjawab) {_OTO}"
    r"|(?:balasan|balas|jawaban|respons?) auto\b|auto[- ]?(?:balas|jawab|respons?)\b"
    r"|(?:e-?mail|surel|pesan) (?:anda|bapak/ibu) (?:telah|sudah) (?:kami )?(?:di)?terima"
    r"|terima kasih (?:telah|sudah) (?:menghubungi|mengirim)"
    # Outlook's and Exchange's prefixes in other languages
    r"|automatis(?:che antwort|che afwezigheid|ch antwoord|kt svar|k svar)|autosvar|abwesenheits\w*|afwezig\w*"
    r"|r[ée]ponse automatique|absence du bureau|respuesta autom[áa]tica|fuera de la oficina"
    r"|resposta autom[áa]tica|risposta automatica|fuori sede|automaattinen vastaus|poissa toimistosta"
    r"|(?:automatyczna odpowied[źz]|odpowied[źz] automatyczna)|automatick[áa] odpov[ěe][ďd]|automatikus v[áa]lasz"
    r"|r[ăa]spuns automat|otomatik yan[ıi]t|trả lời tự động|автоматический ответ|автоматична відповідь"
    r"|自动回复|自动答复|自動回覆|自動応答|자동 회신|자동 응답|ตอบกลับอัตโนมัติ|การตอบกลับอัตโนมัติ|رد تلقائي|الرد التلقائي"
)
# The same, where nothing else stands beside them: titles of articles begin with these too.
_STRONG_ALONE = re.compile(
    rf"(?:pemberitahuan|notifikasi|pesan|surel|e-?mail|surat|informasi) {_OTO}|mesin penjawab"
    r"|(?:di ?)?luar (?:kantor|pejabat)"
)
# A single word before a colon or in brackets, in front of what is answered: "Otomatis: Re: …".
_PREFIX = re.compile(rf"{_OTO}|auto(?:mated|matic)?")
# "Budi Santoso is out of the office": whoever answers in person leaves the subject as it was.
_NAMED_AWAY = re.compile(
    r"\b(?:is|am|are|will be|i'm) (?:currently )?(?:out of|away from) (?:the |my )?(?:office|desk)\b"
)
# What the head of a subject says, its polite lead-in gone. An article's title may begin with these
# words too ("Sedang cuti, lurah tetap melayani"): they count when the subject is not a reply's and
# the head is nothing else.
_AWAY = re.compile(
    r"(?:(?:ber)?cuti(?: (?:melahirkan|tahunan|sakit|besar|kerja|haji|umrah|umroh))?"
    r"|(?:berada )?di ?luar (?:kantor|kota|negeri|pejabat)"
    r"|(?:ber)?dinas(?: ke)? luar(?: (?:kota|negeri|daerah))?|tugas luar(?: kota)?|perjalanan dinas"
    r"|(?:i[zj]in|pemberitahuan) (?:cuti|sakit|tidak masuk(?: kantor| kerja)?)"
    r"|tidak (?:(?:berada|ada|sedang) )?(?:di ?tempat|di ?(?:dalam )?(?:kantor|pejabat))|tidak masuk kantor"
    r"|(?:pesan|surel|email|balasan) (?:otomatis|automatis)"
    r"|(?:(?:annual|sick|maternity|medical) )?leave|vacation|holiday|business trip|away)"
    r"(?: (?:hari ini|sementara|dulu|kerja))?"
)
# The same, but news is called so too: only of somebody who says that he is ("sedang …").
_AWAY_NOW = re.compile(
    r"cuti(?: (?:bersama|lebaran|idul ?fitri|natal|nyepi|akhir tahun))?|sakit|(?:ibadah )?(?:umr[ao]h|haji)"
    r"|libur(?:an)?(?: (?:lebaran|idul ?fitri|natal|nyepi|akhir tahun|bersama|sekolah))?|berhalangan(?: hadir)?"
    r"|(?:mengikuti |ikut )?(?:diklat|bimtek|pelatihan|rapat|rakor)|dalam perjalanan(?: dinas)?|tutup|prei"
)
_NOW = ("sedang", "masih", "lagi", "baru", "tengah")
_LEAD = frozenset(
    [
        "mohon", "maaf", "saya", "kami", "kantor", "sementara", *_NOW, "i", "am", "i'm", "we", "are",
        "currently", "on", "info", "mhn", "kula", "kulo", "nembe", "nuju",
    ]
)  # fmt: skip
_HEAD_ENDS = re.compile(
    r"[:(\[|–—]|\s-|\s(?:re|fwd?|bls)\s*:"
    r"|[, ]+(?:s\.?d\b|s/d\b|(?:sampai|hingga|mulai|dari|sejak|pada|tanggal|tgl|until|till|from|through|to)\b)"
)
_REPLY = re.compile(
    r"\s*(?:re|bls|aw|sv|balas)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*",
)
_FORWARD = re.compile(r"\s*(?:fw|fwd|tb|trs|wg|terusan)\s*(?:\[\d+\]|\(\d+\))?\s*:")
_SEGMENTS = re.compile(r"[:|()\[\]{}–—]|\s-\s|(?<![a-z])(?:re|fwd?|bls)\s*:")
_EDGES = " *#!.,;\"'<>~=_-"


def is_out_of_office(subject: str) -> bool:
    """Whether `subject` (decoded) is the kind an out-of-office responder writes."""
    shown = re.sub(r"\s+", " ", plain(subject[:1000])).strip()
    bare = shown
    while match := _REPLY.match(bare):
        bare = bare[match.end() :]
    if _FORWARD.match(bare):
        return False
    segments = [part for each in _SEGMENTS.split(bare) if (part := each.strip(_EDGES))]
    if not segments:
        return False
    if (
        shown != bare
    ):  # "Re: Naskah (out of office)", "Re: Out of office"; not "Re: Out of office: …"
        return _is_strong_alone(segments[-1])
    if _STRONG.match(segments[0]) or any(_is_strong_alone(each) for each in segments):
        return True
    if _PREFIX.fullmatch(segments[0]) or _NAMED_AWAY.search(shown):
        return True
    return _says_away(re.sub(r"^(?:\[[^\]]{0,40}\]\s*)+", "", shown))


def _is_strong_alone(segment: str) -> bool:
    """Whether a segment is a responder's words and no others."""
    return bool(_STRONG.fullmatch(segment) or _STRONG_ALONE.fullmatch(segment))


def _says_away(subject: str) -> bool:
    head = _HEAD_ENDS.split(subject, maxsplit=1)[0].replace(",", " ").split()
    # "Budi sedang …"
    said = max((at for at, word in enumerate(head[:6]) if word in ("sedang", "masih")), default=0)
    head = head[said:]
    is_now = False
    while head and head[0].strip(_EDGES) in _LEAD:
        is_now = is_now or head[0].strip(_EDGES) in (*_NOW, "kantor", "nuju", "nembe")
        head = head[1:]
    words = " ".join(head).strip(_EDGES)
    return bool(_AWAY.fullmatch(words) or (is_now and _AWAY_NOW.fullmatch(words)))
