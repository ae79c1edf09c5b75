"""How the files of two revisions become one parcel: the decisions as tables."""

import pytest
from msgspec import structs

from desk.domain.merge import (
    Kept,
    Plan,
    has_only_known_files,
    is_unchanged,
    is_withdrawal,
    merge_parcels,
    plan,
)
from redaksi.arrival import File, Mail, Parcel
from redaksi.model import (
    Assessment,
    Caption,
    Document,
    Label,
    Other,
    Paragraph,
    Photo,
    Run,
    Submission,
)
from redaksi.reasons import ReasonCode, explain

ARTICLE = (
    "Warga Siantan Hulu membangun saluran air sepanjang dua ratus meter hari Minggu pagi. " * 9
)
ANOTHER = (
    "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama dinas. " * 9
)
HALF = ARTICLE[: len(ARTICLE) // 2] + ANOTHER[: len(ANOTHER) // 2]
CAPTIONS = "Foto satu: warga mengangkat batu fondasi di RT 03 pada Minggu pagi bersama lurah."
LETTERS = "a" * 599, "a" * 600  # too few words to compare


def document(sha: str, text: str = ARTICLE, *, readable: bool = True) -> Document:
    paragraph = Paragraph(runs=(Run(text=text, font="Arial", size=12.0),), number=1)
    return Document(
        name=f"{sha}.docx", kind="docx", sha256=sha, paragraphs=(paragraph,), readable=readable
    )


def photo(sha: str, caption: Caption | None = None) -> Photo:
    return Photo(name=f"{sha}.jpg", kind="jpeg", sha256=sha, caption=caption)


def assess(**parts: object) -> Assessment:
    submission = Submission(**parts)  # type: ignore[arg-type]
    return Assessment(submission=submission, findings=(), decision="revise")


OLD = document("old")
LOCKED = document("locked", readable=False)


@pytest.mark.parametrize(
    ("what", "before", "now", "kept"),
    [
        ("no document before", None, document("new"), set()),
        ("no document now", OLD, None, {"old"}),
        ("the text again", OLD, document("new"), set()),
        ("half of the text", OLD, document("new", HALF), set()),
        ("the same bytes", OLD, document("old"), {"old"}),
        ("one that cannot be read", OLD, LOCKED, {"old"}),
        ("a readable one for it", LOCKED, document("new", ANOTHER), set()),
        ("another locked one", LOCKED, document("new", readable=False), set()),
        ("captions beside the article", OLD, document("new", CAPTIONS), {"old"}),
        ("another article", OLD, document("new", ANOTHER), None),
        ("captions for captions", document("old", CAPTIONS), document("new", CAPTIONS), set()),
        ("too short to compare, shorter", document("old", LETTERS[1]), document("new", LETTERS[0]), {"old"}),
        ("too short to compare, as long", document("old", LETTERS[1]), document("new", LETTERS[1]), set()),
        ("too short to compare, both short", document("old", LETTERS[0]), document("new", LETTERS[0]), set()),
    ],
)  # fmt: skip
def test_which_document_stays(
    what: str, before: Document | None, now: Document | None, kept: set[str] | None
) -> None:
    old = assess(documents=(before,) if before else ())
    how = plan(old, Submission(documents=(now,) if now else ()))
    assert (None if how is None else {one.sha256 for one in how.keep}) == kept, what


def test_where_an_editor_is_sure_another_article_takes_the_place() -> None:
    how = plan(
        assess(documents=(OLD,)), Submission(documents=(document("new", ANOTHER),)), sure=True
    )
    assert how is not None
    assert how.keep == ()


def test_what_stays_keeps_its_name_and_where_it_came_from() -> None:
    inline = structs.replace(photo("p1"), origin="inline")
    how = plan(assess(documents=(OLD,), photos=(inline,)), Submission())
    assert how == Plan(
        keep=(
            Kept(name="old.docx", sha256="old", origin="attached"),
            Kept(name="p1.jpg", sha256="p1", origin="inline"),
        ),
        loses=True,
    )


# ── captions that are carried along ───────────────────────────────────────────────────────────────

BODY = Caption(text="Di badan.", source="body", evidence="label")
WORD = Caption(text="Di naskah.", source="document", evidence="label")
GUESS = Caption(text="Kira-kira.", source="body", evidence="order", action="confirm")
ALL = Caption(text="Bersama.", source="body", evidence="shared", action="confirm")
EXIF = Caption(text="Di foto.", source="metadata", evidence="label")


@pytest.mark.parametrize(
    ("what", "photos", "now", "lines"),
    [
        ("of a mail's text", [photo("a", BODY)], Submission(), "a.jpg: Di badan."),
        (
            "a guess is no name",
            [photo("a", BODY), photo("b", GUESS)],
            Submission(),
            "a.jpg: Di badan.\nKeterangan foto:\n- Kira-kira.",
        ),
        (
            "one for all stays so",
            [photo("a", ALL), photo("b", ALL)],
            Submission(),
            "Semua foto: Bersama.",
        ),
        ("of a document that stays", [photo("a", WORD)], Submission(), ""),
        (
            "of a document that is replaced",
            [photo("a", WORD), photo("b", BODY)],
            Submission(documents=(document("new"),)),
            "a.jpg: Di naskah.\nb.jpg: Di badan.",
        ),
        (
            "not where the new one has captions",
            [photo("a", WORD), photo("b", BODY)],
            Submission(documents=(document("new"),), loose=(Label(text="Baru."),)),
            "b.jpg: Di badan.",
        ),
        (
            "nor where a caption names a photo that is not here",
            [photo("a", WORD)],
            Submission(documents=(document("new"),), orphans=(Label(text="Baru.", key="z.jpg"),)),
            "",
        ),
        (
            "nor where a new photo has one",
            [photo("a", WORD)],
            Submission(documents=(document("new"),), photos=(photo("n", EXIF),)),
            "",
        ),
        ("never a photo's own", [photo("a", EXIF)], Submission(documents=(document("new"),)), ""),
        (
            "not what is written anew under its name",
            [photo("a", BODY), photo("b", BODY)],
            Submission(orphans=(Label(text="Baru.", key="A.JPG"),)),
            "b.jpg: Di badan.",
        ),
        (
            "nor under a loose one's",
            [photo("a", BODY)],
            Submission(loose=(Label(text="Baru.", key="a.jpg"),)),
            "",
        ),
        (
            "nor what came with the photo again",
            [photo("a", BODY)],
            Submission(photos=(photo("a", BODY),)),
            "",
        ),
        (
            "but where the new one has its caption elsewhere",
            [photo("a", BODY)],
            Submission(photos=(photo("a", EXIF),)),
            "a.jpg: Di badan.",
        ),
    ],
)
def test_captions_of_earlier_mails(
    what: str, photos: list[Photo], now: Submission, lines: str
) -> None:
    how = plan(assess(documents=(OLD,), photos=tuple(photos)), now)
    assert how is not None
    assert how.captions == lines, what


def test_captions_that_found_no_photo_are_carried_along_by_their_key() -> None:
    labels = (
        Label(text="Satu.", key="x.jpg", source="body"),
        Label(text="Dua.", key="", source="body"),
        Label(text="Tiga.", key="y.jpg", source="document"),
    )
    old = assess(orphans=labels[:1], loose=labels[1:])
    how = plan(old, Submission())
    assert how is not None
    assert how.captions == "x.jpg: Satu."
    again = plan(old, Submission(loose=(Label(text="Baru.", key="X.jpeg"),)))
    assert again is not None
    assert again.captions == ""


# ── the parcel ────────────────────────────────────────────────────────────────────────────────────


def file(sha: str, name: str = "") -> File:
    return File(name=name or sha, kind="jpeg", size=1, sha256=sha, origin="attached", load=bytes)


def test_a_parcel_is_what_stays_then_what_is_new() -> None:
    how = Plan(keep=(Kept(name="Slot.jpg", sha256="k", origin="inline"),), names={"n": "Nama.jpg"})
    mail = Mail(headers=(), text="Kata.")
    parcel = Parcel(source="m", files=(file("n"), file("k"), file("o")), mail=mail)
    merged = merge_parcels(parcel, [file("k", "x"), file("stranger")], how)
    assert [(one.name, one.sha256, one.origin) for one in merged.files] == [
        ("Slot.jpg", "k", "inline"),
        ("Nama.jpg", "n", "attached"),
        ("o", "o", "attached"),
    ]
    assert merged.mail == mail
    assert merged.source == "m"


def test_captions_stand_under_the_mails_own_words_where_there_is_a_mail() -> None:
    how = Plan(captions="a.jpg: Warga.")
    merged = merge_parcels(
        Parcel(source="m", files=(), mail=Mail(headers=(), text="Kata.")), [], how
    )
    assert merged.mail is not None
    assert merged.mail.text == "Kata.\n\na.jpg: Warga.\n"
    assert merge_parcels(Parcel(source="m", files=()), [], how).mail is None


# ── a mail that brings nothing ────────────────────────────────────────────────────────────────────

HAD = Submission(documents=(document("d"),), photos=(photo("p"), photo("q")))


@pytest.mark.parametrize(
    ("now", "known"),
    [
        (Submission(), False),
        (Submission(documents=(document("d"),)), True),
        (Submission(photos=(photo("q"),)), True),
        (Submission(documents=(document("d"),), photos=(photo("p"),)), True),
        (Submission(documents=(document("d"),), photos=(photo("p"), photo("q"))), True),
        (Submission(documents=(document("e"),), photos=(photo("p"),)), False),
        (Submission(photos=(photo("d"),)), True),  # by its bytes, whatever it is taken for
        (Submission(photos=(photo("p"), photo("z"))), False),
    ],
)
def test_whether_every_file_of_a_mail_is_one_we_have(now: Submission, known: bool) -> None:
    assert has_only_known_files(HAD, now) is known


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (HAD, True),
        (structs.replace(HAD, photos=HAD.photos[::-1]), True),
        (structs.replace(HAD, photos=(photo("p", BODY), photo("q"))), False),
        (structs.replace(HAD, photos=HAD.photos[:1]), False),
        (structs.replace(HAD, documents=()), False),
        (structs.replace(HAD, title="Judul"), True),
    ],
)
def test_the_same_files_and_captions_are_nothing_new(after: Submission, same: bool) -> None:
    assert is_unchanged(HAD, after) is same


