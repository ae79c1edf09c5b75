"""The Word document can be opened.

A password, rights management, damage, a download that never ended, a program's temporary file, or a
size above the safety limit: each has its own sentence. A document made to
attack is quarantined and told nothing.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator

from redaksi.model import Document, Submission
from redaksi.reasons import ReasonCode, code_of, explain
from validators.kinds import LOCKED, SHAPELESS, WORD
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission
from validators.steps import SAVE_AS_WORD

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
    if document.kind in WORD | SHAPELESS | LOCKED:
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
            fix="Buka naskah itu dari tempat aslinya (HP atau komputer), simpan dengan nama baru, pastikan berkas baru "
            f"itu dapat dibuka lagi, lalu kirim. {SAVE_AS_WORD['id']}",
        ),
        "en": Words(
            title="“{subject}” could not be opened",
            found="the file is damaged or arrived incomplete",
            rule=_RULE_EN,
            fix="Open it from where it was written (phone or computer), save it under a new name, make sure the new "
            f"file opens again, and send that. {SAVE_AS_WORD['en']}",
        ),
    },
    variants={
        "locked": {
            "id": Words(
                title="Naskah “{subject}” terkunci",
                found="dokumen dikunci dengan kata sandi",
                rule=_RULE_ID,
                fix="Di komputer: buka di Word, pilih File > Info > Proteksi Dokumen (Protect Document) > Enkripsikan "
                "dengan Kata Sandi (Encrypt with Password), kosongkan kata sandinya, simpan, lalu kirim ulang. Di HP: "
                "buka dengan kata sandinya, salin seluruh isinya ke dokumen baru, lalu kirim dokumen baru itu. Mohon "
                "jangan mengirim kata sandi lewat surel.",
            ),
            "en": Words(
                title="“{subject}” is locked",
                found="the document is locked with a password",
                rule=_RULE_EN,
                fix="On a computer: open it in Word, choose File > Info > Protect Document > Encrypt with Password, "
                "clear the password, save, and send it again. On a phone: open it with its password, copy all of the "
                "text into a new document, and send that. Please do not e-mail the password.",
            ),
        },
        "protected": {
            "id": Words(
                title="Naskah “{subject}” dilindungi hak akses",
                found="dokumennya dilindungi hak akses (IRM), sehingga hanya akun yang diberi izin dapat membukanya",
                rule=_RULE_ID,
                fix="Pemilik dokumen membukanya di Word di komputer: File > Info > Proteksi Dokumen (Protect Document) "
                "> Batasi Akses (Restrict Access) > Akses Tidak Dibatasi (Unrestricted Access), menyimpannya, lalu "
                "mengirim ulang. Bila kantor memasang label kerahasiaan, mohon kirim salinan tanpa label itu.",
            ),
            "en": Words(
                title="“{subject}” is protected by access rights",
                found="rights management (IRM) protects it: only accounts that were given permission can open it",
                rule=_RULE_EN,
                fix="Its owner opens it in Word on a computer: File > Info > Protect Document > Restrict Access > "
                "Unrestricted Access, saves it, and sends it again. If your office put a sensitivity label on it, "
                "please send a copy without that label.",
            ),
        },
        "unfinished": {
            "id": Words(
                title="Naskah “{subject}” belum selesai terunduh",
                found="namanya menunjukkan unduhan yang belum selesai, dan isinya tidak dapat dibuka",
                rule=_RULE_ID,
                fix="Unduh naskahnya sekali lagi sampai selesai, pastikan dapat dibuka, lalu lampirkan berkas .docx "
                "atau .doc itu pada surel balasan.",
            ),
            "en": Words(
                title="“{subject}” was not fully downloaded",
                found="its name is that of a download that never finished, and it cannot be opened",
                rule=_RULE_EN,
                fix="Download the text again to the end, make sure it opens, and attach that .docx or .doc file to "
                "your reply.",
            ),
        },
        "temporary": {
            "id": Words(
                title="“{subject}” berkas sementara, bukan naskahnya",
                found="namanya menunjukkan berkas sementara buatan program, dan isinya tidak dapat dibuka",
                rule=_RULE_ID,
                fix="Tutup naskah itu di Word, cari dokumen aslinya (berakhiran .docx atau .doc), lalu lampirkan pada "
                "surel balasan.",
            ),
            "en": Words(
                title="“{subject}” is a temporary file, not the text",
                found="its name is that of a program’s temporary file, and it cannot be opened",
                rule=_RULE_EN,
                fix="Close the text in Word, find the document itself (ending in .docx or .doc), and attach it to "
                "your reply.",
            ),
        },
        "empty": {
            "id": Words(
                title="Naskah “{subject}” kosong",
                found="berkasnya tidak berisi apa-apa (0 bita)",
                rule=_RULE_ID,
                fix="Buka naskah itu di HP atau komputer Bapak/Ibu untuk memastikan isinya ada, simpan, lalu "
                "lampirkan lagi.",
            ),
            "en": Words(
                title="“{subject}” is empty",
                found="the file holds nothing (0 bytes)",
                rule=_RULE_EN,
                fix="Open the text on your phone or computer to make sure that it is there, save it, and attach it "
                "again.",
            ),
        },
        "large": {
            "id": Words(
                title="Naskah “{subject}” terlalu besar",
                found="berkasnya lebih dari {most} MB",
                rule="naskah berupa dokumen Word paling besar {most} MB",
                fix="Buat salinan dokumen itu yang berisi naskah dan keterangan foto saja, lalu kirim salinannya; "
                "lampirkan fotonya terpisah, bila perlu dalam beberapa surel.",
            ),
            "en": Words(
                title="“{subject}” is too large",
                found="the file is larger than {most} MB",
                rule="the text is a Word document of at most {most} MB",
                fix="Make a copy of the document with the text and the captions only, and send the copy; attach the "
                "photos separately, in several e-mails if need be.",
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
                what=code.replace("_", " "),
                submission=make_submission(
                    documents=(make_document(kind=kind, readable=False, refused=explain(code)),)
                ),
                says=("Warta.docx",),
            )
            for kind, code in (
                ("protected", ReasonCode.DOCUMENT_PROTECTED),
                ("broken", ReasonCode.DOWNLOAD_UNFINISHED),
                ("broken", ReasonCode.TEMPORARY_FILE),
                ("empty", ReasonCode.FILE_EMPTY),
            )
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
