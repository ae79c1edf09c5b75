"""Why something stands where it stands, in an editor's words.

The rooms below give a code with facts; here it becomes a sentence of the reader's language, from the
catalog. Pure.
"""

from collections.abc import Mapping

from redaksi import catalog
from redaksi.model import Language
from redaksi.reasons import Reason, ReasonCode, code_of
from redaksi.sender_rule import SenderRule
from redaksi.text import clean

# Reasons of a mail from a person in good order: it had simply nothing to examine.
_NOTHING_CAME = frozenset(
    {
        None,
        ReasonCode.NO_DOCUMENT,
        ReasonCode.DMARC_PASS,
        ReasonCode.DMARC_FAIL,
        ReasonCode.DMARC_UNSURE,
        ReasonCode.NO_AUTHSERV_ID,
    }
)
# Rules of the answering table that put a sound submission before an editor instead of answering it.
SHOWN: Mapping[SenderRule | None, Mapping[Language, str]] = {
    SenderRule.OWN_OR_LOOP: {"id": "Dikirim dari alamat redaksi sendiri", "en": "It came from one of our own addresses"},
    SenderRule.BAD_SENDER: {"id": "Alamat pengirimnya tidak jelas; tidak ada surat yang dikirim",
        "en": "Its sender's address is not plain; no letter was written"},
    SenderRule.MAILING_LIST: {"id": "Surel milis atau surel massal; tidak ada surat yang dikirim",
        "en": "A mailing list's mail; no letter was written"},
    SenderRule.NOT_AUTHENTICATED: {"id": "Surat tidak dikirim otomatis karena keaslian pengirimnya belum dapat dipastikan", "en": "Its sender could not be verified; no letter was written"},
}  # fmt: skip
NOTES: Mapping[str, str] = {
    "animated": "gambar bergerak; hanya bingkai pertama yang dinilai",
    "not-decoded": "baru diperiksa strukturnya",
    "too-many-pixels": "terlalu besar untuk dibuka",
    "unsupported": "belum dapat kami nilai",
    "not-opened": "tidak dapat dibuka",
    "also-in-document": "juga ada di dalam naskah",
    "possibly-upscaled": "mungkin diperbesar dari foto kecil",
    "converted": "diubah menjadi JPEG",
    "macros": "memuat makro",
    "tracked-changes": "memuat perubahan terlacak",
    "linked-image": "memuat gambar tautan yang tidak ikut terkirim",
    "comments": "memuat komentar",
    "altChunk": "memuat bagian dari dokumen lain",
    "text-boxes": "memuat kotak teks",
    "renamed": "nama berkasnya tidak sesuai dengan isinya",
}


def in_words(reason: Reason | None, language: Language) -> str:
    """A reason as an editor reads it; "" for one that says nothing an editor needs."""
    if reason is None:
        return ""
    words, facts = catalog.load(language), dict(reason.facts)
    if doubts := facts.get("doubts"):
        facts["doubts"] = ". ".join(
            words.say_or(doubt, "doubts", doubt) for doubt in doubts.split(", ")
        )
    try:
        return clean.line(words.say("reasons", reason.code, **facts))
    except KeyError:  # a fact that an old release did not write down
        return clean.line(str(reason))


def passed_over(reason: Reason | None, language: Language) -> str:
    """Why a mail is no submission. One that came from a person in good order had simply nothing
    to examine."""
    if code_of(reason) in _NOTHING_CAME:
        return "tanpa naskah atau foto" if language == "id" else "no article, no photo"
    return in_words(reason, language)


def noted(note: str, language: Language) -> str:
    """A reader's note on a document or photo."""
    return NOTES.get(note, note) if language == "id" else note.replace("-", " ")