@pytest.mark.parametrize(
    ("text", "withdrawn"),
    [
        ("BATAL", True),
        ("  BATAL  \nterima kasih", True),
        ("> kutipan\n\nBATAL", True),
        ("Batal", False),
        ("BATAL.", False),
        ("Halo\nBATAL", False),
        ("> BATAL", False),
        ("", False),
    ],
)
def test_a_withdrawal_is_one_word(text: str, withdrawn: bool) -> None:
    assert is_withdrawal(Mail(headers=(), text=text)) is withdrawn


# ── what is neither document nor photo ────────────────────────────────────────────────────────────

OPENED = Submission(documents=(document("new"),))


def other(kind: str, code: ReasonCode = ReasonCode.NEITHER, sha: str = "x") -> Other:
    return Other(name=f"x.{kind}", kind=kind, sha256=sha, why=explain(code))


@pytest.mark.parametrize(
    ("what", "file", "now", "stays"),
    [
        ("a video", other("mp4"), Submission(), True),
        ("without bytes", other("mp4", sha=""), Submission(), False),
        ("a picture that is no photo", other("svg"), Submission(), False),
        ("a closed archive", other("zip"), Submission(), True),
        ("once files come that are open", other("zip"), OPENED, False),
        ("once photos do", other("rar"), Submission(photos=(photo("n"),)), False),
        ("once anything does", other("7z"), Submission(others=(other("mp4", sha="y"),)), False),
        ("another version of the article", other("docx"), Submission(), True),
        ("once the article is replaced", other("docx"), OPENED, False),
        ("a PDF of it too", other("pdf"), OPENED, False),
        ("but its captions stay", other("docx", ReasonCode.CAPTIONS_DOCUMENT), OPENED, True),
        ("and a video", other("mp4"), OPENED, True),
        ("a version beside photos alone", other("docx"), Submission(photos=(photo("n"),)), True),
    ],
)
def test_what_else_stays(what: str, file: Other, now: Submission, stays: bool) -> None:
    how = plan(assess(documents=(OLD,), others=(file,)), now)
    assert how is not None
    assert (file.name in {kept.name for kept in how.keep}) is stays, what


@pytest.mark.parametrize(
    ("code", "same"),
    [(ReasonCode.SIGNATURE_LOGO, True), (ReasonCode.CALENDAR, True), (ReasonCode.AUDIO, False)],
)
def test_what_a_mail_program_adds_is_nothing_new(code: ReasonCode, same: bool) -> None:
    after = structs.replace(HAD, others=(other("bin", code),))
    assert is_unchanged(HAD, after) is same
