"""Files are attached, not linked to.

Links are not opened. Told only where the document or all photos are lacking.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator

from redaksi.model import Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_submission
from validators.seen import find_closed, find_pictures_inside


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Links to a file service while something is lacking."""
    if not submission.links or find_closed(submission):
        return
    if not submission.documents:
        yield Observed(facts={"services": "|".join(submission.links[:5])})
    elif (
        not submission.photos
        and not find_pictures_inside(submission)
        and "photos-shared-out" not in submission.doubts
    ):
        yield Observed(facts={"case": "photos", "services": "|".join(submission.links[:5])})


RULE = Rule(
    code="P001",
    name="link-instead-of-files",
    section="link",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Naskah belum terlampir, hanya ada tautan",
            found="ada tautan ke {services:and}, sedangkan dokumennya tidak terlampir",
            rule="naskah dan foto dilampirkan pada surel",
            fix="Unduh berkasnya, lalu lampirkan pada surel balasan. Demi keamanan, kami tidak membuka tautan. Di "
            "Gmail: Lampirkan file (Attach files), bukan Sisipkan file menggunakan Drive (Insert files using "
            "Drive).",
        ),
        "en": Words(
            title="The text is not attached, there is only a link",
            found="there is a link to {services:and}, but the document is not attached",
            rule="text and photos are attached to the e-mail",
            fix="Download the files and attach them to your reply. For safety we do not open links. In Gmail: Attach "
            "files, not Insert files using Drive.",
        ),
    },
    variants={
        "photos": {
            "id": Words(
                title="Foto belum terlampir, hanya ada tautan",
                found="ada tautan ke {services:and}, sedangkan fotonya tidak terlampir",
                rule="naskah dan foto dilampirkan pada surel",
                fix="Unduh fotonya, lalu lampirkan pada surel balasan. Demi keamanan, kami tidak membuka tautan. Di "
                "Gmail: Lampirkan file (Attach files), bukan Sisipkan file menggunakan Drive (Insert files using "
                "Drive).",
            ),
            "en": Words(
                title="No photo is attached, there is only a link",
                found="there is a link to {services:and}, but no photo is attached",
                rule="text and photos are attached to the e-mail",
                fix="Download the photos and attach them to your reply. For safety we do not open links. "
                "In Gmail: Attach"
                " files, not Insert files using Drive.",
            ),
        },
    },
    examples=(
        Example(
            what="a link beside the files",
            submission=make_submission(links=("Google Drive (drive.google.com)",)),
        ),
        Example(
            what="a link alone",
            submission=make_submission(
                documents=(), photos=(), links=("Google Drive (drive.google.com)",)
            ),
            says=("",),
        ),
        Example(
            what="photos by link",
            submission=make_submission(photos=(), links=("WeTransfer (we.tl)",)),
            says=("",),
        ),
    ),
)
