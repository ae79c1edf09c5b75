"""Submissions for the desk's tests, filed without a mail being read: real rules judge what the test
says was read."""

from collections.abc import Sequence

from desk.store.submissions import submission_rows
from redaksi.model import Assessment, Photo, Verdict
from tests import builders
from tests.filing import examination, file
from tests.postoffice import Bench
from validators.registry import check, make_rulebook

TEXT = ("Warga Kubu Raya menanam pohon.", "Penanaman selesai hari itu juga.")


def small_photo(name: str = "IMG_1.jpg") -> Photo:
    """A photo that must be sent anew."""
    return builders.photo(name=name, width=800, height=600)


def assess(
    *, photos: Sequence[Photo] = (), title: str = "Warga Menanam Pohon", verdict: Verdict = "review"
) -> Assessment:
    """What the rules say of an article with these photos; none: one that is good."""
    article = builders.document(
        title=title,
        paragraphs=tuple(
            builders.paragraph(text, number=number) for number, text in enumerate(TEXT, 1)
        ),
    )
    read = builders.submission(
        documents=(article,), photos=tuple(photos) or (builders.photo(),), title=title
    )
    return Assessment(submission=read, findings=check(read, make_rulebook({})), decision=verdict)


def take_in(
    on: Bench, assessment: Assessment | None = None, *, uid: int = 1, into: int | None = None
) -> tuple[int, str]:
    """File a submission, or another revision of one (`into`); its id and number."""
    judged = assessment if assessment is not None else assess()
    (filed,) = file(on.app.store, on.now, examination(judged), uid=uid, into=into).submissions
    return filed.id, filed.number


def see(on: Bench, submission_id: int = 1) -> submission_rows.Stand:
    """How far a submission is."""
    with on.app.store.read() as tx:
        return submission_rows.get_stand(tx, submission_id)
