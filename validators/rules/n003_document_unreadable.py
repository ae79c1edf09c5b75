"""The Word document can be opened.

A password, damage, or a size above the safety limit: each has its own sentence. A document made to
attack is quarantined and told nothing.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator

from redaksi.model import Document, Submission
from redaksi.reasons import ReasonCode, code_of, explain
from validators.kinds import LOCKED, SHAPELESS, WORD
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission

_LOCKED = frozenset(
    {
        ReasonCode.DOCUMENT_ENCRYPTED,
        ReasonCode.ENTRIES_ENCRYPTED,
        ReasonCode.ARCHIVE_ENCRYPTED,
        ReasonCode.PGP_ENCRYPTED,
    }
)

_CASES = {
    ReasonCode.DOCUMENT_PROTECTED: "protected",
    ReasonCode.DOWNLOAD_UNFINISHED: "unfinished",
    ReasonCode.TEMPORARY_FILE: "temporary",
    ReasonCode.FILE_EMPTY: "empty",
}


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """The document is a Word document, or nothing recognisable, and could not be read."""
    document = submission.document
    if document is None or document.readable or document.hostile:
        return
    if document.kind in WORD or document.kind in SHAPELESS or document.kind in LOCKED:
        yield Observed(subject=document.name, facts=_facts(document))


def _facts(document: Document) -> dict[str, str]:
    refused = document.refused
    if refused is not None and refused.code in _CASES:
        return {"case": _CASES[refused.code]}
    if document.kind == "encrypted" or code_of(refused) in _LOCKED:
        return {"case": "locked"}
    if refused is not None and refused.code is ReasonCode.FILE_LIMIT:
        return {"case": "large", "most": refused.facts["most"]}
    return {}


_RULE_ID = "naskah berupa dokumen Word yang dapat dibuka"
_RULE_EN = "the text is a Word document that can be opened"
RULE = Rule(
    code="N003",
    name="document-unreadable",
    section="document_readable",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Naskah “{subject}” tidak dapat kami buka",
            found="berkasnya rusak atau terkirim tidak lengkap",
            rule=_RULE_ID,
            fix="Buka naskah di Word, pilih File > Simpan Sebagai (Save As) > Dokumen Word (.docx) "
            "dengan nama baru, lalu "
            "kirim berkas baru itu.",
        ),
        "en": Words(
            title="“{subject}” could not be opened",
            found="the file is damaged or arrived incomplete",
            rule=_RULE_EN,
            fix="Open it in Word, choose File > Save As > Word Document (.docx) under a new name, and send the new "
            "file.",
        ),
    },
    variants={
        "locked": {
            "id": Words(
                title="Naskah “{subject}” terkunci",
                found="dokumen dikunci dengan kata sandi",
                rule=_RULE_ID,
                fix="Buka di Word, pilih File > Info > Proteksi Dokumen (Protect Document) > "
                "Enkripsikan dengan Kata Sandi "
                "(Encrypt with Password), kosongkan kata sandinya, simpan, lalu kirim ulang. Mohon jangan "
                "mengirim kata sandi "
                "lewat surel.",
            ),
            "en": Words(
                title="“{subject}” is locked",
                found="the document is locked with a password",
                rule=_RULE_EN,
                fix="Open it in Word, choose File > Info > Protect Document > Encrypt with Password, clear the "
                "password, save, and send it again. Please do not e-mail the password.",
            ),
        },
        "protected": {
            "id": Words(
                title="Naskah “{subject}” terkunci",
                found="dokumennya dilindungi dengan hak akses (IRM), sehingga hanya orang yang diberi izin "
                "dapat membukanya",
                rule=_RULE_ID,
                fix="Buka di Word pada komputer, pilih File > Info > Proteksi Dokumen (Protect Document) > "
                "Batasi Akses (Restrict Access) > Akses Tidak Dibatasi (Unrestricted Access), simpan, lalu "
                "kirim ulang. Bila kantor Anda memasang label kerahasiaan, mintalah salinan tanpa label itu.",
            ),
            "en": Words(
                title="“{subject}” is locked",
                found="rights management (IRM) protects it: only people given permission can open it",
                rule=_RULE_EN,
                fix="Open it in Word on a computer, choose File > Info > Protect Document > Restrict Access > "
                "Unrestricted Access, save, and send it again. If your office put a sensitivity label on it, "
                "ask for a copy without that label.",
            ),
        },
        "unfinished": {
            "id": Words(
                title="Naskah “{subject}” tidak dapat kami buka",
                found="berkasnya unduhan yang belum selesai",
                rule=_RULE_ID,
                fix="Unduh naskahnya sampai selesai, buka untuk memeriksanya, lalu kirim berkas .docx atau "
                ".doc itu.",
            ),
            "en": Words(
                title="“{subject}” could not be opened",
                found="it is a download that has not finished",
                rule=_RULE_EN,
                fix="Download it to the end, open it to make sure, and send that .docx or .doc file.",
            ),
        },
        "temporary": {
            "id": Words(
                title="Naskah “{subject}” tidak dapat kami buka",
                found="berkasnya berkas sementara buatan program, bukan dokumennya",
                rule=_RULE_ID,
                fix="Buka naskahnya di Word, pilih File > Simpan Sebagai (Save As) > Dokumen Word (.docx), "
                "lalu kirim berkas .docx tersebut.",
            ),
            "en": Words(
                title="“{subject}” could not be opened",
                found="it is a program’s temporary file, not the document",
                rule=_RULE_EN,
                fix="Open the text in Word, choose File > Save As > Word Document (.docx), and send that file.",
            ),
        },
        "empty": {
            "id": Words(
                title="Naskah “{subject}” kosong",
                found="berkasnya tidak berisi apa-apa (0 bita)",
                rule=_RULE_ID,
                fix="Buka naskah yang tersimpan di perangkat Anda untuk memastikan isinya ada, lalu lampirkan "
                "lagi.",
            ),
            "en": Words(
                title="“{subject}” is empty",
                found="the file holds nothing (0 bytes)",
                rule=_RULE_EN,
                fix="Open the text on your device to make sure that it is there, and attach it again.",
            ),
        },
        "large": {
            "id": Words(
                title="Naskah “{subject}” terlalu besar",
                found="berkasnya lebih dari {most} MB",
                rule="naskah berupa dokumen Word paling besar {most} MB",
                fix="Hapus foto dari dokumen, simpan, lalu kirim lagi; lampirkan fotonya terpisah.",
            ),
            "en": Words(
                title="“{subject}” is too large",
                found="the file is larger than {most} MB",
                rule="the text is a Word document of at most {most} MB",
                fix="Remove the photos from the document, save, and send it again; attach the photos separately.",
            ),
        },
    },
    examples=(
        Example(what="a document that opens", submission=make_submission()),
        Example(
            what="a password",
            submission=make_submission(
                documents=(make_document(kind="encrypted", readable=False),)
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="cut short",
            submission=make_submission(
                documents=(make_document(readable=False, refused=explain(ReasonCode.NOT_ZIP)),)
            ),
            says=("Warta.docx",),
        ),
        *(
            Example(
                what=code.value,
                submission=make_submission(
                    documents=(make_document(readable=False, refused=explain(code)),)
                ),
                says=("Warta.docx",),
            )
            for code in _CASES
        ),
        Example(
            what="above the safety limit",
            submission=make_submission(
                documents=(
                    make_document(readable=False, refused=explain(ReasonCode.FILE_LIMIT, most=30)),
                )
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="an attack is quarantined, not told",
            submission=make_submission(documents=(make_document(readable=False, hostile=True),)),
        ),
    ),
)
