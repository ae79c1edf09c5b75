"""A submission has one document.

Only where several readable documents could each be the article and nothing told them apart. An
editor chooses; the contributor is not returned for it.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator

from redaksi.model import Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Assembling was in doubt which document is the article."""
    readable = [document.name for document in submission.documents if document.readable]
    if len(readable) > 1 and {"several-documents", "several-versions"} & set(submission.doubts):
        yield Observed(facts={"count": str(len(readable)), "names": "|".join(readable[:5])})


_TWO = (make_document(name="Warta.docx"), make_document(name="Warta baru.docx", sha256="e" * 64))
RULE = Rule(
    code="N004",
    name="one-document",
    section="one_document",
    severity="advice",
    check=check,
    message={
        "id": Words(
            title="Ada beberapa dokumen",
            found="yang mungkin menjadi naskahnya: {names:and}",
            rule="satu kiriman berisi satu naskah",
            fix="Beri tahu kami lewat surel balasan dokumen mana yang menjadi naskah.",
        ),
        "en": Words(
            title="There are several documents",
            found="these could be the text: {names:and}",
            rule="a submission holds one text",
            fix="Tell us in a reply which document is the text.",
        ),
    },
    examples=(
        Example(what="one document", submission=make_submission()),
        Example(
            what="two, and no telling which",
            submission=make_submission(documents=_TWO, doubts=("several-documents",)),
            says=("",),
        ),
        Example(what="two that were told apart", submission=make_submission(documents=_TWO)),
    ),
)
