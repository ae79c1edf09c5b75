"""The document is a Word document, by its content and whatever its name.

PDF, OpenDocument, RTF, a web page and their like are named for what they are. Word 95 and older are
Word, but a format that is no longer read: the sentence says so and does not claim otherwise. A
pointer (.gdoc, a shortcut) holds no text at all. What only a computer can open is asked of a
computer.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator, Mapping

from redaksi.model import Submission
from redaksi.reasons import ReasonCode, explain
from validators.kinds import LOCKED, SHAPELESS, WORD
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission
from validators.steps import COPY_ALL

_CASES: Mapping[str, str] = {
    **dict.fromkeys(("word95", "word6", "word2", "word-dos", "word-mac", "wordml"), "old"),
    **dict.fromkeys(("html", "mhtml"), "web"),
    **dict.fromkeys(("wordperfect", "works", "postscript"), "foreign"),
    **dict.fromkeys(("odt", "fodt"), "opendocument"),
    "pdf": "pdf",
    "pages": "pages",
    "gdoc": "pointer",
    "shortcut": "shortcut",
}


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """The document could not be read because of what it is."""
    document = submission.document
    if document is None or document.readable or document.hostile:
        return
    if document.kind in WORD | SHAPELESS | LOCKED:
        return
    case = _CASES.get(document.kind, "")
    yield Observed(
        subject=document.name, facts={"kind": document.kind, **({"case": case} if case else {})}
    )


_RULE_ID = "naskah berupa dokumen Word (.doc atau .docx)"
_RULE_EN = "the text is a Word document (.doc or .docx)"
_RENAMED_ID = "Mengganti nama berkas saja tidak mengubah isinya."
_RENAMED_EN = "Renaming a file does not change its content."


def _example(what: str, name: str, kind: str) -> Example:
    unread = make_document(name=name, kind=kind, readable=False)
    return Example(what=what, submission=make_submission(documents=(unread,)), says=(name,))


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
            "lampirkan berkas .docx itu. Di HP, coba buka dari Google Drive dengan Google Dokumen, lalu ⋮ > "
            "Bagikan & ekspor (Share & export) > Simpan sebagai (Save as) > Word (.docx); bila tidak bisa, mohon "
            f"kerjakan di komputer. {_RENAMED_ID}",
        ),
        "en": Words(
            title="“{subject}” is not a Word document",
            found="what the file holds: {kind:k}",
            rule=_RULE_EN,
            fix="Open it in the program it came from, choose File > Save As > Word Document (.docx), and attach that "
            ".docx file. On a phone, try to open it from Google Drive with Google Docs, then ⋮ > Share & export > "
            f"Save as > Word (.docx); if that fails, please use a computer. {_RENAMED_EN}",
        ),
    },
    variants={
        "pdf": {
            "id": Words(
                title="Naskah “{subject}” berupa PDF, bukan dokumen Word",
                found="isi berkasnya: PDF",
                rule=_RULE_ID,
                fix="Lampirkan dokumen Word tempat naskah itu diketik. Bila yang diketik ada di Google Dokumen: ⋮ > "
                "Bagikan & ekspor (Share & export) > Simpan sebagai (Save as) > Word (.docx). Bila yang ada hanya "
                "PDF-nya, mohon minta dokumen Word-nya kepada yang mengetik, atau buka PDF itu di Word di komputer, "
                f"simpan sebagai .docx, dan periksa hasilnya. {_RENAMED_ID}",
            ),
            "en": Words(
                title="“{subject}” is a PDF, not a Word document",
                found="what the file holds: PDF",
                rule=_RULE_EN,
                fix="Attach the Word document the text was typed in. If it was typed in Google Docs: ⋮ > Share & "
                "export > Save as > Word (.docx). If there is only the PDF, please ask whoever typed it for the Word "
                "document, or open the PDF in Word on a computer, save it as .docx, and check the result. "
                f"{_RENAMED_EN}",
            ),
        },
        "web": {
            "id": Words(
                title="Naskah “{subject}” berupa laman web, bukan dokumen Word",
                found="isi berkasnya: {kind:k}",
                rule=_RULE_ID,
                fix="Di komputer: buka berkas itu di Word, lalu File > Simpan Sebagai (Save As) > Dokumen Word "
                f"(.docx). Di HP: buka berkasnya, {COPY_ALL['id']}. Lampirkan berkas .docx-nya pada surel balasan.",
            ),
            "en": Words(
                title="“{subject}” is a web page, not a Word document",
                found="what the file holds: {kind:k}",
                rule=_RULE_EN,
                fix="On a computer: open the file in Word, then File > Save As > Word Document (.docx). On a phone: "
                f"open it, {COPY_ALL['en']}. Attach the .docx file to your reply.",
            ),
        },
        "opendocument": {
            "id": Words(
                title="Naskah “{subject}” bukan dokumen Word",
                found="isi berkasnya: {kind:k}",
                rule=_RULE_ID,
                fix="Di komputer, di LibreOffice: File > Simpan Sebagai (Save As), pilih jenis Word 2007-365 (.docx). Di "
                "HP: bila naskahnya dapat dibuka di Google Dokumen, ⋮ > Bagikan & ekspor (Share & export) > Simpan "
                "sebagai (Save as) > Word (.docx); bila tidak, mohon kerjakan di komputer. Lampirkan berkas .docx itu "
                "pada surel balasan.",
            ),
            "en": Words(
                title="“{subject}” is not a Word document",
                found="what the file holds: {kind:k}",
                rule=_RULE_EN,
                fix="On a computer, in LibreOffice: File > Save As, type Word 2007-365 (.docx). On a phone: if Google "
                "Docs opens it, ⋮ > Share & export > Save as > Word (.docx); if not, please use a computer. Attach "
                "that .docx file to your reply.",
            ),
        },
        "pages": {
            "id": Words(
                title="Naskah “{subject}” berupa dokumen Pages (Apple), bukan dokumen Word",
                found="isi berkasnya: {kind:k}",
                rule=_RULE_ID,
                fix="Di iPhone atau iPad, buka naskah di Pages: ⋯ > Ekspor (Export) > Word; di Mac: File > Ekspor Ke "
                "(Export To) > Word. Lampirkan berkas .docx-nya pada surel balasan.",
            ),
            "en": Words(
                title="“{subject}” is a Pages (Apple) document, not a Word document",
                found="what the file holds: {kind:k}",
                rule=_RULE_EN,
                fix="On an iPhone or iPad, open it in Pages: ⋯ > Export > Word; on a Mac: File > Export To > Word. "
                "Attach the .docx file to your reply.",
            ),
        },
        "foreign": {
            "id": Words(
                title="Naskah “{subject}” bukan dokumen Word",
                found="isi berkasnya: {kind:k}",
                rule=_RULE_ID,
                fix="Buka di program asalnya; bila tidak dapat dibuka di HP, mohon di komputer, misalnya dengan "
                "LibreOffice. Pilih File > Simpan Sebagai (Save As) > Dokumen Word (.docx), lalu lampirkan berkas "
                f".docx itu. {_RENAMED_ID}",
            ),
            "en": Words(
                title="“{subject}” is not a Word document",
                found="what the file holds: {kind:k}",
                rule=_RULE_EN,
                fix="Open it in the program it came from; if the phone cannot open it, please use a computer, with "
                "LibreOffice for example. Choose File > Save As > Word Document (.docx), and attach that .docx file. "
                f"{_RENAMED_EN}",
            ),
        },
        "pointer": {
            "id": Words(
                title="Isi naskah “{subject}” tidak ikut terkirim",
                found="berkasnya hanya penunjuk ke Google Dokumen, tanpa isi naskah",
                rule=_RULE_ID,
                fix="Buka naskahnya di Google Dokumen. Di HP: ⋮ > Bagikan & ekspor (Share & export) > Simpan sebagai "
                "(Save as) > Word (.docx); di komputer: File > Download > Microsoft Word (.docx). Lampirkan berkas "
                ".docx itu pada surel balasan.",
            ),
            "en": Words(
                title="The text of “{subject}” did not come along",
                found="the file only points to a Google document and holds no text",
                rule=_RULE_EN,
                fix="Open the text in Google Docs. On a phone: ⋮ > Share & export > Save as > Word (.docx); on a "
                "computer: File > Download > Microsoft Word (.docx). Attach that .docx file to your reply.",
            ),
        },
        "shortcut": {
            "id": Words(
                title="Isi naskah “{subject}” tidak ikut terkirim",
                found="berkasnya hanya pintasan (shortcut) ke berkas lain, tanpa isi naskah",
                rule=_RULE_ID,
                fix="Buka berkas yang dituju pintasan itu: di komputer, klik kanan > Buka lokasi file (Open file "
                "location); bila menuju laman web, buka lamannya, lalu unduh berkasnya. Lampirkan dokumen Word itu "
                "pada surel balasan.",
            ),
            "en": Words(
                title="The text of “{subject}” did not come along",
                found="the file is only a shortcut to another file and holds no text",
                rule=_RULE_EN,
                fix="Open the file that the shortcut points to: on a computer, right-click > Open file location; where "
                "it points to a web page, open that page and download the file. Attach that Word document to your "
                "reply.",
            ),
        },
        "old": {
            "id": Words(
                title="Naskah “{subject}” berformat Word lama",
                found="format berkasnya, {kind:k}, belum dapat kami baca",
                rule="naskah berupa dokumen Word (.docx, atau .doc dari Word 97 ke atas)",
                fix="Di HP berkas ini umumnya tidak dapat dibuka, jadi mohon dikerjakan di komputer: buka di Word atau "
                "LibreOffice, pilih File > Simpan Sebagai (Save As) > Dokumen Word (.docx), lalu lampirkan berkas "
                ".docx itu.",
            ),
            "en": Words(
                title="“{subject}” is in an old Word format",
                found="we cannot read its format yet: {kind:k}",
                rule="the text is a Word document (.docx, or .doc from Word 97 or later)",
                fix="Phones can seldom open such a file, so please use a computer: open it in Word or LibreOffice, "
                "choose File > Save As > Word Document (.docx), and attach that .docx file.",
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
        _example("Word 95", "Warta.doc", "word95"),
        _example("OpenDocument", "Warta.odt", "odt"),
        _example("WordPerfect, which a phone cannot open", "Warta.wpd", "wordperfect"),
        _example("Apple Pages", "Warta.pages", "pages"),
        _example("a web page saved from a browser", "Warta.mhtml", "mhtml"),
        _example("what Google Drive keeps of a document on a computer", "Warta.gdoc", "gdoc"),
        _example("a shortcut of Windows", "Warta.docx.lnk", "shortcut"),
        Example(
            what="a damaged Word document is N003",
            submission=make_submission(documents=(make_document(kind="broken", readable=False),)),
        ),
    ),
)
