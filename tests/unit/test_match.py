"""Where an incoming mail belongs, and where it must not get in."""

import pytest
from msgspec import structs

from desk.domain.match import NEEDS_MATCHING, Incoming, Known, Match, match, numbers_in
from desk.domain.similarity import measure_similarity, stem
from redaksi.model import Document, Paragraph, Photo, Run, Submission
from redaksi.states import STATES, State

ANI, BUDI = "ani@kontributor.example", "budi@lain.example"
TEXT = "Warga Siantan Hulu membangun saluran air sepanjang dua ratus meter secara gotong royong pada hari Minggu"
OTHER = "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama penyuluh dari dinas kota"


def article(name: str = "Warta Siantan.docx", text: str = TEXT, **differs: object) -> Submission:
    paragraph = Paragraph(runs=(Run(text=text, font="Times New Roman", size=12.0),), number=1)
    told = {"sha256": "a" * 64, **differs}
    document = Document(name=name, kind="docx", paragraphs=(paragraph,), **told)  # type: ignore[arg-type]
    return Submission(documents=(document,))


def known(state: State = "revising", number: str = "W-2026-0007", **differs: object) -> Known:
    plain = Known(
        id=int(number[-4:]),
        number=number,
        state=state,
        participants=frozenset({ANI}),
        submission=article(sha256="b" * 64),
    )
    return structs.replace(plain, **differs)


def mail(**differs: object) -> Incoming:
    return structs.replace(Incoming(sender=ANI, authenticated=True), **differs)


KEYED = Match(doubt=NEEDS_MATCHING, keyed=True, candidates=("W-2026-0007",))
PAIRED = Match(doubt=NEEDS_MATCHING, candidates=("W-2026-0007",))
TWO = Match(doubt=NEEDS_MATCHING, candidates=("W-2026-0007", "W-2026-0008"))


def test_an_answer_to_a_letter_of_ours_belongs_to_its_submission() -> None:
    told = mail(answers=("w-2026-0007",), authenticated=False)
    assert match(told, [known()]) == Match(id=7, by="letter")


def test_the_letter_that_is_answered_outranks_the_number_in_the_subject() -> None:
    told = mail(answers=("w-2026-0007",), subject="[W-2026-0008] naskah")
    assert match(told, [known(), known(number="W-2026-0008")]).id == 7


def test_an_outsider_who_answers_a_letter_is_paired_by_an_editor() -> None:
    assert match(mail(sender=BUDI, answers=("w-2026-0007",)), [known()]) == KEYED


def test_a_mail_to_the_plus_address_of_a_submission_belongs_to_it() -> None:
    told = mail(addressed=("w-2026-0007",), authenticated=False)
    assert match(told, [known()]) == Match(id=7, by="plus")


def test_the_letter_that_is_answered_outranks_the_address_it_was_sent_to() -> None:
    told = mail(answers=("w-2026-0008",), addressed=("w-2026-0007",))
    assert match(told, [known(), known(number="W-2026-0008")]).id == 8


def test_an_outsider_who_writes_to_a_plus_address_is_paired_by_an_editor() -> None:
    assert match(mail(sender=BUDI, addressed=("w-2026-0007",)), [known()]) == KEYED


def test_a_mail_to_the_plus_addresses_of_two_submissions_is_paired_by_an_editor() -> None:
    told = mail(addressed=("w-2026-0007", "w-2026-0008"))
    assert match(told, [known(), known(number="W-2026-0008")]) == structs.replace(TWO, keyed=True)


def test_the_number_counts_for_whom_it_was_given_to() -> None:
    assert match(mail(subject="Re: naskah [W-2026-0007]"), [known()]) == Match(id=7, by="number")


def test_a_number_in_a_subject_never_opens_someone_elses_submission() -> None:
    assert match(mail(sender=BUDI, subject="[W-2026-0007] foto"), [known()]) == KEYED


def test_a_number_counts_for_nothing_where_the_sender_may_be_forged() -> None:
    assert match(mail(subject="[W-2026-0007]", authenticated=False), [known()]) == PAIRED


def test_two_numbers_are_for_an_editor() -> None:
    told = mail(subject="W-2026-0007 dan W-2026-0008")
    assert match(told, [known(), known(number="W-2026-0008")]) == structs.replace(TWO, keyed=True)


