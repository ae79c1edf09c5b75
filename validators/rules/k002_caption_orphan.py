"""A caption names a file that is attached.

Advice: a wrong name is easily mended by an editor.

Source: decisions.md, row "captions".
"""

from collections.abc import Iterator

from redaksi.model import Label, Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_submission
from validators.seen import find_closed


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Captions whose file or number is not among the photos; silent where photos may be
    elsewhere."""
    if submission.doubts or submission.links or find_closed(submission):
        return
    for key in dict.fromkeys(label.key for label in submission.orphans if label.key.strip()):
        yield Observed(facts={"key": key})


RULE = Rule(
    code="K002",
    name="caption-orphan",
    section="caption_orphan",
    severity="advice",
    check=check,
    message={
        "id": Words(
            title="Keterangan tanpa fotonya",
            found="ada keterangan untuk “{key}”, tetapi foto itu tidak ditemukan di lampiran",
            rule="nama pada keterangan sama dengan nama berkas foto",
            fix="Bila foto itu memang ada, lampirkan pada surel balasan; bila tidak, abaikan saja.",
        ),
        "en": Words(
            title="A caption without its photo",
            found="there is a caption for “{key}”, but no such photo was found attached",
            rule="the name in the caption is the same as the photo’s file name",
            fix="If there is such a photo, attach it to a reply; if not, ignore this.",
        ),
    },
    examples=(
        Example(what="every caption has its photo", submission=make_submission()),
        Example(
            what="a file not attached",
            submission=make_submission(orphans=(Label(text="Warga.", key="IMG_9.jpg"),)),
            says=("",),
        ),
    ),
)
