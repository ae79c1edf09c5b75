"""The author is named.

Noted, never a reason to return: an editor can ask.

Source: decisions.md, row "byline".
"""

from collections.abc import Iterator

from redaksi.model import Person, Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission
from validators.seen import find_article


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """No author line in a text that was read."""
    document = find_article(submission)
    if document is not None and (document.byline is None or not document.byline.name.strip()):
        yield Observed(subject=document.name)


RULE = Rule(
    code="N009",
    name="byline-missing",
    section="byline",
    severity="advice",
    check=check,
    message={
        "id": Words(
            title="Nama penulis belum dicantumkan",
            found="tidak ada baris Penulis pada naskah",
            rule="nama dan peran penulis dicantumkan",
            fix="Cukup balas surel ini dengan nama lengkap, jabatan, dan lembaga atau provinsi penulisnya.",
        ),
        "en": Words(
            title="The author is not named",
            found="the text has no author line",
            rule="the author’s name and role are given",
            fix="Just reply with the author’s full name, role, and organisation or province.",
        ),
    },
    examples=(
        Example(what="an author line", submission=make_submission()),
        Example(
            what="none",
            submission=make_submission(documents=(make_document(byline=None),)),
            says=("Warta.docx",),
        ),
        Example(
            what="a role without a name",
            submission=make_submission(documents=(make_document(byline=Person()),)),
            says=("Warta.docx",),
        ),
        Example(
            what="not judged yet",
            submission=make_submission(documents=(make_document(byline=None, judged=False),)),
        ),
    ),
)