def test_a_number_nobody_was_given_means_nothing() -> None:
    assert match(mail(subject="[W-2026-0099]"), [known()]) == Match()


@pytest.mark.parametrize("state", ["quarantined", "failed", "not_a_submission", "received"])
def test_what_is_closed_is_not_opened_by_a_mail(state: State) -> None:
    assert match(mail(answers=("w-2026-0007",)), [known(state)]) == Match()


def test_the_same_article_again_belongs_to_the_one_that_waits_for_it() -> None:
    told = mail(submission=article("Naskah baru.docx", TEXT + " kemarin pagi"))
    assert match(told, [known()]) == Match(id=7, by="similar")


def test_the_same_file_again_belongs_to_the_one_that_waits_for_it() -> None:
    shots = Submission(photos=(Photo(name="IMG_2041 (2).JPG", kind="jpeg", sha256="b" * 64),))
    waiting = structs.replace(
        article(), photos=(Photo(name="img_2041.jpeg", kind="jpeg", sha256="c" * 64),)
    )
    assert match(mail(submission=shots), [known(submission=waiting)]).by == "similar"


def test_a_photo_named_as_all_photos_are_says_nothing() -> None:
    shots = Submission(photos=(Photo(name="Foto 1.jpg", kind="jpeg", sha256="b" * 64),))
    waiting = structs.replace(
        article(), photos=(Photo(name="Foto 1.jpg", kind="jpeg", sha256="c" * 64),)
    )
    assert match(mail(submission=shots), [known(submission=waiting)]) == Match()


def test_another_article_under_the_same_file_name_is_a_new_one() -> None:
    assert match(mail(submission=article(text=OTHER)), [known()]) == Match()


@pytest.mark.parametrize(
    "state", [s for s in STATES if s not in ("revising", "incomplete", "noted")]
)
def test_only_what_waits_for_mending_is_found_by_likeness(state: State) -> None:
    assert match(mail(submission=article()), [known(state)]) == Match()


def test_likeness_counts_for_nothing_where_the_sender_may_be_forged() -> None:
    assert match(mail(submission=article(), authenticated=False), [known()]) == Match()


def test_likeness_to_someone_elses_article_counts_for_nothing() -> None:
    assert match(mail(sender=BUDI, submission=article()), [known()]) == Match()


def test_likeness_to_two_is_for_an_editor() -> None:
    assert match(mail(submission=article()), [known(), known(number="W-2026-0008")]) == TWO


def test_a_mail_about_nothing_known_is_a_new_submission() -> None:
    assert match(mail(submission=article()), []) == Match()


@pytest.mark.parametrize(
    "name",
    [
        "IMG_2041.jpg",
        "img_2041.JPEG",
        "IMG_2041 (1).jpg",
        "IMG_2041(2).png",
        "IMG 2041.jpg",
        "IMG_2041 - Copy.jpg",
    ],
)
def test_a_stem_is_what_stays_when_a_file_is_sent_again(name: str) -> None:
    assert stem(name) == "img 2041"


def test_numbers_are_found_as_words() -> None:
    assert numbers_in("Re: [w-2026-0143] XW-2026-0144 W-2026-0145-a W-2026-01") == {"w-2026-0143"}


def test_likeness_of_texts() -> None:
    assert measure_similarity(TEXT, TEXT.upper()) == 1
    assert measure_similarity(TEXT, OTHER) == 0
    assert measure_similarity(TEXT, "tiga kata saja") is None


# ── a thread of the sender's own; the same files again ────────────────────────────────────────────


def test_an_answer_to_a_mail_of_ones_own_belongs_to_what_it_is_part_of() -> None:
    told = mail(thread=("<1@k.example>",))
    assert match(told, [known(mails=frozenset({"<1@k.example>"}))]) == Match(id=7, by="thread")


def test_an_unauthenticated_answer_to_a_mail_of_somebodys_opens_nothing() -> None:
    told = mail(thread=("<1@k.example>",), authenticated=False)
    assert match(told, [known(mails=frozenset({"<1@k.example>"}))]) == Match()


