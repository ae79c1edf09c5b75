"""The document is a Word document, by its content and whatever its name.

PDF, OpenDocument, RTF, a web page and their like are named for what they are. Word 95 and older are
Word, but a format that is no longer read: the sentence says so and does not claim otherwise.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator

from redaksi.model import Submission
from redaksi.reasons import ReasonCode, explain
from validators.kinds import SHAPELESS, WORD
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """The document could not be read because of what it is."""
    document = submission.document
    if document is None or document.readable or document.hostile:
        return
    if document.kind in WORD or document.kind in SHAPELESS or document.kind == "encrypted":
        return
    case = "old" if document.kind in ("word95", "word6", "word2", "word-dos", "wordml") else ""
    yield Observed(
        subject=document.name, facts={"kind": document.kind, **({"case": case} if case else {})}
    )


RULE = Rule(
    code="N002",
    name="document-not-word",
    section="document_format",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Naskah “{subject}” bukan dokumen Word",
            found="isi berkasnya: {kind:k}",
            rule="naskah berupa dokumen Word (.doc atau .docx)",
            fix="Buka naskah di program asalnya, pilih File > Simpan Sebagai (Save As) > Dokumen Word (.docx), lalu "
            "kirim berkas .docx tersebut. Di Google Dokumen: File > Download > Microsoft Word "
            "(.docx). Mengganti nama "
            "berkas saja tidak mengubah isinya.",
        ),
        "en": Words(
            title="“{subject}” is not a Word document",
            found="what the file holds: {kind:k}",
            rule="the text is a Word document (.doc or .docx)",
            fix="Open it in the program it came from, choose File > Save As > Word Document (.docx), and send that "
            "file. In Google Docs: File > Download > Microsoft Word (.docx). Renaming a file does "
            "not change its content.",
        ),
    },
    variants={
        "old": {
            "id": Words(
                title="Naskah “{subject}” berformat Word lama",
                found="format berkasnya, {kind:k}, belum dapat kami baca",
                rule="naskah berupa dokumen Word (.docx, atau .doc dari Word 97 ke atas)",
                fix="Buka naskah di Word, pilih File > Simpan Sebagai (Save As) > Dokumen Word (.docx), lalu "
                "kirim berkas .docx tersebut.",
            ),
            "en": Words(
                title="“{subject}” is in an old Word format",
                found="we cannot read its format yet: {kind:k}",
                rule="the text is a Word document (.docx, or .doc from Word 97 or later)",
                fix="Open it in Word, choose File > Save As > Word Document (.docx), and send that file.",
            ),
        }
    },
    examples=(
        Example(what="a Word document", submission=make_submission()),
        Example(
            what="a PDF named .docx",
            submission=make_submission(
                documents=(
                    make_document(
                        kind="pdf", readable=False, refused=explain(ReasonCode.NOT_WORD, kind="pdf")
                    ),
                )
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="Word 95",
            submission=make_submission(
                documents=(make_document(name="Warta.doc", kind="word95", readable=False),)
            ),
            says=("Warta.doc",),
        ),
        Example(
            what="a damaged Word document is N003",
            submission=make_submission(documents=(make_document(kind="broken", readable=False),)),
        ),
    ),
)
