"""Whether words that somebody wrote to the redaksi ask something: a question mark, or the words of
a question at the beginning of a clause. Indonesian, English, Javanese and Sundanese.

A false call is noise in front of every editor: what greets, thanks, names a title or a link asks
nothing, whatever marks stand in it. Pure; linear in what it is given.
"""

import re

MOST = 2000  # characters of a paragraph that are looked at
_LINK = re.compile(r"(?:https?://|www\.|mailto:)\S+|\b[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”]{0,300}”|\"[^\"]{0,300}\"|«[^«»]{0,300}»|\*[^*]{1,300}\*")
_TITLED = re.compile(
    r"\b(?:ber)?judul(?:nya|kan)?\b[^.?!]{0,200}\?+|\b(?:bertajuk|bertema|tema|headline|title[d]?|entitled)\b[^.?!]{0,200}\?+",
    re.IGNORECASE,
)
# A mark that ends words: no lost letter ("Jum?at"), bullet, doubt in brackets or name of a file.
_MARK = re.compile(r"[\w\"”’»')%]{1} {0,2}[?？]+(?![\w]|\.\w)")
_SENTENCE = re.compile(r"[^.!?？…\n]*(?:[.!?？…](?=\w)[^.!?？…\n]*)*[.!?？…]*")
_SENTENCES = 60  # of a paragraph
_GREETING = re.compile(
    r"(?<!\W)\W*(?:assalam\S*(?: ?'?alaikum)?(?: wr\.?)?(?: ?wb\.?)?(?: warahmatullahi?)?(?: wa ?barakatuh)?"
    r"|selamat (?:pagi|siang|sore|malam)|good (?:morning|afternoon|evening|day)"
    r"|salam(?: (?:sejahtera|hormat|redaksi|sehat))?(?: (?:bagi|untuk) kita semua)?|shalom|om swastiastu"
    r"|sugeng (?:enjang|siang|sonten|dalu|rawuh)|sampurasun|wilujeng (?:enjing|siang|sonten|wengi)"
    r"|ha?[il]+o+|hai|hi|hello|dear|yth|permisi|punten|nyuwun sewu|kulo nuwun)\b\.?",
    re.IGNORECASE,
)
_HOW_ARE_YOU = re.compile(
    r"\b(?:(?:apa|bagaimana|gimana|piye|pripun|kados pundi|kepriye|kumaha)(?:kah)? ?(?:kabar\w*|pawartos\w*|damang)[^.,?!]{0,40}\??"
    r"|how (?:are|r) (?:you|u)\b[^.,?!]{0,40}\??|how(?: i|')s (?:it going|everything)\??|how do you do\??"
    r"|(?:sehat|damang|sae|baik)(?:-baik)?(?: selalu| saja)? ?(?:kan|to|toh|ya|nggih|tha)?(?= ?\?))",
    re.IGNORECASE,
)
_OF_A_TEXT = re.compile(
    r"\b(?:naskah|tulisan|artikel|berita|kiriman|warta|liputan|foto|surel|e-?mail|redaktur|revisi|perbaikan"
    r"|article|story|photos?|submission|draft|seratan|kintunan|seserat)\w*",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\W*(?:(?:sekian|demikian)\b.{0,60}?)?(?:terima ?kasih|trims?|makasih|matur (?:sembah )?nuwun|(?:hatur )?nuhun"
    r"|suwun|thank(?:s| you)|salam|hormat|wassalam\w*|regards)\b.{0,60}",
    re.IGNORECASE,
)
# What is printed below every mail of somebody's.
_FORMULA = re.compile(
    r"\b(?:(?:ada|punya|masih ada) pertanyaan(?: lain)? ?\?|(?:any|have|got) (?:a |more |other )?questions? ?\?"
    r"|butuh bantuan ?\?|need help ?\?|(?:tahukah|sudahkah) anda\b[^.?!]{0,80}\?"
    r"|(?:perlukah|haruskah|apakah (?:anda )?perlu|do you really need)\b[^.?!]{0,40}(?:cetak|print)[^.?!]{0,60}\?)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:()–—]| - |\b(?:dan|tapi|tetapi|namun|and|but|so|serta|lalu|terus)\b")
_FILLER = re.compile(
    r"(?:\W|\b(?:oh|eh|ya|nah|jadi|lalu|terus|trus|nb|ps|p\.s|catatan|kira-kira|kiranya|sekiranya|maaf|mohon maaf|pak|bu|bapak|ibu"
    r"|bapak/ibu|mas|mbak|kak|kang|teh|min|admin|mimin|redaksi|redaktur|tim|yth|sekalian|izin|ijin|numpang|sorry|please|hi"
    r"|also|just|nuwun sewu|nyuwun sewu|punten|kalau boleh|kalo boleh|nggih|inggih|jika boleh|bila boleh|untuk|soal|mengenai)\b)+",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:(?:apa|bisa|boleh|dapat|mau|sudah|ada|kapan|mungkin|perlu|harus|benar|masih|akan|bukan|siapa|berapa|betul)kah\b"
    r"|apa (?:sudah|boleh|bisa|perlu|harus|benar|masih|ada|saja|saya|kami|yang|betul|naskah|tulisan|foto)\b"
    r"|kapan\b(?! (?:pun|saja)\b)|bagaimana\b(?! ?pun\b)|gimana\b|gmn\b|berapa\b(?! ?pun\b)"
    r"|mengapa\b|kenapa\b|di ?mana\b(?! ?pun|-)|ke ?mana\b(?! ?pun|-)|siapa\b(?! ?pun| saja)|kok (?:belum|blm|tidak|nggak|gak|ga)\b"
    r"|(?:foto|bagian|kata|kalimat|paragraf|yang) mana yang\b"
    r"|(?:when|what|where|why|who|which|how) (?:will|would|is|are|was|were|do|does|did|can|could|should|may|about|long|many|much|soon|to)\b"
    r"|(?:can|could|would|will|may|should|do|does|did|is|are|has|have) (?:you|i|we|it|they|the|this|my|our|there|these)\b"
    r"|punapa\b|menapa\b|menopo\b|nopo\b|opo (?:wis|isih|iso)\b|kados pundi\b|dos pundi\b|pripun\b|piye\b|kepriye\b|pinten\b"
    r"|naha\b|iraha\b|kumaha\b|sabaraha\b|dimana\b|timana\b|naon\b|aya naon\b)",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\b(?:sudah|sdh|udah) (?:di\w+|masuk|sampai|tayang|terbit) (?:belum|blm)\b|\b\w+ kah\W*$"
    r"|\b(?:(?:itu|ini|maksudnya|kurang|lewat) apa|apa (?:ya|sih)|di ?mana|ke ?mana)(?: (?:ya|sih|nih))?\W*$"
    r"|\b(?:sudah|sdh|udah|wis|sampun|tos)\b.{0,60}\b(?:belum|blm|durung|dereng|acan)(?: (?:ya|nggih))?\W*$"
    r"|\b(?:bisa|boleh|dapat|saged|iso|tiasa)\b.{0,60}\b(?:tidak|nggak|gak|ga|ndak|enggak|henteu|mboten)(?: (?:ya|nggih))?\W*$",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:mohon|minta|tolong|harap|mhn|nyuwun|neda|nyuhunkeun)(?: \w+){0,3}? (?:info\w*|informasi\w*|konfirmasi\w*|kabar\w*|kepastian\w*"
    r"|penjelasan\w*|jawaban\w*|balasan\w*|dijelaskan|jelaskan|dikonfirmasi\w*|dikabari|diinfo\w+|diberi ?tahu\w*"
    r"|dijawab|dibalas|pirsa|inpo\w*|katerangan\w*)\b"
    r"|\b(?:info|kabar|konfirmasi)nya (?:kami|saya)? ?(?:di)?tunggu|\b(?:kami|saya)? ?(?:di)?tunggu (?:\w+ )?(?:info|kabar|konfirmasi|jawaban|balasan)\w*"
    r"|\b(?:mohon|minta) petunjuk\w*|\b(?:saya|kami|mau|ingin|hendak|izin|ijin) (?:\w+ ){0,2}menanyakan\b|^\W*menanyakan\b"
    r"|(?<!yang )\b(?:mau|ingin|hendak|mo|izin|ijin|numpang|cuma|sekadar|sekedar|badhe|badé|bade|arep|pengin|hoyong) (?:ber)?(?:tanya|nanya|tanglet|takon|naros|tumaros|takon|pirsa|nyuwun pirsa)\w*"
    r"|\bboleh (?:tahu|tau|minta (?:info|tahu))\b|\bingin (?:tahu|mengetahui)\b"
    r"|\b(?:please|kindly) (?:let (?:me|us) know|confirm|advise|tell|inform)|\blet (?:me|us) know (?:if|when|whether|what|how)\b"
    r"|\b(?:i|we)(?:'d| would)? (?:want|like|wanted) to (?:ask|know)\b|\bi(?:'m| am) wondering\b|\bi wonder\b",
    re.IGNORECASE,
)
# "Sudah memuat apa, siapa, kapan, di mana": that is said of an article.
_WHAT_NEWS_ANSWERS = re.compile(
    r"\b(?:apa|siapa|kapan|di ?mana|mengapa|bagaimana|what|who|when|where|why|how)\b"
)
# "Bila ada yang kurang, mohon dikabari": a courtesy at the end of nearly every mail.
_CONDITION = re.compile(
    r"^\W*(?:apabila|jika|jikalau|bila|bilamana|kalau|kalo|seandainya|sekiranya|andai\w*|misal\w*|manawi|menawi|upami|upama|if|should|in case)\b"
    r"|\b(?:apabila|jika|bila|kalau|kalo|if) (?:masih )?(?:ada|terdapat|perlu|diperlukan|dibutuhkan|kurang|salah|you|there|any(?:thing)?|something)\b",
    re.IGNORECASE,
)


def asks(paragraph: str) -> bool:
    """Whether a paragraph asks its reader something."""
    text = _QUOTED.sub(" … ", _LINK.sub(" ", paragraph[:MOST]))
    text = _FORMULA.sub(" ", _TITLED.sub(" ", text))
    sentences = [found for found in _SENTENCE.findall(text) if found.strip()]
    return any(_is_question(sentence) for sentence in sentences[:_SENTENCES])


def _is_question(sentence: str) -> bool:
    words = _GREETING.sub(" ", sentence, count=1)
    if not _OF_A_TEXT.search(words):
        words = _HOW_ARE_YOU.sub(" ", words)
    if not any(character.isalpha() for character in words) or _THANKS.fullmatch(words.strip()):
        return False
    return _MARK.search(words) is not None or _asks_in_words(words)


def _asks_in_words(words: str) -> bool:
    if len(set(_WHAT_NEWS_ANSWERS.findall(words.lower()))) >= 3:
        return False
    if _REQUEST.search(words) and not _CONDITION.search(words):
        return True
    return any(_begins_asking(clause) for clause in _CLAUSE.split(words))


def _begins_asking(clause: str) -> bool:
    filler = _FILLER.match(clause)
    begins = _ASKING.match(clause, filler.end() if filler else 0) is not None
    return begins or _ENDING.search(clause) is not None