def test_a_strangers_answer_to_a_mail_of_somebodys_opens_nothing() -> None:
    told = mail(sender=BUDI, thread=("<1@k.example>",))
    assert match(told, [known(mails=frozenset({"<1@k.example>"}))]) == Match()


@pytest.mark.parametrize(
    "state", ["revising", "review", "scheduled", "published", "declined", "withdrawn"]
)
def test_the_same_bytes_again_are_known_in_every_state(state: State) -> None:
    told = mail(submission=article(sha256="b" * 64))
    assert match(told, [known(state)]) == Match(id=7, by="same")


def test_the_same_file_name_with_half_of_the_text_and_another_title_is_paired_by_an_editor() -> (
    None
):
    half = f"{TEXT} {OTHER} {OTHER.replace('Tallo', 'Losari')} dan seterusnya sampai sore"
    told = structs.replace(article(text=half), title="Warga Losari")
    assert match(mail(submission=told), [known()]) == PAIRED
    same = structs.replace(article(text=half), title="")
    assert match(mail(submission=same), [known()]) == Match(id=7, by="similar")


def test_an_answer_to_ones_own_mail_with_two_articles_is_paired_by_an_editor() -> None:
    mails = frozenset({"<1@k.example>"})
    two = [known(mails=mails), known(number="W-2026-0008", mails=mails)]
    assert match(mail(thread=("<1@k.example>",)), two) == structs.replace(TWO, keyed=True)
    dead = known("not_a_submission", "W-2026-0009", mails=mails)
    assert match(mail(thread=("<1@k.example>",)), [known(mails=mails), dead]).id == 7
    nearer = known(number="W-2026-0008", mails=frozenset({"<2@k.example>"}))
    assert (
        match(mail(thread=("<2@k.example>", "<1@k.example>")), [known(mails=mails), nearer]).id == 8
    )


# ── likeness, as a table ──────────────────────────────────────────────────────────────────────────

HALF = TEXT[: len(TEXT) // 2] + OTHER[: len(OTHER) // 2]
NAME = "Warta Siantan.docx"
PHOTO = Photo(name="IMG_2041.jpg", kind="jpeg", sha256="p")
SIMILAR, NEW, DOUBT = ("similar", ""), ("", ""), ("", NEEDS_MATCHING)


def before(text: str = TEXT, title: str = "", *photos: Photo) -> Submission:
    sent = article(text=text, sha256="before")
    return structs.replace(sent, title=title, photos=photos)


def now(name: str, text: str, title: str = "", *photos: Photo) -> Submission:
    return structs.replace(article(name, text, sha256="now"), title=title, photos=photos)


def camera(name: str) -> Submission:
    return Submission(photos=(Photo(name=name, kind="jpeg", sha256="q"),))


@pytest.mark.parametrize(
    ("what", "sent", "brought", "found"),
    [
        ("the same text under another name", before(), now("Lain.docx", TEXT), SIMILAR),
        ("another text under the same name", before(), now(NAME, OTHER), NEW),
        ("half of it under another name", before(), now("Lain.docx", HALF), NEW),
        ("half of it under the same name and title", before(), now(NAME, HALF), SIMILAR),
        ("and under another title", before(title="Satu"), now(NAME, HALF, "Dua"), DOUBT),
        ("marks in a title count for nothing", before(title="Satu!"), now(NAME, HALF, "satu"), SIMILAR),
        ("too short to compare, the same name", before("a b"), now(NAME, "c d", "x"), SIMILAR),
        ("too short to compare, another name", before("a b"), now("Lain.docx", "a b"), NEW),
        ("a camera's photo again", before(TEXT, "", PHOTO), camera("img_2041 (1).JPG"), SIMILAR),
        ("another photo", before(TEXT, "", PHOTO), camera("IMG_2042.jpg"), NEW),
        ("a photo beside another article", before(TEXT, "", PHOTO), now("Lain.docx", OTHER, "", PHOTO), NEW),
        ("words alone", before(), Submission(), NEW),
    ],
)  # fmt: skip
def test_likeness_as_a_table(
    what: str, sent: Submission, brought: Submission, found: tuple[str, str]
) -> None:
    matched = match(mail(submission=brought), [known(submission=sent)])
    assert (matched.by, matched.doubt) == found, what
