"""A submission has a document.

The redaksi's first rule asks for a Word document. Nothing in the submission could be the article.
When the mail holds links instead (P001), or an attachment that could not be opened (P002) or is not
read (P003), that is told and this is not.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator

from redaksi.companions import find_brought
from redaksi.model import Other, Submission
from redaksi.named_kinds import find_named
from redaksi.reasons import ReasonCode, explain
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_submission
from validators.seen import find_closed
from validators.steps import ATTACH, COPY_ALL, SAVE_AS_WORD


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Nothing that could be the article, and no better reason to tell."""
    if submission.documents or find_closed(submission) or submission.may_hold("article"):
        return
    if (submission.links and not submission.typed) or find_named(submission):
        return
    others = "|".join(other.name for other in find_brought(submission)[:5])
    if submission.typed:
        yield Observed(facts={"case": "body", "others": others})
    else:
        yield Observed(facts={"others": others})


_RULE_ID = "naskah berupa dokumen Word (.doc atau .docx)"
_RULE_EN = "the text is a Word document (.doc or .docx)"
RULE = Rule(
    code="N001",
    name="document-missing",
    section="document",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Dokumen Word belum terlampir",
            found="tidak ada dokumen naskah pada kiriman ini[; berkas lain yang terlampir: {others:and}]",
            rule=_RULE_ID,
            fix=f"Simpan naskah sebagai dokumen Word. {SAVE_AS_WORD['id']} {ATTACH['id']} Bila naskahnya ditulis "
            "di badan surel, salinlah ke dokumen baru dulu.",
        ),
        "en": Words(
            title="No Word document attached",
            found="there is no document with the text in this submission[; other files attached: {others:and}]",
            rule=_RULE_EN,
            fix=f"Save the text as a Word document. {SAVE_AS_WORD['en']} {ATTACH['en']} If the text is in the "
            "body of your e-mail, copy it into a new document first.",
        ),
    },
    variants={
        "body": {
            "id": Words(
                title="Naskah belum berupa dokumen Word",
                found="naskahnya tertulis di badan surel, bukan di dokumen terlampir"
                "[; berkas lain yang terlampir: {others:and}]",
                rule=_RULE_ID,
                fix="Pindahkan naskah ke dokumen Word. Di HP: buka surel yang Bapak/Ibu kirim, "
                f"{COPY_ALL['id']}. Word dan WPS Office menyimpannya sebagai .docx; di Google Dokumen: ⋮ > Bagikan & ekspor "
                f"(Share & export) > Simpan sebagai (Save as) > Word (.docx). {ATTACH['id']}",
            ),
            "en": Words(
                title="The text is not in a Word document yet",
                found="the text is written in the body of the e-mail, not in an attached document"
                "[; other files attached: {others:and}]",
                rule=_RULE_EN,
                fix="Move the text into a Word document. On a phone: open the e-mail you sent, "
                f"{COPY_ALL['en']}. Word and WPS Office save it as .docx; in Google Docs: ⋮ > Share & export > Save as > Word "
                f"(.docx). {ATTACH['en']}",
            ),
        },
    },
    examples=(
        Example(what="a document is there", submission=make_submission()),
        Example(
            what="photos without a document", submission=make_submission(documents=()), says=("",)
        ),
        Example(
            what="only a program",
            submission=make_submission(
                documents=(),
                others=(
                    Other(
                        name="pasang.exe", kind="exe", sha256="", why=explain(ReasonCode.NEITHER)
                    ),
                ),
            ),
            says=("",),
        ),
        Example(
            what="only a spreadsheet is P003",
            submission=make_submission(
                documents=(),
                others=(
                    Other(
                        name="daftar.xlsx",
                        kind="xlsx",
                        sha256="",
                        why=explain(ReasonCode.SPREADSHEET),
                    ),
                ),
            ),
        ),
        Example(
            what="the article stands in the mail",
            submission=make_submission(documents=(), photos=(), typed=1800),
            says=("",),
        ),
        Example(
            what="a link instead is P001",
            submission=make_submission(documents=(), links=("Google Drive (drive.google.com)",)),
        ),
    ),
)
