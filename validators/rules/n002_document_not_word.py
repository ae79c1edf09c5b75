"""The document is a Word document, by its content and whatever its name.

PDF, OpenDocument, RTF, a web page and their like are named for what they are. Word 95 and older are
Word, but a format that is no longer read: the sentence says so and does not claim otherwise. Each
program that writes something else has its own way to a .docx; a pointer is no document at all.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator

from redaksi.model import Submission
from redaksi.reasons import ReasonCode, explain
from validators.kinds import LOCKED, SHAPELESS, WORD
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission

_CASES = {
    "word95": "old", "word6": "old", "word2": "old", "word-dos": "old", "word-mac": "old", "wordml": "old",
    "html": "page", "mhtml": "page", "odt": "opendocument", "fodt": "opendocument",
    "wordperfect": "other", "works": "other", "pages": "pages", "gdoc": "google", "shortcut": "shortcut",
}  # fmt: skip


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """The document could not be read because of what it is."""
    document = submission.document
    if document is None or document.readable or document.hostile:
        return
    if document.kind in WORD or document.kind in SHAPELESS or document.kind in LOCKED:
        return
    case = _CASES.get(document.kind, "")
    yield Observed(
        subject=document.name, facts={"kind": document.kind, **({"case": case} if case else {})}
    )


_RULE_ID = "naskah berupa dokumen Word (.doc atau .docx)"
_RULE_EN = "the text is a Word document (.doc or .docx)"
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
            rule=_RULE_ID,
            fix="Buka naskah di program asalnya, pilih File > Simpan Sebagai (Save As) > Dokumen Word (.docx), lalu "
            "kirim berkas .docx tersebut. Di Google Dokumen: File > Download > Microsoft Word "
            "(.docx). Mengganti nama "
            "berkas saja tidak mengubah isinya.",
        ),
        "en": Words(
            title="“{subject}” is not a Word document",
            found="what the file holds: {kind:k}",
            rule=_RULE_EN,
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
        },
        "page": {
            "id": Words(
                title="Naskah “{subject}” bukan dokumen Word",
                found="isi berkasnya: {kind:k}, walaupun Word dapat membukanya",
                rule=_RULE_ID,
                fix="Buka berkas itu di Word pada komputer, pilih File > Simpan Sebagai (Save As), ubah "
                "jenisnya (Save as type) menjadi Dokumen Word (.docx), lalu kirim berkas .docx tersebut. "
                "Mengganti nama berkas saja tidak mengubah isinya.",
            ),
            "en": Words(
                title="“{subject}” is not a Word document",
                found="what the file holds: {kind:k}, although Word opens it",
                rule=_RULE_EN,
                fix="Open it in Word on a computer, choose File > Save As, change Save as type to Word "
                "Document (.docx), and send that file. Renaming a file does not change its content.",
            ),
        },
        "opendocument": {
            "id": Words(
                title="Naskah “{subject}” bukan dokumen Word",
                found="isi berkasnya: {kind:k}",
                rule=_RULE_ID,
                fix="Di LibreOffice atau OpenOffice, pilih File > Simpan Sebagai (Save As), pilih jenis "
                "Word 2007-365 (.docx), lalu kirim berkas .docx tersebut. Di Word: File > Simpan Sebagai > "
                "Dokumen Word (.docx).",
            ),
            "en": Words(
                title="“{subject}” is not a Word document",
                found="what the file holds: {kind:k}",
                rule=_RULE_EN,
                fix="In LibreOffice or OpenOffice choose File > Save As, pick the type Word 2007-365 (.docx), "
                "and send that file. In Word: File > Save As > Word Document (.docx).",
            ),
        },
        "other": {
            "id": Words(
                title="Naskah “{subject}” bukan dokumen Word",
                found="isi berkasnya: dokumen {kind:k}",
                rule=_RULE_ID,
                fix="Buka naskah di {kind:k} atau di LibreOffice pada komputer, pilih File > Simpan Sebagai "
                "(Save As) > Word, lalu kirim berkas Word itu.",
            ),
            "en": Words(
                title="“{subject}” is not a Word document",
                found="what the file holds: a {kind:k} document",
                rule=_RULE_EN,
                fix="Open it in {kind:k} or in LibreOffice on a computer, choose File > Save As > Word, and "
                "send that Word file.",
            ),
        },
        "pages": {
            "id": Words(
                title="Naskah “{subject}” bukan dokumen Word",
                found="isi berkasnya: dokumen {kind:k}",
                rule=_RULE_ID,
                fix="Buka naskah di Pages. Di Mac: File > Ekspor ke (Export To) > Word. Di iPhone atau iPad: "
                "tombol Lainnya (…) > Ekspor > Word. Lalu kirim berkas .docx tersebut.",
            ),
            "en": Words(
                title="“{subject}” is not a Word document",
                found="what the file holds: a document of {kind:k}",
                rule=_RULE_EN,
                fix="Open it in Pages. On a Mac: File > Export To > Word. On an iPhone or iPad: More (…) > "
                "Export > Word. Then send that .docx file.",
            ),
        },
        "google": {
            "id": Words(
                title="Isi naskah “{subject}” tidak ikut terkirim",
                found="berkasnya hanya penunjuk ke Google Dokumen, tanpa isi naskah",
                rule=_RULE_ID,
                fix="Buka naskah di Google Dokumen. Di komputer: File > Download > Microsoft Word (.docx). Di "
                "ponsel: titik tiga > Bagikan & ekspor > Simpan sebagai > Word (.docx). Lalu kirim berkas "
                ".docx tersebut.",
            ),
            "en": Words(
                title="The text of “{subject}” did not come along",
                found="the file is only a pointer to a Google document, without the text",
                rule=_RULE_EN,
                fix="Open it in Google Docs. On a computer: File > Download > Microsoft Word (.docx). On a "
                "phone: the three dots > Share & export > Save as > Word (.docx). Then send that .docx file.",
            ),
        },
        "shortcut": {
            "id": Words(
                title="Isi naskah “{subject}” tidak ikut terkirim",
                found="berkasnya hanya pintasan (shortcut) ke berkas lain, tanpa isi naskah",
                rule=_RULE_ID,
                fix="Di komputer tempat naskah disimpan, klik kanan pintasan itu, pilih Buka lokasi berkas "
                "(Open file location), lalu lampirkan berkas Word yang ada di sana.",
            ),
            "en": Words(
                title="The text of “{subject}” did not come along",
                found="the file is only a shortcut to another file, without the text",
                rule=_RULE_EN,
                fix="On the computer that holds the text, right-click the shortcut, choose Open file "
                "location, and attach the Word file you find there.",
            ),
        },
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
        *(
            Example(
                what=kind,
                submission=make_submission(
                    documents=(make_document(name="Warta", kind=kind, readable=False),)
                ),
                says=("Warta",),
            )
            for kind in ("html", "fodt", "works", "pages", "gdoc", "shortcut")
        ),
        Example(
            what="a damaged Word document is N003",
            submission=make_submission(documents=(make_document(kind="broken", readable=False),)),
        ),
    ),
)
