"""Several mails that are one submission without answering each other: of one thing, shortly
after one another."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from desk.domain.match import NEEDS_MATCHING, Incoming, Known, Match, match, part_of
from redaksi.model import Document, Label, Other, Paragraph, Photo, Run, Submission
from redaksi.reasons import ReasonCode, explain
from redaksi.states import State

ANI, BUDI = "ani@kontributor.example", "budi@lain.example"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SETTLE = timedelta(minutes=10)


def words(text: str, sha: str) -> Submission:
    paragraph = Paragraph(runs=(Run(text=text, font="Times New Roman", size=12.0),), number=1)
    return Submission(
        documents=(Document(name=f"{sha}.docx", kind="docx", sha256=sha, paragraphs=(paragraph,)),)
    )


ARTICLE = words(
    "Warga Siantan Hulu membangun saluran air secara gotong royong pada hari Minggu pagi", "a"
)
SECOND = words(
    "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama", "b"
)
PHOTOS = Submission(photos=(Photo(name="Foto 1.jpg", kind="jpeg", sha256="p"),))
MORE = Submission(photos=(Photo(name="Foto 2.jpg", kind="jpeg", sha256="q"),))
CAPTIONS = Submission(orphans=(Label(text="Warga bekerja.", key="Foto 1.jpg", source="body"),))
PDF = Submission(
    others=(
        Other(
            name="naskah.pdf",
            kind="pdf",
            sha256="f",
            why=explain(ReasonCode.COPY_BESIDE_WORD, kind="pdf"),
        ),
    )
)


def known(submission: Submission = ARTICLE, state: State = "revising", **differs: object) -> Known:
    plain = Known(
        id=7,
        number="W-2026-0007",
        state=state,
        participants=frozenset({ANI}),
        submission=submission,
        decision="accept" if state == "review" else "revise",
        arrived=NOON,
    )
    return structs.replace(plain, **differs)


def mail(submission: Submission = PHOTOS, minutes: float = 2, **differs: object) -> Incoming:
    arrived = NOON + timedelta(minutes=minutes)
    plain = Incoming(
        sender=ANI, authenticated=True, submission=submission, arrived=arrived, settle=SETTLE
    )
    return structs.replace(plain, **differs)


TOGETHER, PAIRED = (
    Match(id=7, by="settle"),
    Match(doubt=NEEDS_MATCHING, candidates=("W-2026-0007", "W-2026-0008")),
)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (ARTICLE, PHOTOS),
        (PHOTOS, ARTICLE),
        (PHOTOS, MORE),
        (ARTICLE, CAPTIONS),
        (Submission(), ARTICLE),
    ],
)
def test_mails_with_one_article_between_them_are_one_submission(
    before: Submission, now: Submission
) -> None:
    assert match(mail(now), [known(before)]) == TOGETHER


def test_two_articles_are_two_submissions() -> None:
    assert match(mail(SECOND), [known()]) == Match()


def test_an_article_that_cannot_be_read_is_one_too() -> None:
    assert match(mail(PDF), [known()]) == Match()


def test_a_mail_that_brings_nothing_is_joined_with_nothing() -> None:
    assert match(mail(Submission()), [known()]) == Match()


@pytest.mark.parametrize(
    ("minutes", "joined"), [(-9.9, True), (9.9, True), (10.1, False), (-10.1, False)]
)
def test_the_window_is_settle_wide_whichever_mail_came_first(minutes: float, joined: bool) -> None:
    assert (match(mail(minutes=minutes), [known()]) == TOGETHER) is joined


def test_without_a_window_nothing_is_joined() -> None:
    assert match(mail(minutes=0, settle=timedelta(0)), [known()]) == Match()


def test_another_sender_is_another_submission() -> None:
    assert match(mail(sender=BUDI), [known()]) == Match()


def test_a_sender_who_may_be_forged_joins_nothing() -> None:
    assert match(mail(authenticated=False), [known()]) == Match()


def test_what_was_accepted_takes_more_photos() -> None:
    assert match(mail(), [known(state="review")]) == TOGETHER
    assert match(mail(SECOND), [known(state="review")]) == Match()


def test_what_an_editor_was_asked_about_takes_nothing() -> None:
    assert match(mail(), [known(state="review", decision="review")]) == Match()


def test_of_two_it_fills_the_gap_of_the_one_that_has_it() -> None:
    whole = known(structs.replace(SECOND, photos=PHOTOS.photos), id=8, number="W-2026-0008")
    assert match(mail(), [known(), whole]) == TOGETHER


def test_where_two_have_the_same_gap_an_editor_decides() -> None:
    assert match(mail(), [known(), known(SECOND, id=8, number="W-2026-0008")]) == PAIRED


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("Warta Palu bagian 1/2", ("warta palu", 1, 2)),
        ("Warta Palu (Bagian 2 dari 3)", ("warta palu", 2, 3)),
        ("Part 1/2: Warta Palu", ("warta palu", 1, 2)),
        ("Warta Palu (1/2)", ("warta palu", 1, 2)),
        ("[2/2] Warta Palu", ("warta palu", 2, 2)),
        ("Warta Palu 1/2", None),
        ("Warta RT 03/RW 02", None),
        ("Warta (3/2)", None),
        ("Warta (1/2) (2/2)", None),
        ("Warta (23/11/2026)", None),
        ("", None),
    ],
)
def test_a_part_is_told_by_its_subject(subject: str, told: tuple[str, int, int] | None) -> None:
    assert part_of(subject) == told


def test_parts_of_one_subject_are_one_submission_also_after_the_window() -> None:
    before = known(subject="Warta Palu (1/2)")
    assert match(mail(subject="Warta Palu (2/2)", minutes=60), [before]) == Match(id=7, by="part")


@pytest.mark.parametrize("subject", ["Warta Bone (2/2)", "Warta Palu (2/3)", "Warta Palu (1/2)"])
def test_what_is_no_other_part_of_it_is_not_joined(subject: str) -> None:
    assert match(mail(subject=subject), [known(subject="Warta Palu (1/2)")]) == Match()


# ── what a submission still lacks ─────────────────────────────────────────────────────────────────


DAYS = 60 * 24 * 3  # minutes


@pytest.mark.parametrize("now", [ARTICLE, PHOTOS])
def test_what_was_not_attached_is_known_days_later(now: Submission) -> None:
    assert match(mail(now, minutes=DAYS), [known(Submission(), "incomplete")]) == Match(
        id=7, by="lacks"
    )


@pytest.mark.parametrize(("before", "now"), [(ARTICLE, PHOTOS), (PHOTOS, ARTICLE)])
def test_whose_photos_or_article_they_are_only_an_editor_can_see(
    before: Submission, now: Submission
) -> None:
    told = match(mail(now, minutes=DAYS), [known(before, "incomplete")])
    assert told == Match(doubt=NEEDS_MATCHING, candidates=("W-2026-0007",))


@pytest.mark.parametrize(
    "sent",
    [
        Submission(links=("Google Drive (drive.google.com)",)),
        Submission(
            others=(
                Other(
                    name="a.rar",
                    kind="rar",
                    sha256="r",
                    why=explain(ReasonCode.ARCHIVE_KIND, kind="rar"),
                ),
            )
        ),
        PDF,
    ],
)
def test_a_link_or_an_archive_was_an_article_too(sent: Submission) -> None:
    whole = structs.replace(SECOND, photos=PHOTOS.photos)
    assert match(mail(whole, minutes=DAYS), [known(sent, "incomplete")]) == Match()
    assert match(mail(whole), [known(sent, "incomplete")]) == Match()


def test_nothing_is_missing_for_ever() -> None:
    assert match(mail(PHOTOS, minutes=60 * 24 * 15), [known(ARTICLE, "revising")]) == Match()


def test_where_two_submissions_lack_it_an_editor_pairs() -> None:
    two = [known(), known(SECOND, id=8, number="W-2026-0008")]
    assert match(mail(PHOTOS, minutes=600), two) == PAIRED


def test_what_has_photos_lacks_none() -> None:
    whole = structs.replace(ARTICLE, photos=PHOTOS.photos)
    assert match(mail(MORE, minutes=600), [known(whole)]) == Match()


def test_a_whole_submission_fills_no_gap() -> None:
    whole = structs.replace(SECOND, photos=PHOTOS.photos)
    assert match(mail(whole, minutes=600), [known(ARTICLE)]) == Match()
